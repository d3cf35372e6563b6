/** Examples: commits that need no sign-off. */
import { examplesOf } from '../rule.ts';
import { amend, bob, bot, botPerson, commit, first, github, of, ofBot, remedy, second } from './example-facts.ts';
import { dco } from './index.ts';

export const exempt = examplesOf(dco, [
  {
    name: 'a merge commit is exempt, and the step that mends leaves it alone',
    facts: of(commit('Fix'), commit("Merge branch 'main' into thing", { parents: ['1'.repeat(40), '2'.repeat(40)] })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has no sign-off.',
        ...remedy,
      },
      {
        outcome: 'exempt',
        about: second,
        says: "Commit b2c3d4e (Merge branch 'main' into thing) is a merge commit, which needs no sign-off.",
      },
    ],
  },
  {
    name: 'a policy can ask merge commits for a sign-off too',
    facts: of(commit("Merge branch 'main' into thing", { parents: ['1'.repeat(40), '2'.repeat(40)] })),
    options: { mergeCommits: 'check' },
    findings: [
      { outcome: 'fail', about: first, says: "Commit a1b2c3d (Merge branch 'main' into thing) has no sign-off.", ...amend },
    ],
  },
  {
    name: 'a bot that a verified signature proves is exempt',
    facts: of(
      commit('Update things', {
        author: botPerson,
        committer: github,
        authorAccount: bot,
        signature: { isVerified: true, byGitHub: true },
      }),
    ),
    findings: [
      {
        outcome: 'exempt',
        about: first,
        says: 'Commit a1b2c3d (Update things) is by the bot renovate[bot], as a verified signature proves.',
      },
    ],
  },
  {
    name: 'a bot that nothing proves is not exempt: anyone can write its name into a commit',
    facts: of(commit('Update things', { author: botPerson, authorAccount: bot })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Update things) claims to be by the bot renovate[bot], but no verified signature proves it, and it has no matching sign-off.',
        ...amend,
      },
    ],
  },
  {
    name: "a person's verified signature does not prove a bot",
    facts: of(
      commit('Update things', {
        author: botPerson,
        authorAccount: bot,
        committer: bob,
        committerAccount: { login: 'bob', id: 2, kind: 'User' },
        signature: { isVerified: true, byGitHub: false },
      }),
    ),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Update things) claims to be by the bot renovate[bot], but no verified signature proves it, and it has no matching sign-off.',
        ...ofBot,
      },
    ],
  },
  {
    name: 'a signed bot commit in a clone is not known: only GitHub can verify the signature',
    facts: of(
      commit('Update things', {
        author: botPerson,
        committer: github,
        authorAccount: null,
        signature: { isVerified: null, byGitHub: false },
      }),
    ),
    findings: [
      {
        outcome: 'unknown',
        about: first,
        says: 'Commit a1b2c3d (Update things) says to be by the bot renovate[bot] and is signed; only GitHub can verify that signature.',
      },
    ],
  },
  {
    name: 'a policy can ask bots for a sign-off too',
    facts: of(
      commit('Update things', { author: botPerson, authorAccount: bot, signature: { isVerified: true, byGitHub: true } }),
    ),
    options: { bots: 'none' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Update things) is by the bot renovate[bot] and has no matching sign-off, which this policy asks of bots too.',
        fix: 'Ask a maintainer to answer for it with /steward override dco because ….',
      },
    ],
  },
]);
