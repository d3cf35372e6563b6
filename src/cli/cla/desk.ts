/** Opens the register for a command: beside a running server to read, alone to write. */
import type { Jobs } from '../../server/jobs/jobs.ts';
import { openStore } from '../../server/jobs/open.ts';
import { storeConfig } from '../../server/config.ts';
import { storeOn } from '../../store/memory.ts';
import { FolderInUse, readSqlite } from '../../store/sqlite.ts';
import type { Store } from '../../store/store.ts';
import { UsageError } from '../repository.ts';
import { registerError } from './damage.ts';

/** Where the register is: PostgreSQL, else SQLite in a folder. */
export interface Place {
  readonly dataFolder?: string | undefined;
  readonly databaseUrl?: string | null | undefined;
}

/** What a command that writes works with. */
export interface Desk {
  readonly store: Store;
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

/** Steward has not run here yet. */
export class NoRegister extends UsageError {
  override readonly name = 'NoRegister';
}

/** Runs work on the register and closes it. */
export interface Office {
  reading<T>(work: (store: Store) => Promise<T>): Promise<T>;
  writing<T>(work: (desk: Desk) => Promise<T>): Promise<T>;
}

/** What is said where Steward has not run with a data folder; undefined: none is set. */
export type Missing = (dataFolder: string | undefined) => string;

const NO_REGISTER: Missing = (dataFolder) =>
  `There is no register in ${dataFolder ?? 'any folder'}: Steward has not run with this data folder. ` +
  'Set STEWARD_DATA to the folder that it runs with, or DATABASE_URL to its PostgreSQL.';

/** The register of a place; of the one that the environment names, when none is given. Throws `UsageError` when it cannot be opened. */
export function officeAt(given?: Place, now: () => Date = () => new Date(), missing: Missing = NO_REGISTER): Office {
  const place = (): Place => given ?? configured();
  return {
    reading: (work) => inWords(place(), async (at) => closing(await openToRead(at, now, missing), work)),
    writing: (work) =>
      inWords(place(), async (at) => closing(await openToWrite(at, now), (memory) => work({ store: memory, jobs: memory.jobs }))),
  };
}

async function closing<S extends Store, T>(store: S, work: (store: S) => Promise<T>): Promise<T> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function inWords<T>(place: Place, work: (place: Place) => Promise<T>): Promise<T> {
  try {
    return await work(place);
  } catch (error) {
    throw registerError(error, place.databaseUrl ? undefined : place.dataFolder);
  }
}

function configured(): Place {
  const config = storeConfig();
  if ('problems' in config) throw new UsageError(config.problems.join('\n'));
  return config;
}

async function openToRead(place: Place, now: () => Date, missing: Missing): Promise<Store> {
  const { dataFolder, databaseUrl } = place;
  if (databaseUrl) return openToWrite(place, now);
  const database = readSqlite(dataFolder ?? '', now);
  if (database) return storeOn(database);
  throw new NoRegister(missing(dataFolder));
}

async function openToWrite({ dataFolder, databaseUrl }: Place, now: () => Date) {
  try {
    return await openStore({ now, ...(databaseUrl ? { databaseUrl } : { dataFolder: dataFolder ?? '' }) });
  } catch (error) {
    if (error instanceof FolderInUse) throw new UsageError(`${error.message} Nothing was changed.`, { cause: error });
    // The store says what is wrong with the server in words.
    if (error instanceof Error && error.message.includes('DATABASE_URL')) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
