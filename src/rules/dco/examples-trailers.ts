/** Examples: where a sign-off counts. */
import { examplesOf } from '../rule.ts';
import { amend, commit, first, of, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

export const trailers = examplesOf(dco, [
  {
    name: 'a sign-off above the last paragraph does not count',
    facts: of(commit(`Fix\n\n${SIGNED}\n\nSome more words.`)),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line on line 3 of its message, but that is not in the last paragraph, the only one in which git reads sign-offs.',
        ...amend,
      },
    ],
  },
  {
    name: 'a sign-off without an address does not count',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line without a name and an address in angle brackets.',
        ...amend,
      },
    ],
  },
  {
    name: 'a cryptographic signature is not a sign-off',
    facts: of(commit('Fix', { signature: { isVerified: true, byGitHub: false } })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) carries a cryptographic signature, but no sign-off: that is a Signed-off-by: line in its message.',
        ...amend,
      },
    ],
  },
]);
