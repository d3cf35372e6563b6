/** Forgetting what is no longer needed, and asking whether the database can be written. */
import type { Database, Query } from './database.ts';
import { ABOUT } from './previews.ts';
import type { Store } from './store.ts';

/** Rows deleted at once: SQLite works while nothing else does, so each step stays short. */
const STEP = 1_000;

const DAY = 86_400_000;

/**
 * What versions declare does not change; it is forgotten when nobody has needed it for so long. Closed pull requests and previews can
 * be looked back at for as long: a year, and time to look.
 */
const LONG = 400 * DAY;

/** Nobody looks for longer at what a pull request would change, and anybody can make them. */
const SHORT = 30 * DAY;

export function upkeep(database: Database): Pick<Store, 'purge' | 'ping' | 'close'> {
  return {
    purge: async (before) => {
      await repeat(() => deleteDeliveries(database.query(), before));
      await repeat(() => deleteInputs(database.query(), before));
      await repeat(() => deleteButtons(database.query(), before));
      await repeat(() => deleteBlobs(database.query(), before));
      const now = database.now().getTime();
      const [old, yesterday] = [new Date(now - LONG).toISOString(), new Date(now - DAY).toISOString()];
      await repeat(() => deletePackageLicenses(database.query(), before, old));
      await repeat(() => deleteFacts(database.query(), old));
      await repeat(() => deletePreviews(database.query(), old));
      await repeat(() => deletePreviewsAbout(database.query(), new Date(now - SHORT).toISOString()));
      await repeat(() => deleteAdmissions(database.query(), old));
      await repeat(() => deleteWrites(database.query(), yesterday));
    },

    ping: async () => {
      const row = { id: 1, at: database.now().toISOString() };
      await database
        .query()
        .insertInto('pings')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    close: () => database.close(),
  };
}

async function repeat(step: () => Promise<{ numDeletedRows: bigint }>): Promise<void> {
  for (;;) {
    const { numDeletedRows } = await step();
    if (numDeletedRows < STEP) return;
  }
}

const deleteDeliveries = (query: Query, before: string) =>
  query
    .deleteFrom('deliveries')
    .where('id', 'in', (from) => from.selectFrom('deliveries').select('id').where('at', '<', before).limit(STEP))
    .executeTakeFirstOrThrow();

/** Of closed pull requests. What was accepted is the audit trail and stays; a signature whose text cannot be read waits for it. */
const deleteInputs = (query: Query, before: string) =>
  query
    .deleteFrom('inputs')
    .where('id', 'in', (from) =>
      from
        .selectFrom('inputs')
        .select('id')
        .where('is_closed', '=', 1)
        .where('at', '<', before)
        .where((where) =>
          where.or([
            where('outcome', '!=', 'accepted'),
            where.and([where('outcome', 'is', null), where('kind', '!=', 'sentence')]),
          ]),
        )
        .limit(STEP),
    )
    .executeTakeFirstOrThrow();

/** What is said about a commit or a repository is never closed: its age alone counts. */
const deleteButtons = (query: Query, before: string) =>
  query
    .deleteFrom('inputs')
    .where('id', 'in', (from) =>
      from
        .selectFrom('inputs')
        .select('id')
        .where('at', '<', before)
        .where((where) => where.or([where('subject_key', 'like', 'head:%'), where('subject_key', 'like', 'repository:%')]))
        .limit(STEP),
    )
    .executeTakeFirstOrThrow();

const deleteBlobs = (query: Query, before: string) =>
  query
    .deleteFrom('blobs')
    .where('oid', 'in', (from) => from.selectFrom('blobs').select('oid').where('used_at', '<', before).limit(STEP))
    .executeTakeFirstOrThrow();

const deletePackageLicenses = (query: Query, before: string, unused: string) =>
  query
    .deleteFrom('package_licenses')
    .where('package_key', 'in', (from) =>
      from
        .selectFrom('package_licenses')
        .select('package_key')
        .where((where) => where.or([where('until', '<', before), where('used_at', '<', unused)]))
        .limit(STEP),
    )
    .executeTakeFirstOrThrow();

/** Of pull requests that were closed long ago, and of whatever belongs to accounts that removed Steward. Facts name people. */
const deleteFacts = (query: Query, old: string) =>
  query
    .deleteFrom('facts')
    .where('subject_key', 'in', (from) =>
      from
        .selectFrom('facts')
        .select('subject_key')
        .where((where) =>
          where.or([
            where('closed_at', '<', old),
            where.and([
              where('at', '<', old),
              where('owner_key', 'in', (removed) =>
                removed.selectFrom('installations').select('owner_key').where('is_removed', '=', 1),
              ),
            ]),
          ]),
        )
        .limit(STEP),
    )
    .executeTakeFirstOrThrow();

const deletePreviews = (query: Query, old: string) =>
  query
    .deleteFrom('previews')
    .where('id', 'in', (from) => from.selectFrom('previews').select('id').where('at', '<', old).limit(STEP))
    .executeTakeFirstOrThrow();

const deletePreviewsAbout = (query: Query, old: string) =>
  query
    .deleteFrom('previews')
    .where('id', 'in', (from) =>
      from.selectFrom('previews').select('id').where('at', '<', old).where('digest', 'like', `${ABOUT}%`).limit(STEP),
    )
    .executeTakeFirstOrThrow();

/** What is in force is not asked about any more; what was held is decided anew. */
const deleteAdmissions = (query: Query, old: string) =>
  query
    .deleteFrom('admissions')
    .where((where) => {
      const rows = where.selectFrom('admissions').select(['source', 'oid']).where('at', '<', old).limit(STEP);
      return where.eb(where.refTuple('source', 'oid'), 'in', rows.$asTuple('source', 'oid'));
    })
    .executeTakeFirstOrThrow();

const deleteWrites = (query: Query, yesterday: string) =>
  query
    .deleteFrom('writes')
    .where('id', 'in', (from) => from.selectFrom('writes').select('id').where('at', '<', yesterday).limit(STEP))
    .executeTakeFirstOrThrow();
