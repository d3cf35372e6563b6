/** Cases of this rule: test and documentation at once. */
import { commit as aCommit, bob, first, github, jane, repository, second, SIGNED } from '../dco/example-facts.ts';
import { examplesOf } from '../rule.ts';
import { dcoHistory } from './index.ts';

const facts = { repository, mailmap: null, memberships: [], certified: [], now: '2026-03-10T12:00:00Z' };
const unsigned = aCommit('Fix the build', { sha: first });
const squashed = { author: { ...jane, email: '1+jane@users.noreply.github.com' }, committer: github, sha: second };
const line = (sha: string): string =>
  `Its author can sign it off in the message of one more commit: I, Jane Doe <jane@example.org>, hereby add my Signed-off-by to this commit: ${sha}`;

export const examples = examplesOf(dcoHistory, [
  {
    name: 'without a day to start from, history is not looked at',
    facts: { ...facts, history: [] },
    findings: [
      {
        outcome: 'exempt',
        about: 'dco-history',
        says: 'The policy names no day to start from, so the history is not looked at.',
      },
    ],
  },
  {
    name: 'commits that are signed off pass together',
    options: { since: '2026-03-01' },
    facts: {
      ...facts,
      history: [aCommit(`Add a thing\n\n${SIGNED}`, { sha: second }), aCommit(`Start\n\n${SIGNED}`, { sha: first })],
    },
    findings: [
      { outcome: 'pass', about: 'dco-history', says: '2 commits on the default branch since 2026-03-01 are certified.' },
    ],
  },
  {
    name: 'a commit that was pushed past a pull request is told',
    options: { since: '2026-03-01' },
    facts: { ...facts, history: [unsigned] },
    findings: [{ outcome: 'fail', about: first, says: 'Commit a1b2c3d (Fix the build) has no sign-off.', fix: line(first) }],
  },
  {
    name: 'a squash merge whose pull request was certified passes',
    options: { since: '2026-03-01' },
    facts: { ...facts, certified: [second], history: [aCommit('Add a thing (#7)', squashed)] },
    findings: [{ outcome: 'pass', about: 'dco-history', says: '1 commit on the default branch since 2026-03-01 is certified.' }],
  },
  {
    name: 'a merge made a moment ago waits for the record of its pull request',
    options: { since: '2026-03-01' },
    facts: { ...facts, now: '2026-03-01T12:01:00Z', history: [aCommit('Add a thing (#7)', squashed)] },
    findings: [
      {
        outcome: 'unknown',
        about: second,
        says: 'Commit b2c3d4e (Add a thing (#7)) has no sign-off. GitHub made it by merging a moment ago; what came of its pull request is not recorded yet.',
      },
    ],
  },
  {
    name: 'a later commit of its author signs it off',
    options: { since: '2026-03-01' },
    facts: {
      ...facts,
      history: [
        aCommit(`Sign off\n\nI, Jane Doe <jane@example.org>, hereby add my Signed-off-by to this commit: ${first}\n\n${SIGNED}`, {
          sha: second,
        }),
        unsigned,
      ],
    },
    findings: [
      { outcome: 'pass', about: 'dco-history', says: '2 commits on the default branch since 2026-03-01 are certified.' },
    ],
  },
  {
    name: 'where no later sign-off is taken, a commit stays on record',
    options: { since: '2026-03-01', remediation: 'off' },
    facts: { ...facts, history: [aCommit('Fix the build', { sha: first, author: bob })] },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix the build) has no sign-off.',
        fix: 'This policy takes no later sign-off, so it stays on record. Nobody has to rewrite history for it.',
      },
    ],
  },
]);
