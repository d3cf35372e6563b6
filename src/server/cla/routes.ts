/** The signing pages: which path leads to which page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { html } from 'hono/html';
import type { Hosts } from '../config.ts';
import { refuse } from '../front.ts';
import type { Logger } from '../log.ts';
import { agreement, agreementAt } from './agreement.ts';
import { company, type CompanyPorts, type Resolve } from './company.ts';
import { CALLBACK_PATH, signInWith, type Client } from './github.ts';
import { begin, finish, leave, type LoginPorts } from './login.ts';
import { createSessions } from './session.ts';
import type { Desk } from './sign.ts';
import { tell, visitOf, type Site, type Visit } from './visit.ts';

export interface ClaPorts extends Desk {
  readonly hosts: Hosts;
  /** Where people reach this server, without a trailing slash; null: not told. */
  readonly publicUrl: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** The account of a login, asked of GitHub now. */
  readonly resolve: Resolve;
  readonly log: Logger;
}

/** Answers requests for paths that begin with `/cla`; false: no page has that path. */
export type Cla = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;

/** The signing pages. Without a client and a public address they can be read, and say what is missing. */
export function createCla(ports: ClaPorts): Cla {
  const { hosts, publicUrl, now, log } = ports;
  const missing = missingOf(ports);
  const client = clientOf(ports);
  const isReady = client !== null && publicUrl !== null;
  const sessions = client
    ? createSessions({ secret: client.secret, isSecure: publicUrl?.startsWith('https:') ?? false, now })
    : null;
  const login: LoginPorts | null =
    isReady && sessions ? { sessions, signIn: signInWith(client, hosts, `${publicUrl}${CALLBACK_PATH}`), log } : null;
  const site: Site = {
    base: publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/+$/, ''),
    loginUrl: (to) => (login ? `${publicUrl ?? ''}/cla/login?${new URLSearchParams({ to }).toString()}` : null),
  };
  const desk = { ...ports, sessions: login ? sessions : null, web: hosts.web, missing };
  return async (request, response, path) => {
    const answer = handlerOf(path, { login, missing, desk });
    if (!answer) return false;
    const visit = visitOf(request, response, path, login ? login.sessions.visitor(request) : null, site);
    if (isTaken(visit, path)) await answer(visit);
    return true;
  };
}

type Handler = (visit: Visit) => Promise<void>;

interface Parts {
  readonly login: LoginPorts | null;
  readonly missing: readonly string[];
  readonly desk: CompanyPorts;
}

function handlerOf(path: string, { login, missing, desk }: Parts): Handler | null {
  if (Object.hasOwn(METHODS, path)) return (visit) => signing(visit, path, login, missing);
  const [, companyId] = /^\/cla\/companies\/([a-z0-9-]{1,100})$/.exec(path) ?? [];
  if (companyId !== undefined) return (visit) => company(visit, companyId, desk);
  const name = agreementAt(path);
  return name === null ? null : (visit) => agreement(visit, name, desk);
}

async function signing(visit: Visit, path: string, login: LoginPorts | null, missing: readonly string[]): Promise<void> {
  if (!login) {
    await tell(visit, 503, 'Signing in is not set up here', [
      html`For administrators: set ${missing.join(', ')}. The guide is <code>docs/operate.md</code>.`,
    ]);
  } else if (path === '/cla/login') await begin(visit, login);
  else if (path === CALLBACK_PATH) await finish(visit, login);
  else await leave(visit, login);
}

const METHODS: Readonly<Record<string, readonly string[]>> = {
  '/cla/login': ['GET'],
  [CALLBACK_PATH]: ['GET'],
  '/cla/logout': ['POST'],
};

/** Whether the page takes this kind of request; refuses it when not. */
function isTaken({ request, response }: Visit, path: string): boolean {
  const method = request.method ?? '';
  const allowed = METHODS[path] ?? ['GET', 'HEAD', 'POST'];
  const site = request.headers['sec-fetch-site'] ?? 'none';
  if (!allowed.includes(method)) refuse(response, 405, 'This page takes no such request.', { allow: allowed.join(', ') });
  else if (method === 'POST' && site !== 'same-origin' && site !== 'none')
    refuse(response, 403, 'This form was sent by another site.');
  else return true;
  return false;
}

function clientOf({ clientId, clientSecret }: ClaPorts): Client | null {
  return clientId === null || clientSecret === null ? null : { id: clientId, secret: clientSecret };
}

function missingOf({ clientId, clientSecret, publicUrl }: ClaPorts): readonly string[] {
  const settings = { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret, PUBLIC_URL: publicUrl };
  return Object.entries(settings).flatMap(([name, value]) => (value === null ? [name] : []));
}
