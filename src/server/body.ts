/** Reads the body of a request within bounds: GitHub's payloads are at most 25 MB, and anybody can send a request. */
import type { IncomingMessage } from 'node:http';

/** GitHub's maximum for a webhook payload. */
export const BODY_CAP = 25 * 1024 * 1024;
/** All bodies being read at once may take this much; strangers' requests must not fill the memory. */
const BUDGET = 8 * BODY_CAP;

export type Body = { readonly text: string } | { readonly status: 400 | 413 | 503 };

/** A reader whose requests share one budget of memory. */
export function createBodyReader(cap = BODY_CAP, budget = BUDGET): (request: IncomingMessage) => Promise<Body> {
  let held = 0;
  return async (request) => {
    if (Number(request.headers['content-length'] ?? 0) > cap) return { status: 413 };
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        held += chunk.length;
        if (size > cap) return { status: 413 };
        if (held > budget) return { status: 503 };
        chunks.push(chunk);
      }
      return { text: Buffer.concat(chunks).toString('utf8') };
    } catch {
      return { status: 400 };
    } finally {
      held -= size;
    }
  };
}
