/** An account gets another name: everything remembered of it follows, so that whoever takes the old name inherits nothing. */
import { sql } from 'kysely';
import { opened, type Database, type Query } from './database.ts';
import { clear, move, noteRename, renameAgreements } from './rename.ts';
import type { Store } from './store.ts';

const OF_REPOSITORIES = ['publications', 'facts', 'inputs', 'verdicts', 'awaited', 'certified'] as const;

export function renamedOwner(database: Database): Pick<Store, 'renameOwner'> {
  return {
    renameOwner: (transaction, from, to) => rename(opened(transaction), from, to, database.now().toISOString()),
  };
}

/**
 * Moves everything of an account to its new name. GitHub may tell it twice: what is not there any more does not push aside
 * what was moved the first time.
 */
async function rename(query: Query, from: string, to: string, at: string): Promise<void> {
  const [old, young] = [from.toLowerCase(), to.toLowerCase()];
  if (old === young || !(await isRemembered(query, old))) return;
  for (const repository of await repositoriesOf(query, young)) await clear(query, repository);
  await moveInstallation(query, old, young, to);
  await query.deleteFrom('certified').where('owner_key', '=', young).execute();
  await query.updateTable('certified').set({ owner_key: young }).where('owner_key', '=', old).execute();
  for (const repository of await repositoriesOf(query, old)) {
    const moved = `${young}/${repository.slice(old.length + 1)}`;
    await move(query, repository, moved);
    for (const table of ['verdicts', 'awaited'] as const)
      await query.updateTable(table).set({ owner: to }).where('repo_key', '=', moved).execute();
  }
  await movePolicies(query, old, to);
  await renameAgreements(query, `${young}/`, `former:${young}/`);
  await renameAgreements(query, `${old}/`, `${young}/`);
  await noteRename(query, old, young, at);
}

async function isRemembered(query: Query, owner: string): Promise<boolean> {
  const installed = await query.selectFrom('installations').select('id').where('owner_key', '=', owner).execute();
  const agreements = await query.selectFrom('agreements').select('agreement').where(startsWith('agreement', owner)).execute();
  const policies = await query.selectFrom('policies').select('source').where(startsWith('source', owner)).execute();
  return [installed, agreements, policies, await repositoriesOf(query, owner)].some((rows) => rows.length > 0);
}

/** Keys of its repositories of which anything is remembered. */
async function repositoriesOf(query: Query, owner: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const table of OF_REPOSITORIES) {
    const rows = await query.selectFrom(table).select('repo_key').where(startsWith('repo_key', owner)).distinct().execute();
    for (const { repo_key: key } of rows) if (key !== null) found.add(key);
  }
  return [...found];
}

function startsWith(column: string, owner: string) {
  return sql<boolean>`lower(substr(${sql.ref(column)}, 1, ${sql.lit(owner.length + 1)})) = ${`${owner}/`}`;
}

async function moveInstallation(query: Query, old: string, young: string, name: string): Promise<void> {
  const installed = await query.selectFrom('installations').select('id').where('owner_key', '=', old).executeTakeFirst();
  if (!installed) return;
  await query.deleteFrom('installations').where('owner_key', '=', young).execute();
  await query.updateTable('installations').set({ owner_key: young, owner: name }).where('owner_key', '=', old).execute();
}

/** Policy files are called `OWNER/REPO:PATH`. Those that another account left under the new name are forgotten. */
async function movePolicies(query: Query, old: string, name: string): Promise<void> {
  await query.deleteFrom('policies').where(startsWith('source', name.toLowerCase())).execute();
  const rows = await query.selectFrom('policies').select('source').where(startsWith('source', old)).execute();
  for (const { source } of rows) {
    const moved = `${name}${source.slice(old.length)}`;
    await query.deleteFrom('policies').where('source', '=', moved).execute();
    await query.updateTable('policies').set({ source: moved }).where('source', '=', source).execute();
  }
}
