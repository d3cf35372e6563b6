/** What SQLite is told and asked, beside what the store does with it. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openSqlite, type Sqlite } from '../../src/store/sqlite.ts';

let folder: string;
let database: Sqlite;

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'steward-')), 'data');
  database = await openSqlite(folder, () => new Date());
});
afterEach(async () => {
  await database.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

const pragma = async (name: string): Promise<unknown> => {
  const { rows } = await sql<Record<string, unknown>>`PRAGMA ${sql.raw(name)}`.execute(database.query());
  return Object.values(rows[0] ?? {})[0];
};

test('a commit waits for the disk', async () => {
  expect([await pragma('journal_mode'), await pragma('synchronous'), await pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
});

test('a relaxed write does not wait for the disk, and what follows does again, even after a failure', async () => {
  const level = (await database.relaxed((query) => sql<{ synchronous: number }>`PRAGMA synchronous`.execute(query))).rows[0];
  expect(level?.synchronous).toBe(1);
  expect(await pragma('synchronous')).toBe(2);
  await expect(database.relaxed(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await pragma('synchronous')).toBe(2);
});

test('only the account that runs Steward may look into the folder', () => {
  expect(statSync(folder).mode & 0o077).toBe(0);
});

test('a Date, undefined or an object is refused instead of being taken for named parameters', async () => {
  for (const value of [new Date(), undefined, {}, true]) {
    await expect(sql`select ${value} as first, ${'second'} as second`.execute(database.query())).rejects.toThrow(
      /Only text, numbers and null can be stored/,
    );
  }
});

test('a database of a newer version is refused and left as it is', async () => {
  await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01')`.execute(database.query());
  await database.close();
  await expect(openSqlite(folder, () => new Date())).rejects.toThrow(/could not be brought to this version of Steward/);
  const file = new DatabaseSync(join(folder, 'steward.db'));
  file.exec("delete from kysely_migration where name = '9999-future'");
  file.close();
  database = await openSqlite(folder, () => new Date());
});

test('a start that was cut short between two statements of a step is taken up again', async () => {
  await sql`delete from kysely_migration`.execute(database.query());
  await sql`drop table replicas`.execute(database.query());
  await database.close();
  database = await openSqlite(folder, () => new Date());
  expect(await database.query().selectFrom('replicas').selectAll().execute()).toEqual([]);
});
