/** Examples: bots, and what proves them. */
import { examplesOf } from '../rule.ts';
import { amend, bot, botPerson, commit, contribution, first, github, of, ofUnlistedBot } from './example-facts.ts';
import { dco } from './index.ts';

const signed = commit('Update things', {
  author: botPerson,
  committer: github,
  authorAccount: bot,
  signature: { isVerified: true, byGitHub: true },
});
const exempt = {
  outcome: 'exempt',
  about: first,
  says: 'Commit a1b2c3d (Update things) is by the bot renovate[bot], as a verified signature proves.',
} as const;

export const bots = examplesOf(dco, [
  {
    name: 'a commit that claims to be by a bot is not exempt without a signature, even when the bot opened the pull request',
    facts: {
      ...of(commit('Update things', { author: botPerson, authorAccount: bot })),
      contribution: { ...contribution, author: bot },
    },
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
    name: 'a bot that proves its commit is exempt, whoever opened the pull request',
    facts: { ...of(signed), contribution: { ...contribution, author: null } },
    findings: [exempt],
  },
  {
    name: 'a policy can list the bots that it exempts, by the numbers of their accounts',
    facts: of(signed),
    options: { bots: 'listed', botAccounts: [29139614] },
    findings: [exempt],
  },
  {
    name: 'a listed bot is not exempt either when nothing proves it',
    facts: of(commit('Update things', { author: botPerson, authorAccount: bot })),
    options: { bots: 'listed', botAccounts: [29139614] },
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
    name: 'a bot that is not on the list signs off like everybody',
    facts: of(signed),
    options: { bots: 'listed', botAccounts: [49699333] },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Update things) is by the bot renovate[bot] and has no matching sign-off, which this policy asks of every bot that is not on its list.',
        ...ofUnlistedBot,
      },
    ],
  },
]);
