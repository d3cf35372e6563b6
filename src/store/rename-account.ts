/** What is kept of an account as a whole, and not of one of its repositories, when the account gets another name. */
import { sql } from 'kysely';
import type { Query } from './database.ts';
import { yieldAccount } from './twins.ts';

/** Tables with a row of an account. */
export const OF_ACCOUNTS = ['previews', 'snapshots', 'writes'] as const;

/** Moves it, and what was decided of versions of the account's policy. `old` and `young` are lower-case, `written` is as people write it. */
export async function moveAccount(query: Query, names: { old: string; young: string; written: string }): Promise<void> {
  const { old, young, written } = names;
  await yieldAccount(query, names);
  await query.updateTable('previews').set({ owner: written }).where('owner_key', '=', old).execute();
  for (const table of OF_ACCOUNTS)
    await query.updateTable(table).set({ owner_key: young }).where('owner_key', '=', old).execute();
  const source = sql<string>`${written} || substr(source, ${sql.lit(old.length + 1)})`;
  await query
    .updateTable('admissions')
    .set({ source })
    .where(sql<boolean>`lower(substr(source, 1, ${sql.lit(old.length + 1)})) = ${`${old}/`}`)
    .execute();
}
