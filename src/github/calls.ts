/** Counts the requests of one evaluation, so that its price is known and not guessed, and refuses those that it must not make. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Calls {
  /** GraphQL queries; all of them read. */
  graphql: number;
  /** REST requests that read. */
  rest: number;
  /** REST requests that change something. */
  writes: number;
  /** Minting tokens and asking who the App is: once an hour at most, so not part of the steady state. */
  tokens: number;
}

interface Tally {
  readonly calls: Calls;
  refused: number;
}

const tally = new AsyncLocalStorage<Tally>();

/** Runs `work` and counts every request made within it, however deep; `refused`: those that were not sent. */
export async function counting<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly calls: Calls; readonly refused: number }> {
  const counted: Tally = { calls: { graphql: 0, rest: 0, writes: 0, tokens: 0 }, refused: 0 };
  const value = await tally.run(counted, work);
  return { value, calls: counted.calls, refused: counted.refused };
}

export type CallKind = keyof Calls;

/** Adds one request to the evaluation it is made in, if there is one. */
export function count(kind: CallKind): void {
  const counted = tally.getStore();
  if (counted) counted.calls[kind] += 1;
}

/** Something would have been written on GitHub within `refusing`: nothing was sent. A fault of Steward's, never of people. */
export class WriteRefused extends Error {
  constructor(what: string) {
    super(`${what} was refused: nothing is written here.`);
    this.name = 'WriteRefused';
  }
}

/** GitHub would have been asked within `refusing`: nothing was sent. */
export class CallRefused extends Error {
  constructor(what: string) {
    super(`${what} was refused: GitHub is not asked here.`);
    this.name = 'CallRefused';
  }
}

const refused = new AsyncLocalStorage<'writes' | 'calls'>();

/**
 * Runs `work` so that no request made within it, however deep, leaves the process: `calls`: none at all; `writes`: none that could
 * change something. Such a request throws CallRefused or WriteRefused. Within `calls`, asking for `writes` changes nothing.
 */
export async function refusing<T>(what: 'writes' | 'calls', work: () => Promise<T>): Promise<T> {
  return refused.run(refused.getStore() === 'calls' ? 'calls' : what, work);
}

/** What a request says before it is sent. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  /** Of a GraphQL request. */
  readonly query?: unknown;
  /** Of a request for a token. */
  readonly permissions?: unknown;
}

/** Throws where the request must not be made. */
export function refuse(asked: Asked): void {
  const what = refused.getStore();
  if (what === undefined || (what === 'writes' && isReading(asked))) return;
  const counted = tally.getStore();
  if (counted) counted.refused += 1;
  const route = `${asked.method} ${asked.url}`;
  throw what === 'calls' ? new CallRefused(route) : new WriteRefused(route);
}

/** Whether a request changes nothing: a token that may only read is no harm either. */
function isReading({ method, url, query, permissions }: Asked): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  if (method !== 'POST') return false;
  if (url.endsWith('/graphql')) return typeof query === 'string' && isQuery(query);
  return url.endsWith('/access_tokens') && isReadOnly(permissions);
}

/** Whatever names a mutation is taken for one, even in a comment. */
function isQuery(document: string): boolean {
  return /^\s*(?:query|fragment|\{)/.test(document) && !/\b(?:mutation|subscription)\b/.test(document);
}

function isReadOnly(permissions: unknown): boolean {
  if (typeof permissions !== 'object' || permissions === null) return false;
  return Object.values(permissions).every((level) => level === 'read');
}

/** Sorts a request by its method and route. */
export function kindOf(method: string, route: string): CallKind {
  if (/^\/(?:app|orgs\/[^/]+\/installation|users\/[^/]+\/installation)(?:\/|$)/.test(route)) return 'tokens';
  if (route.endsWith('/graphql')) return 'graphql';
  return method === 'GET' || method === 'HEAD' ? 'rest' : 'writes';
}
