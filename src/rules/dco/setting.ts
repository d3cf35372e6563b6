/** What the parts of this rule look at together: everything known about one contribution, and the options. */
import type { Change, Commit, Contribution, Membership, Repository, Statement } from '../../facts/source.ts';
import type { DcoOptions } from './options.ts';

export interface Setting {
  readonly commits: readonly Commit[];
  readonly contribution: Contribution;
  readonly repository: Repository;
  /** Text of `.mailmap` on the base branch; null: there is none, or the policy does not want it. */
  readonly mailmap: string | null;
  readonly memberships: readonly Membership[];
  readonly statements: readonly Statement[];
  /** Commits that were certified when they were merged before. */
  readonly certified: readonly string[];
  /** Null: not asked for, because nothing depends on it. */
  readonly changes: readonly Change[] | null;
  readonly options: DcoOptions;
}
