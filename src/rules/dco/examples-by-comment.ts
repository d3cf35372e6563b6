/** Examples: commits that their author certifies in a comment. */
import { CERTIFICATION } from '../../facts/sentences.ts';
import { examplesOf } from '../rule.ts';
import { amend, bob, commit, first, of, second } from './example-facts.ts';
import { dco } from './index.ts';

const account = { login: 'jane', id: 1, kind: 'User' } as const;
const janes = commit('Fix', { authorAccount: account });
const said = {
  accountId: 1,
  login: 'jane',
  at: '2026-03-01T13:00:00Z',
  commentId: 5,
  digest: 'c'.repeat(64),
  seen: [first, second],
};
const certified = { outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is certified by jane in a comment.' } as const;
const missing = { outcome: 'fail', about: first, says: 'Commit a1b2c3d (Fix) has no sign-off.', ...amend } as const;

export const byComment = examplesOf(dco, [
  {
    name: 'a policy can let authors certify their commits by a sentence in a comment',
    facts: { ...of(janes), statements: [said] },
    options: { byComment: 'all' },
    findings: [certified],
  },
  {
    name: 'no comment certifies anything where a policy does not say so',
    facts: { ...of(janes), statements: [said] },
    findings: [missing],
  },
  {
    name: 'a comment does not certify the commits of others, even those that its writer committed',
    facts: {
      ...of(commit('Fix', { author: bob, authorAccount: { login: 'bob', id: 2, kind: 'User' }, committerAccount: account })),
      statements: [said],
    },
    options: { byComment: 'all' },
    findings: [{ ...missing, reply: CERTIFICATION }],
  },
  {
    name: 'a comment certifies nothing that nobody is known to have written',
    facts: { ...of(commit('Fix')), statements: [said] },
    options: { byComment: 'all' },
    findings: [missing],
  },
  {
    name: 'a comment certifies the commits that were there when it was written, not later ones',
    facts: { ...of(janes), statements: [{ ...said, seen: ['9'.repeat(40)] }] },
    options: { byComment: 'all' },
    findings: [{ ...missing, reply: CERTIFICATION }],
  },
  {
    name: 'a policy can take comments where nothing but documentation changes',
    facts: { ...of(janes), statements: [said], changes: [{ path: 'docs/guide.md', status: 'modified' }] },
    options: { byComment: 'docs' },
    findings: [certified],
  },
  {
    name: 'one other file, and it takes none',
    facts: {
      ...of(janes),
      statements: [said],
      changes: [
        { path: 'docs/guide.md', status: 'modified' },
        { path: 'docs/conf.py', status: 'modified' },
      ],
    },
    options: { byComment: 'docs' },
    findings: [missing],
  },
]);
