/** Examples: co-authors. */
import { examplesOf } from '../rule.ts';
import { bob, commit, first, of, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

const bobToo = { coAuthors: [{ ...bob, account: null }] };
const CO_AUTHORED = `Fix\n\nCo-authored-by: Bob Roe <bob@example.org>\n${SIGNED}`;

export const coAuthors = examplesOf(dco, [
  {
    name: 'co-authors need no sign-off unless a policy asks them',
    facts: of(commit(CO_AUTHORED, bobToo)),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'a policy can have it told that a co-author has not signed off, without consequence',
    facts: of(commit(CO_AUTHORED, bobToo)),
    options: { coAuthors: 'warn' },
    findings: [
      {
        outcome: 'pass',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off, though not by Bob Roe <bob@example.org>, named as co-author.',
      },
    ],
  },
  {
    name: 'a policy can require the sign-off of every co-author',
    facts: of(commit(CO_AUTHORED, bobToo)),
    options: { coAuthors: 'require' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) lacks the sign-off of Bob Roe <bob@example.org>, a co-author whom this policy asks too.',
        fix: 'Ask the co-authors whether they certify the work, and add the line that each of them gives you to the end of the message.',
      },
    ],
  },
  {
    name: 'co-authors who signed off, also with the no-reply address of their account, are certified',
    facts: of(
      commit(`${CO_AUTHORED}\nSigned-off-by: Bob Roe <2+bob@users.noreply.github.com>`, {
        coAuthors: [{ ...bob, account: { login: 'bob', id: 2, kind: 'User' } }],
      }),
    ),
    options: { coAuthors: 'require' },
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
]);
