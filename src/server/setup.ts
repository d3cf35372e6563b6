/** Registers the App in a few clicks: a page for one person, who holds the token printed on the console. */
import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createBodyReader } from './body.ts';
import type { Hosts } from './config.ts';
import type { Credentials } from './credentials.ts';
import { createHttpServer, equalSecrets, pathOf, refuse, send, sendPage } from './front.ts';
import type { Logger } from './log.ts';
import { manifest, registrationUrl, type AppDescription } from './manifest.ts';
import { login } from './payload.ts';
import { askPage, closedPage, confirmPage, donePage, failedPage } from './setup-pages.ts';
import type { Registered, RegistrationWish } from './registration.ts';

export interface SetupPorts {
  readonly hosts: Hosts;
  readonly description: AppDescription;
  /** The address GitHub and people use, when it was told. */
  readonly publicUrl: string | null;
  /** Turns the code GitHub sends back into the App's credentials. */
  readonly convert: (code: string) => Promise<Registered>;
  /** Keeps the credentials. Throws when there are some already. */
  readonly keep: (credentials: Credentials) => void;
  readonly now: () => number;
  readonly log: Logger;
}

export interface Setup {
  readonly server: Server;
  /** Opens the page; printed on the console and nowhere else. */
  readonly token: string;
  /** Resolves once, when the App is registered, its credentials are kept and the visitor was told. */
  readonly done: Promise<Registered>;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly nonce: string;
}

/** GitHub's code is good for an hour. */
const HOUR = 3_600_000;

/** What the pages share while the set-up is open. */
interface Desk extends SetupPorts {
  readonly token: string;
  readonly states: States;
  readonly finished: (registered: Registered) => void;
  /** Set when the App is registered: from then on nothing here opens again. */
  isSpent: boolean;
}

/** A set-up that is not listening yet. The token and every state work once. */
export function createSetup(ports: SetupPorts): Setup {
  const token = randomBytes(32).toString('base64url');
  const { promise: done, resolve: finished } = Promise.withResolvers<Registered>();
  const desk: Desk = { ...ports, token, states: createStates(token, ports.now), finished, isSpent: false };
  const server = createHttpServer(ports.log, async (request, response) => {
    const query = new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));
    const visit: Visit = { request, response, query, nonce: randomBytes(16).toString('base64') };
    const route = `${request.method ?? ''} ${pathOf(request)}`;
    if (route === 'GET /setup' && isOpenTo(query.get('token'), desk)) await ask(visit, desk, null);
    else if (route === 'POST /setup') await confirm(visit, desk);
    else if (route === 'GET /setup/done') await finish(visit, desk);
    else if (route === 'GET /healthz') send(response, 200, 'text/plain; charset=utf-8', 'ok\n');
    else if (route === 'GET /' || route === 'GET /setup') await closed(visit);
    else refuse(response, 503, 'Steward is not set up yet: open the link that it printed on its console.');
  });
  return { server, token, done };
}

function isOpenTo(given: string | null, { isSpent, token }: Desk): boolean {
  return !isSpent && equalSecrets(given ?? '', token);
}

async function ask({ response, query, nonce }: Visit, desk: Desk, problem: string | null): Promise<void> {
  const { token, hosts, publicUrl } = desk;
  const page = await askPage({ nonce, token, web: hosts.web, publicUrl, problem, given: query });
  sendPage(response, problem === null ? 200 : 422, nonce, page);
}

async function confirm(visit: Visit, desk: Desk): Promise<void> {
  const { request, response, nonce } = visit;
  const body = await readForm(request);
  if ('status' in body) {
    refuse(response, body.status, 'The form could not be read.');
    return;
  }
  const form = new URLSearchParams(body.text);
  if (!isOpenTo(form.get('token'), desk)) return closed(visit);
  const wish = readWish(form, desk);
  if ('problem' in wish) return ask({ ...visit, query: form }, desk, wish.problem);
  const { hosts, publicUrl, description, states } = desk;
  const returnUrl = publicUrl ?? `http://localhost:${request.socket.localPort ?? 3000}`;
  const described = manifest(description, { name: nameFor(wish.organization), webhookUrl: wish.webhookUrl, returnUrl });
  const action = registrationUrl(hosts.web, wish.organization, states.issue());
  const page = await confirmPage({ nonce, action, manifest: described, wish });
  sendPage(response, 200, nonce, page, [new URL(hosts.web).origin]);
}

async function finish(visit: Visit, desk: Desk): Promise<void> {
  const { response, query, nonce } = visit;
  const code = query.get('code') ?? '';
  if (desk.isSpent || !desk.states.use(query.get('state') ?? '') || !/^[\w-]{1,200}$/.test(code)) return closed(visit);
  try {
    const registered = await desk.convert(code);
    desk.keep(registered.credentials);
    desk.isSpent = true;
    const page = await donePage({ nonce, registered, publicUrl: desk.publicUrl });
    const finished = (): void => {
      desk.finished(registered);
    };
    // Whoever asked may have left while the App was registered: the server goes on all the same.
    if (response.closed || response.destroyed) {
      finished();
      return;
    }
    response.once('close', finished);
    sendPage(response, 200, nonce, page);
  } catch (error) {
    desk.log.error({ err: error }, 'the App could not be registered');
    sendPage(response, 502, nonce, await failedPage(nonce));
  }
}

async function closed({ response, nonce }: Visit): Promise<void> {
  sendPage(response, 403, nonce, await closedPage(nonce));
}

const readForm = createBodyReader(16_384);

/** What the visitor wants, or what is wrong with it. */
function readWish(form: URLSearchParams, { publicUrl, hosts }: SetupPorts): RegistrationWish | { readonly problem: string } {
  const organization = (form.get('organization') ?? '').trim();
  if (organization !== '' && !login(organization))
    return { problem: 'An organization is named as in its address on GitHub: letters, digits and dashes.' };
  const webhookUrl = publicUrl ?? (form.get('url') ?? '').trim().replace(/\/+$/, '');
  const problem = addressProblem(webhookUrl, hosts.web === 'https://github.com');
  return problem ? { problem } : { organization: organization === '' ? null : organization, webhookUrl };
}

/** Why GitHub could not deliver to an address; null: nothing speaks against it. */
export function addressProblem(address: string, isGitHubCom: boolean): string | null {
  const url = URL.parse(address);
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.search || url.hash || url.username) {
    return 'The address starts with https:// and has no “?” or “#”: https://steward.example.org';
  }
  const isLocal =
    /^(?:localhost|.+\.local(?:host)?|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|\[.*\])$/.test(
      url.hostname,
    );
  return isGitHubCom && isLocal
    ? 'GitHub cannot reach that address: it exists only on this machine or network. Use a public one, for example that of a tunnel.'
    : null;
}

function nameFor(organization: string | null): string {
  return (organization === null ? 'Steward' : `Steward ${organization}`).slice(0, 34);
}

interface States {
  readonly issue: () => string;
  /** Whether the state was issued, is fresh and was not used before. */
  readonly use: (state: string) => boolean;
}

/** States bound to the token: each is issued by this process, good for an hour and for one use. */
function createStates(token: string, now: () => number): States {
  const issued = new Map<string, number>();
  return {
    issue: () => {
      const seed = randomBytes(16).toString('base64url');
      const state = `${seed}.${createHmac('sha256', token).update(seed).digest('base64url')}`;
      for (const [old, until] of issued) if (until < now() || issued.size > 100) issued.delete(old);
      issued.set(state, now() + HOUR);
      return state;
    },
    use: (state) => {
      const until = issued.get(state) ?? 0;
      issued.delete(state);
      return until > now();
    },
  };
}
