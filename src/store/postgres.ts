/** Opens a PostgreSQL database: a pool that waits for the disk, and migrations that any number of replicas may start at once. */
import pg from 'pg';
import { Kysely, PostgresDialect } from 'kysely';
import { databaseOn, type Database } from './database.ts';
import { migrate } from './migrations.ts';
import type { Log } from './store.ts';
import type { Tables } from './tables.ts';

/** Names the lock that one replica holds while it migrates. An arbitrary number, the same in every version. */
const MIGRATION_LOCK = 7_283_410_552;

/** Three replicas stay well below PostgreSQL's default of 100 connections. */
const POOL_SIZE = 16;

/** The server's settings may favor speed; an acknowledged delivery must survive a power cut whatever they say. */
const SESSION = `
  SET synchronous_commit TO on;
  SET statement_timeout TO '60s';
  SET lock_timeout TO '30s';
  SET idle_in_transaction_session_timeout TO '60s';`;

export interface Postgres extends Database {
  readonly pool: pg.Pool;
  /** A connection outside the pool, for locks that last as long as the connection. */
  connect(): Promise<pg.Client>;
}

/** Connects, and brings the database to the present; `alsoMigrate` runs under the same lock. */
export async function openPostgres(
  url: string,
  options: { now: () => Date; log: Log; alsoMigrate: (pool: pg.Pool) => Promise<void> },
): Promise<Postgres> {
  const connection = connectionOf(url);
  const pool = openPool(connection, options.log);
  const connect = (): Promise<pg.Client> => connectAlone(connection, options.log);
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await underLock(connect, async () => {
      await migrate(kysely, 'postgres');
      await options.alsoMigrate(pool);
    });
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  return { ...databaseOn(kysely, { now: options.now, close: () => kysely.destroy() }), pool, connect };
}

function connectionOf(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'steward',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
  };
}

/** PostgreSQL's number for `bigint`. */
const INT8 = 20;

const usualParserFor = pg.types.getTypeParser as (oid: number, format?: string) => unknown;

/** Counts and ids come as numbers, as from SQLite; everything Steward stores is below 2^53. */
function parserFor(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === INT8 && format !== 'binary') return Number;
  return usualParserFor(oid, format);
}

function openPool(connection: pg.ClientConfig, log: Log): pg.Pool {
  const settings: pg.PoolConfig & { onConnect: (client: pg.PoolClient) => Promise<void> } = {
    ...connection,
    max: POOL_SIZE,
    onConnect: async (client) => {
      await client.query(SESSION);
    },
  };
  const pool = new pg.Pool(settings);
  // Without listeners a restart of the server would end this process; the pool replaces the connection by itself.
  pool.on('error', (error) => {
    log.warn({ reason: error.message }, 'An idle database connection was lost');
  });
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return pool;
}

async function connectAlone(connection: pg.ClientConfig, log: Log): Promise<pg.Client> {
  const client = new pg.Client(connection);
  client.on('error', (error) => {
    log.warn({ reason: error.message }, 'The database connection that holds locks was lost');
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : 'unknown error';
    throw new Error(`The PostgreSQL server of DATABASE_URL cannot be used: ${reason}. Check its address, name and password.`, {
      cause: error,
    });
  }
}

async function underLock(connect: () => Promise<pg.Client>, work: () => Promise<void>): Promise<void> {
  const client = await connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await work();
  } finally {
    // Ending the connection frees the lock.
    await client.end();
  }
}
