/**
 * A GitHub on 127.0.0.1 for end-to-end tests: REST at `/` and `/api/v3`, GraphQL at `/graphql` and `/api/graphql`.
 *
 *     const github = await startGitHub({ webhookUrl: 'http://127.0.0.1:3000/api/github/webhooks' });
 *     const { world } = github;
 *     world.install('acme');
 *     const widgets = world.repository({ owner: 'acme', name: 'widgets', files: { 'README.md': '# Widgets\n' } });
 *     world.push(widgets, 'topic', { author: 'ada', message: 'Add a\n\nSigned-off-by: …', files: { a: '1\n' } });
 *     const { number, deliveries } = world.openPullRequest(widgets, { head: 'topic', author: 'ada' });
 *     world.review(widgets, number, 'grace');                // approves; another state as the fourth argument
 *     await github.deliver(deliveries);                      // signed, over HTTP, kept in /app/hook/deliveries
 *     github.trouble({ kind: 'status', status: 502, on: 'checks/create', isAfter: true });
 *     const mark = github.log.mark();
 *     expect(github.log.since(mark).map((call) => call.operationId)).toEqual(['graphql', 'checks/create']);
 *     expect(github.violations).toEqual([]);                 // every request and answer fits GitHub's descriptions
 *     await github.close();
 *
 *     expect(github.limits.breached()).toEqual([]);          // no secondary limit was reached
 *     github.signIn.person = world.user('ada');              // who is signed in when a page asks GitHub
 *
 * An App under test takes `github.env` (APP_ID, PRIVATE_KEY, WEBHOOK_SECRET, the client's id and secret, GHE_HOST, GHE_PROTOCOL).
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Deliveries } from './deliveries.ts';
import type { Attempt } from './deliveries.ts';
import { Limits } from './limits.ts';
import { RequestLog } from './log.ts';
import type { Delivery, Installation } from './model.ts';
import { SignIn } from './oauth.ts';
import { callerWith, respond } from './respond.ts';
import type { Incoming, Parts } from './respond.ts';
import { Budgets, Troubles } from './troubles.ts';
import type { Resource, Trouble } from './troubles.ts';
import type { AppOptions } from './world/state.ts';
import { World } from './world/world.ts';

export interface Options {
  readonly app?: AppOptions;
  /** Where the App listens; can be set later as `github.webhookUrl`. */
  readonly webhookUrl?: string;
  /** A world made before; left out: a new one. */
  readonly world?: World;
  readonly port?: number;
}

type Variable =
  'APP_ID' | 'PRIVATE_KEY' | 'WEBHOOK_SECRET' | 'GITHUB_CLIENT_ID' | 'GITHUB_CLIENT_SECRET' | 'GHE_HOST' | 'GHE_PROTOCOL';

/** A running double. */
export class GitHub {
  readonly world: World;
  readonly log = new RequestLog();
  readonly deliveries: Deliveries;
  readonly budgets = new Budgets();
  /** What was sent or answered against GitHub's descriptions; a test expects none. */
  readonly violations: string[] = [];
  /** What every caller has sent, held against GitHub's secondary limits. */
  readonly limits = new Limits();
  /** Who is signed in to GitHub in the browser. */
  readonly signIn = new SignIn();
  readonly #troubles = new Troubles();
  readonly #server: Server;

  constructor(options: Options) {
    this.world = options.world ?? new World(options.app);
    const { id, webhookSecret } = this.world.app;
    this.deliveries = new Deliveries({ url: options.webhookUrl ?? null, secret: webhookSecret, appId: id });
    const { world, log, deliveries, budgets, violations, limits, signIn } = this;
    const parts: Parts = { world, log, deliveries, budgets, violations, limits, signIn, troubles: this.#troubles };
    this.#server = createServer((request, response) => {
      serve(parts, request, response).catch((error: unknown) => {
        violations.push(`The double failed: ${String(error)}`);
        response.destroy();
      });
    });
  }

  async listen(port: number): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return this;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** For `baseUrl`: REST and GraphQL as on api.github.com. */
  get url(): string {
    return `http://${this.host}`;
  }

  /** What Probot reads to use the double as a GitHub Enterprise Server. */
  get env(): Readonly<Record<Variable, string>> {
    const { id, privateKey, webhookSecret, clientId, clientSecret } = this.world.app;
    return {
      APP_ID: String(id),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: webhookSecret,
      GITHUB_CLIENT_ID: clientId,
      GITHUB_CLIENT_SECRET: clientSecret,
      GHE_HOST: this.host,
      GHE_PROTOCOL: 'http',
    };
  }

  set webhookUrl(url: string | null) {
    this.deliveries.url = url;
  }

  get webhookUrl(): string | null {
    return this.deliveries.url;
  }

  /** Sends deliveries one after another and logs what the App answered. */
  async deliver(deliveries: readonly Delivery[]): Promise<readonly Attempt[]> {
    const attempts: Attempt[] = [];
    for (const delivery of deliveries) attempts.push(await this.deliveries.send(delivery));
    return attempts;
  }

  /** Sends what the App's own writes caused, as GitHub does. */
  async deliverEchoes(): Promise<readonly Attempt[]> {
    return this.deliver(this.world.echoes.splice(0));
  }

  /** Logs deliveries as failed: the App was down when GitHub sent them. */
  miss(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) this.deliveries.miss(delivery);
  }

  /** Orders something to go wrong with the next requests. */
  trouble(trouble: Trouble): void {
    this.#troubles.add(trouble);
  }

  calm(): void {
    this.#troubles.clear();
  }

  /** Leaves an installation this much of its hourly budget, for `seconds`. */
  limit(
    installation: Installation,
    resource: Resource,
    { seconds, remaining = 0 }: { seconds: number; remaining?: number },
  ): void {
    this.budgets.exhaust(`installation ${installation.id}`, resource, seconds, remaining);
  }

  async close(): Promise<void> {
    await this.deliveries.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

/** Starts a double on a free port (or the given one) of 127.0.0.1. */
export async function startGitHub(options: Options = {}): Promise<GitHub> {
  return new GitHub(options).listen(options.port ?? 0);
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const end = parts.limits.begin(callerWith(parts, request.headers.authorization));
  response.once('close', end);
  const reply = respond(parts, incoming(request, Buffer.concat(chunks).toString()));
  if (parts.world.latency > 0) await wait(parts.world.latency);
  if (reply === 'never') return;
  if (reply === null) request.socket.destroy();
  else response.writeHead(reply.status, reply.headers).end(reply.body);
}

function incoming(request: IncomingMessage, text: string): Incoming {
  const url = request.url ?? '/';
  const prefix = /^\/api\/v3(?=\/|$)/.exec(url)?.[0] ?? (url.startsWith('/api/graphql') ? '/api' : '');
  const base = `http://${request.headers.host ?? '127.0.0.1'}${prefix}`;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]));
  return { method: request.method ?? 'GET', base, url: url.slice(prefix.length) || '/', headers, text };
}
