/** Registries as Steward meets them: a real https server on this machine that answers for all of their hosts, and logs who asked what. */
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { known, type Answer } from '../../src/facts/answer.ts';
import { registryClient, type Ask, type ClientOptions } from '../../src/server/registries/client.ts';
import { HOST_NAMES } from '../../src/server/registries/hosts.ts';
import { CERTIFICATE, KEY } from './certificate.ts';

/** A body, or whatever a server does instead. */
export type Reply = string | object | ((response: ServerResponse, request: IncomingMessage) => void);

export interface Registries {
  /** What is at an address without its `https://`; everything else is not there. */
  readonly shelves: Map<string, Reply>;
  /** Addresses that were asked for, without `https://`. */
  readonly asked: string[];
  /** Who asked: every `User-Agent`. */
  readonly agents: Set<string>;
  /** Milliseconds that the client waited, instead of waiting. */
  readonly waits: number[];
  /** Moves the clock of the client. */
  readonly pass: (milliseconds: number) => void;
  /** The most requests that were open at the same time. */
  readonly most: () => number;
  readonly client: (options?: Partial<ClientOptions>) => Ask;
  /** What a client needs to get here, instead of to the registries. */
  readonly reached: () => Partial<ClientOptions>;
  /** Forgets what was asked and what is there. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
}

export async function startRegistries(start: number): Promise<Registries> {
  const shelves = new Map<string, Reply>();
  const asked: string[] = [];
  const agents = new Set<string>();
  const waits: number[] = [];
  let [now, open, most] = [start, 0, 0];
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => (open -= 1));
    const address = (request.url ?? '').slice(1);
    asked.push(address);
    agents.add(request.headers['user-agent'] ?? '');
    answer(shelves.get(address), response, request);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const reached = (): Partial<ClientOptions> => ({
    web: { ca: CERTIFICATE, isAllowed: (address) => address === '127.0.0.1' },
    place: (url) => new URL(`https://127.0.0.1:${port}/${url.host}${url.pathname}${url.search}`),
    now: () => now,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  });
  return {
    shelves,
    asked,
    agents,
    waits,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    most: () => most,
    client: (options = {}) => registryClient({ hosts: HOST_NAMES, contact: 'https://steward.example', ...reached(), ...options }),
    reached,
    clear: () => {
      shelves.clear();
      for (const list of [asked, waits]) list.length = 0;
      agents.clear();
      [now, most] = [start, 0];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What a registry answers without a network between: a body, or how the client would answer instead. */
export type Shelved = string | object | ((signal: AbortSignal) => Promise<Answer<string | null>>);

export interface Shelves {
  /** What is at an address without its `https://`; everything else is not there. */
  readonly shelves: Map<string, Shelved>;
  readonly asked: string[];
  readonly ask: Ask;
  readonly clear: () => void;
}

/** Registries for those who only look packages up: no server, no client. */
export function shelved(): Shelves {
  const shelves = new Map<string, Shelved>();
  const asked: string[] = [];
  return {
    shelves,
    asked,
    ask: (address, signal) => {
      const plain = address.slice('https://'.length);
      asked.push(plain);
      const found = shelves.get(plain);
      if (typeof found === 'function') return found(signal);
      return Promise.resolve(known(found === undefined ? null : typeof found === 'string' ? found : JSON.stringify(found)));
    },
    clear: () => {
      shelves.clear();
      asked.length = 0;
    },
  };
}

function answer(reply: Reply | undefined, response: ServerResponse, request: IncomingMessage): void {
  if (typeof reply === 'function') reply(response, request);
  else if (reply === undefined) response.writeHead(404).end('{"error":"Not found"}');
  else response.writeHead(200).end(typeof reply === 'string' ? reply : JSON.stringify(reply));
}
