/** How many issues and comments were made for an account lately, so that a bad policy cannot flood it. */
import type { Database } from './database.ts';
import type { Store } from './store.ts';

export function writes(database: Database): Pick<Store, 'noteWrite' | 'writesSince'> {
  return {
    noteWrite: async (owner) => {
      const row = { owner_key: owner.toLowerCase(), at: database.now().toISOString() };
      await database.query().insertInto('writes').values(row).execute();
    },

    writesSince: async (owner, since) => {
      const all = database.query().selectFrom('writes').select('at').where('owner_key', '=', owner.toLowerCase());
      const rows = await all.where('at', '>=', since).orderBy('at').orderBy('id').execute();
      return rows.map(({ at }) => at);
    },
  };
}
