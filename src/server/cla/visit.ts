/** A visit to the signing pages: what was asked, who asks, and how it is answered. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBodyReader } from '../body.ts';
import { refuse, send, sendPage } from '../front.ts';
import { plainPage, type Notice, type View } from './frame.ts';
import type { Visitor } from './session.ts';

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** From `/cla` on, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly view: View;
  readonly visitor: Visitor | null;
}

/** What the pages share about the server: where it is. */
export interface Site {
  /** Empty, or a path without a trailing slash. */
  readonly base: string;
  /** Where a sign-in for a page begins; null: signing in is not set up. */
  readonly loginUrl: (to: string) => string | null;
}

export function visitOf(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  visitor: Visitor | null,
  site: Site,
): Visit {
  const query = new URLSearchParams((request.url ?? '').split('?').slice(1).join('?').slice(0, 4_000));
  const nonce = randomBytes(16).toString('base64');
  return {
    request,
    response,
    path,
    query,
    visitor,
    view: { nonce, base: site.base, path, visitor, loginUrl: site.loginUrl(path) },
  };
}

/** Answers with a page. */
export function show({ response, view }: Visit, status: number, page: string): void {
  sendPage(response, status, view.nonce, page);
}

/** Answers with a page that says one thing. */
export async function tell(visit: Visit, status: number, title: string, says: Parameters<typeof plainPage>[2]): Promise<void> {
  show(visit, status, await plainPage(title, visit.view, says));
}

/** Leads on to a page of this site, with cookies on the way. */
export function goTo({ response, view }: Visit, path: string, cookies: readonly string[] = []): void {
  redirect(response, `${view.base}${path}`, cookies);
}

/** Leads on to an address that this server made itself. */
export function redirect(response: ServerResponse, location: string, cookies: readonly string[] = []): void {
  for (const cookie of cookies) response.appendHeader('set-cookie', cookie);
  send(response, 303, 'text/plain; charset=utf-8', '', { location });
}

export const withNotice = (visit: Visit, notice: Notice): Visit => ({ ...visit, view: { ...visit.view, notice } });

const readBody = createBodyReader(16_384, 64 * 16_384);

/** The form that was sent; null when it was refused. */
export async function readForm({ request, response }: Visit): Promise<URLSearchParams | null> {
  if (!/^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    refuse(response, 415, 'Forms are sent as application/x-www-form-urlencoded.');
    return null;
  }
  const body = await readBody(request);
  if (!('status' in body)) return new URLSearchParams(body.text);
  refuse(response, body.status, 'The form could not be read.');
  return null;
}
