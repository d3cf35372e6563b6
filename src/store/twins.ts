/** One repository or account that was seen under two names: where both have the same thing, what is under the present name stays. */
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
  await sql`
    update waivers set until = (select at from waiver_folders where repo_key = ${to})
    where repo_key = ${from} and until is null and exists (select 1 from waiver_folders where repo_key = ${to})`.execute(query);
  await sql`
    delete from waiver_folders where repo_key = ${from} and exists (
      select 1 from waiver_folders as young where young.repo_key = ${to})`.execute(query);
}

/** The same of an account. `old` and `young` are its names in lower case, `written` is the young one as it is written. */
export async function yieldAccount(query: Query, names: { old: string; young: string; written: string }): Promise<void> {
  const { old, young, written } = names;
  await sql`
    delete from previews where owner_key = ${old} and exists (
      select 1 from previews as young where young.owner_key = ${young} and young.digest = previews.digest)`.execute(query);
  await sql`
    delete from snapshots where owner_key = ${old} and exists (
      select 1 from snapshots as young where young.owner_key = ${young} and young.name = snapshots.name)`.execute(query);
  await sql`
    delete from admissions where lower(substr(source, 1, ${sql.lit(old.length + 1)})) = ${`${old}/`} and exists (
      select 1 from admissions as young
      where young.source = ${written} || substr(admissions.source, ${sql.lit(old.length + 1)}) and young.oid = admissions.oid)`.execute(
    query,
  );
}
