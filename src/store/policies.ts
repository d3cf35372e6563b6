/** Policy files that parsed, and the text of git blobs seen before. */
import type { LayerKind } from '../policy/policy.ts';
import type { Database } from './database.ts';
import { pack, unpack } from './json.ts';
import type { Store } from './store.ts';

type Texts = Pick<Store, 'goodPolicy' | 'keepGoodPolicy' | 'forgetGoodPolicy' | 'blob' | 'keepBlob'>;

const DAY = 86_400_000;

export function policies(database: Database): Texts {
  return {
    goodPolicy: async (source) => {
      const row = await database.query().selectFrom('policies').selectAll().where('source', '=', source).executeTakeFirst();
      if (!row) return null;
      return {
        layer: row.layer as LayerKind,
        source: row.source,
        commit: row.commit_sha,
        oid: row.oid,
        text: unpack<string>(row.text),
      };
    },

    keepGoodPolicy: async ({ layer, source, commit, oid, text }) => {
      const row = { source, layer, commit_sha: commit, oid, text: pack(text) };
      await database
        .query()
        .insertInto('policies')
        .values(row)
        .onConflict((conflict) => conflict.column('source').doUpdateSet(row))
        .execute();
    },

    forgetGoodPolicy: async (source) => {
      await database.query().deleteFrom('policies').where('source', '=', source).execute();
    },

    blob: async (oid) => {
      const row = await database.query().selectFrom('blobs').selectAll().where('oid', '=', oid).executeTakeFirst();
      if (!row) return null;
      await touch(database, oid, row.used_at);
      return unpack<string>(row.text);
    },

    keepBlob: async (oid, text) => {
      await database
        .query()
        .insertInto('blobs')
        .values({ oid, text: pack(text), used_at: database.now().toISOString() })
        .onConflict((conflict) => conflict.column('oid').doNothing())
        .execute();
    },
  };
}

/** Notes that a blob is still in use, once a day: a write for every read would wait for the disk each time. */
async function touch(database: Database, oid: string, usedAt: string): Promise<void> {
  const now = database.now();
  if (now.getTime() - Date.parse(usedAt) < DAY) return;
  await database.query().updateTable('blobs').set({ used_at: now.toISOString() }).where('oid', '=', oid).execute();
}
