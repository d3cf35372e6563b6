/** Examples: later commits that sign earlier ones off. */
import { examplesOf } from '../rule.ts';
import { amend, bob, commit, contribution, first, of, second, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

const LINE = `I, Jane Doe <jane@example.org>, hereby add my Signed-off-by to this commit: ${first}`;
const remediated = {
  outcome: 'pass',
  about: first,
  says: 'Commit a1b2c3d (Fix) is signed off by Jane Doe <jane@example.org> in commit b2c3d4e.',
} as const;
const signed = { outcome: 'pass', about: second, says: 'Commit b2c3d4e (Remediate) is signed off.' } as const;

/** The same with the commits the other way round: where a remediation commit stands does not matter. */
const signedFirst = { outcome: 'pass', about: first, says: 'Commit a1b2c3d (Remediate) is signed off.' } as const;
/** Where others have commits too, the one who signs is named. */
const JANE = 'Jane Doe, and nobody else, adds the sign-off to the last commit:';
const missing = { outcome: 'fail', about: second, says: 'Commit b2c3d4e (Fix) has no sign-off.', ...amend } as const;
const BEHALF = `On behalf of Jane Doe <jane@example.org>, I, Bob Roe <bob@example.org>, hereby add my Signed-off-by to this commit:`;
const byBob = commit(`Remediate\n\n${BEHALF} ${second}\n\nSigned-off-by: Bob Roe <bob@example.org>`, {
  author: bob,
  authorAccount: { login: 'bob', id: 2, kind: 'User' },
});

export const remediation = examplesOf(dco, [
  {
    name: 'the author can sign a commit off in a later one, in the words of both DCO Apps',
    facts: of(commit('Fix'), commit(`Remediate\n\n${LINE}\n\n${SIGNED}`)),
    findings: [remediated, signed],
  },
  {
    name: 'a short id, upper case and a period at the end are understood',
    facts: of(commit('Fix'), commit(`Remediate\n\n${LINE.replace(first, 'A1B2C3D')}.\n\n${SIGNED}`)),
    findings: [remediated, signed],
  },
  {
    name: 'a remediation commit that is not signed off itself keeps its effect and fails for itself',
    facts: of(commit('Fix'), commit(`Remediate\n\n${LINE}`)),
    findings: [remediated, { outcome: 'fail', about: second, says: 'Commit b2c3d4e (Remediate) has no sign-off.', ...amend }],
  },
  {
    name: 'a policy can do without remediation commits',
    facts: of(commit(`Remediate\n\n${LINE.replace(first, second)}\n\n${SIGNED}`), commit('Fix')),
    options: { remediation: 'off' },
    findings: [signedFirst, missing],
  },
  {
    name: 'a named representative signs on behalf of the author',
    facts: of(byBob, commit('Fix')),
    options: { remediation: 'third-party', representatives: [2] },
    findings: [
      signedFirst,
      {
        outcome: 'pass',
        about: second,
        says: 'Commit b2c3d4e (Fix) is signed off by Bob Roe <bob@example.org> on behalf of Jane Doe <jane@example.org> in commit a1b2c3d.',
      },
    ],
  },
  {
    name: 'an outsider represents nobody',
    facts: of(byBob, commit('Fix')),
    options: { remediation: 'third-party', representatives: [3] },
    findings: [signedFirst, { ...missing, fix: JANE }],
  },
  {
    name: 'who opened the pull request represents nobody in it, even when named as a representative',
    facts: { ...of(byBob, commit('Fix')), contribution: { ...contribution, author: { login: 'bob', id: 2, kind: 'User' } } },
    options: { remediation: 'third-party', representatives: [2] },
    findings: [signedFirst, { ...missing, fix: JANE }],
  },
]);
