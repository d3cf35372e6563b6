/** A repository gets another name: everything remembered of it follows. */
import { sql } from 'kysely';
import { repositoryKey } from '../facts/subject.ts';
import { opened, type Query } from './database.ts';
import type { Store } from './store.ts';

type Named = Parameters<Store['renameRepository']>[1];

export const renameRepository: Store['renameRepository'] = async (transaction, from, to) => {
  const query = opened(transaction);
  if (repositoryKey(from) !== repositoryKey(to)) {
    await clear(query, repositoryKey(to));
    await move(query, repositoryKey(from), repositoryKey(to));
    await movePolicies(query, from, to);
  }
  await query.updateTable('verdicts').set({ owner: to.owner, repo: to.repo }).where('repo_key', '=', repositoryKey(to)).execute();
};

/** What is still remembered under the new name is of a repository that no longer has it. Its verdicts stay, set aside. */
async function clear(query: Query, repository: string): Promise<void> {
  await query.deleteFrom('publications').where('repo_key', '=', repository).execute();
  await query.deleteFrom('facts').where('repo_key', '=', repository).execute();
  await query.deleteFrom('inputs').where('repo_key', '=', repository).execute();
  await query
    .updateTable('verdicts')
    .set({ subject_key: sql`'former:' || subject_key`, repo_key: `former:${repository}` })
    .where('repo_key', '=', repository)
    .execute();
}

/** A subject's key is `KIND:OWNER/REPO` and what follows; only the middle changes. */
async function move(query: Query, from: string, to: string): Promise<void> {
  for (const table of ['publications', 'facts', 'inputs', 'verdicts'] as const) {
    await sql`
      update ${sql.table(table)} set repo_key = ${to}, subject_key = replace(subject_key, ${`:${from}`}, ${`:${to}`})
      where repo_key = ${from}`.execute(query);
  }
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
