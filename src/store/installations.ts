/** On which accounts Steward is installed. */
import { opened, type Database } from './database.ts';
import type { Installation, Store } from './store.ts';
import type { Installations } from './tables.ts';

type Kept = Pick<Store, 'keepInstallation' | 'removeInstallation' | 'installation' | 'installations'>;

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
      await opened(transaction).deleteFrom('installations').where('owner_key', '=', owner.toLowerCase()).execute();
    },

    installation: async (owner) => {
      const row = await database
        .query()
        .selectFrom('installations')
        .selectAll()
        .where('owner_key', '=', owner.toLowerCase())
        .executeTakeFirst();
      return row ? installationOf(row) : null;
    },

    installations: async () => {
      const rows = await database.query().selectFrom('installations').selectAll().orderBy('owner_key').execute();
      return rows.map(installationOf);
    },
  };
}

function rowOf({ owner, id, isSuspended }: Installation) {
  return { owner_key: owner.toLowerCase(), owner, id, is_suspended: isSuspended ? 1 : 0 };
}

function installationOf(row: Installations): Installation {
  return { owner: row.owner, id: row.id, isSuspended: row.is_suspended === 1 };
}
