/** What a change of a policy would change, what was decided by it, and baselines that pilots are compared with. */
import { randomBytes } from 'node:crypto';
import type { Admission } from '../verdict/stored.ts';
import type { Preview } from '../verdict/preview.ts';
import type { Database } from './database.ts';
import { digest, pack, unpack } from './json.ts';
import type { Store } from './store.ts';
import type { Previews } from './tables.ts';

type Kept = Pick<Store, 'admission' | 'admit' | 'preview' | 'keepPreview' | 'snapshot' | 'keepSnapshot'>;

/** A page that shows private names is opened by whoever has its address: 128 bits are not guessed. */
const ID_BYTES = 16;

/** What is made for something is told apart from others by that, in the place of its content. No digest begins like this. */
export const ABOUT = 'about ';

export function previews(database: Database): Kept {
  return {
    admission: async (source, oid) => {
      const rows = database.query().selectFrom('admissions').select(['state', 'preview']);
      const row = await rows.where('source', '=', source).where('oid', '=', oid).executeTakeFirst();
      return row ? { state: row.state as Admission['state'], preview: row.preview } : null;
    },

    admit: async (source, oid, { state, preview }) => {
      const row = { source, oid, state, preview, at: database.now().toISOString() };
      await database
        .query()
        .insertInto('admissions')
        .values(row)
        .onConflict((conflict) => conflict.columns(['source', 'oid']).doUpdateSet(row))
        .execute();
    },

    preview: async (id) => {
      const row = await database.query().selectFrom('previews').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? previewOf(row) : null;
    },

    keepPreview: async (preview, about) => {
      const id = randomBytes(ID_BYTES).toString('base64url');
      const { at, ...timeless } = preview;
      const latest = { at, body: pack(preview) };
      const name = about === undefined ? digest(timeless) : `${ABOUT}${about}`;
      const row = { id, owner_key: preview.owner.toLowerCase(), owner: preview.owner, digest: name, ...latest };
      const kept = await database
        .query()
        .insertInto('previews')
        .values(row)
        .onConflict((conflict) => conflict.columns(['owner_key', 'digest']).doUpdateSet(latest))
        .returning('id')
        .executeTakeFirstOrThrow();
      return kept.id;
    },

    snapshot: async (owner, name) => {
      const rows = database.query().selectFrom('snapshots').select(['at', 'body']);
      const row = await rows.where('owner_key', '=', owner.toLowerCase()).where('name', '=', name).executeTakeFirst();
      return row ? { at: row.at, body: unpack<unknown>(row.body) } : null;
    },

    keepSnapshot: async (owner, name, at, body) => {
      await database
        .query()
        .insertInto('snapshots')
        .values({ owner_key: owner.toLowerCase(), name, at, body: pack(body) })
        .onConflict((conflict) => conflict.columns(['owner_key', 'name']).doNothing())
        .execute();
    },
  };
}

/** The preview under its account's present name; repositories keep the names that they had when it was made. */
function previewOf({ owner, body }: Pick<Previews, 'owner' | 'body'>): Preview {
  const preview = unpack<Preview>(body);
  if (preview.owner === owner) return preview;
  const rows = preview.rows.map((row) =>
    row.subject.owner.toLowerCase() === preview.owner.toLowerCase() ? { ...row, subject: { ...row.subject, owner } } : row,
  );
  return { ...preview, owner, rows };
}
