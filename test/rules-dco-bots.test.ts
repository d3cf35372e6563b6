/** Which bots need no sign-off. */
import { describe, expect, test } from '@jest/globals';
import type { Commit, Signature } from '../src/facts/source.ts';
import { isExemptBot, mayBeExemptBot } from '../src/rules/dco/bots.ts';
import { options, type DcoOptions } from '../src/rules/dco/options.ts';
import { aCommit, anAccount, BOB } from './support/builders.ts';

const RENOVATE = anAccount('renovate[bot]', 29139614, 'Bot');
const COPILOT = anAccount('copilot', 198982749, 'Bot');
const GITHUB = { name: 'GitHub', email: 'noreply@github.com' };
const author = { name: 'renovate[bot]', email: '29139614+renovate[bot]@users.noreply.github.com' };
const BY_GITHUB: Signature = { isVerified: true, byGitHub: true };
const BY_OTHERS: Signature = { isVerified: true, byGitHub: false };
const byBot = (changes: Partial<Commit>): Commit =>
  aCommit('Update things', { author, authorAccount: RENOVATE, committer: GITHUB, ...changes });

const CASES: readonly (readonly [string, Commit, Partial<DcoOptions>, boolean])[] = [
  ["a bot's commit that GitHub signed", byBot({ signature: BY_GITHUB }), {}, true],
  [
    "a bot's commit that the bot signed",
    byBot({ committer: author, committerAccount: RENOVATE, signature: BY_OTHERS }),
    {},
    true,
  ],
  ['a commit that claims to be by a bot', byBot({}), {}, false],
  ['a commit with a bad signature', byBot({ signature: { isVerified: false, byGitHub: false } }), {}, false],
  ['a signature that nobody here can verify', byBot({ signature: { isVerified: null, byGitHub: false } }), {}, false],
  [
    'the address of a bot under the verified signature of a person',
    byBot({ committer: BOB, committerAccount: anAccount('bob', 2), signature: BY_OTHERS }),
    {},
    false,
  ],
  ['a name that ends in [bot] without the account', byBot({ authorAccount: null, signature: BY_GITHUB }), {}, false],
  ['a person whose name ends in [bot]', byBot({ authorAccount: anAccount('bob', 2), signature: BY_GITHUB }), {}, false],
  ['a listed bot, by its number', byBot({ signature: BY_GITHUB }), { bots: 'listed', botAccounts: [29139614] }, true],
  ['a listed bot that nothing proves', byBot({}), { bots: 'listed', botAccounts: [29139614] }, false],
  ['a bot that is not listed', byBot({ signature: BY_GITHUB }), { bots: 'listed', botAccounts: [49699333] }, false],
  ['any bot where the list is empty', byBot({ signature: BY_GITHUB }), { bots: 'listed' }, false],
  ['any bot where none is exempt', byBot({ signature: BY_GITHUB }), { bots: 'none', botAccounts: [29139614] }, false],
  ['an AI agent', byBot({ authorAccount: COPILOT, signature: BY_GITHUB }), {}, false],
  [
    'an AI agent, even a listed one',
    byBot({ authorAccount: COPILOT, signature: BY_GITHUB }),
    { bots: 'listed', botAccounts: [198982749] },
    false,
  ],
  [
    'an AI agent where agents are authors like others',
    byBot({ authorAccount: COPILOT, signature: BY_GITHUB }),
    { agents: 'as-authors' },
    true,
  ],
];

describe('whether a bot is exempt', () => {
  test.each(CASES)('%s', (_, commit, chosen, expected) => {
    expect(isExemptBot(commit, options.parse(chosen))).toBe(expected);
  });
});

describe('in a clone, where no signature can be verified, it is left open', () => {
  const signed = byBot({ authorAccount: null, signature: { isVerified: null, byGitHub: false } });
  test.each<readonly [string, Commit, Partial<DcoOptions>, boolean]>([
    ['for a bot that is signed', signed, {}, true],
    ['for a bot that may be on the list', signed, { bots: 'listed', botAccounts: [29139614] }, true],
    ['not where the list is empty', signed, { bots: 'listed' }, false],
    ['not where bots sign off too', signed, { bots: 'none' }, false],
    ['not without a signature', byBot({ authorAccount: null }), {}, false],
    ['not where GitHub has verified that it is bad', byBot({ signature: { isVerified: false, byGitHub: false } }), {}, false],
    ['not for a person', { ...signed, author: BOB }, {}, false],
    [
      'not for an AI agent, whom a person has to answer for',
      { ...signed, author: { name: 'copilot-swe-agent[bot]', email: '198982749+Copilot@users.noreply.github.com' } },
      {},
      false,
    ],
  ])('%s', (_, commit, chosen, expected) => {
    expect(mayBeExemptBot(commit, options.parse(chosen))).toBe(expected);
  });
});
