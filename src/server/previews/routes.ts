/** The pages of previews: which path leads to which page, and who sees what on it. */
import { randomBytes } from 'node:crypto';
import type { Memory } from '../../spine/govern.ts';
import { isOperator, refuse, send, sendPage, type Site } from '../front.ts';
import { previewCsv } from './csv.ts';
import { noPreviewPage, previewPage } from './page.ts';

/** What the paths of previews begin with. */
const PREVIEWS_PATH = '/policy/previews/';

export interface PreviewsPorts {
  readonly memory: Pick<Memory, 'preview'>;
  /** Whoever sends it sees private repositories; null: only the machine itself. */
  readonly metricsToken: string | null;
}

/** Where a preview is shown below the address of the server. */
export function previewPath(id: string, format: 'html' | 'csv'): string {
  return `${PREVIEWS_PATH}${id}${format === 'csv' ? '.csv' : ''}`;
}

/** Answers requests for `/policy/previews/ID` and `/policy/previews/ID.csv`; false: no page has that path. */
export function createPreviews({ memory, metricsToken }: PreviewsPorts): Site {
  return async (request, response, path) => {
    const [, id, extension] = /^\/policy\/previews\/([\w-]{16,64})(\.csv)?$/.exec(path) ?? [];
    if (id === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, 'This page can only be read.', { allow: 'GET, HEAD' });
      return true;
    }
    const nonce = randomBytes(16).toString('base64');
    const preview = await memory.preview(id);
    const reader = { isOperator: isOperator(request, metricsToken) };
    if (!preview) sendPage(response, 404, nonce, await noPreviewPage(nonce));
    else if (extension === undefined)
      sendPage(response, 200, nonce, await previewPage(preview, reader, { nonce, csv: `${id}.csv` }));
    else {
      const name = `attachment; filename="steward-preview-${preview.at.slice(0, 10)}.csv"`;
      send(response, 200, 'text/csv; charset=utf-8', previewCsv(preview, reader), { 'content-disposition': name });
    }
    return true;
  };
}
