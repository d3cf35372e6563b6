/** How the steps of the migrations name tables, so that every statement can be met a second time. */
import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export type Dialect = 'sqlite' | 'postgres';

type Db = Kysely<unknown>;

// SQLite runs a step without a surrounding transaction: it can be cut short between any two statements.
export const table = (db: Db, name: keyof Tables) => db.schema.createTable(name).ifNotExists();

export const index = (db: Db, on: keyof Tables, columns: readonly string[]) =>
  db.schema
    .createIndex(`${on}_by_${columns.join('_')}`)
    .ifNotExists()
    .on(on)
    .columns([...columns]);

export const required = (column: ColumnDefinitionBuilder) => column.notNull();

export const key = (column: ColumnDefinitionBuilder) => column.primaryKey().notNull();

/** A table whose rows are numbered in the order they came. */
export function numbered(db: Db, name: keyof Tables, dialect: Dialect) {
  return dialect === 'sqlite'
    ? table(db, name).addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    : table(db, name).addColumn('id', sql`bigint generated always as identity`, (column) => column.primaryKey());
}

/** Adds columns that may be null to a table of an earlier step; those that are there already stay. */
export async function addColumns(
  db: Db,
  dialect: Dialect,
  name: keyof Tables,
  columns: Readonly<Record<string, 'text' | 'bigint'>>,
): Promise<void> {
  const present = dialect === 'sqlite' ? await columnsOf(db, name) : [];
  for (const [column, type] of Object.entries(columns)) {
    if (!present.includes(column)) await db.schema.alterTable(name).addColumn(column, type).execute();
  }
}

/** SQLite has no `ADD COLUMN IF NOT EXISTS`. */
async function columnsOf(db: Db, name: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${name})`.execute(db);
  return rows.map((row) => row.name);
}
