/** Builders for tests of the running server: a configuration, signed deliveries, and a bare stand-in for GitHub's API. */
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createLog, type Logger } from '../../src/server/log.ts';
import { listen } from '../../src/server/front.ts';
import type { AppConfig } from '../../src/server/services.ts';

export const SECRET = 'a secret of the test';
/** Shorter than GitHub's: made in a tenth of the time. */
export const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

/** A configuration with a data folder of its own and any free port. */
export function aConfig(changes: Partial<AppConfig> = {}): AppConfig {
  return {
    isProduction: false,
    credentials: { appId: 5, privateKey: PRIVATE_KEY, webhookSecret: SECRET, clientId: null, clientSecret: null, url: null },
    hosts: { api: 'http://127.0.0.1:9', web: 'https://github.com' },
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    dataFolder: mkdtempSync(join(tmpdir(), 'steward-server-')),
    databaseUrl: null,
    publicUrl: null,
    allowedOwners: null,
    registryHosts: [],
    metricsToken: null,
    ...changes,
  };
}

/** A log that is kept instead of printed. */
export function aLog(): { readonly log: Logger; readonly text: () => string } {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: createLog('debug', sink), text: () => lines.join('') };
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface BareGithub {
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly requests: string[];
  readonly close: () => void;
}

/** A server that answers by a table of `METHOD /path`; everything else is not found. */
export async function aBareGithub(table: Readonly<Record<string, Reply | ((url: URL) => Reply)>> = {}): Promise<BareGithub> {
  const requests: string[] = [];
  const answers: typeof table = {
    'GET /app/installations': { status: 200, body: [] },
    'GET /app/hook/deliveries': { status: 200, body: [] },
    ...table,
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    requests.push(`${request.method ?? ''} ${url.pathname}`);
    const entry = answers[`${request.method ?? ''} ${url.pathname}`] ?? { status: 404, body: { message: 'Not Found' } };
    const reply = typeof entry === 'function' ? entry(url) : entry;
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(reply.body));
  });
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url, requests, close };
}

/** The headers of a delivery as GitHub signs it. */
export function signed(event: string, body: string, changes: Record<string, string | undefined> = {}): OutgoingHttpHeaders {
  const headers: Record<string, string | undefined> = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    ...changes,
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One request. `body` may be a stream of chunks without an announced length. */
export async function send(
  url: string,
  options: { method?: string; headers?: OutgoingHttpHeaders; body?: string | (() => Iterable<Buffer>) } = {},
): Promise<Answered> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const request = httpRequest(url, { method, headers }, (response) => {
      isAnswered = true;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      const done = (): void => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      };
      response.once('end', done);
      response.once('error', done);
    });
    // A server that refuses a body closes the connection while it is still being sent.
    request.on('error', (error) => {
      if (!isAnswered) reject(error);
    });
    if (typeof body !== 'function') {
      request.end(body);
      return;
    }
    for (const chunk of body()) request.write(chunk);
    request.end();
  });
}

/** Waits until something is so; the test's own time limit is the only one. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}
