/** The steps that bring an empty or older database to the present. Steps are only ever added, never changed. */
import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { createCertification } from './migration-certification.ts';
import { createGovernance } from './migration-governance.ts';
import { createPackageLicenses } from './migration-package-licenses.ts';
import { addColumns, index, key, numbered, required, table, type Dialect } from './schema.ts';
import type { Tables } from './tables.ts';

/** Runs the missing steps. Safe to repeat after a crash at any point; on PostgreSQL the caller holds a lock meanwhile. */
export async function migrate(kysely: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations(dialect)) };
  const { error } = await new Migrator({ db: kysely, provider }).migrateToLatest();
  if (error === undefined) return;
  const reason = error instanceof Error ? error.message : 'unknown error';
  throw new Error(
    `The database could not be brought to this version of Steward: ${reason}. ` +
      'If a newer version has used it before, start that version; nothing was removed.',
    { cause: error },
  );
}

function migrations(dialect: Dialect): Record<string, Migration> {
  return {
    '0001-memory': { up: (db: Kysely<unknown>) => createMemory(db, dialect) },
    '0002-jobs': { up: createJobs },
    '0003-certification': { up: (db: Kysely<unknown>) => createCertification(db, dialect) },
    '0004-removed-installations': {
      up: (db: Kysely<unknown>) => addColumns(db, dialect, 'installations', { is_removed: 'bigint' }),
    },
    '0005-certified-branches': { up: (db: Kysely<unknown>) => addColumns(db, dialect, 'certified', { is_default: 'bigint' }) },
    '0006-package-licenses': { up: createPackageLicenses },
    '0007-governance': { up: (db: Kysely<unknown>) => createGovernance(db, dialect) },
    '0008-own-policies': { up: (db: Kysely<unknown>) => addColumns(db, dialect, 'facts', { has_own_policy: 'bigint' }) },
  };
}

async function createMemory(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await table(db, 'deliveries')
    .addColumn('id', 'text', key)
    .addColumn('event', 'text', required)
    .addColumn('action', 'text')
    .addColumn('owner', 'text')
    .addColumn('at', 'text', required)
    .execute();
  await index(db, 'deliveries', ['at']).execute();
  await numbered(db, 'inputs', dialect)
    .addColumn('delivery_id', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('subject_key', 'text', required)
    .addColumn('repo_key', 'text')
    .addColumn('account_id', 'bigint', required)
    .addColumn('login', 'text', required)
    .addColumn('text', 'text', required)
    .addColumn('at', 'text', required)
    .addColumn('is_closed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await index(db, 'inputs', ['subject_key']).execute();
  await index(db, 'inputs', ['repo_key']).execute();
  await createKnowledge(db);
  await createOutcomes(db, dialect);
}

async function createKnowledge(db: Kysely<unknown>): Promise<void> {
  await table(db, 'installations')
    .addColumn('owner_key', 'text', key)
    .addColumn('owner', 'text', required)
    .addColumn('id', 'bigint', required)
    .addColumn('is_suspended', 'integer', required)
    .execute();
  await table(db, 'policies')
    .addColumn('source', 'text', key)
    .addColumn('layer', 'text', required)
    .addColumn('commit_sha', 'text')
    .addColumn('oid', 'text')
    .addColumn('text', 'text', required)
    .execute();
  await table(db, 'blobs')
    .addColumn('oid', 'text', key)
    .addColumn('text', 'text', required)
    .addColumn('used_at', 'text', required)
    .execute();
  await index(db, 'blobs', ['used_at']).execute();
  await table(db, 'pings').addColumn('id', 'integer', key).addColumn('at', 'text', required).execute();
}

async function createOutcomes(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await table(db, 'publications')
    .addColumn('subject_key', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('repo_key', 'text', required)
    .addColumn('number', 'bigint', required)
    .addPrimaryKeyConstraint('publications_key', ['subject_key', 'kind'])
    .execute();
  await index(db, 'publications', ['repo_key']).execute();
  await numbered(db, 'verdicts', dialect)
    .addColumn('subject_key', 'text', required)
    .addColumn('subject_kind', 'text', required)
    .addColumn('repo_key', 'text', required)
    .addColumn('owner', 'text', required)
    .addColumn('repo', 'text', required)
    .addColumn('sha', 'text', required)
    .addColumn('at', 'text', required)
    .addColumn('conclusion', 'text', required)
    .addColumn('digest', 'text', required)
    .addColumn('body', 'text', required)
    .execute();
  await index(db, 'verdicts', ['subject_key', 'id']).execute();
  await index(db, 'verdicts', ['repo_key', 'sha']).execute();
  await table(db, 'facts')
    .addColumn('subject_key', 'text', key)
    .addColumn('repo_key', 'text', required)
    .addColumn('sha', 'text', required)
    .addColumn('body', 'text', required)
    .execute();
  await index(db, 'facts', ['repo_key']).execute();
}

async function createJobs(db: Kysely<unknown>): Promise<void> {
  await table(db, 'jobs')
    .addColumn('key', 'text', key)
    .addColumn('subject', 'text', required)
    .addColumn('owner_key', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('priority', 'integer', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('due', 'bigint', required)
    .addColumn('since', 'text', required)
    .addColumn('next_due', 'bigint')
    .addColumn('next_priority', 'integer')
    .addColumn('next_since', 'text')
    .addColumn('error', 'text')
    .addColumn('at', 'text', required)
    .execute();
  await index(db, 'jobs', ['state', 'priority', 'due']).execute();
  await index(db, 'jobs', ['owner_key']).execute();
  await table(db, 'parked_owners').addColumn('owner_key', 'text', key).addColumn('until', 'bigint', required).execute();
  await table(db, 'dead_jobs')
    .addColumn('key', 'text', key)
    .addColumn('subject', 'text', required)
    .addColumn('priority', 'integer', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('error', 'text', required)
    .addColumn('at', 'text', required)
    .execute();
  await table(db, 'replicas').addColumn('id', 'text', key).addColumn('beat', 'bigint', required).execute();
}
