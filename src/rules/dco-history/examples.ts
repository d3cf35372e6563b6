/** Cases of this rule: test and documentation at once. */
import { commit as aCommit, bob, first, github, jane, repository, second, SIGNED } from '../dco/example-facts.ts';
import { examplesOf } from '../rule.ts';
import { dcoHistory } from './index.ts';

const facts = { repository, mailmap: null, memberships: [], certified: [], now: '2026-03-10T12:00:00Z' };
const unsigned = aCommit('Fix the build', { sha: first });
const squashed = { author: { ...jane, email: '1+jane@users.noreply.github.com' }, committer: github, sha: second };
const nowhere = aCommit('Fix the build', { sha: first, author: { name: 'Jane Doe', email: 'jane@' } });
const claude = { name: 'Claude', email: 'noreply@anthropic.com' };
const afterwards = aCommit(
  `Sign off\n\nI, Jane Doe <jane@example.org>, hereby add my Signed-off-by to this commit: ${first}\n\n${SIGNED}`,
  { sha: second },
);
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
      history: [afterwards, unsigned],
    },
    findings: [
      { outcome: 'pass', about: 'dco-history', says: '2 commits on the default branch since 2026-03-01 are certified.' },
    ],
  },
  {
    name: 'nobody can be held to an author address that is none, until the mail map says whose it is',
    options: { since: '2026-03-01' },
    facts: { ...facts, history: [nowhere] },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix the build) names jane@ as the address of its author, which is no valid e-mail address.',
        fix: 'Give that address to its author in .mailmap, with an address that is one: Jane Doe <ADDRESS> <jane@>. Then the author can sign it off in the message of one more commit: I, Jane Doe <ADDRESS>, hereby add my Signed-off-by to this commit: a1b2c3d000000000000000000000000000000000',
      },
    ],
  },
  {
    name: 'once it does, the author signs it off as the mail map knows them',
    options: { since: '2026-03-01' },
    facts: { ...facts, mailmap: 'Jane Doe <jane@example.org> <jane@>\n', history: [nowhere] },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix the build) names jane@ as the address of its author, which is no valid e-mail address.',
        fix: line(first),
      },
    ],
  },
  {
    name: 'and passes when they have',
    options: { since: '2026-03-01' },
    facts: { ...facts, mailmap: 'Jane Doe <jane@example.org> <jane@>\n', history: [afterwards, nowhere] },
    findings: [
      { outcome: 'pass', about: 'dco-history', says: '2 commits on the default branch since 2026-03-01 are certified.' },
    ],
  },
  {
    name: 'the work of an AI agent is signed off later by the person who committed it',
    options: { since: '2026-03-01' },
    facts: { ...facts, history: [aCommit('Fix the build', { sha: first, author: claude, committer: jane })] },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix the build) is by the AI agent Claude, whose work needs the sign-off of a person: who opened the contribution, or committed it.',
        fix: line(first).replace('Its author', 'Its committer'),
      },
    ],
  },
  {
    name: 'without a person who committed it nobody can answer for it later',
    options: { since: '2026-03-01' },
    facts: { ...facts, history: [aCommit('Fix the build', { sha: first, author: claude })] },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix the build) is by the AI agent Claude, whose work needs the sign-off of a person: who opened the contribution, or committed it.',
        fix: 'Nobody whom it names can sign it off later, so it stays on record. Nobody has to rewrite history for it.',
      },
    ],
  },
  {
    name: 'co-authors whom a policy asks sign off in the commit itself',
    options: { since: '2026-03-01', coAuthors: 'require' },
    facts: { ...facts, history: [aCommit(`Fix the build\n\n${SIGNED}`, { sha: first, coAuthors: [{ ...bob, account: null }] })] },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix the build) lacks the sign-off of Bob Roe <bob@example.org>, a co-author whom this policy asks too.',
        fix: 'Co-authors sign off in the commit itself, so it stays on record. Nobody has to rewrite history for it.',
      },
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
