/** Commits that were certified when they were merged: in a promotion, or after a squash, they need no second sign-off. */
import { certifiedCommits } from '../verdict/certified.ts';
import { opened, type Database } from './database.ts';
import { portions } from './portions.ts';
import type { Store } from './store.ts';
import { lastVerdict } from './verdicts.ts';

export function certified(database: Database): Pick<Store, 'certifyMerged' | 'certified'> {
  return {
    certifyMerged: async (transaction, subject, headSha, mergeSha) => {
      const query = opened(transaction);
      const verdict = await lastVerdict(query, subject);
      const found = verdict && certifiedCommits(verdict, headSha, mergeSha);
      if (!found) return;
      const { options, shas } = found;
      const row = { owner_key: subject.owner.toLowerCase(), options, at: database.now().toISOString() };
      for (const portion of portions(shas)) {
        await query
          .insertInto('certified')
          .values(portion.map((sha) => ({ ...row, sha })))
          .onConflict((conflict) => conflict.columns(['owner_key', 'options', 'sha']).doNothing())
          .execute();
      }
    },

    certified: async (owner, shas, options) => {
      const found = new Set<string>();
      for (const portion of portions([...new Set(shas)])) {
        const rows = await database
          .query()
          .selectFrom('certified')
          .select('sha')
          .where('owner_key', '=', owner.toLowerCase())
          .where('options', '=', options)
          .where('sha', 'in', portion)
          .execute();
        for (const { sha } of rows) found.add(sha);
      }
      return shas.filter((sha) => found.has(sha));
    },
  };
}
