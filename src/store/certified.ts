/** Commits that were accepted when they were merged: in a promotion, or after a squash, they need no second sign-off. */
import { repositoryKey } from '../facts/subject.ts';
import { certifiedCommits } from '../verdict/certified.ts';
import { opened, type Database } from './database.ts';
import { portions } from './portions.ts';
import type { Store } from './store.ts';
import { lastVerdict } from './verdicts.ts';

export function certified(database: Database): Pick<Store, 'certifyMerged' | 'certified'> {
  return {
    certifyMerged: async (transaction, subject, merged) => {
      const query = opened(transaction);
      const verdict = await lastVerdict(query, subject);
      const found = verdict && certifiedCommits(verdict, merged);
      if (!found) return;
      const { options, isDefault, shas } = found;
      const place = { repo_key: repositoryKey(subject), owner_key: subject.owner.toLowerCase() };
      const row = { ...place, options, is_default: isDefault ? 1 : 0, at: database.now().toISOString() };
      for (const portion of portions(shas)) {
        await query
          .insertInto('certified')
          .values(portion.map((sha) => ({ ...row, sha })))
          .onConflict((conflict) =>
            conflict.columns(['repo_key', 'options', 'sha']).doUpdateSet({ is_default: 1 }).where('excluded.is_default', '=', 1),
          )
          .execute();
      }
    },

    // What the default branch took, it took by the policy of the repository: a later policy asks nobody to sign again. The policy of
    // another branch is that of whoever may write there.
    certified: async (place, shas, options) => {
      const found = new Set<string>();
      for (const portion of portions([...new Set(shas)])) {
        const rows = await database
          .query()
          .selectFrom('certified')
          .select('sha')
          .where('sha', 'in', portion)
          .where((where) =>
            where.or([
              where.and([
                where('repo_key', '=', repositoryKey(place)),
                where.or([where('is_default', '=', 1), where('options', '=', options)]),
              ]),
              where.and([where('owner_key', '=', place.owner.toLowerCase()), where('options', '=', options)]),
            ]),
          )
          .execute();
        for (const { sha } of rows) found.add(sha);
      }
      return shas.filter((sha) => found.has(sha));
    },
  };
}
