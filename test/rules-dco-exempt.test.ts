/** Who is exempt as a member, a collaborator or of a team. */
import { describe, expect, test } from '@jest/globals';
import type { Commit, Membership } from '../src/facts/source.ts';
import { exemption, type Exemption } from '../src/rules/dco/exempt.ts';
import type { DcoOptions } from '../src/rules/dco/options.ts';
import { aCommit, anAccount, BOB } from './support/builders.ts';
import { aSetting } from './support/setting.ts';

const jane = anAccount('jane', 1);
const OWN = { isVerified: true, byGitHub: false };
const belongs = (answer: boolean | null, group = 'members', accountId = 1): Membership => ({ accountId, group, belongs: answer });
const janes = (changes: Partial<Commit> = {}): Commit =>
  aCommit('Fix', { authorAccount: jane, committerAccount: jane, signature: OWN, ...changes });

const MEMBERS: Partial<DcoOptions> = { exempt: ['members'] };
const UNSIGNED: Partial<DcoOptions> = { exempt: ['members'], exemptSigned: false };
const CASES: readonly (readonly [string, Commit, readonly Membership[], Partial<DcoOptions>, Exemption])[] = [
  ['a member who signed the commit is exempt', janes(), [belongs(true)], MEMBERS, { group: 'members' }],
  ['nobody is where no group is named', janes(), [belongs(true)], {}, null],
  ['somebody else is not', janes(), [belongs(false)], MEMBERS, null],
  ["a member's commit without a signature is not", janes({ signature: null }), [belongs(true)], MEMBERS, 'unsigned'],
  [
    "GitHub's signature on a member's web edit is not the member's",
    janes({ committerAccount: anAccount('web-flow', 19864447), signature: { isVerified: true, byGitHub: true } }),
    [belongs(true)],
    MEMBERS,
    'unsigned',
  ],
  [
    'nor is it when GitHub signs with the member as committer',
    janes({ signature: { isVerified: true, byGitHub: true } }),
    [belongs(true)],
    MEMBERS,
    'unsigned',
  ],
  [
    'a bad signature does not count',
    janes({ signature: { isVerified: false, byGitHub: false } }),
    [belongs(true)],
    MEMBERS,
    'unsigned',
  ],
  [
    "somebody else's signature on a commit under a member's address does not count",
    janes({ committer: BOB, committerAccount: anAccount('bob', 2) }),
    [belongs(true)],
    MEMBERS,
    'unsigned',
  ],
  [
    'a signature that nobody here can verify leaves it open',
    janes({ signature: { isVerified: null, byGitHub: false } }),
    [belongs(true)],
    MEMBERS,
    'unknown',
  ],
  ['a policy can do without the signature', janes({ signature: null }), [belongs(true)], UNSIGNED, { group: 'members' }],
  ['what could not be told exempts nobody, and fails nobody', janes(), [belongs(null)], MEMBERS, 'unknown'],
  ['neither does an answer that is missing', janes(), [], MEMBERS, 'unknown'],
  ["an answer about somebody else's account is none", janes(), [belongs(true, 'members', 2)], MEMBERS, 'unknown'],
  [
    'what could not be told does not matter where the signature is missing',
    janes({ signature: null }),
    [belongs(null)],
    MEMBERS,
    null,
  ],
  ['without a wanted signature it does', janes({ signature: null }), [belongs(null)], UNSIGNED, 'unknown'],
  [
    'one group is enough, whatever is not known of the others',
    janes(),
    [belongs(null), belongs(true, 'team:core')],
    { exempt: ['members', 'team:core'] },
    { group: 'team:core' },
  ],
  [
    'a collaborator is exempt',
    janes(),
    [belongs(true, 'collaborators')],
    { exempt: ['collaborators'] },
    { group: 'collaborators' },
  ],
  [
    'membership of another group does not count',
    janes(),
    [belongs(true, 'team:x'), belongs(false, 'team:core')],
    { exempt: ['team:core'] },
    null,
  ],
  [
    'an address without an account is nobody, whatever its domain',
    janes({ authorAccount: null }),
    [belongs(true)],
    UNSIGNED,
    null,
  ],
  [
    'an AI agent is no member',
    janes({ authorAccount: anAccount('claude', 81847) }),
    [belongs(true, 'members', 81847)],
    UNSIGNED,
    null,
  ],
  ['a bot is no member', janes({ authorAccount: anAccount('jane[bot]', 1, 'Bot') }), [belongs(true)], UNSIGNED, null],
];

describe('exemption', () => {
  test.each(CASES)('%s', (_, commit, memberships, options, expected) => {
    expect(exemption(commit, aSetting({ memberships }, options))).toEqual(expected);
  });
});
