/** Databases for tests: a fresh data folder, a fresh PostgreSQL database, and whether there is a server at all. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import pg from 'pg';

/** The server tests may create databases on. */
export const POSTGRES = process.env['TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

export interface Place {
  readonly dataFolder?: string;
  readonly databaseUrl?: string;
  /** Empties it, while nobody has it open. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

export interface Kind {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** Where to open a store that nobody else has opened. */
  readonly create: () => Promise<Place>;
}

export const SQLITE: Kind = {
  name: 'SQLite',
  create: () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'steward-'));
    const remove = (): Promise<void> => {
      rmSync(dataFolder, { recursive: true, force: true });
      return Promise.resolve();
    };
    return Promise.resolve({ dataFolder, empty: remove, remove });
  },
};

export const POSTGRESQL: Kind = {
  name: 'PostgreSQL',
  create: async () => {
    const name = `steward_test_${randomBytes(8).toString('hex')}`;
    await onServer(`CREATE DATABASE ${name}`);
    // The server itself is never killed, so that waiting for its disk at every commit would prove nothing.
    await onServer(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    const url = new URL(POSTGRES);
    url.pathname = `/${name}`;
    return {
      databaseUrl: url.href,
      empty: () => onServer(EMPTY, url.href),
      remove: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    };
  },
};

/** Why PostgreSQL cannot be used; null: it can. With CI=true that is a failure, for nothing may go untested there. */
export const WITHOUT_POSTGRES = await probe();

/** Runs a suite on both databases; without a server the PostgreSQL half is skipped and says why. */
export function describeOnBoth(name: string, suite: (kind: Kind) => void): void {
  describe(`${name} on SQLite`, () => {
    suite(SQLITE);
  });
  describeOnPostgres(name, () => {
    suite(POSTGRESQL);
  });
}

/** Runs a suite that needs PostgreSQL, or says why it is skipped. */
export function describeOnPostgres(name: string, suite: () => void): void {
  if (WITHOUT_POSTGRES === null) describe(`${name} on PostgreSQL`, suite);
  else describe.skip(`${name} on PostgreSQL (skipped: ${WITHOUT_POSTGRES})`, suite);
}

async function probe(): Promise<string | null> {
  try {
    await onServer('SELECT 1');
    return null;
  } catch (error) {
    const reason = `no PostgreSQL server answers at ${new URL(POSTGRES).host}; set TEST_POSTGRES to one that may create databases`;
    if (process.env['CI'] === 'true') throw new Error(reason, { cause: error });
    return reason;
  }
}

/**
 * Migrating a new database for every test would take most of a suite's time; its tables are emptied instead. They hold a few
 * rows each, which are deleted sooner than the files of a table are replaced.
 */
const EMPTY = `
  SET session_replication_role = replica;
  DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT schemaname, tablename FROM pg_tables
      WHERE (schemaname = 'public' AND tablename NOT LIKE 'kysely%') OR tablename IN ('_private_jobs', '_private_job_queues')
    LOOP EXECUTE format('DELETE FROM %I.%I', each.schemaname, each.tablename); END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
      FROM pg_sequences WHERE last_value IS NOT NULL;
  END $$`;

async function onServer(statement: string, connectionString = POSTGRES): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
