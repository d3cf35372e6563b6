/** The numbers GitHub gave to Steward's comments and issues. */
import { repositoryKey, subjectKey } from '../facts/subject.ts';
import type { Database } from './database.ts';
import type { Store } from './store.ts';

export function publications(database: Database): Pick<Store, 'publication' | 'keepPublication'> {
  return {
    publication: async (subject, kind) => {
      const row = await database
        .query()
        .selectFrom('publications')
        .select('number')
        .where('subject_key', '=', subjectKey(subject))
        .where('kind', '=', kind)
        .executeTakeFirst();
      return row?.number ?? null;
    },

    keepPublication: async (subject, kind, id) => {
      const row = { subject_key: subjectKey(subject), kind, repo_key: repositoryKey(subject), number: id };
      await database
        .query()
        .insertInto('publications')
        .values(row)
        .onConflict((conflict) => conflict.columns(['subject_key', 'kind']).doUpdateSet(row))
        .execute();
    },
  };
}
