/** Everything that works behind the front, put together once: store, jobs, GitHub, the door, the worker, the reconciler. */
import type { Informed } from '../facts/source.ts';
import { githubPlatform, type GithubPlatform } from '../github/platform.ts';
import type { Ports } from '../spine/govern.ts';
import { readersOf } from '../policy/parse.ts';
import { rules } from '../rules/index.ts';
import type { Config } from './config.ts';
import type { Credentials } from './credentials.ts';
import { createDoor, type Admitted, type Delivered } from './door.ts';
import { openStore, type Memory, type OpenOptions } from './jobs/open.ts';
import { licenseDetector } from './license-detector.ts';
import { licenses } from './licenses.ts';
import type { Logger } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { keepBaselines } from './pilots/baseline.ts';
import { repositoryPath } from './repository/places.ts';
import { previewPath } from './previews/routes.ts';
import { readPresets } from './presets.ts';
import { registryClient, type ClientOptions } from './registries/client.ts';
import { registries } from './registries/registries.ts';
import { createReconciler, type Reconciler } from './reconcile.ts';
import { catchUp, hearAgain } from './signed.ts';
import { webTexts } from './web-texts.ts';
import { createHandler } from './worker.ts';

/** A configuration that is complete enough to work as an App. */
export interface AppConfig extends Config {
  readonly credentials: Credentials;
}

export interface ServiceOptions {
  readonly log: Logger;
  readonly now?: () => Date;
  readonly tuning?: OpenOptions['tuning'];
  /** False: writes to GitHub are not spaced out. Only for servers that are not GitHub. */
  readonly isPaced?: boolean;
  /** How what is spaced out waits for its turn. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** How registries are reached. Only for servers that are not the registries. */
  readonly registries?: Partial<ClientOptions>;
}

export interface Services {
  readonly config: AppConfig;
  readonly log: Logger;
  readonly now: () => Date;
  readonly memory: Memory;
  readonly platform: GithubPlatform;
  readonly metrics: Metrics;
  readonly reconciler: Reconciler;
  /** Lets one delivery in. Throws a sentence without details when it could not be recorded. */
  readonly receive: (delivery: Delivered) => Promise<Admitted>;
  readonly start: () => Promise<void>;
  /** Takes no more work, lets running work finish, closes the store. */
  readonly stop: () => Promise<void>;
}

/** Deliveries and blobs not used for this long are forgotten: they name people. */
const RETENTION = 30 * 24 * 3_600_000;
const DAILY = 24 * 3_600_000;

/** Opens everything; nothing is sent and no job runs before `start`. */
export async function openServices(config: AppConfig, options: ServiceOptions): Promise<Services> {
  const { log, now = () => new Date() } = options;
  const { appId } = config.credentials;
  const memory = await openStore({
    log,
    now,
    ...(config.databaseUrl === null ? { dataFolder: config.dataFolder } : { databaseUrl: config.databaseUrl }),
    ...(options.tuning ? { tuning: options.tuning } : {}),
  });
  const { jobs } = memory;
  const metrics = createMetrics(() => jobs.counts());
  const platform = openPlatform(config, memory, metrics, options);
  const { allowedOwners, publicUrl } = config;
  const agreementPage = (agreement: string): string | null => (publicUrl === null ? null : `${publicUrl}/cla/${agreement}`);
  const known = openLicenses(config, memory, now, options.registries);
  const previewPage = (id: string, format: 'html' | 'csv'): string | null =>
    publicUrl === null ? null : `${publicUrl}${previewPath(id, format)}`;
  const repositoryPage = ({ owner, repo }: { owner: string; repo: string }): string | null =>
    publicUrl === null ? null : `${publicUrl}${repositoryPath(owner, repo)}`;
  const presets = readPresets();
  const ports: Ports = { platform, memory, licenses: known, rules, presets, now, agreementPage, previewPage, repositoryPage };
  const door = createDoor({ store: memory, jobs, appId, allowedOwners, now });
  const app = platform.connection.app;
  const reconciler = createReconciler({ app, door, store: memory, jobs, allowedOwners, log, now });
  const handler = createHandler({ ports, store: memory, jobs, allowedOwners, log, metrics });
  let upkeep: NodeJS.Timeout | undefined;
  return {
    config,
    log,
    now,
    memory,
    platform,
    metrics,
    reconciler,
    receive: (delivery) => receive(delivery, door, { log, metrics }),
    start: async () => {
      await catchUp(now(), { store: memory, jobs });
      await hearAgain(now(), 'all', { store: memory, jobs });
      await jobs.start(handler);
      reconciler.start();
      upkeep = setInterval(() => void daily(memory, now(), log), DAILY);
      await purge(memory, now(), log);
      await measurePilots(memory, now(), log);
    },
    stop: async () => {
      clearInterval(upkeep);
      await reconciler.stop();
      await memory.close();
    },
  };
}

function openPlatform(
  config: AppConfig,
  memory: Memory,
  metrics: Metrics,
  { log, now, isPaced, sleep }: ServiceOptions,
): GithubPlatform {
  const { appId, privateKey } = config.credentials;
  return githubPlatform({
    appId,
    privateKey,
    baseUrl: config.hosts.api,
    installations: memory,
    blobs: memory,
    publications: memory,
    web: webTexts(),
    readers: (policy) => readersOf(policy, rules),
    onRequest: ({ route, status, remaining }) => {
      metrics.request(route, status ?? 0, remaining);
    },
    onSkipped: (subject, skipped) => {
      log.info({ subject, skipped }, 'GitHub does not take this here, and that is fine');
    },
    log: {
      warn: (message) => {
        log.warn(message);
      },
      error: (message) => {
        log.error(message);
      },
    },
    replicas: () => memory.jobs.replicas?.() ?? 1,
    ...(now ? { now: () => now().getTime() } : {}),
    ...(isPaced === undefined ? {} : { isPaced }),
    ...(sleep ? { sleep } : {}),
  });
}

function openLicenses(
  { registryHosts: hosts, publicUrl }: AppConfig,
  store: Memory,
  now: () => Date,
  reached: ServiceOptions['registries'] = {},
): Informed {
  const detect = licenseDetector();
  const ask = registryClient({ hosts, contact: publicUrl, ...reached });
  return licenses({ store, detect, now, registries: hosts.length === 0 ? null : registries(ask, detect) });
}

async function receive(
  delivery: Delivered,
  door: (delivery: Delivered) => Promise<Admitted>,
  { log, metrics }: Pick<Services, 'log' | 'metrics'>,
): Promise<Admitted> {
  try {
    const outcome = await door(delivery);
    metrics.webhook(delivery.event, outcome);
    log.debug({ delivery: delivery.id, webhook: delivery.event, outcome }, 'delivery');
    return outcome;
  } catch (error) {
    metrics.webhook(delivery.event, 'failed');
    log.error({ err: error, delivery: delivery.id, webhook: delivery.event }, 'a delivery could not be recorded');
    // GitHub shows this text in its delivery log; what is wrong inside is nobody's business there.
    throw new Error('Steward could not record this delivery. It will fetch it again by itself.');
  }
}

async function daily(memory: Memory, now: Date, log: Logger): Promise<void> {
  await purge(memory, now, log);
  await measurePilots(memory, now, log);
  try {
    await hearAgain(now, 'all', { store: memory, jobs: memory.jobs });
  } catch (error) {
    log.warn({ err: error }, 'what was said could not be looked at again; tomorrow it will be');
  }
}

/** Pilots are measured at their start and end; a server that is restarted every day would miss its own interval. */
async function measurePilots(memory: Memory, now: Date, log: Logger): Promise<void> {
  try {
    await keepBaselines({ store: memory, rules, presets: readPresets(), log }, now);
  } catch (error) {
    log.warn({ err: error }, 'pilots could not be measured; tomorrow they will be');
  }
}

async function purge(memory: Memory, now: Date, log: Logger): Promise<void> {
  try {
    await memory.purge(new Date(now.getTime() - RETENTION).toISOString());
  } catch (error) {
    log.warn({ err: error }, 'old deliveries could not be forgotten; tomorrow they will be');
  }
}
