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
      const { options, shas } = found;
      const place = { repo_key: repositoryKey(subject), owner_key: subject.owner.toLowerCase() };
      const row = { ...place, options, at: database.now().toISOString() };
      for (const portion of portions(shas)) {
        await query
          .insertInto('certified')
          .values(portion.map((sha) => ({ ...row, sha })))
          .onConflict((conflict) => conflict.columns(['repo_key', 'options', 'sha']).doNothing())
          .execute();
      }
    },

    // What was accepted in a repository was so by the policy in force there: a later policy asks nobody to sign again.
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
              where('repo_key', '=', repositoryKey(place)),
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
