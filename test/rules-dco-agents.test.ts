/** AI agents: which commits are theirs, and whose sign-off stands behind them. */
import { describe, expect, test } from '@jest/globals';
import type { Account, Commit, Person } from '../src/facts/source.ts';
import { agentOf, isSignedByHuman } from '../src/rules/dco/agents.ts';
import { aCommit, aContribution, anAccount, BOB, JANE } from './support/builders.ts';
import { aSetting } from './support/setting.ts';

const CLAUDE = { name: 'Claude', email: 'noreply@anthropic.com' };
const COPILOT = { name: 'copilot-swe-agent[bot]', email: '198982749+Copilot@users.noreply.github.com' };
const GITHUB = { name: 'GitHub', email: 'noreply@github.com' };
const jane = anAccount('jane', 1);
const bob = anAccount('bob', 2);

describe('the agent that authored a commit', () => {
  const CASES: readonly (readonly [string, Person, Account | null, string | null])[] = [
    ['Copilot, by its account without [bot]', COPILOT, anAccount('copilot', 198982749, 'Bot'), 'GitHub Copilot'],
    ['Copilot, by its login with another number', COPILOT, anAccount('copilot-swe-agent[bot]', 5, 'Bot'), 'GitHub Copilot'],
    ['Copilot, by its address where GitHub links no account', COPILOT, null, 'GitHub Copilot'],
    ['Claude, by its account, which is of the kind User', CLAUDE, anAccount('claude', 81847), 'Claude'],
    ['Claude, by its address in any case', { name: 'Claude', email: 'NoReply@Anthropic.com' }, null, 'Claude'],
    ['the Claude App', { name: 'claude[bot]', email: 'x@y.z' }, anAccount('claude[bot]', 209825114, 'Bot'), 'Claude'],
    ['Cursor', { name: 'Cursor Agent', email: 'cursoragent@cursor.com' }, null, 'Cursor'],
    [
      'Devin, by an address without a number',
      { name: 'Devin AI', email: 'devin-ai-integration[bot]@users.noreply.github.com' },
      null,
      'Devin',
    ],
    ['Codex', { name: 'Codex', email: 'codex@openai.com' }, null, 'Codex'],
    [
      'Jules',
      { name: 'google-labs-jules[bot]', email: '161369871+google-labs-jules[bot]@users.noreply.github.com' },
      null,
      'Jules',
    ],
    [
      'Gemini',
      { name: 'gemini-code-assist[bot]', email: 'x@y.z' },
      anAccount('gemini-code-assist[bot]', 176961590, 'Bot'),
      'Gemini',
    ],
    ['OpenHands', { name: 'openhands', email: 'openhands@all-hands.dev' }, null, 'OpenHands'],
    ['Aider under the address of who runs it', { name: 'Jane Doe (aider)', email: JANE.email }, jane, 'Aider'],
    ['a person', JANE, jane, null],
    ['a person called Claude', { name: 'Claude', email: 'claude@example.org' }, anAccount('claude-m', 9), null],
    ['a person who works for the makers of an agent', { name: 'Ann', email: 'ann@anthropic.com' }, null, null],
    ['an account whose login an agent has elsewhere', { name: 'C', email: 'c@d.e' }, anAccount('copilot', 7), null],
    ['a bot that is no agent', { name: 'renovate[bot]', email: 'x@y.z' }, anAccount('renovate[bot]', 29139614, 'Bot'), null],
  ];

  test.each(CASES)('%s', (_, author, authorAccount, expected) => {
    expect(agentOf(aCommit('Fix', { author, authorAccount }))).toBe(expected);
  });

  test('is nobody where an agent only helped', () => {
    const message = 'Fix\n\nAssisted-by: Claude\nCo-authored-by: Claude <noreply@anthropic.com>';
    expect(agentOf(aCommit(message, { coAuthors: [{ ...CLAUDE, account: null }], committer: CLAUDE }))).toBeNull();
  });
});

describe("an agent's commit", () => {
  const agents = (changes: Partial<Commit> = {}): Commit => aCommit('Fix', { author: CLAUDE, ...changes });
  const JANES_NOREPLY = { name: 'Jane Doe', email: '1+jane@users.noreply.github.com' };

  const CASES: readonly (readonly [string, Commit, readonly Person[], boolean])[] = [
    ['its committer', agents({ committer: BOB }), [BOB], true],
    ['the committer under another name', agents({ committer: BOB }), [{ ...BOB, name: 'Robert' }], false],
    ['nobody', agents({ committer: BOB }), [], false],
    ['the agent itself', agents(), [CLAUDE], false],
    ['another agent', agents({ committer: COPILOT }), [COPILOT], false],
    ['an agent, and a person as well', agents({ committer: BOB }), [CLAUDE, BOB], true],
    ["GitHub's own identity", agents({ committer: GITHUB }), [GITHUB], false],
    [
      'a committing bot',
      agents({ committer: { name: 'ci', email: 'ci@example.org' }, committerAccount: anAccount('ci[bot]', 8, 'Bot') }),
      [{ name: 'ci', email: 'ci@example.org' }],
      false,
    ],
    ['the opener, by the no-reply address with the number', agents(), [JANES_NOREPLY], true],
    [
      'the opener, by the no-reply address without a number',
      agents(),
      [{ ...JANES_NOREPLY, email: 'jane@users.noreply.github.com' }],
      true,
    ],
    [
      "somebody with the opener's login and another number",
      agents(),
      [{ ...JANES_NOREPLY, email: '2+jane@users.noreply.github.com' }],
      false,
    ],
    ['an address without a name', agents(), [{ ...JANES_NOREPLY, name: ' ' }], false],
    ["an address that nothing links to the opener's account", agents(), [JANE], false],
    ['a person who takes no part', agents({ committer: BOB }), [{ name: 'Eve', email: 'eve@example.org' }], false],
  ];

  test.each(CASES)('signed off by %s', (_, commit, signOffs, expected) => {
    expect(isSignedByHuman(commit, signOffs, aSetting({ commits: [commit] }))).toBe(expected);
  });

  test("signed off under an address that another commit links to the opener's account", () => {
    const commits = [aCommit('Before', { authorAccount: jane }), agents()];
    expect(isSignedByHuman(agents(), [JANE], aSetting({ commits }))).toBe(true);
  });

  test("not signed off under an address that another commit links to somebody else's account", () => {
    const commits = [aCommit('Before', { author: BOB, authorAccount: bob }), agents()];
    expect(isSignedByHuman(agents(), [BOB], aSetting({ commits }))).toBe(false);
  });

  test.each([
    ['a bot', anAccount('copilot', 198982749, 'Bot')],
    ["an agent's account of the kind User", anAccount('claude', 81847)],
    ['nobody who is known', null],
  ] as const)('not signed off by an opener that is %s', (_, author) => {
    const by = { name: 'X', email: `${author?.id ?? 1}+${author?.login ?? 'jane'}@users.noreply.github.com` };
    expect(isSignedByHuman(agents(), [by], aSetting({ contribution: aContribution({ author }) }))).toBe(false);
  });

  describe('made by Aider', () => {
    const aider = { name: 'Bob Roe (aider)', email: BOB.email };
    const commit = aCommit('Fix', { author: aider, committer: aider, authorAccount: bob, committerAccount: bob });

    test('is signed off by who runs it, under their own name', () => {
      expect(isSignedByHuman(commit, [BOB], aSetting())).toBe(true);
    });

    test("is not signed off by Aider's own line", () => {
      expect(isSignedByHuman(commit, [aider], aSetting())).toBe(false);
    });
  });
});
