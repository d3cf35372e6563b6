/** Examples: what helps where sign-offs are missing. */
import { examplesOf } from '../rule.ts';
import { amend, commit, contribution, first, fromFork, of, rebase, rebaseOn, second, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

export const commands = examplesOf(dco, [
  {
    name: 'a last commit without a sign-off is amended',
    facts: of(commit(`Fix the pump\n\n${SIGNED}`), commit('Oil the pump')),
    findings: [
      { outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix the pump) is signed off.' },
      { outcome: 'fail', about: second, says: 'Commit b2c3d4e (Oil the pump) has no sign-off.', ...amend },
    ],
  },
  {
    name: 'several commits without a sign-off are rebased where they are',
    facts: of(commit('Fix the pump'), commit('Oil the pump')),
    findings: [
      { outcome: 'fail', about: first, says: 'Commit a1b2c3d (Fix the pump) has no sign-off.', ...rebase },
      { outcome: 'fail', about: second, says: 'Commit b2c3d4e (Oil the pump) has no sign-off.', ...rebase },
    ],
  },
  {
    name: 'a commit below signed ones is rebased on its parent, from a fork as from a branch: nothing of the base is fetched or moved',
    facts: { ...of(commit('Fix the pump'), commit(`Oil\n\n${SIGNED}`)), contribution: { ...fromFork, baseRef: "release/it's" } },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix the pump) has no sign-off.',
        ...rebaseOn,
      },
      { outcome: 'pass', about: second, says: 'Commit b2c3d4e (Oil) is signed off.' },
    ],
  },
  {
    name: 'in a clone nothing is pushed',
    facts: {
      ...of(commit('Fix'), commit(`Oil\n\n${SIGNED}`)),
      contribution: { ...contribution, number: null, baseRef: 'origin/main' },
    },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has no sign-off.',
        ...rebaseOn,
        commands: [`git rebase --signoff ${contribution.baseSha}`],
      },
      { outcome: 'pass', about: second, says: 'Commit b2c3d4e (Oil) is signed off.' },
    ],
  },
  { name: 'a contribution without commits has nothing to sign off', facts: of(), findings: [] },
]);
