/** One repository that was seen under two names: where both have the same thing, what is under the present name stays. */
import { sql } from 'kysely';
import type { Query } from './database.ts';

/** Deletes under the old name what there can be once only, and is there under the new one. What people said is all kept. */
export async function yieldTo(query: Query, from: string, to: string): Promise<void> {
  const moved = (table: string) => sql`replace(${sql.ref(`${table}.subject_key`)}, ${`:${from}`}, ${`:${to}`})`;
  await sql`
    delete from publications where repo_key = ${from} and exists (
      select 1 from publications as young
      where young.subject_key = ${moved('publications')} and young.kind = publications.kind)`.execute(query);
  await sql`
    delete from facts where repo_key = ${from} and exists (
      select 1 from facts as young where young.subject_key = ${moved('facts')})`.execute(query);
  // Whom a pull request waits for is told by its last verdict.
  await sql`
    delete from awaited where repo_key = ${from} and exists (
      select 1 from verdicts as young where young.subject_key = ${moved('awaited')})`.execute(query);
  await sql`
    delete from certified where repo_key = ${from} and exists (
      select 1 from certified as young
      where young.repo_key = ${to} and young.options = certified.options and young.sha = certified.sha)`.execute(query);
}
