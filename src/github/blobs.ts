/** Texts of files: remembered ones cost nothing, new ones of one moment are asked for together. */
import DataLoader from 'dataloader';
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Api } from './client.ts';
import { BLOBS_A_QUERY, blobsQuery } from './queries.ts';
import { query } from './reply.ts';
import type { BlobShape } from './shapes.ts';

/** Texts by git blob id. Content-addressed, so never stale. */
export interface Blobs {
  blob(oid: string): Promise<string | null>;
  keepBlob(oid: string, text: string): Promise<void>;
}

/** Larger files are not read: no rule needs them, and anybody can push one. */
export const LARGEST = 1024 * 1024;

/** Reads texts of one repository for one evaluation. */
export function texts(api: Api, names: () => Promise<{ owner: string; repo: string }>, blobs: Blobs | null) {
  const loader = new DataLoader<string, Answer<string>>(async (oids) => fetchBlobs(api, await names(), oids), {
    maxBatchSize: BLOBS_A_QUERY,
  });
  return async (oid: string): Promise<Answer<string>> => {
    const kept = await blobs?.blob(oid);
    if (typeof kept === 'string') return known(kept);
    const answer = await loader.load(oid);
    if (answer.known) await blobs?.keepBlob(oid, answer.value);
    return answer;
  };
}

type Names = { readonly owner: string; readonly repo: string };

async function fetchBlobs(api: Api, names: Names, oids: readonly string[]): Promise<Answer<string>[]> {
  type Shape = { repository: Readonly<Record<`b${number}`, Partial<BlobShape> | null>> | null };
  const variables = Object.fromEntries(oids.map((oid, index) => [`o${index}`, oid]));
  const { data, faults } = await query<Shape>(api, blobsQuery(oids.length), { ...names, ...variables });
  return Promise.all(
    oids.map(async (oid, index) => {
      const fault = faults.at('repository', `b${index}`);
      const blob = data.repository?.[`b${index}`];
      if (fault !== null) return unknown(fault);
      if (blob?.byteSize === undefined) return unknown('the file is not there any more');
      return textOf(api, names, oid, blob as BlobShape);
    }),
  );
}

async function textOf(api: Api, names: Names, oid: string, blob: BlobShape): Promise<Answer<string>> {
  if (blob.byteSize === 0) return known('');
  if (blob.byteSize > LARGEST) return unknown('the file is larger than 1 MiB');
  if (blob.isBinary === true) return unknown('the file is not text');
  if (!blob.isTruncated && blob.text !== null) return textual(blob.text);
  const { data } = await api.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { ...names, file_sha: oid });
  if (data.encoding !== 'base64') return unknown('GitHub sent the file in a form that is not known');
  return textual(Buffer.from(data.content, 'base64').toString('utf8'));
}

/** Like git, takes a NUL for a sign of binary content. */
function textual(text: string): Answer<string> {
  return text.includes('\0') ? unknown('the file is not text') : known(text);
}
