/** An organization with a pilot, as it is stored: a policy, repositories with their facts, and their last verdicts. */
import { known } from '../../src/facts/answer.ts';
import type { Memory } from '../../src/server/jobs/open.ts';
import type { Outcome } from '../../src/verdict/verdict.ts';
import { aRepository } from './builders.ts';
import { aRepositoryVerdict, aRuleVerdict, aVerdict, keeping } from './verdicts.ts';

export const PILOTS_POLICY = `pilots:
  - name: true-open-source
    title: True open source maturity
    owner: oso@example.org
    where: { names: ['cardano-*'] }
    start: 2026-12-01
    end: 2027-02-28
    targets: [{ rule: license-file, passing: 80 }]
    exitCriteria: ['Maintainers outside the founding entities agree.']
`;

const SHA = 'a'.repeat(40);

/** What is stored of a repository: its settings, and what its rules and those of its pull requests came to. */
export interface StoredRepository {
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
  readonly topics?: readonly string[];
  readonly rules?: Readonly<Record<string, Outcome>>;
  /** Of `dco`, a pull request each. */
  readonly pulls?: readonly Outcome[];
}

/** Installs Steward on an account that has this policy. */
export async function keepPolicy(store: Memory, owner: string, text = PILOTS_POLICY): Promise<void> {
  await store.transaction((transaction) => store.keepInstallation(transaction, { owner, id: owner.length, isSuspended: false }));
  const source = `${owner}/.github:.github/steward.yml`;
  await store.keepGoodPolicy({ layer: 'organization', source, commit: SHA, oid: SHA, text });
}

/** Stores repositories by name as an evaluation leaves them. */
export async function keepRepositories(
  store: Memory,
  owner: string,
  repositories: Readonly<Record<string, StoredRepository>>,
): Promise<void> {
  for (const [name, { rules = {}, pulls = [], isPrivate = false, isArchived = false, topics = [] }] of Object.entries(
    repositories,
  )) {
    const subject = { kind: 'repository', owner, repo: name } as const;
    const facts = { repository: known(aRepository({ owner, name, isPrivate, isArchived, topics })) };
    await store.keepFacts(keeping(subject, SHA, facts, { isPrivate }));
    const own = Object.entries(rules).map(([id, outcome]) => aRuleVerdict({ id, on: 'repository', outcome }));
    await store.keepVerdict(aRepositoryVerdict({ subject, sha: SHA, rules: own }));
    for (const [index, outcome] of pulls.entries()) {
      const pull = { kind: 'pull-request', owner, repo: name, number: index + 1 } as const;
      await store.keepFacts(keeping(pull, SHA, facts, { isPrivate }));
      await store.keepVerdict(aVerdict({ subject: pull, sha: SHA, rules: [aRuleVerdict({ id: 'dco', outcome })] }));
    }
  }
}
