/** Failures that say what to do: try again later, or stop because what was asked for is gone. */

/** GitHub asks for patience, or could not answer just now. */
export class LaterError extends Error {
  /** Milliseconds to wait at least. */
  readonly after: number;
  /** Set when the whole account must wait, not only this request. */
  readonly owner: string | null;

  constructor(message: string, options: { after: number; owner?: string | null; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'LaterError';
    this.after = options.after;
    this.owner = options.owner ?? null;
  }
}

/** The repository, pull request or installation does not exist any more, or the App may no longer see it. */
export class GoneError extends Error {
  /** Where a transferred repository lives now. */
  readonly movedTo: { readonly owner: string; readonly repo: string } | null;

  constructor(message: string, options: { movedTo?: { owner: string; repo: string }; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'GoneError';
    this.movedTo = options.movedTo ?? null;
  }
}

/** The owner of an installation has not granted what the App asks for by now. */
export class UngrantedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UngrantedError';
  }
}

/** Wait after a fault that names no time of its own. */
export const MODEST = 10_000;
const SECOND = 1000;
/** GitHub's advice for a secondary limit without `retry-after`: at least one minute. */
const MINUTE = 60 * SECOND;
const LONGEST = 61 * MINUTE;

type Headers = Readonly<Record<string, string | number | undefined>>;

/** What Octokit's errors have in common, read without trusting any of it. */
interface Failure {
  readonly status?: number;
  readonly message?: string;
  readonly response?: { readonly headers?: Headers; readonly data?: unknown };
}

/** Translates a failed request; null means that waiting would not help. */
export function laterFrom(error: unknown, owner: string | null, now: number): LaterError | null {
  if (error instanceof LaterError) return error;
  if (typeof error !== 'object' || error === null) return null;
  const { status, message = '', response } = error as Failure;
  const headers = response?.headers ?? {};
  if (isRateLimited(response?.data)) return limited(headers, owner, now, error);
  if (status === 429 || (status === 403 && isLimit(headers, message))) return limited(headers, owner, now, error);
  if (status !== undefined && status >= 500) {
    return new LaterError('GitHub could not be reached or could not answer.', { after: MODEST, cause: error });
  }
  return null;
}

/** Whether a GraphQL answer, which comes with HTTP 200, says that the limit is reached. */
export function isRateLimited(data: unknown): boolean {
  const errors = (data as { errors?: unknown } | null | undefined)?.errors;
  return Array.isArray(errors) && errors.some((error: { type?: unknown } | null) => error?.type === 'RATE_LIMITED');
}

/** The patience that a limited answer asks for. */
export function limited(headers: Headers, owner: string | null, now: number, cause?: unknown): LaterError {
  const message = `GitHub's rate limit is reached${owner === null ? '' : ` for ${owner}`}.`;
  return new LaterError(message, { after: patience(headers, now), owner, cause });
}

function isLimit(headers: Headers, message: string): boolean {
  return (
    headers['retry-after'] !== undefined ||
    Number(headers['x-ratelimit-remaining'] ?? NaN) === 0 ||
    /secondary rate|abuse detection/i.test(message.slice(0, 1000))
  );
}

function patience(headers: Headers, now: number): number {
  const retryAfter = Number(headers['retry-after'] ?? NaN) * SECOND;
  const reset = Number(headers['x-ratelimit-reset'] ?? NaN) * SECOND - now + SECOND;
  const isEmpty = Number(headers['x-ratelimit-remaining'] ?? NaN) === 0;
  const wait = Number.isFinite(retryAfter) ? retryAfter : isEmpty && Number.isFinite(reset) ? reset : MINUTE;
  return Math.min(Math.max(wait, SECOND), LONGEST);
}
