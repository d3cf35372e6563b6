/** Octokit as an App at scale needs it: no retries of its own, patience per installation, every fault translated, every call counted. */
import type { Octokit } from '@octokit/rest';
import { ProbotOctokit } from 'probot';
import { count, kindOf, refuse, type CallKind } from './calls.ts';
import { isRateLimited, laterFrom, LaterError, limited } from './later.ts';
import type { Pace } from './pace.ts';

/** A door to GitHub's API: GraphQL documents and REST routes. */
export type Api = Pick<Octokit, 'graphql' | 'request'>;

export interface Log {
  readonly warn: (message: string) => void;
  readonly error: (message: string) => void;
}

/** One finished request, for metrics; routes are templates, so they name nobody. */
export interface Requested {
  readonly kind: CallKind;
  readonly route: string;
  readonly owner: string | null;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly remaining: number | null;
}

export interface ClientOptions {
  /** Default: https://api.github.com; `https://HOST/api/v3` for GitHub Enterprise Server. */
  readonly baseUrl?: string;
  readonly now?: () => number;
  readonly onRequest?: (requested: Requested) => void;
  readonly log?: Log;
  /** False: nothing is spaced out. Only for servers that are not GitHub. */
  readonly isPaced?: boolean;
  /** How many processes work for the same installations, and so share GitHub's limits; one unless said. */
  readonly replicas?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** GitHub's own limit for a webhook answer and a GraphQL query is 10 seconds; nothing slower is worth waiting for. */
const TIMEOUT = 10_000;

/** Only the function form of `defaults` reaches the throttling plugin. */
const AppOctokit = ProbotOctokit.defaults((options: object) => ({
  ...options,
  retry: { enabled: false },
  throttle: {
    ...(options as { throttle?: object }).throttle,
    onRateLimit: () => false,
    onSecondaryRateLimit: () => false,
  },
}));

const SILENT: Log = { warn: () => undefined, error: () => undefined };

/** Speaks as the App itself, with a JWT. `id` names the queue that its requests share. */
export function appApi(app: { appId: number; privateKey: string }, id: string, options: ClientOptions): Api {
  return watched(new AppOctokit({ ...common(id, options), auth: app }), { owner: null, ...options });
}

export interface InstallationApi extends ClientOptions {
  readonly owner: string;
  readonly installation: number;
  /** What all that speak for the installation share; null: nothing is spaced out. */
  readonly pace: Pace | null;
  readonly token: () => Promise<string>;
  /** Called when GitHub does not accept the token. */
  readonly onRefused: () => void;
}

/** Speaks for one installation, with tokens minted elsewhere. */
export function installationApi(options: InstallationApi): Api {
  const octokit = new AppOctokit({
    ...common(String(options.installation), options),
    // The throttling plugin knows some of GitHub's limits only; the installation's own pace knows all.
    throttle: { enabled: false },
    authStrategy: bearer,
    auth: { token: options.token },
  });
  return watched(octokit, options);
}

/** The options that every Octokit of Steward's has in common. */
export function common(id: string, { baseUrl, log = SILENT, isPaced = true }: ClientOptions) {
  return {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    userAgent: 'steward',
    log: { debug: () => undefined, info: () => undefined, warn: log.warn, error: log.error },
    throttle: { id, enabled: isPaced },
    // A signal on the whole request would also count the time a write waits for its turn.
    request: {
      fetch: (url: string, init: RequestInit) => globalThis.fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT) }),
    },
  };
}

type Hooked = Pick<Octokit, 'graphql' | 'request' | 'hook'>;

/** Counts, reports and translates every request of an Octokit. Registered last, so it sees each request once. */
export function watched(
  octokit: Hooked,
  options: ClientOptions & { readonly owner: string | null; readonly pace?: Pace | null; readonly onRefused?: () => void },
): Api {
  const { owner, now = Date.now, pace, onRequest, onRefused } = options;
  octokit.hook.wrap('request', async (request, parameters) => {
    refuse(parameters);
    const kind = kindOf(parameters.method, parameters.url);
    const route = kind === 'graphql' ? 'POST /graphql' : `${parameters.method} ${parameters.url}`;
    const report = (status: number | null, headers: Readonly<Record<string, unknown>>): void =>
      onRequest?.({ kind, route, owner, status, remaining: whole(headers['x-ratelimit-remaining']) });
    const send = async () => {
      count(kind);
      return request(parameters);
    };
    const paced = { kind, isContent: isContent(parameters.method, parameters.url) };
    try {
      const response = await (pace ? pace.send(paced, send) : send());
      report(response.status, response.headers);
      if (kind === 'graphql' && isRateLimited(response.data)) throw limited(response.headers, owner, now());
      return response;
    } catch (error) {
      const failure = error as { status?: number; response?: { status: number; headers: Record<string, unknown> } };
      if (!(error instanceof LaterError)) report(failure.response?.status ?? null, failure.response?.headers ?? {});
      if (failure.status === 401 && onRefused) {
        onRefused();
        // A token can be refused for a moment after it was minted, and is refused for good after an hour.
        throw new LaterError('GitHub did not accept the token.', { after: 5000, cause: error });
      }
      throw laterFrom(error, owner, now()) ?? error;
    }
  });
  return octokit;
}

/** Whether a request makes something that people see: an issue, a comment, a reaction. */
function isContent(method: string, route: string): boolean {
  return method === 'POST' && /\/(?:issues|comments|reactions)$/.test(route);
}

/** Authentication by a token that may change between requests. */
function bearer({ token }: { token: () => Promise<string> }) {
  type Options = ReturnType<Octokit['request']['endpoint']['merge']>;
  const hook = async (
    request: Octokit['request'],
    route: string,
    parameters?: Parameters<Octokit['request']['endpoint']>[1],
  ): Promise<unknown> => {
    const endpoint: Options = request.endpoint.merge(route, parameters);
    const headers = { ...endpoint.headers, authorization: `token ${await token()}` };
    return request({ ...endpoint, headers } as never);
  };
  return Object.assign(() => Promise.resolve({ type: 'unauthenticated' }), { hook });
}

function whole(value: unknown): number | null {
  const number = Number(value ?? NaN);
  return Number.isFinite(number) ? number : null;
}
