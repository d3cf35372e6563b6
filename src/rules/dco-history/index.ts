/** Every commit that reached the default branch since a day is certified: whatever came in past a pull request is seen. */
import { z } from 'zod';
import { history } from '../../facts/history.ts';
import { mailmap } from '../../facts/mailmap.ts';
import { memberships } from '../../facts/memberships.ts';
import { certified, now } from '../../facts/remembered.ts';
import { repository } from '../../facts/repository.ts';
import type { Commit, Contribution, Repository } from '../../facts/source.ts';
import { unasked } from '../../facts/unasked.ts';
import { code, words, type Words } from '../../facts/words.ts';
import { isWebFlow } from '../dco/people.ts';
import { options as ofDco } from '../dco/options.ts';
import { signerAfterwards, remediationLine } from '../dco/remediation.ts';
import { says } from '../dco/says.ts';
import { settingOf, type Setting } from '../dco/setting.ts';
import { addressed } from '../dco/signing.ts';
import { OUTCOMES, situationsOf, type Situation } from '../dco/situation.ts';
import { defineRule, type Finding } from '../rule.ts';
import { optionsName } from '../terms.ts';

const options = ofDco.extend({
  since: z.iso
    .date('Expected a day, as 2026-01-31, in quotes.')
    .nullable()
    .default(null)
    .describe('The first day that is looked at, in UTC; without one nothing is. The rule dco says all else.')
    .meta({ tighten: 'fixed' }),
});

export const dcoHistory = defineRule({
  id: 'dco-history',
  on: 'default-branch',
  title: 'Every commit on the default branch is signed off',
  why: `A pull request is judged before it is merged; what is pushed to the default branch directly, merged over a failing check, or squashed without its sign-offs, is not. This looks at the branch itself, from a day on that the policy names, so that nothing is asked of older history.

A commit that was certified in its pull request counts, also when merging squashed it into one.`,
  fix: `History that others build on is not rewritten. Where the policy takes later sign-offs, the author of a commit adds one more commit whose message has the line \`I, NAME <ADDRESS>, hereby add my Signed-off-by to this commit: ID\`. So that it does not happen again: protect the branch with a required check, and let squash merges keep the messages of their commits (\`squash_merge_commit_message: COMMIT_MESSAGES\`).`,
  options,
  inherits: 'dco',
  needs: (_at, { since, ...chosen }) => ({
    history: history(since),
    repository: repository(),
    // Every repository's questions are put, whether its policy asks for this or not: without a day they cost nothing.
    mailmap: mailmap(since !== null && chosen.mailmap),
    memberships: memberships(chosen.exempt, history(since)),
    certified:
      since !== null && chosen.certifiedBefore
        ? certified(optionsName(ofDco, chosen), mailmap(chosen.mailmap), history(since))
        : unasked<readonly string[]>('certified', []),
    now: now(),
  }),
  check(facts, { since, ...chosen }) {
    if (since === null) return [UNASKED];
    const commits = facts.history.toReversed();
    const contribution = asContribution(facts.repository);
    const setting = settingOf({ ...facts, commits, contribution, statements: [], changes: null }, chosen);
    const open = situationsOf(setting).filter(([, { kind }]) => OUTCOMES[kind] === 'fail' || OUTCOMES[kind] === 'unknown');
    const latest = open.toReversed().slice(0, MOST);
    const fine = commits.length - open.length;
    return [
      ...latest.map(([commit, situation]) => finding(commit, situation, setting, facts.now)),
      ...(open.length > MOST ? [rest(open.length - MOST, since)] : []),
      ...(fine > 0 || open.length === 0 ? [passed(fine, since)] : []),
    ];
  },
  headline: (findings) => {
    const missing = findings.filter(({ outcome }) => outcome === 'fail').length;
    return `${missing} ${missing === 1 ? 'commit' : 'commits'} on the default branch without sign-off`;
  },
});

/** Findings beyond this are counted: an issue is no list of a whole history. */
const MOST = 100;
const UNASKED: Finding = {
  outcome: 'exempt',
  about: 'dco-history',
  says: words`The policy names no day to start from, so the history is not looked at.`,
};
/** GitHub tells of a push and of the merge behind it one after the other, in any order. */
const PATIENCE = 15 * 60_000;

function finding(commit: Commit, situation: Situation, setting: Setting, now: string): Finding {
  const said = { about: commit.sha, says: says(commit, situation, setting) };
  if (OUTCOMES[situation.kind] === 'unknown') return { outcome: 'unknown', ...said };
  if (mayBeMerge(commit, now)) {
    return {
      outcome: 'unknown',
      ...said,
      says: words`${said.says} GitHub made it by merging a moment ago; what came of its pull request is not recorded yet.`,
    };
  }
  return { outcome: 'fail', ...said, fix: fixFor(commit, situation, setting) };
}

/** A squash merge that GitHub made just now: its pull request may have been certified. */
function mayBeMerge({ committer, committedAt }: Commit, now: string): boolean {
  const age = Date.parse(now) - Date.parse(committedAt);
  return isWebFlow(committer) && age < PATIENCE;
}

function fixFor(commit: Commit, { kind }: Situation, setting: Setting): Words {
  if (setting.options.remediation === 'off') {
    return words`This policy takes no later sign-off, so it stays on record. Nobody has to rewrite history for it.`;
  }
  if (kind === 'co-authors') {
    return words`Co-authors sign off in the commit itself, so it stays on record. Nobody has to rewrite history for it.`;
  }
  const signer = signerAfterwards(commit, setting);
  if (signer !== null) {
    return words`Its ${signer.role} can sign it off in the message of one more commit: ${code(remediationLine(signer, commit.sha))}`;
  }
  if (kind === 'invalid' && setting.options.mailmap) {
    const { role, name, email } = addressed(commit);
    return words`Give that address to its ${role} in ${code('.mailmap')}, with an address that is one: ${code(`${name} <ADDRESS> <${email}>`)}. Then the ${role} can sign it off in the message of one more commit: ${code(remediationLine({ name, email: 'ADDRESS' }, commit.sha))}`;
  }
  return words`Nobody whom it names can sign it off later, so it stays on record. Nobody has to rewrite history for it.`;
}

function rest(count: number, since: string): Finding {
  return {
    outcome: 'fail',
    about: `dco-history since ${since}`,
    says: words`${count} older commits since ${code(since)} lack a sign-off too; dco-history since ${code(since)} lists the latest ${MOST}.`,
    fix: words`Start with the latest, or move ${code('since')} to the day from which sign-offs are asked.`,
  };
}

function passed(count: number, since: string): Finding {
  const says = words`${count === 1 ? '1 commit' : `${count} commits`} on the default branch since ${code(since)} ${count === 1 ? 'is' : 'are'} certified.`;
  return { outcome: 'pass', about: 'dco-history', says };
}

/** The branch itself, seen as a contribution that nobody opened. */
function asContribution({ defaultBranch, headSha }: Repository): Contribution {
  const branch = { headSha: headSha ?? '', headRef: defaultBranch ?? '', baseRef: defaultBranch ?? '', baseSha: headSha ?? '' };
  return {
    number: null,
    title: '',
    url: null,
    state: 'open',
    isDraft: false,
    isFromSameRepository: true,
    author: null,
    createdAt: null,
    ...branch,
  };
}
