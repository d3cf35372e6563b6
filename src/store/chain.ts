/** The chain of entries: it grows at its end, one entry at a time, and nothing in it is ever changed. */
import { PostgresAdapter, sql } from 'kysely';
import type { Entered, Entry } from '../facts/register.ts';
import { sentenceIn } from '../facts/sentences.ts';
import type { Database, Query } from './database.ts';
import { unpack } from './json.ts';
import { enteredOf, evidenceKey, ORIGIN, rowsOf } from './entry-rows.ts';
import { portions } from './portions.ts';
import type { Store } from './store.ts';
import type { People } from './tables.ts';

/** Names the lock that is held from reading the end of the chain until the entry is on the disk. An arbitrary number. */
const CHAIN_LOCK = 7_283_410_553;

export function chain(database: Database): Pick<Store, 'enter' | 'entries' | 'erase'> {
  return {
    enter: (entry) => database.transaction((query) => append(query, entry)),

    entries: (after, limit) => read(database.query(), after, limit),

    erase: (accountId, evidence, at) =>
      database.transaction(async (query) => {
        await lock(query);
        const entries = await named(query, accountId);
        await forget(query, accountId, entries);
        if (entries.length === 0) return 0;
        if (await append(query, { kind: 'erased', at, evidence, entries })) return entries.length;
        throw new Error(
          `The register holds an entry with the evidence "${evidence.key}" already, so this erasure cannot be entered. ` +
            'Nothing was erased; give it evidence of its own.',
        );
      }),
  };
}

/** Adds an entry within a transaction; false: one with this evidence is there already. */
export async function append(query: Query, entry: Entry): Promise<boolean> {
  if (Number.isNaN(Date.parse(entry.at)))
    throw new TypeError(`The time of an entry is written as ISO 8601; found "${entry.at}".`);
  await lock(query);
  const known = await query
    .selectFrom('people')
    .select('sequence')
    .where('evidence_key', '=', evidenceKey(entry.evidence))
    .executeTakeFirst();
  if (known) return false;
  const last = await query
    .selectFrom('entries')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  const rows = rowsOf(entry, (last?.sequence ?? 0) + 1, last?.hash ?? ORIGIN);
  await query.insertInto('entries').values(rows.entry).execute();
  await query.insertInto('people').values(rows.people).execute();
  return true;
}

/** Lets one writer after the other come to the end of the chain. SQLite has one connection and needs no lock. */
export async function lock(query: Query): Promise<void> {
  if (query.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`select pg_advisory_xact_lock(${sql.lit(CHAIN_LOCK)})`.execute(query);
  }
}

/** The entries that name an account, and have not been erased. */
async function named(query: Query, accountId: number): Promise<readonly number[]> {
  const rows = await query
    .selectFrom('people')
    .select('sequence')
    .distinct()
    .where('account_id', '=', accountId)
    .orderBy('sequence')
    .execute();
  return rows.map(({ sequence }) => sequence);
}

/**
 * Deletes what names the account in the register, the evidence beside it, the comments it signed with, and that it is waited
 * for. What it certified or commanded stays as part of the audit trail, without the comment around it.
 */
async function forget(query: Query, accountId: number, entries: readonly number[]): Promise<void> {
  await query.deleteFrom('people').where('account_id', '=', accountId).execute();
  for (const portion of portions(entries)) {
    await query.deleteFrom('people').where('role', '=', 'evidence').where('sequence', 'in', portion).execute();
  }
  await query.deleteFrom('awaited').where('account_id', '=', accountId).execute();
  const sentences = query.selectFrom('inputs').select(['id', 'text']).where('account_id', '=', accountId);
  const signing = (await sentences.where('kind', '=', 'sentence').execute()).filter((row) => isSigning(row.text));
  for (const portion of portions(signing.map(({ id }) => id))) {
    await query.deleteFrom('inputs').where('id', 'in', portion).execute();
  }
  await query.updateTable('inputs').set({ body: null }).where('account_id', '=', accountId).execute();
}

/** Whether a sentence was meant to sign: any that does not certify commits, so that nothing stays by mistake. */
function isSigning(text: string): boolean {
  return sentenceIn(unpack<string>(text))?.kind !== 'certification';
}

async function read(query: Query, after: number, limit: number): Promise<readonly Entered[]> {
  const rows = await query
    .selectFrom('entries')
    .selectAll()
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute();
  const people = await peopleOf(
    query,
    rows.map(({ sequence }) => sequence),
  );
  return rows.map((row) => enteredOf(row, people.get(row.sequence) ?? []));
}

/** What is left of the erasable parts of some entries, by entry. */
export async function peopleOf(
  query: Query,
  sequences: readonly number[],
  roles: readonly People['role'][] = ['person', 'by', 'evidence'],
): Promise<ReadonlyMap<number, readonly People[]>> {
  const found: People[] = [];
  for (const portion of portions(sequences)) {
    const rows = query.selectFrom('people').selectAll().where('sequence', 'in', portion).where('role', 'in', roles);
    found.push(...(await rows.execute()));
  }
  return Map.groupBy(found, ({ sequence }) => sequence);
}
