/** Opens a data folder: `node:sqlite` beneath Kysely, every commit on disk, one process at a time. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, sql, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { databaseOn, type Database, type Query } from './database.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './tables.ts';

/** Statements kept prepared; a query layer has far fewer, so this only bounds a mistake. */
const KEPT_STATEMENTS = 500;

export interface Sqlite extends Database {
  /**
   * Runs writes that a power cut may undo, without waiting for the disk. They survive the end of the process, and the next
   * ordinary commit puts them on the disk.
   */
  relaxed<T>(work: (query: Query) => Promise<T>): Promise<T>;
}

/** Opens the folder, creates it when missing, and brings the database to the present. Refuses a folder in use. */
export async function openSqlite(dataFolder: string, now: () => Date): Promise<Sqlite> {
  // Only the owner may look in: deliveries and verdicts name people.
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(dataFolder);
  try {
    const sqlite = openFile(join(dataFolder, 'steward.db'));
    const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(sqlite) }) });
    await migrate(kysely, 'sqlite');
    const close = async (): Promise<void> => {
      await kysely.destroy();
      lock.close();
    };
    return { ...databaseOn(kysely, { now, close }), relaxed: (work) => relaxed(kysely, work) };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * Opens the database of a folder for reading alone, also while another process owns the folder. Null: there is none yet.
 * Nothing is migrated: what this version does not know yet cannot be read.
 */
export function readSqlite(dataFolder: string, now: () => Date): Database | null {
  const path = join(dataFolder, 'steward.db');
  if (!existsSync(path)) return null;
  const sqlite = new DatabaseSync(path, { timeout: 5_000, readOnly: true });
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(sqlite) }) });
  return databaseOn(kysely, { now, close: () => kysely.destroy() });
}

/** Another process owns the data folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Takes the folder for this process by an open transaction on a file of its own. The kernel frees the lock when the process
 * ends, however it ends; a file with a process id would outlive a crash.
 */
function lockFolder(dataFolder: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataFolder, 'steward.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw new FolderInUse(
      `Another Steward is using the data folder ${dataFolder}. ` +
        'Stop it first, give this one a folder of its own (STEWARD_DATA), or run several on PostgreSQL (DATABASE_URL).',
      { cause: error },
    );
  }
}

function openFile(path: string): DatabaseSync {
  const sqlite = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: true });
  // Deleted rows are overwritten: what is erased or purged names people, and is gone for good.
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;');
  return sqlite;
}

/** The connection is held throughout, so that no other commit comes between the two settings. */
function relaxed<T>(kysely: Kysely<Tables>, work: (query: Query) => Promise<T>): Promise<T> {
  return kysely.connection().execute(async (connection) => {
    await sql`PRAGMA synchronous = NORMAL`.execute(connection);
    try {
      return await work(connection);
    } finally {
      await sql`PRAGMA synchronous = FULL`.execute(connection);
    }
  });
}

/** The shape Kysely expects of a SQLite driver, on top of `node:sqlite`. */
function forKysely(sqlite: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => {
      sqlite.close();
    },
    prepare: (text) => {
      const known = prepared.get(text);
      if (known) return known;
      const statement = adapt(sqlite.prepare(text));
      if (prepared.size >= KEPT_STATEMENTS) prepared.clear();
      prepared.set(text, statement);
      return statement;
    },
  };
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(bindable)),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  };
}

/** `node:sqlite` takes an object in first place for named parameters and shifts the rest: only plain values may pass. */
function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  throw new TypeError(`Only text, numbers and null can be stored; found ${value instanceof Date ? 'a Date' : typeof value}.`);
}
