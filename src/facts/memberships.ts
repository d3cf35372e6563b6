/** Which groups of an organization the authors of a contribution's commits belong to. */
import { known } from './answer.ts';
import { commits } from './commits.ts';
import type { Question } from './fact.ts';
import type { Account, Commit, Membership } from './source.ts';

/** Of every account that authored one of the commits, for each group: whether it belongs. Nobody is asked where there is no group. */
export function memberships(
  groups: readonly string[],
  of: Question<readonly Commit[]> = commits(),
): Question<readonly Membership[]> {
  const sorted = [...new Set(groups)].sort();
  return {
    key: `memberships:${of.key}:${sorted.join(',')}`,
    permissions: ['members', 'metadata'],
    answer: async (source, ask) => {
      if (sorted.length === 0) return known([]);
      const listed = await ask(of);
      if (!listed.known) return listed;
      const accounts = distinct(listed.value.flatMap(({ authorAccount }) => authorAccount ?? []));
      return accounts.length === 0 ? known([]) : source.memberships(accounts, sorted);
    },
  };
}

/** Accounts of people, each once. */
export function distinct(accounts: readonly Account[]): readonly Account[] {
  return [...new Map(accounts.filter(({ kind }) => kind === 'User').map((account) => [account.id, account])).values()];
}
