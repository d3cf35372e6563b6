/** Asks GitHub who somebody is. The token that GitHub gives for it is used once and kept nowhere. */
import { createHash } from 'node:crypto';
import { exchangeWebFlowCode } from '@octokit/oauth-methods';
import { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { Hosts } from '../config.ts';
import type { Begun } from './session.ts';

/** Where GitHub brings people back; it takes no other address than those in the App's settings. */
export const CALLBACK_PATH = '/cla/callback';

/** The App as GitHub's sign-in knows it. */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

export interface SignIn {
  /** Where GitHub asks people whether they want to sign in. No scopes: the App learns who they are, nothing else. */
  readonly url: (begun: Begun) => string;
  /** Who came back with this code. `stale`: GitHub does not take it (any more). Throws when GitHub does not answer. */
  readonly identify: (code: string, begun: Begun) => Promise<Identified>;
}

export type Identified = { readonly accountId: number; readonly login: string } | 'stale';

const LIMIT = 10_000;
const CAP = 65_536;

const nothing = (): void => undefined;
const user = z.object({ id: z.int().positive(), login: z.string().min(1).max(100) });

/** Signing in with GitHub; `redirectUrl` is this server's own callback. */
export function signInWith(client: Client, hosts: Hosts, redirectUrl: string): SignIn {
  const octokit = new Octokit({
    baseUrl: hosts.api,
    userAgent: 'steward',
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    request: { fetch: bounded },
  });
  return {
    url: ({ state, verifier }) => {
      const query = new URLSearchParams({
        client_id: client.id,
        redirect_uri: redirectUrl,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      return `${hosts.web}/login/oauth/authorize?${query.toString()}`;
    },
    identify: async (code, { verifier }) => {
      try {
        const { authentication } = await exchangeWebFlowCode({
          clientType: 'github-app',
          clientId: client.id,
          clientSecret: client.secret,
          code,
          redirectUrl,
          request: octokit.request.defaults({ code_verifier: verifier }),
        });
        const { data } = await octokit.request('GET /user', { headers: { authorization: `token ${authentication.token}` } });
        const { id, login } = user.parse(data);
        return { accountId: id, login };
      } catch (error) {
        if (isStale(error)) return 'stale';
        throw error;
      }
    },
  };
}

/** GitHub answers 200 with an error inside when a code is unknown, used or older than ten minutes. */
function isStale(error: unknown): boolean {
  const data = (error as { response?: { data?: { error?: unknown } } }).response?.data;
  return data?.error === 'bad_verification_code';
}

/** A fetch that ends: answers are small, and whoever waits is a person. */
async function bounded(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(LIMIT) });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > CAP) throw new Error(`GitHub's answer is larger than ${CAP} bytes, which it never is.`);
    chunks.push(chunk);
  }
  return new Response(size === 0 ? null : Buffer.concat(chunks), { status: response.status, headers: response.headers });
}
