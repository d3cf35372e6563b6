/** An account gets another name: everything remembered of it follows, so that whoever takes the old name inherits nothing. */
import { sql } from 'kysely';
import { lock } from './chain.ts';
import { opened, type Database, type Query } from './database.ts';
import { installationOn } from './installations.ts';
import { renamesIn } from './names.ts';
import { moveAccount, OF_ACCOUNTS } from './rename-account.ts';
import { call, clear, move, noteRename, renameAgreements } from './rename.ts';
import type { Store } from './store.ts';
import type { Installations } from './tables.ts';
import { yieldTo } from './twins.ts';

const OF_REPOSITORIES = [
  ...(['publications', 'facts', 'inputs', 'verdicts', 'awaited', 'certified'] as const),
  ...(['waivers', 'waiver_folders'] as const),
];
const BY_SOURCE = ['policies', 'admissions'] as const;

/** Both names in lower case, and the new one as it is written. */
interface Names {
  readonly old: string;
  readonly young: string;
  readonly written: string;
}

export function renamedOwner(database: Database): Pick<Store, 'renameOwner'> {
  return {
    renameOwner: async (transaction, from, to, installation) => {
      const names = { old: from.toLowerCase(), young: to.toLowerCase(), written: to };
      if (names.old !== names.young) await rename(opened(transaction), names, installation, database.now().toISOString());
    },
  };
}

async function rename(query: Query, names: Names, told: number | null, at: string): Promise<void> {
  // GitHub tells of it in two ways, and two processes may hear of it at once: the second sees what the first did.
  await lock(query);
  const { old, young } = names;
  const [before, there] = [await installationOn(query, old), await installationOn(query, young)];
  const installation = told ?? before?.id ?? null;
  const what = whatToDo(installation, before, there);
  if (what === 'nothing' || (what === 'leftovers' && !(await isLeft(query, names)))) return;
  if (what === 'set aside') await setAside(query, young);
  if (before && installation !== null && before.id <= installation) await moveInstallation(query, names);
  await moveRepositories(query, names);
  await movePolicies(query, names);
  await moveAccount(query, names);
  await renameAgreements(query, `${old}/`, `${young}/`);
  const about = installation === null ? {} : { installation };
  await noteRename(query, { from: old, to: young, ...about, ...(what === 'set aside' ? {} : { joins: true }) }, at);
}

/**
 * `move`: to a name that nobody is known by. `set aside`: another account had the name before. `leftovers`: nobody is known by the
 * old name, so it was moved before. `nothing`: by now one of the names belongs to somebody else.
 */
function whatToDo(
  installation: number | null,
  before: Installations | null,
  there: Installations | null,
): 'move' | 'set aside' | 'leftovers' | 'nothing' {
  if (there === null) return before === null ? 'leftovers' : 'move';
  if (installation === null) return 'nothing';
  if (there.id === installation) return before === null ? 'leftovers' : 'nothing';
  // Numbers of installations only grow: a higher one came to the name after what is told here.
  return there.id > installation && there.is_removed !== 1 ? 'nothing' : 'set aside';
}

/** Whether something has come under the old name after everything was moved, as from a delivery that came late. */
async function isLeft(query: Query, { old, young }: Names): Promise<boolean> {
  const renames = await renamesIn(query);
  const moved = renames.findLast(({ from, to }) => from === old && to === young)?.sequence ?? 0;
  if (renames.some(({ to, sequence }) => sequence > moved && `${to}/`.startsWith(`${old}/`))) return true;
  const entries = query
    .selectFrom('entries')
    .select('sequence')
    .where(startsWith('agreement', old))
    .where('sequence', '>', moved);
  const agreements = query.selectFrom('agreements').select('agreement').where(startsWith('agreement', old));
  const left: (readonly unknown[])[] = [await entries.limit(1).execute(), await agreements.execute()];
  for (const table of BY_SOURCE)
    left.push(await query.selectFrom(table).select('source').where(startsWith('source', old)).execute());
  for (const table of OF_ACCOUNTS) {
    left.push(await query.selectFrom(table).select('owner_key').where('owner_key', '=', old).limit(1).execute());
  }
  return [...left, await repositoriesOf(query, old)].some((rows) => rows.length > 0);
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

/** What another account left under a name is nobody's now. Its verdicts, waivers and agreements stay, out of sight. */
async function setAside(query: Query, owner: string): Promise<void> {
  for (const repository of await repositoriesOf(query, owner)) await clear(query, repository);
  await query.deleteFrom('certified').where('owner_key', '=', owner).execute();
  for (const table of BY_SOURCE) await query.deleteFrom(table).where(startsWith('source', owner)).execute();
  for (const table of OF_ACCOUNTS) await query.deleteFrom(table).where('owner_key', '=', owner).execute();
  await renameAgreements(query, `${owner}/`, `former:${owner}/`);
}

async function moveInstallation(query: Query, { old, young, written }: Names): Promise<void> {
  await query.deleteFrom('installations').where('owner_key', '=', young).execute();
  await query.updateTable('installations').set({ owner_key: young, owner: written }).where('owner_key', '=', old).execute();
}

async function moveRepositories(query: Query, { old, young, written }: Names): Promise<void> {
  await query.updateTable('certified').set({ owner_key: young }).where('owner_key', '=', old).execute();
  for (const repository of await repositoriesOf(query, old)) {
    const moved = `${young}/${repository.slice(old.length + 1)}`;
    await yieldTo(query, repository, moved);
    await move(query, repository, moved);
    await call(query, moved, { owner: written });
    const name = sql<string>`${written} || substr(repository, ${sql.lit(old.length + 1)})`;
    await query
      .updateTable('waivers')
      .set({ repository: name })
      .where('repo_key', '=', moved)
      .where(startsWith('repository', old))
      .execute();
  }
}

/** Policy files are called `OWNER/REPO:PATH`. Those that were read under the new name are the newer ones. */
async function movePolicies(query: Query, { old, written }: Names): Promise<void> {
  const rows = await query.selectFrom('policies').select('source').where(startsWith('source', old)).execute();
  for (const { source } of rows) {
    const moved = `${written}${source.slice(old.length)}`;
    const there = await query.selectFrom('policies').select('source').where('source', '=', moved).executeTakeFirst();
    const isFree = there === undefined;
    if (isFree) await query.updateTable('policies').set({ source: moved }).where('source', '=', source).execute();
    else await query.deleteFrom('policies').where('source', '=', source).execute();
  }
}
