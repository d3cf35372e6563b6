/** Examples: what a policy can ask of a sign-off. */
import { examplesOf } from '../rule.ts';
import { account, amend, bob, commit, first, NOREPLY, of, SIGNED, newIdentity } from './example-facts.ts';
import { dco } from './index.ts';

const resetAddress = {
  fix: "Set your address with git config user.email, then write it into the last commit with git commit --amend --reset-author --signoff --no-edit, or into several with git rebase --exec 'git commit --amend --reset-author --signoff --no-edit' and the commit before the first of them.",
};

export const strictness = examplesOf(dco, [
  {
    name: "an address on a machine's own name passes, and is told",
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <jane@laptop>', { author: { name: 'Jane Doe', email: 'jane@laptop' } })),
    findings: [
      {
        outcome: 'pass',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off, with the address jane@laptop, which has no top-level domain: no mail from elsewhere reaches it.',
      },
    ],
  },
  {
    name: 'an author address that is none can be signed by nobody',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <jane@>', { author: { name: 'Jane Doe', email: 'jane@' } })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) names jane@ as the address of its author, which is no valid e-mail address.',
        ...resetAddress,
      },
    ],
  },
  {
    name: 'an empty author address leaves the word to the committer',
    facts: of(
      commit('Fix\n\nSigned-off-by: Bob Roe <bob@example.org>', { author: { name: 'Jane Doe', email: '' }, committer: bob }),
    ),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'unless the address of the committer is none',
    facts: of(
      commit('Fix\n\nSigned-off-by: Bob Roe <bob@>', {
        author: { name: 'Jane Doe', email: '' },
        committer: { name: 'Bob Roe', email: 'bob@' },
      }),
    ),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) names bob@ as the address of its committer, which is no valid e-mail address.',
        ...resetAddress,
      },
    ],
  },
  {
    name: "an empty author address is nobody's",
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <>', { author: { name: 'Jane Doe', email: '' } })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the name of its author, for whom the commit has no address.',
        ...amend,
      },
    ],
  },
  {
    name: "a policy can ask for the author's own sign-off",
    facts: of(commit('Fix\n\nSigned-off-by: Bob Roe <bob@example.org>', { committer: bob })),
    options: { committerMaySign: false },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: "Commit a1b2c3d (Fix) is signed off by its committer, Bob Roe <bob@example.org>; this policy asks for the author's own sign-off, Jane Doe <jane@example.org>.",
        ...amend,
        commands: [
          "git -c user.name='Jane Doe' -c user.email=jane@example.org commit --amend --signoff --no-edit",
          'git push --force-with-lease',
        ],
      },
    ],
  },
  {
    name: 'a policy can ask for an address that takes mail',
    facts: of(commit(`Fix\n\nSigned-off-by: Jane Doe <${NOREPLY}>`, { authorAccount: account })),
    options: { noreply: 'forbid' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with 1+jane@users.noreply.github.com, a no-reply address; this policy asks for an address that takes mail.',
        ...amend,
      },
    ],
  },
  {
    name: 'a policy can ask for a name of two words',
    facts: of(commit('Fix\n\nSigned-off-by: jane <jane@example.org>', { author: { name: 'jane', email: 'jane@example.org' } })),
    options: { realName: 'require' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off as jane; this policy asks for a name of at least two words that is not the login.',
        ...newIdentity,
      },
    ],
  },
  {
    name: 'or only recommend one: another name passes, and is told',
    facts: of(commit('Fix\n\nSigned-off-by: jane <jane@example.org>', { author: { name: 'jane', email: 'jane@example.org' } })),
    options: { realName: 'warn' },
    findings: [
      {
        outcome: 'pass',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off, as jane; this policy recommends a name of at least two words that is not the login.',
      },
    ],
  },
  {
    name: 'a name of one word passes where no policy says so',
    facts: of(commit('Fix\n\nSigned-off-by: jane <jane@example.org>', { author: { name: 'jane', email: 'jane@example.org' } })),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'a commit that was accepted when it was merged before needs no second sign-off',
    facts: { ...of(commit('Fix the pump')), certified: [first] },
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix the pump) was accepted when it was merged before.' }],
  },
  {
    name: 'a merge that a policy checks is signed off like any commit',
    facts: of(commit(`Merge main\n\n${SIGNED}`, { parents: ['1'.repeat(40), '2'.repeat(40)] })),
    options: { mergeCommits: 'check' },
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Merge main) is signed off.' }],
  },
]);
