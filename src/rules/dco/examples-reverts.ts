/** Examples: reverts. */
import { examplesOf } from '../rule.ts';
import { amend, commit, first, of, second, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

const third = 'c3d4e5f'.padEnd(40, '0');
const before = commit(`Fix\n\n${SIGNED}`, { tree: '1'.repeat(40) });
const reverted = commit(`Oil\n\n${SIGNED}`, { tree: '2'.repeat(40), parents: [first] });
const revert = commit(`Revert "Oil"\n\nThis reverts commit ${second}.`, { tree: '1'.repeat(40), parents: [second] });
const signed = [
  { outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' },
  { outcome: 'pass', about: second, says: 'Commit b2c3d4e (Oil) is signed off.' },
] as const;
const missing = {
  outcome: 'fail',
  about: third,
  says: 'Commit c3d4e5f (Revert "Oil") has no sign-off.',
  ...amend,
} as const;

export const reverts = examplesOf(dco, [
  {
    name: 'a revert needs a sign-off like every commit',
    facts: of(before, reverted, revert),
    findings: [...signed, missing],
  },
  {
    name: 'a policy can exempt a revert that provably puts the files back to what they were',
    facts: of(before, reverted, revert),
    options: { reverts: 'skip-exact' },
    findings: [
      ...signed,
      {
        outcome: 'exempt',
        about: third,
        says: 'Commit c3d4e5f (Revert "Oil") exactly undoes an earlier commit of this contribution, which needs no sign-off.',
      },
    ],
  },
  {
    name: 'a commit that says to revert and changes something more is not exempt',
    facts: of(before, reverted, { ...revert, tree: '3'.repeat(40) }),
    options: { reverts: 'skip-exact' },
    findings: [...signed, missing],
  },
]);
