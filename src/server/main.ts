/** `serve`: everything in one process, from the first request to the last job. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createNodeMiddleware, Probot } from 'probot';
import steward from './app.ts';
import { readConfig, type Config } from './config.ts';
import { createFront, listen, WEBHOOKS_PATH } from './front.ts';
import { createHealth } from './health.ts';
import { claOf } from './cla/services.ts';
import { createLog, type Logger } from './log.ts';
import { openServices, type AppConfig, type ServiceOptions, type Services } from './services.ts';
import { register } from './register.ts';
import { policyPages } from './policy-pages.ts';
import { schemaPages } from './schemas.ts';
import { rules } from '../rules/index.ts';

export interface ServeOptions extends Partial<ServiceOptions> {
  /** Says something to the person at the console; the log is for machines. */
  readonly say?: (line: string) => void;
  /** Ends a set-up that nobody finishes. */
  readonly signal?: AbortSignal;
}

export interface Running {
  /** Where the server listens, without a trailing slash. */
  readonly url: string;
  readonly services: Services;
  /** Stops accepting, lets running jobs finish, closes the store. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** Serves until `stop`. Without credentials it serves the set-up page first, then itself. Null: the set-up was ended before. */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Running | null> {
  const { log = createLog(config.logLevel), say = () => undefined } = options;
  const credentials = config.credentials ?? (await register(config, { log, say, signal: options.signal ?? null }));
  if (credentials === null) return null;
  const services = await openServices({ ...config, credentials }, { ...options, log });
  try {
    return await open(services, say);
  } catch (error) {
    await services.stop();
    throw error;
  }
}

async function open(services: Services, say: (line: string) => void): Promise<Running> {
  const { config, log, metrics } = services;
  let stopping: Promise<void> | null = null;
  const { unready, page } = createHealth(services, () => stopping !== null);
  const front = createFront({
    webhooks: await createWebhooks(config, services, log),
    unready,
    metrics: async () => ({ type: metrics.registry.contentType, text: await metrics.registry.metrics() }),
    status: page,
    sites: { '/cla/': claOf(services), '/schemas/': schemaPages(rules), '/policy/': policyPages(services) },
    refused: (status, delivery) => {
      metrics.webhook('unknown', 'refused');
      log.warn(
        { status, delivery },
        'a delivery was refused; if GitHub sent it, check that WEBHOOK_SECRET is the one in its settings',
      );
    },
    metricsToken: config.metricsToken,
    log,
  });
  const url = await listen(front, config);
  await services.start();
  log.info({ url, mode: services.memory.mode }, 'serving');
  say(`Steward is running at ${url}`);
  const stop = (): Promise<void> => (stopping ??= close(front, services));
  return { url, services, stop };
}

/** Probot's middleware. Its own log is off: it would print whole deliveries; what matters is logged here. */
async function createWebhooks(config: AppConfig, services: Services, log: Logger): ReturnType<typeof createNodeMiddleware> {
  const { appId, privateKey, webhookSecret } = config.credentials;
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecret,
    baseUrl: config.hosts.api,
    log: log.child({}, { level: 'silent' }),
  });
  await probot.ready();
  return createNodeMiddleware((app) => steward(app, { services }), { probot, webhooksPath: WEBHOOKS_PATH });
}

/** How long requests under way may take to end; GitHub gives up after ten seconds. */
const GRACE = 10_000;

async function close(front: Server, services: Services): Promise<void> {
  const closed = once(front, 'close');
  front.close();
  front.closeIdleConnections();
  const timer = setTimeout(() => {
    front.closeAllConnections();
  }, GRACE);
  await closed;
  clearTimeout(timer);
  await services.stop();
  services.log.info('stopped');
}

/** The program: serves until SIGTERM or SIGINT, and gives an exit code. A second signal ends it at once. */
export async function run(say: (line: string) => void): Promise<number> {
  const read = readConfig();
  if ('problems' in read) {
    say(`Steward cannot start:\n${read.problems.map((problem) => `- ${problem}`).join('\n')}\nAll variables: docs/operate.md`);
    return 2;
  }
  const asked = askedToStop();
  const running = await serve(read.config, { say, signal: asked.signal });
  if (running === null) return 0;
  if (!asked.signal.aborted) await once(asked.signal, 'abort');
  await running.stop();
  return 0;
}

function askedToStop(): AbortController {
  const controller = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(1);
      controller.abort();
    });
  }
  return controller;
}
