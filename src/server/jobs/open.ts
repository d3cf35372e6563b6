/** Opens what Steward remembers and its queue, in the mode the settings ask for: one call for the server. */
import { storeOn } from '../../store/memory.ts';
import type { Log, Store } from '../../store/store.ts';
import type { Jobs } from './jobs.ts';
import { TUNING, type Tuning } from './tuning.ts';

export interface OpenOptions {
  /** Folder of the SQLite database; used when there is no `databaseUrl`. */
  readonly dataFolder?: string;
  /** PostgreSQL; any number of replicas may share it. */
  readonly databaseUrl?: string;
  readonly log?: Log;
  readonly tuning?: Partial<Tuning>;
  readonly now?: () => Date;
}

export type Memory = Store & {
  readonly jobs: Jobs;
  readonly mode: 'embedded' | 'scale';
};

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Opens and migrates the database. `close` stops the jobs first. */
export async function openStore(options: OpenOptions): Promise<Memory> {
  const { dataFolder, databaseUrl, log = SILENT, now = () => new Date() } = options;
  const settings = { log, now, tuning: { ...TUNING, ...options.tuning } };
  if (databaseUrl) return openScale(databaseUrl, settings);
  if (dataFolder) return openEmbedded(dataFolder, settings);
  throw new Error('Neither a data folder nor a database URL is given.');
}

interface Settings {
  readonly log: Log;
  readonly now: () => Date;
  readonly tuning: Tuning;
}

// Each mode loads its own driver, so that neither pays for the other at start.
async function openEmbedded(dataFolder: string, settings: Settings): Promise<Memory> {
  const { openSqlite } = await import('../../store/sqlite.ts');
  const { embeddedJobs } = await import('./embedded.ts');
  const database = await openSqlite(dataFolder, settings.now);
  return joined(storeOn(database), embeddedJobs(database, settings), 'embedded');
}

async function openScale(databaseUrl: string, settings: Settings): Promise<Memory> {
  const { openPostgres } = await import('../../store/postgres.ts');
  const { graphileJobs } = await import('./graphile.ts');
  const { migrateWorker } = await import('./workers.ts');
  const { log, now } = settings;
  const database = await openPostgres(databaseUrl, { log, now, alsoMigrate: (pool) => migrateWorker(pool, log) });
  return joined(storeOn(database), graphileJobs(database, settings), 'scale');
}

function joined(store: Store, jobs: Jobs, mode: Memory['mode']): Memory {
  const close = async (): Promise<void> => {
    await jobs.stop();
    await store.close();
  };
  return { ...store, close, jobs, mode };
}
