/** Examples: whose sign-off counts. */
import { examplesOf } from '../rule.ts';
import { amend, bob, commit, first, github, jane, of, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

export const identity = examplesOf(dco, [
  {
    name: 'a commit signed off by its author passes',
    facts: of(commit(`Fix the pump\n\n${SIGNED}`)),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix the pump) is signed off.' }],
  },
  {
    name: 'a commit signed off by its committer passes, as when a maintainer passes on the work of another',
    facts: of(commit(`Fix the pump\n\n${SIGNED}`, { author: bob, committer: jane })),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix the pump) is signed off.' }],
  },
  {
    name: 'case, accents composed in another way and blanks do not matter',
    facts: of(
      commit('Fix\n\nSigned-off-by:  RENE\u0301  doe < Rene@Example.org >', {
        author: { name: 'René Doe', email: 'rene@example.org' },
      }),
    ),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: "the no-reply address of the author's account is the author's",
    facts: of(
      commit('Fix\n\nSigned-off-by: Jane Doe <1+jane@users.noreply.github.com>', {
        authorAccount: { login: 'jane', id: 1, kind: 'User' },
      }),
    ),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: "the no-reply address of somebody else's account is not",
    facts: of(
      commit('Fix\n\nSigned-off-by: Jane Doe <2+jane@users.noreply.github.com>', {
        authorAccount: { login: 'jane', id: 1, kind: 'User' },
      }),
    ),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the name of its author, but the addresses differ: the sign-off says 2+jane@users.noreply.github.com, the commit says jane@example.org; the former is the no-reply address of another account.',
        ...amend,
      },
    ],
  },
  {
    name: 'a sign-off of somebody else does not count',
    facts: of(commit('Fix\n\nSigned-off-by: Bob Roe <bob@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off by Bob Roe <bob@example.org>, but its author is Jane Doe <jane@example.org>.',
        ...amend,
      },
    ],
  },
  {
    name: 'another name with the right address is said precisely',
    facts: of(commit('Fix\n\nSigned-off-by: J. Doe <jane@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ: the sign-off says J. Doe, the commit says Jane Doe.',
        ...amend,
      },
    ],
  },
  {
    name: "the author's name with the committer's address is nobody's",
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <bob@example.org>', { committer: bob })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its committer, but the names differ: the sign-off says Jane Doe, the commit says Bob Roe.',
        ...amend,
      },
    ],
  },
  {
    name: "GitHub's own identity certifies nothing",
    facts: of(commit('Fix\n\nSigned-off-by: GitHub <noreply@github.com>', { committer: github })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off only by GitHub itself, which stands for no person.',
        ...amend,
      },
    ],
  },
]);
