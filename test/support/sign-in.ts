/** A GitHub that people sign in with: the web flow over real HTTP, strict about secrets, codes, addresses and proofs. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../../src/server/front.ts';

export const CLIENT = { clientId: 'Iv1.steward', clientSecret: 'the client secret of the test' } as const;

export interface Person {
  readonly id: number;
  readonly login: string;
  readonly type?: 'User' | 'Organization';
}

export interface SigningGithub {
  readonly url: string;
  /** Who sits at the browser. */
  person: Person;
  /** Everybody whom GitHub knows by name. */
  readonly people: Person[];
  /** What is wrong with GitHub. */
  trouble: 'denies' | 'silent' | 'huge' | null;
  /** The only address that people are sent back to. */
  callback: string;
  /** Method and path of every request, in order. */
  readonly requests: string[];
  /** Everything secret that it handed out or was told. */
  readonly secrets: string[];
  close(): void;
}

interface Grant {
  readonly challenge: string;
  readonly redirect: string;
  readonly person: Person;
}

/** Starts one on a free port. */
export async function aSigningGithub(): Promise<SigningGithub> {
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, Person>();
  const octocat: Person = { id: 583231, login: 'octocat' };
  const server = createServer((request, response) => void answer(request, response));
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  const github: SigningGithub = {
    ...{ url, person: octocat, people: [octocat], trouble: null, callback: '', requests: [], secrets: [] },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  const secret = (kind: string): string => {
    const value = `${kind}${randomBytes(12).toString('hex')}`;
    github.secrets.push(value);
    return value;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    github.requests.push(`${request.method ?? ''} ${pathname}`);
    const body = await textOf(request);
    const [status, reply, headers] = replyTo(
      `${request.method ?? ''} ${pathname}`,
      searchParams,
      body,
      request.headers.authorization,
    );
    response.writeHead(status, { 'content-type': typeof reply === 'string' ? 'text/html' : 'application/json', ...headers });
    response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
  }

  type Reply = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

  function replyTo(route: string, query: URLSearchParams, body: string, authorization = ''): Reply {
    if (github.trouble === 'silent' && !route.includes('authorize')) return [503, { message: 'Unicorn' }];
    if (github.trouble === 'huge' && route.startsWith('GET /user')) return [200, { padding: 'x'.repeat(200_000) }];
    if (route === 'GET /login/oauth/authorize') return authorize(query);
    if (route === 'POST /login/oauth/access_token') return exchange(JSON.parse(body) as Record<string, string>);
    if (route === 'GET /user') {
      const person = tokens.get(authorization.replace(/^token /, ''));
      return person ? [200, shape(person)] : [401, { message: 'Bad credentials' }];
    }
    const [, login] = /^GET \/users\/([^/]+)$/.exec(route) ?? [];
    const known = github.people.find((one) => one.login.toLowerCase() === login?.toLowerCase());
    if (known) return [200, shape(known)];
    if (route === 'GET /app/installations' || route === 'GET /app/hook/deliveries') return [200, []];
    if (/^GET \/orgs\/[^/]+\/installation$/.test(route)) return [200, { id: 1 }];
    if (route === 'POST /app/installations/1/access_tokens')
      return [201, { token: secret('ghs_'), expires_at: '2099-01-01T00:00:00Z' }];
    return [404, { message: 'Not Found' }];
  }

  function authorize(query: URLSearchParams): Reply {
    const redirect = query.get('redirect_uri') ?? '';
    const isFit =
      query.get('client_id') === CLIENT.clientId && redirect === github.callback && query.get('code_challenge_method') === 'S256';
    if (!isFit || query.has('scope')) return [400, '<p>Be careful! This is not how the App is registered.</p>'];
    const back = new URL(redirect);
    back.searchParams.set('state', query.get('state') ?? '');
    if (github.trouble === 'denies') back.searchParams.set('error', 'access_denied');
    else {
      const code = secret('c0de');
      grants.set(code, { challenge: query.get('code_challenge') ?? '', redirect, person: github.person });
      back.searchParams.set('code', code);
    }
    return [302, '', { location: back.href }];
  }

  function exchange(asked: Readonly<Record<string, string>>): Reply {
    const grant = grants.get(asked.code ?? '');
    grants.delete(asked.code ?? '');
    if (asked.client_id !== CLIENT.clientId || asked.client_secret !== CLIENT.clientSecret)
      return [200, { error: 'incorrect_client_credentials', error_description: 'no', error_uri: '' }];
    const challenge = createHash('sha256')
      .update(asked.code_verifier ?? '')
      .digest('base64url');
    if (grant?.challenge !== challenge || grant.redirect !== asked.redirect_uri)
      return [200, { error: 'bad_verification_code', error_description: 'no', error_uri: '' }];
    const token = secret('ghu_');
    tokens.set(token, grant.person);
    return [200, { access_token: token, scope: '', token_type: 'bearer' }];
  }

  return github;
}

function shape({ id, login, type = 'User' }: Person): object {
  return { id, login, type, email: 'private@example.org', name: 'A Name' };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
