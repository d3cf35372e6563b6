/** A store for a suite, empty before each test, and a way around it: what somebody with the database in hand can do. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import pg from 'pg';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import type { Kind, Place } from '../support/databases.ts';

export interface Stage {
  readonly place: () => Place;
  readonly store: () => Memory;
  /** The clock of the store. */
  readonly at: (time: string) => void;
  /** On PostgreSQL a second store with connections of its own; SQLite allows only the one. */
  readonly another: () => Promise<Memory>;
  /** Closes the store and opens it again. */
  readonly reopen: () => Promise<void>;
  /** Runs statements past the store. */
  readonly raw: (statements: string) => Promise<void>;
  /** Everything that the register's tables hold, as text. */
  readonly register: () => Promise<string>;
}

export const START = '2026-03-01T12:00:00.000Z';

/** Deleting a few rows is many times faster than truncating every table. Triggers, which refuse it, are passed over. */
const EMPTY = `
  SET session_replication_role = replica;
  DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%'
    LOOP EXECUTE format('DELETE FROM %I', each.tablename); END LOOP;
  END $$`;

/** Opens before and closes after; on PostgreSQL the store stays open, for opening takes longer than most tests. */
export function stage(kind: Kind): Stage {
  let place: Place;
  let store: Memory | null = null;
  let now = START;
  const others: Memory[] = [];
  const open = (): Promise<Memory> => openStore({ ...place, now: () => new Date(now) });
  const close = async (): Promise<void> => {
    await store?.close();
    store = null;
  };
  beforeAll(async () => {
    place = await kind.create();
  });
  beforeEach(async () => {
    now = START;
    if (kind.name === 'SQLite') {
      await close();
      await place.empty();
    } else if (store !== null) await raw(place, EMPTY);
    store ??= await open();
  });
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close();
  });
  afterAll(async () => {
    await close();
    await place.remove();
  });
  return {
    place: () => place,
    store: () => store!,
    at: (time) => {
      now = time;
    },
    another: async () => {
      if (kind.name === 'SQLite') return store!;
      const other = await open();
      others.push(other);
      return other;
    },
    reopen: async () => {
      await close();
      store = await open();
    },
    raw: async (statements) => {
      await raw(place, statements);
    },
    register: async () => JSON.stringify([await raw(place, 'select * from entries'), await raw(place, 'select * from people')]),
  };
}

async function raw({ dataFolder, databaseUrl }: Place, statements: string): Promise<readonly unknown[]> {
  if (dataFolder !== undefined) {
    const file = new DatabaseSync(join(dataFolder, 'steward.db'), { timeout: 5_000 });
    try {
      if (statements.startsWith('select')) return file.prepare(statements).all();
      file.exec(statements);
      return [];
    } finally {
      file.close();
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(statements)).rows;
  } finally {
    await client.end();
  }
}
