/** The step that makes room for certifications: what was said and decided, agreements, and the register of signatures. */
import { sql, type Kysely } from 'kysely';
import { addColumns, index, key, required, table, type Dialect } from './schema.ts';

export async function createCertification(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await addColumns(db, dialect, 'inputs', {
    comment_id: 'bigint',
    url: 'text',
    body: 'text',
    digest: 'text',
    seen_verdict: 'bigint',
    decision: 'text',
    outcome: 'text',
  });
  await index(db, 'inputs', ['outcome', 'kind']).execute();
  await createMemories(db);
  await createRegister(db);
  await (dialect === 'sqlite' ? refuseOnSqlite(db) : refuseOnPostgres(db));
}

async function createMemories(db: Kysely<unknown>): Promise<void> {
  await table(db, 'certified')
    .addColumn('repo_key', 'text', required)
    .addColumn('owner_key', 'text', required)
    .addColumn('options', 'text', required)
    .addColumn('sha', 'text', required)
    .addColumn('at', 'text', required)
    .addPrimaryKeyConstraint('certified_key', ['repo_key', 'options', 'sha'])
    .execute();
  await index(db, 'certified', ['sha']).execute();
  await table(db, 'agreements')
    .addColumn('agreement', 'text', required)
    .addColumn('version', 'text', required)
    .addColumn('title', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('source', 'text', required)
    .addColumn('text', 'text', required)
    .addColumn('digest', 'text', required)
    .addColumn('at', 'text', required)
    .addColumn('seen', 'text', required)
    .addPrimaryKeyConstraint('agreements_key', ['agreement', 'version'])
    .execute();
  await table(db, 'awaited')
    .addColumn('account_id', 'bigint', required)
    .addColumn('subject_key', 'text', required)
    .addColumn('repo_key', 'text', required)
    .addColumn('owner', 'text', required)
    .addColumn('repo', 'text', required)
    .addColumn('number', 'bigint', required)
    .addPrimaryKeyConstraint('awaited_key', ['account_id', 'subject_key'])
    .execute();
  await index(db, 'awaited', ['subject_key']).execute();
  await index(db, 'awaited', ['repo_key']).execute();
}

async function createRegister(db: Kysely<unknown>): Promise<void> {
  await table(db, 'entries')
    .addColumn('sequence', 'bigint', key)
    .addColumn('kind', 'text', required)
    .addColumn('at', 'text', required)
    .addColumn('agreement', 'text')
    .addColumn('version', 'text')
    .addColumn('text_digest', 'text')
    .addColumn('company', 'text')
    .addColumn('person_digest', 'text')
    .addColumn('by_digest', 'text')
    .addColumn('evidence_digest', 'text', required)
    .addColumn('body', 'text', required)
    .addColumn('previous', 'text', required)
    .addColumn('hash', 'text', required)
    .execute();
  await index(db, 'entries', ['kind', 'agreement']).execute();
  await index(db, 'entries', ['company', 'kind']).execute();
  await table(db, 'people')
    .addColumn('sequence', 'bigint', required)
    .addColumn('role', 'text', required)
    .addColumn('account_id', 'bigint')
    .addColumn('evidence_key', 'text', (column) => column.unique())
    .addColumn('salt', 'text', required)
    .addColumn('body', 'text', required)
    .addPrimaryKeyConstraint('people_key', ['sequence', 'role'])
    .execute();
  await index(db, 'people', ['account_id']).execute();
}

/** What both databases answer to whoever would change or delete an entry. */
const REFUSAL = 'The register of signatures only grows: an entry is never changed or deleted.';

async function refuseOnSqlite(db: Kysely<unknown>): Promise<void> {
  for (const change of ['update', 'delete']) {
    await sql`
      create trigger if not exists ${sql.raw(`entries_refuse_${change}`)} before ${sql.raw(change)} on entries
      begin select raise(abort, ${sql.lit(REFUSAL)}); end`.execute(db);
  }
}

async function refuseOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function entries_refuse() returns trigger language plpgsql as
    ${sql.raw(`$$ begin raise exception '${REFUSAL}'; end $$`)}`.execute(db);
  await sql`
    create trigger entries_refuse before update or delete on entries
    for each row execute function entries_refuse()`.execute(db);
  await sql`
    create trigger entries_refuse_truncate before truncate on entries
    for each statement execute function entries_refuse()`.execute(db);
}
