/** The HTTP front: what anybody on the network can reach, within bounds. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { randomBytes, timingSafeEqual, createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createBodyReader, type Body } from './body.ts';
import type { Logger } from './log.ts';

export const WEBHOOKS_PATH = '/api/github/webhooks';

/** Answers requests for paths that begin with its own; false: no page has that path. */
export type Site = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;

export interface FrontPorts {
  /** Probot's middleware: verifies the signature of `request.body` and answers. */
  readonly webhooks: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** Why work cannot be done right now; empty: it can. */
  readonly unready: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  /** The status page. Names of repositories are for operators only. */
  readonly status: (context: { readonly nonce: string; readonly isOperator: boolean }) => Promise<string>;
  /** Pages below a path, by that path: `/cla/`. */
  readonly sites: Readonly<Record<`/${string}/`, Site>>;
  /** Told of deliveries that were answered with an error. */
  readonly refused: (status: number, delivery: string) => void;
  /** Opens `/metrics` and the operator's part of the status page; null: only the machine itself. */
  readonly metricsToken: string | null;
  readonly log: Logger;
  readonly bodyCap?: number;
}

/** Listens, and tells where; port 0 is any free one. */
export async function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** A server that is not listening yet. */
export function createFront(ports: FrontPorts): Server {
  const pages: Readonly<Record<string, Handle>> = {
    '/healthz': (_request, response) => {
      send(response, 200, 'text/plain; charset=utf-8', 'ok\n');
    },
    '/readyz': async (_request, response) => {
      const reasons = await ports.unready();
      const body = JSON.stringify({ ready: reasons.length === 0, reasons });
      send(response, reasons.length === 0 ? 200 : 503, 'application/json', `${body}\n`);
    },
    '/metrics': async (request, response) => {
      if (!isOperator(request, ports.metricsToken)) {
        refuse(response, 403, 'Metrics are for operators: send METRICS_TOKEN as a bearer token.');
        return;
      }
      const { type, text } = await ports.metrics();
      send(response, 200, type, text);
    },
    '/': async (request, response) => {
      const nonce = randomBytes(16).toString('base64');
      sendPage(response, 200, nonce, await ports.status({ nonce, isOperator: isOperator(request, ports.metricsToken) }));
    },
  };
  const webhooks = webhookHandle(ports);
  return createHttpServer(ports.log, async (request, response) => {
    const path = pathOf(request);
    if (path === WEBHOOKS_PATH) return webhooks(request, response);
    const site = Object.entries(ports.sites).find(([prefix]) => path.startsWith(prefix))?.[1];
    if (site && (await site(request, response, path))) return;
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (!page) refuse(response, 404, 'There is nothing here.');
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      refuse(response, 405, 'This page can only be read.', { allow: 'GET, HEAD' });
    else await page(request, response);
  });
}

/** A server with bounds on time and headers, whose faults are logged and answered without details. */
export function createHttpServer(
  log: Logger,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Server {
  const options = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 };
  return createServer(options, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error, path: pathOf(request) }, 'a request could not be answered');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'Something went wrong here; the log says what.');
    });
  });
}

function webhookHandle(ports: FrontPorts): Handle {
  const read = createBodyReader(ports.bodyCap);
  return async (request, response) => {
    response.once('finish', () => {
      if (response.statusCode >= 400) ports.refused(response.statusCode, one(request.headers['x-github-delivery']).slice(0, 100));
    });
    if (request.method !== 'POST') {
      refuse(response, 405, 'Deliveries are sent by POST.', { allow: 'POST' });
      return;
    }
    const odd = oddHeader(request);
    if (odd) {
      refuse(response, odd.status, odd.message);
      return;
    }
    const body: Body = await read(request);
    if ('status' in body) {
      refuse(response, body.status, BODY_PROBLEMS[body.status]);
      return;
    }
    if (!/^\s*\{/.test(body.text)) {
      refuse(response, 400, 'The body is not a JSON object.');
      return;
    }
    await ports.webhooks(Object.assign(request, { body: body.text }), response);
  };
}

const BODY_PROBLEMS = {
  400: 'The body could not be read to its end.',
  413: 'The body is larger than GitHub sends.',
  503: 'Too many large deliveries at once; send it again in a minute.',
} as const;

/** Refuses what GitHub never sends before its body is read. */
function oddHeader(request: IncomingMessage): { readonly status: number; readonly message: string } | null {
  const { headers } = request;
  if (!/^\s*application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
    return { status: 415, message: 'Deliveries must be application/json: set the content type of the webhook to it.' };
  }
  if (headers['x-hub-signature-256'] === undefined) {
    return { status: 400, message: 'The delivery is not signed. Set a webhook secret in the settings of the GitHub App.' };
  }
  const isNamed = /^[\w-]{1,100}$/.test(one(headers['x-github-delivery'])) && /^\w{1,64}$/.test(one(headers['x-github-event']));
  return isNamed ? null : { status: 400, message: 'X-GitHub-Delivery and X-GitHub-Event must name the delivery and its event.' };
}

function one(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}

/** Whether a request comes with the token, or from the machine itself and through no proxy. */
export function isOperator(request: IncomingMessage, token: string | null): boolean {
  if (token !== null) return equalSecrets(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '', token);
  const isForwarded = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some((name) => request.headers[name] !== undefined);
  return !isForwarded && /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '');
}

/** Compares secrets in a time that tells nothing about them. */
export function equalSecrets(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

const SECURITY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...SECURITY,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...headers,
    'content-type': type,
  });
  response.end(body);
}

/** Sends a page; `formTargets` are the other sites its forms may go to. */
export function sendPage(
  response: ServerResponse,
  status: number,
  nonce: string,
  page: string,
  formTargets: readonly string[] = [],
): void {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  send(response, status, 'text/html; charset=utf-8', page, { 'content-security-policy': policy.join('; ') });
}

/** Says no and closes the connection, so that what was not read is never read. */
export function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, status, 'application/json', `${JSON.stringify({ error: message })}\n`, { ...headers, connection: 'close' });
  const { req: request } = response;
  if (request.complete) return;
  // A moment for the answer to arrive: closing with unread input resets the connection at once.
  request.pause();
  setTimeout(() => request.socket.destroy(), 500).unref();
}
