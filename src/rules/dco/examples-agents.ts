/** Examples: AI agents, and the people who stand behind their work. */
import { examplesOf } from '../rule.ts';
import { amend, takeOver, bob, commit, contribution, first, of, second, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

const claude = { name: 'Claude', email: 'noreply@anthropic.com' };
const copilot = { name: 'copilot-swe-agent[bot]', email: '198982749+Copilot@users.noreply.github.com' };
const copilotAccount = { login: 'copilot', id: 198982749, kind: 'Bot' } as const;

export const agents = examplesOf(dco, [
  {
    name: "an AI agent's own sign-off certifies nothing: an agent cannot answer for rights",
    facts: of(commit('Fix\n\nSigned-off-by: Claude <noreply@anthropic.com>', { author: claude })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by the AI agent Claude, whose work needs the sign-off of a person: who opened the contribution, or committed it.',
        ...takeOver,
      },
    ],
  },
  {
    name: 'an AI agent is known by its address where GitHub links no account, and is no exempt bot',
    facts: of(commit('Fix', { author: copilot })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by the AI agent GitHub Copilot, whose work needs the sign-off of a person: who opened the contribution, or committed it.',
        ...takeOver,
      },
    ],
  },
  {
    name: 'a signature that nobody can verify in a clone leaves nothing open for an AI agent',
    facts: of(
      commit(`Fix\n\nSigned-off-by: Bob Roe <bob@example.org>`, {
        author: copilot,
        committer: bob,
        signature: { isVerified: null, byGitHub: false },
      }),
    ),
    findings: [
      {
        outcome: 'pass',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by the AI agent GitHub Copilot and signed off by Bob Roe <bob@example.org>, a person who takes part.',
      },
    ],
  },
  {
    name: "the person who committed an AI agent's work signs it off",
    facts: of(commit('Fix\n\nSigned-off-by: Bob Roe <bob@example.org>', { author: claude, committer: bob })),
    findings: [
      {
        outcome: 'pass',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by the AI agent Claude and signed off by Bob Roe <bob@example.org>, a person who takes part.',
      },
    ],
  },
  {
    name: "the person who opened the pull request signs an AI agent's work off, known by the account's no-reply address",
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <1+jane@users.noreply.github.com>', { author: claude })),
    findings: [
      {
        outcome: 'pass',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by the AI agent Claude and signed off by Jane Doe <1+jane@users.noreply.github.com>, a person who takes part.',
      },
    ],
  },
  {
    name: 'or by an address that GitHub links to the account in another commit',
    facts: of(
      commit(`Fix\n\n${SIGNED}`, { author: claude }),
      commit(`Oil\n\n${SIGNED}`, { authorAccount: { login: 'jane', id: 1, kind: 'User' } }),
    ),
    findings: [
      {
        outcome: 'pass',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by the AI agent Claude and signed off by Jane Doe <jane@example.org>, a person who takes part.',
      },
      { outcome: 'pass', about: second, says: 'Commit b2c3d4e (Oil) is signed off.' },
    ],
  },
  {
    name: 'a person who takes no part does not stand behind an AI agent',
    facts: {
      ...of(commit('Fix\n\nSigned-off-by: Bob Roe <bob@example.org>', { author: claude })),
      contribution: { ...contribution, author: copilotAccount },
    },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by the AI agent Claude, whose work needs the sign-off of a person: who opened the contribution, or committed it.',
        ...takeOver,
      },
    ],
  },
  {
    name: 'that an AI agent helped changes nothing: the person who authored the commit signs it off',
    facts: of(
      commit(`Fix\n\nAssisted-by: Claude\nCo-authored-by: Claude <noreply@anthropic.com>\n${SIGNED}`, {
        coAuthors: [{ ...claude, account: null }],
      }),
    ),
    options: { coAuthors: 'require' },
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: "an AI agent that committed a person's work does not sign it off in their place",
    facts: of(commit('Fix\n\nSigned-off-by: Claude <noreply@anthropic.com>', { committer: claude })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off by its committer, the AI agent Claude <noreply@anthropic.com>, which answers for nobody; its author is Jane Doe <jane@example.org>.',
        ...amend,
      },
    ],
  },
  {
    name: "an AI agent's own sign-off certifies nothing in compat either, although both DCO Apps take it",
    facts: of(commit('Fix\n\nSigned-off-by: Claude <noreply@anthropic.com>', { author: claude })),
    options: { trailers: 'compat' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is by the AI agent Claude, whose work needs the sign-off of a person: who opened the contribution, or committed it.',
        ...takeOver,
      },
    ],
  },
  {
    name: 'unless the policy takes AI agents as authors',
    facts: of(commit('Fix\n\nSigned-off-by: Claude <noreply@anthropic.com>', { author: claude })),
    options: { trailers: 'compat', agents: 'as-authors' },
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'a policy can take AI agents as authors like others',
    facts: of(commit('Fix\n\nSigned-off-by: Claude <noreply@anthropic.com>', { author: claude })),
    options: { agents: 'as-authors' },
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
]);
