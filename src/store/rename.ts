/** A repository gets another name: everything remembered of it follows. */
import { sql } from 'kysely';
import { repositoryKey } from '../facts/subject.ts';
import { append } from './chain.ts';
import { opened, type Database, type Query } from './database.ts';
import { renamesIn, type Renamed } from './names.ts';
import type { Store } from './store.ts';

type Named = Parameters<Store['renameRepository']>[1];

export function rename(database: Database): Pick<Store, 'renameRepository'> {
  return {
    renameRepository: async (transaction, from, to) => {
      const query = opened(transaction);
      if (repositoryKey(from) !== repositoryKey(to)) {
        await clear(query, repositoryKey(to));
        await move(query, repositoryKey(from), repositoryKey(to));
        await movePolicies(query, from, to);
        await moveAdmissions(query, repositoryKey(from), `${to.owner}/${to.repo}`);
        await moveAgreements(query, repositoryKey(from), repositoryKey(to));
        await noteRename(query, { from: repositoryKey(from), to: repositoryKey(to) }, database.now().toISOString());
      }
      await call(query, repositoryKey(to), { owner: to.owner, repo: to.repo });
      const repository = `${to.owner}/${to.repo}`;
      await query.updateTable('waivers').set({ repository }).where('repo_key', '=', repositoryKey(to)).execute();
    },
  };
}

/** Beside its key, rows keep how the name of a repository is written. */
export async function call(query: Query, repository: string, name: { owner: string; repo?: string }): Promise<void> {
  for (const table of ['verdicts', 'awaited', 'facts', 'publications'] as const) {
    await query.updateTable(table).set(name).where('repo_key', '=', repository).execute();
  }
}

/** What is still remembered under the new name is of a repository that no longer has it. Its verdicts and waivers stay, set aside. */
export async function clear(query: Query, repository: string): Promise<void> {
  await query.deleteFrom('publications').where('repo_key', '=', repository).execute();
  await query.deleteFrom('facts').where('repo_key', '=', repository).execute();
  await query.deleteFrom('inputs').where('repo_key', '=', repository).execute();
  await query.deleteFrom('awaited').where('repo_key', '=', repository).execute();
  await query.deleteFrom('certified').where('repo_key', '=', repository).execute();
  await query.deleteFrom('waiver_folders').where('repo_key', '=', repository).execute();
  await query.deleteFrom('admissions').where(isOf(repository), '=', `${repository}:`).execute();
  await query
    .updateTable('waivers')
    .set({ repo_key: `former:${repository}` })
    .where('repo_key', '=', repository)
    .execute();
  await query
    .updateTable('verdicts')
    .set({ subject_key: sql`'former:' || subject_key`, repo_key: `former:${repository}` })
    .where('repo_key', '=', repository)
    .execute();
}

/** A subject's key is `KIND:OWNER/REPO` and what follows; only the middle changes. */
export async function move(query: Query, from: string, to: string): Promise<void> {
  for (const table of ['publications', 'facts', 'inputs', 'verdicts', 'awaited'] as const) {
    await sql`
      update ${sql.table(table)} set repo_key = ${to}, subject_key = replace(subject_key, ${`:${from}`}, ${`:${to}`})
      where repo_key = ${from}`.execute(query);
  }
  // The owner of what was certified stays that of the day: by whose policy it was accepted does not change.
  for (const table of ['certified', 'waiver_folders', 'waivers'] as const) {
    await query.updateTable(table).set({ repo_key: to }).where('repo_key', '=', from).execute();
  }
  const owner = to.slice(0, to.indexOf('/'));
  await query
    .updateTable('facts')
    .set({ owner_key: owner })
    .where('repo_key', '=', to)
    .where('owner_key', 'is not', null)
    .execute();
}

/** Policy files are called `OWNER/REPO:PATH`. */
async function movePolicies(query: Query, from: Named, to: Named): Promise<void> {
  const old = `${repositoryKey(from)}:`;
  const rows = await query
    .selectFrom('policies')
    .select('source')
    .where(sql`lower(substr(source, 1, ${old.length}))`, '=', old)
    .execute();
  for (const { source } of rows) {
    const moved = `${to.owner}/${to.repo}:${source.slice(old.length)}`;
    await query.deleteFrom('policies').where('source', '=', moved).execute();
    await query.updateTable('policies').set({ source: moved }).where('source', '=', source).execute();
  }
}

/** What was decided of versions of a policy file, which is called as policies are. */
async function moveAdmissions(query: Query, from: string, to: string): Promise<void> {
  await query
    .updateTable('admissions')
    .set({ source: sql`${to} || substr(source, ${sql.lit(from.length + 1)})` })
    .where(isOf(from), '=', `${from}:`)
    .execute();
}

/** The beginning of a source, to be compared with `OWNER/REPO:` in lower case. */
function isOf(repository: string) {
  return sql<string>`lower(substr(source, 1, ${sql.lit(repository.length + 1)}))`;
}

/** Agreements that a repository keeps are called `OWNER/REPO/ID`. What another one kept by the new name is set aside. */
async function moveAgreements(query: Query, from: string, to: string): Promise<void> {
  await renameAgreements(query, `${to}/`, `former:${to}/`);
  await renameAgreements(query, `${from}/`, `${to}/`);
}

/** Agreements whose names begin with one prefix get another. Of a version that both have, the text stays that was read first. */
export async function renameAgreements(query: Query, from: string, to: string): Promise<void> {
  await sql`
    insert into agreements (agreement, version, title, kind, source, text, digest, at, seen)
    select ${to} || substr(agreement, ${sql.lit(from.length + 1)}), version, title, kind, source, text, digest, at, seen
    from agreements where substr(agreement, 1, ${sql.lit(from.length)}) = ${from}
    on conflict (agreement, version) do update
    set title = excluded.title, kind = excluded.kind, source = excluded.source, text = excluded.text, digest = excluded.digest, at = excluded.at
    where excluded.at < agreements.at`.execute(query);
  await sql`delete from agreements where substr(agreement, 1, ${sql.lit(from.length)}) = ${from}`.execute(query);
}

/** Entries of the register never change: the renaming is one more of them, when one of them names the repository or account. */
export async function noteRename(query: Query, renamed: Omit<Renamed, 'sequence'>, at: string): Promise<void> {
  const { from, to } = renamed;
  const { rows } = await sql<{ sequence: number }>`
    select sequence from entries
    where substr(agreement, 1, ${sql.lit(from.length + 1)}) = ${`${from}/`}
      or substr(agreement, 1, ${sql.lit(to.length + 1)}) = ${`${to}/`}
    limit 1`.execute(query);
  const isNamed =
    rows.length > 0 ||
    (await renamesIn(query)).some((before) => [from, to].some((name) => isWithin(before.to, name) || isWithin(name, before.to)));
  if (!isNamed) return;
  const evidence = { source: 'office', key: `renamed ${from} ${to} ${at}`, reason: 'GitHub told of the new name.' } as const;
  await append(query, { kind: 'renamed', at, evidence, ...renamed });
}

function isWithin(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`);
}
