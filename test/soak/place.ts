/** Where the processes of one round keep what they remember: a fresh data folder, or a fresh PostgreSQL database. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export const DATABASES = ['sqlite', 'postgres'] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** A server that may create databases. */
const POSTGRES = process.env['TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

export interface Place {
  /** STEWARD_DATA and, on PostgreSQL, DATABASE_URL. */
  readonly env: Readonly<Record<string, string>>;
  /** For opening the store from here, once nobody else has it. */
  readonly open: { readonly dataFolder: string } | { readonly databaseUrl: string };
  readonly remove: () => Promise<void>;
}

/** Makes a place that nobody has used. */
export async function makePlace(database: DatabaseName): Promise<Place> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'steward-soak-'));
  const removeFolder = (): Promise<void> => rm(dataFolder, { recursive: true, force: true });
  if (database === 'sqlite') return { env: { STEWARD_DATA: dataFolder }, open: { dataFolder }, remove: removeFolder };
  const name = `steward_soak_${randomBytes(8).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(POSTGRES);
  url.pathname = `/${name}`;
  const remove = async (): Promise<void> => {
    await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await removeFolder();
  };
  return { env: { STEWARD_DATA: dataFolder, DATABASE_URL: url.href }, open: { databaseUrl: url.href }, remove };
}

/** Throws a sentence for people when there is no server. */
export async function needPostgres(): Promise<void> {
  try {
    await onServer('SELECT 1');
  } catch (error) {
    const where = new URL(POSTGRES).host;
    throw new Error(
      `No PostgreSQL server answers at ${where}. Start one, or set TEST_POSTGRES to one that may create databases.`,
      {
        cause: error,
      },
    );
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
