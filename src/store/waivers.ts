/** Waiver files: those of the present tree, and every version before with its approval, for that is Legal's evidence. */
import type { LayerKind } from '../policy/policy.ts';
import { isSameList } from '../policy/waivers/entitled.ts';
import type { Approval, KeptWaiver } from '../policy/waivers/waiver.ts';
import type { Database, Query } from './database.ts';
import { HeldWaivers, type Keeping } from './held-waivers.ts';
import { pack, unpack } from './json.ts';
import type { Store } from './store.ts';
import type { KeptWaivers } from './tables.ts';

type Kept = Pick<Store, 'waivers' | 'lastWaivers' | 'keepWaivers' | 'everyWaiver'>;
type Row = Omit<KeptWaivers, 'id'> & { readonly id: number };

export function waivers(database: Database): Kept {
  const held = new HeldWaivers();
  const read = async (repository: string): Promise<readonly KeptWaiver[]> =>
    (await present(database.query(), repository)).map(waiverOf);
  // Read before the files: who keeps them anew meanwhile has them read again the next time.
  const keepingOf = async (repository: string): Promise<Keeping | undefined> => {
    const folders = database.query().selectFrom('waiver_folders').select(['tree', 'at']);
    return folders.where('repo_key', '=', repository.toLowerCase()).executeTakeFirst();
  };
  return {
    waivers: async (repository, tree) => {
      const keeping = await keepingOf(repository);
      return keeping?.tree === tree ? held.of(repository.toLowerCase(), keeping, () => read(repository)) : null;
    },

    lastWaivers: async (repository) => {
      const keeping = await keepingOf(repository);
      return keeping ? held.of(repository.toLowerCase(), keeping, () => read(repository)) : read(repository);
    },

    keepWaivers: async (repository, tree, kept) => {
      await database.transaction(async (query) => {
        const at = database.now().toISOString();
        const folder = { repo_key: repository.toLowerCase(), tree, at };
        // First, for it lets one writer after the other change the versions below.
        await query
          .insertInto('waiver_folders')
          .values(folder)
          .onConflict((conflict) => conflict.column('repo_key').doUpdateSet(folder))
          .execute();
        await replace(query, repository, { tree, kept, at });
      });
      held.forget(repository.toLowerCase());
    },

    everyWaiver: async (repository) => {
      const all = database.query().selectFrom('waivers').selectAll().where('repo_key', '=', repository.toLowerCase());
      const rows = await all.orderBy('id').execute();
      return rows.map((row) => ({ ...waiverOf(row), from: row.since, until: row.until }));
    },
  };
}

async function present(query: Query, repository: string): Promise<readonly Row[]> {
  return query
    .selectFrom('waivers')
    .selectAll()
    .where('repo_key', '=', repository.toLowerCase())
    .where('until', 'is', null)
    .orderBy('path')
    .orderBy('id')
    .execute();
}

interface Next {
  readonly tree: string;
  readonly kept: readonly KeptWaiver[];
  readonly at: string;
}

/** What stays the same goes on, what is new begins now, and what is gone ends now. */
async function replace(query: Query, repository: string, { tree, kept, at }: Next): Promise<void> {
  const before = new Map((await present(query, repository)).map((row) => [versionKey(row), row]));
  for (const one of kept) {
    const row = rowOf(repository, tree, one, at);
    const there = before.get(versionKey(row));
    before.delete(versionKey(row));
    if (there) {
      const approval = pack(firmer(unpack<Approval>(there.approval), one.approval));
      if (approval === there.approval && tree === there.tree) continue;
      await query.updateTable('waivers').set({ approval, tree }).where('id', '=', there.id).execute();
    } else await query.insertInto('waivers').values(row).execute();
  }
  for (const { id } of before.values()) await query.updateTable('waivers').set({ until: at }).where('id', '=', id).execute();
}

/** What was once found out is not forgotten because GitHub does not answer now, and an approval stays unless the approvers changed. */
function firmer(before: Approval, after: Approval): Approval {
  if (before.state === 'unknown' || after.state === 'unknown') return before.state === 'unknown' ? after : before;
  if (before.state === 'refused' || after.state === 'approved') return after;
  const isByAnother = before.terms !== undefined && after.terms !== undefined && !isSameList(before.terms, after.terms);
  return isByAnother ? after : before;
}

/** The same content at the same path is one version, whichever commit brought it along. */
function versionKey({ path, oid, text }: Pick<Row, 'path' | 'oid' | 'text'>): string {
  return JSON.stringify([path, oid, text]);
}

/** Files are called `OWNER/REPO:PATH`; the repository can get another name. */
function rowOf(repository: string, tree: string, { file, approval }: KeptWaiver, at: string) {
  const [place, ...path] = file.source.split(':');
  return {
    repo_key: repository.toLowerCase(),
    repository: place ?? repository,
    path: path.join(':'),
    layer: file.layer,
    commit_sha: file.commit,
    oid: file.oid,
    text: pack(file.text),
    approval: pack(approval),
    tree,
    since: at,
    until: null,
  };
}

function waiverOf(row: Row): KeptWaiver {
  return {
    file: {
      layer: row.layer as LayerKind,
      source: `${row.repository}:${row.path}`,
      commit: row.commit_sha,
      oid: row.oid,
      text: unpack<string>(row.text),
    },
    approval: unpack<Approval>(row.approval),
  };
}
