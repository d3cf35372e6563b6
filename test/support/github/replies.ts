/** Answers that do not come from a route: JSON with GitHub's headers, rate limits, ordered troubles. */
import type { Budgets, Resource, Trouble } from './troubles.ts';

export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Null: no answer, the connection breaks. `never`: no answer at all. */
export type Reply = Outgoing | null | 'never';

/** The budget is used up. */
export function limited(budgets: Budgets, caller: string, resource: Resource): Outgoing {
  const message = `API rate limit exceeded for ${caller.replace(' ', ' ID ')}.`;
  const headers = { ...budgets.headers(caller, resource), 'x-ratelimit-remaining': '0' };
  if (resource === 'graphql') return json(200, { errors: [{ type: 'RATE_LIMITED', message }] }, headers);
  return json(403, { message, documentation_url: 'https://docs.github.com/rest/rate-limit' }, headers);
}

/** The answer a trouble makes of a request. */
export function troubled(budgets: Budgets, caller: string, trouble: Trouble, operationId: string): Reply {
  const resource = operationId === 'graphql' ? 'graphql' : 'core';
  const headers = budgets.headers(caller, resource);
  switch (trouble.kind) {
    case 'reset':
      return null;
    case 'hang':
      return 'never';
    case 'status':
      return json(trouble.status, { message: trouble.status >= 500 ? 'Server Error' : 'A failure was ordered' }, headers);
    case 'primary':
      budgets.exhaust(caller, resource, trouble.seconds);
      return limited(budgets, caller, resource);
    case 'secondary':
      return tooFast(headers, trouble.seconds);
    case 'partial':
      throw new Error('A partial answer is for GraphQL only, and not after it.');
  }
}

/** A secondary limit is reached: wait this long. */
export function tooFast(headers: Readonly<Record<string, string>>, seconds: number): Outgoing {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const url = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits';
  return json(403, { message, documentation_url: url }, { ...headers, 'retry-after': String(seconds) });
}

/** A JSON answer. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>>): Outgoing {
  const type = { 'content-type': 'application/json; charset=utf-8', 'x-github-request-id': '0000:0000' };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(body) };
}
