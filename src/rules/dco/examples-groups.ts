/** Examples: members, collaborators and teams whom a policy exempts. */
import { examplesOf } from '../rule.ts';
import { amend, commit, first, github, of, remedy, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

const account = { login: 'jane', id: 1, kind: 'User' } as const;
const own = { authorAccount: account, committerAccount: account, signature: { isVerified: true, byGitHub: false } };
const member = (belongs: boolean | null) => [{ accountId: 1, group: 'members', belongs }];

export const groups = examplesOf(dco, [
  {
    name: 'a policy can exempt members of the organization who signed the commit with a key of their own',
    facts: { ...of(commit('Fix', own)), memberships: member(true) },
    options: { exempt: ['members'] },
    findings: [
      { outcome: 'exempt', about: first, says: 'Commit a1b2c3d (Fix) is by jane of the group members, which needs no sign-off.' },
    ],
  },
  {
    name: "GitHub's signature on a member's web edit is not the member's own",
    facts: {
      ...of(commit('Fix', { authorAccount: account, committer: github, signature: { isVerified: true, byGitHub: true } })),
      memberships: member(true),
    },
    options: { exempt: ['members'] },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has no sign-off. Its author would need none if the commit carried a verified signature of their own.',
        ...remedy,
        paste: `Sign off earlier commits\n\nI, Jane Doe <jane@example.org>, hereby add my Signed-off-by to this commit: ${first}\n\n${SIGNED}`,
      },
    ],
  },
  {
    name: 'a policy can exempt a team without asking for a signature',
    facts: {
      ...of(commit('Fix', { authorAccount: account })),
      memberships: [{ accountId: 1, group: 'team:core', belongs: true }],
    },
    options: { exempt: ['team:core'], exemptSigned: false },
    findings: [
      {
        outcome: 'exempt',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by jane of the group team:core, which needs no sign-off.',
      },
    ],
  },
  {
    name: 'when GitHub did not tell who belongs to the group, the commit is neither exempt nor failed',
    facts: { ...of(commit('Fix', own)), memberships: member(null) },
    options: { exempt: ['members'] },
    findings: [
      {
        outcome: 'unknown',
        about: first,
        says: 'Commit a1b2c3d (Fix) has no matching sign-off, and GitHub did not tell whether jane belongs to a group that needs none.',
      },
    ],
  },
  {
    name: 'an address of the organization exempts nobody: only the account counts',
    facts: { ...of(commit('Fix', { author: { name: 'Jane Doe', email: 'jane@acme.example' } })), memberships: member(true) },
    options: { exempt: ['members'], exemptSigned: false },
    findings: [{ outcome: 'fail', about: first, says: 'Commit a1b2c3d (Fix) has no sign-off.', ...amend }],
  },
]);
