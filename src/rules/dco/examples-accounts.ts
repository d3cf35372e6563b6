/** Examples: addresses of one account, and the mail map. */
import { examplesOf } from '../rule.ts';
import { account, amend, commit, first, second, github, NOREPLY, of, SIGNED } from './example-facts.ts';
import { dco } from './index.ts';

export const accounts = examplesOf(dco, [
  {
    name: "a web edit with the account's no-reply address is signed off with any address that GitHub links to that account",
    facts: of(
      commit(`Fix\n\n${SIGNED}`, { author: { name: 'Jane Doe', email: NOREPLY }, authorAccount: account }),
      commit(`Oil\n\n${SIGNED}`, { authorAccount: account }),
    ),
    findings: [
      { outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' },
      { outcome: 'pass', about: second, says: 'Commit b2c3d4e (Oil) is signed off.' },
    ],
  },
  {
    name: "an address that GitHub links to no commit of the account is not known to be the account's",
    facts: of(commit(`Fix\n\n${SIGNED}`, { author: { name: 'Jane Doe', email: NOREPLY }, authorAccount: account })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the name of its author, but the addresses differ: the sign-off says jane@example.org, the commit says 1+jane@users.noreply.github.com, a no-reply address: GitHub links the other one to no commit of this account here.',
        ...amend,
      },
    ],
  },
  {
    name: 'the old no-reply address, without a number, counts for the account that has the login today',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <jane@users.noreply.github.com>', { authorAccount: account })),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'a no-reply address with another login is told, as after a rename',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <janie@users.noreply.github.com>', { authorAccount: account })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: "Commit a1b2c3d (Fix) is signed off with the name of its author, but the addresses differ: the sign-off says janie@users.noreply.github.com, the commit says jane@example.org; the former is a no-reply address of an account that is not called jane today, as after a rename: only the form with the account's number, 1+jane@users.noreply.github.com, survives one.",
        ...amend,
      },
    ],
  },
  {
    name: 'a no-reply address proves nothing where GitHub links the commit to no account',
    facts: of(commit(`Fix\n\nSigned-off-by: Jane Doe <${NOREPLY}>`)),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the name of its author, but the addresses differ: the sign-off says 1+jane@users.noreply.github.com, the commit says jane@example.org; the former is a no-reply address, and GitHub links the commit to no account, so nothing shows that both are of one person.',
        ...amend,
      },
    ],
  },
  {
    name: 'the mail map of the base branch says who is one person',
    facts: {
      ...of(commit('Fix\n\nSigned-off-by: J. Doe <jd@old.example>')),
      mailmap: 'Jane Doe <jane@example.org> <jd@old.example>\n',
    },
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'a policy can do without the mail map',
    facts: of(commit('Fix\n\nSigned-off-by: J. Doe <jd@old.example>')),
    options: { mailmap: false },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off by J. Doe <jd@old.example>, but its author is Jane Doe <jane@example.org>.',
        ...amend,
      },
    ],
  },
  {
    name: "the mail map makes no person of GitHub's own identity",
    facts: {
      ...of(commit('Fix\n\nSigned-off-by: GitHub <noreply@github.com>', { committer: github })),
      mailmap: 'Jane Doe <jane@example.org> <noreply@github.com>\n',
    },
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
