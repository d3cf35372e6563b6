/** Counts the requests of one evaluation, so that the price of a delivery is known and not guessed. */
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

const tally = new AsyncLocalStorage<Calls>();

/** Runs `work` and counts every request made within it, however deep. */
export async function counting<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly calls: Calls }> {
  const calls: Calls = { graphql: 0, rest: 0, writes: 0, tokens: 0 };
  const value = await tally.run(calls, work);
  return { value, calls };
}

export type CallKind = keyof Calls;

/** Adds one request to the evaluation it is made in, if there is one. */
export function count(kind: CallKind): void {
  const calls = tally.getStore();
  if (calls) calls[kind] += 1;
}

/** Sorts a request by its method and route. */
export function kindOf(method: string, route: string): CallKind {
  if (/^\/(?:app|orgs\/[^/]+\/installation|users\/[^/]+\/installation)(?:\/|$)/.test(route)) return 'tokens';
  if (route.endsWith('/graphql')) return 'graphql';
  return method === 'GET' || method === 'HEAD' ? 'rest' : 'writes';
}
