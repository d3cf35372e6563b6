/** The step that makes room for governing policies: facts to judge again, waivers, previews, and what a policy caused. */
import type { Kysely } from 'kysely';
import { addColumns, index, key, numbered, required, table, type Dialect } from './schema.ts';

export async function createGovernance(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await addColumns(db, dialect, 'facts', {
    owner_key: 'text',
    owner: 'text',
    repo: 'text',
    kind: 'text',
    number: 'bigint',
    circumstances: 'text',
    overrides: 'text',
    is_private: 'bigint',
    state: 'text',
    at: 'text',
    closed_at: 'text',
  });
  await index(db, 'facts', ['owner_key', 'state', 'subject_key']).execute();
  await index(db, 'facts', ['closed_at']).execute();
  await addColumns(db, dialect, 'verdicts', { issue: 'text' });
  await addColumns(db, dialect, 'publications', { owner: 'text', repo: 'text', cause: 'text', at: 'text' });
  await index(db, 'publications', ['cause']).execute();
  await createWaivers(db, dialect);
  await createPreviews(db);
  await numbered(db, 'writes', dialect).addColumn('owner_key', 'text', required).addColumn('at', 'text', required).execute();
  await index(db, 'writes', ['owner_key', 'at']).execute();
  await index(db, 'writes', ['at']).execute();
}

async function createWaivers(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await table(db, 'waiver_folders')
    .addColumn('repo_key', 'text', key)
    .addColumn('tree', 'text', required)
    .addColumn('at', 'text', required)
    .execute();
  await numbered(db, 'waivers', dialect)
    .addColumn('repo_key', 'text', required)
    .addColumn('repository', 'text', required)
    .addColumn('path', 'text', required)
    .addColumn('layer', 'text', required)
    .addColumn('commit_sha', 'text')
    .addColumn('oid', 'text')
    .addColumn('text', 'text', required)
    .addColumn('approval', 'text', required)
    .addColumn('tree', 'text', required)
    .addColumn('since', 'text', required)
    .addColumn('until', 'text')
    .execute();
  await index(db, 'waivers', ['repo_key', 'until']).execute();
}

async function createPreviews(db: Kysely<unknown>): Promise<void> {
  await table(db, 'admissions')
    .addColumn('source', 'text', required)
    .addColumn('oid', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('preview', 'text')
    .addColumn('at', 'text', required)
    .addPrimaryKeyConstraint('admissions_key', ['source', 'oid'])
    .execute();
  await table(db, 'previews')
    .addColumn('id', 'text', key)
    .addColumn('owner_key', 'text', required)
    .addColumn('owner', 'text', required)
    .addColumn('digest', 'text', required)
    .addColumn('at', 'text', required)
    .addColumn('body', 'text', required)
    .addUniqueConstraint('previews_equal', ['owner_key', 'digest'])
    .execute();
  await index(db, 'previews', ['at']).execute();
  await table(db, 'snapshots')
    .addColumn('owner_key', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('at', 'text', required)
    .addColumn('body', 'text', required)
    .addPrimaryKeyConstraint('snapshots_key', ['owner_key', 'name'])
    .execute();
}
