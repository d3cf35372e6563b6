/**
 * Signing in with GitHub as an App offers it: the page that asks, the code, the token. These addresses are no part of
 * api.github.com's description, so what is sent is held against the documentation, "Generating a user access token for a
 * GitHub App".
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Account } from './model.ts';
import { json } from './replies.ts';
import type { Outgoing } from './replies.ts';
import type { World } from './world/world.ts';

const AUTHORIZE = '/login/oauth/authorize';
const EXCHANGE = '/login/oauth/access_token';

/** Parameters that GitHub documents; the first list is needed. PKCE is "strongly recommended", `state` too: here both are needed. */
const ASKED = {
  authorize: [
    ['client_id', 'state', 'code_challenge', 'code_challenge_method'],
    ['redirect_uri', 'login', 'allow_signup', 'prompt'],
  ],
  exchange: [
    ['client_id', 'client_secret', 'code', 'code_verifier'],
    ['redirect_uri', 'repository_id'],
  ],
} as const;

const MINUTE = 60_000;

interface Grant {
  readonly person: Account;
  readonly redirect: string;
  readonly challenge: string;
  readonly until: number;
}

/** What happens in the browser before GitHub sends people back. */
export class SignIn {
  /** Who is signed in to GitHub and has allowed the App before; null: the page asks. */
  person: Account | null = null;
  /** The person says no. */
  isDenied = false;
  readonly #grants = new Map<string, Grant>();

  grant(given: Omit<Grant, 'until'>): string {
    const code = randomBytes(10).toString('hex');
    this.#grants.set(code, { ...given, until: Date.now() + 10 * MINUTE });
    return code;
  }

  /** Each code is good once, for ten minutes. */
  take(code: string): Grant | null {
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    return grant !== undefined && grant.until > Date.now() ? grant : null;
  }
}

export interface SigningIn {
  readonly world: World;
  readonly signIn: SignIn;
  readonly violations: string[];
}

/** The operation that a path means; null: none of these. */
export function oauthOperation(method: string, path: string): 'oauth/authorize' | 'oauth/access-token' | null {
  if (method === 'GET' && path === AUTHORIZE) return 'oauth/authorize';
  return method === 'POST' && path === EXCHANGE ? 'oauth/access-token' : null;
}

/** GitHub's page: sends the signed-in person back with a code, or lets one be chosen. */
export function authorize({ world, signIn, violations }: SigningIn, address: URL): Outgoing {
  const query = Object.fromEntries(address.searchParams);
  violations.push(...problems(`GET ${AUTHORIZE}`, query, ASKED.authorize));
  const redirect = query['redirect_uri'] ?? world.app.callbackUrls[0] ?? '';
  const isKnown = query['client_id'] === world.app.clientId;
  if (!isKnown) return page(404, '<h1>Page not found</h1>');
  if (!isRegistered(redirect, world.app.callbackUrls)) {
    return page(400, '<p>Be careful! The <code>redirect_uri</code> is not associated with this application.</p>');
  }
  const person = signIn.person ?? world.accounts.get((query['login'] ?? '').toLowerCase()) ?? null;
  if (person === null) return page(200, choices(world, address));
  const back = new URL(redirect);
  if (signIn.isDenied) {
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', 'The user has denied your application access.');
  } else back.searchParams.set('code', signIn.grant({ person, redirect, challenge: query['code_challenge'] ?? '' }));
  back.searchParams.set('state', query['state'] ?? '');
  return { status: 302, headers: { location: back.href }, body: '' };
}

function choices({ accounts, app }: World, address: URL): string {
  const people = [...accounts.values()].filter(({ type }) => type === 'User');
  const links = people.map(({ login }) => {
    const to = new URL(address);
    to.searchParams.set('login', login);
    return `<li><a href="${to.search.replaceAll('&', '&amp;')}">Authorize ${app.name} as ${login}</a></li>`;
  });
  return `<h1>Sign in to GitHub</h1><ul>${links.join('')}</ul>`;
}

/** A code for a token. GitHub tells what is wrong with status 200. */
export function exchange({ world, signIn, violations }: SigningIn, sent: Readonly<Record<string, unknown>>): Outgoing {
  const fields = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)]));
  violations.push(...problems(`POST ${EXCHANGE}`, fields, ASKED.exchange));
  const { client_id, client_secret, code = '', code_verifier = '', redirect_uri } = fields;
  if (client_id !== world.app.clientId || client_secret !== world.app.clientSecret) {
    return refused('incorrect_client_credentials', 'The client_id and/or client_secret passed are incorrect.');
  }
  const grant = signIn.take(code);
  const challenge = createHash('sha256').update(code_verifier).digest('base64url');
  if (grant?.challenge !== challenge) return refused('bad_verification_code', 'The code passed is incorrect or expired.');
  if (redirect_uri !== undefined && redirect_uri !== grant.redirect) {
    return refused('redirect_uri_mismatch', 'The redirect_uri MUST match the registered callback URL for this application.');
  }
  const token = world.userToken(grant.person);
  return json(200, { access_token: token, token_type: 'bearer', scope: '' }, {});
}

function refused(error: string, description: string): Outgoing {
  const uri = 'https://docs.github.com/apps/troubleshooting-authorization-request-errors';
  return json(200, { error, error_description: description, error_uri: uri }, {});
}

function problems(
  what: string,
  given: Readonly<Record<string, string>>,
  [needed, others]: readonly [readonly string[], readonly string[]],
): readonly string[] {
  const missing = needed.filter((name) => (given[name] ?? '') === '').map((name) => `${what}: ${name} is missing`);
  const names = Object.keys(given).filter((name) => !needed.includes(name) && !others.includes(name));
  const unknown = names.map((name) => `${what}: GitHub documents no ${name}`);
  const method = given['code_challenge_method'] ?? 'S256';
  return [...missing, ...unknown, ...(method === 'S256' ? [] : [`${what}: GitHub supports only S256, not ${method}`])];
}

/** Host and port must be those of a registered address, and the path its own or below; here: exactly one of them. */
function isRegistered(redirect: string, registered: readonly string[]): boolean {
  return URL.canParse(redirect) && (registered.length === 0 || registered.includes(redirect));
}

function page(status: number, body: string): Outgoing {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<!doctype html><title>GitHub</title>${body}` };
}
