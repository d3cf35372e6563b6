/** What the parts of this rule look at together: everything known about one contribution, and the options. */
import { mailmapOf, type Mailmap } from '../../facts/mailmap.ts';
import type { Change, Commit, Contribution, Membership, Repository, Statement } from '../../facts/source.ts';
import type { DcoOptions } from './options.ts';
import { fold } from './spelling.ts';

/** The facts of this rule, as they were gathered. */
export interface DcoFacts {
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
}

export interface Setting extends Omit<DcoFacts, 'mailmap'> {
  /** Null: names and addresses stay as written. */
  readonly mailmap: Mailmap | null;
  /** Addresses that GitHub links to an account, folded, with the account's id. */
  readonly accounts: ReadonlyMap<string, number>;
  readonly options: DcoOptions;
}

/** Makes a setting of gathered facts; the `.mailmap` is read once for all commits. */
export function settingOf(facts: DcoFacts, options: DcoOptions): Setting {
  const mailmap = facts.mailmap === null ? null : mailmapOf(facts.mailmap);
  return { ...facts, mailmap, accounts: accountsOf(facts.commits), options };
}

function accountsOf(commits: readonly Commit[]): ReadonlyMap<string, number> {
  const linked = commits.flatMap(({ author, authorAccount, committer, committerAccount, coAuthors }) => [
    { ...author, account: authorAccount },
    { ...committer, account: committerAccount },
    ...coAuthors,
  ]);
  return new Map(linked.flatMap(({ email, account }) => (account ? [[fold(email), account.id] as const] : [])));
}
