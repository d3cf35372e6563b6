/** On which accounts Steward is installed. */
import { opened, type Database, type Query } from './database.ts';
import type { Installation, Store } from './store.ts';
import type { Installations } from './tables.ts';

type Kept = Pick<Store, 'keepInstallation' | 'removeInstallation' | 'installation' | 'installationOf' | 'installations'>;

export function installations(database: Database): Kept {
  return {
    keepInstallation: async (transaction, installation) => {
      const query = opened(transaction);
      const row = rowOf(installation);
      // An account that was renamed keeps its installation; the old name is no longer its.
      await query.deleteFrom('installations').where('id', '=', row.id).where('owner_key', '!=', row.owner_key).execute();
      await query
        .insertInto('installations')
        .values(row)
        .onConflict((conflict) => conflict.column('owner_key').doUpdateSet(row))
        .execute();
    },

    removeInstallation: async (transaction, owner) => {
      await opened(transaction)
        .updateTable('installations')
        .set({ is_removed: 1 })
        .where('owner_key', '=', owner.toLowerCase())
        .execute();
    },

    installation: async (owner) => {
      const row = await installationOn(database.query(), owner);
      return row === null || row.is_removed === 1 ? null : installationOf(row);
    },

    installationOf: async (id) => {
      const row = await database.query().selectFrom('installations').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? installationOf(row) : null;
    },

    installations: async () => {
      const rows = await database.query().selectFrom('installations').selectAll().orderBy('owner_key').execute();
      return rows.filter((row) => row.is_removed !== 1).map(installationOf);
    },
  };
}

/** The last installation on an account, also one that was removed, asked within a transaction or without. */
export async function installationOn(query: Query, owner: string): Promise<Installations | null> {
  const rows = query.selectFrom('installations').selectAll().where('owner_key', '=', owner.toLowerCase());
  return (await rows.executeTakeFirst()) ?? null;
}

function rowOf({ owner, id, isSuspended }: Installation) {
  return { owner_key: owner.toLowerCase(), owner, id, is_suspended: isSuspended ? 1 : 0, is_removed: 0 };
}

function installationOf(row: Installations): Installation {
  return { owner: row.owner, id: row.id, isSuspended: row.is_suspended === 1 };
}
