/** Examples: where a sign-off counts. */
import { examplesOf } from '../rule.ts';
import { amend, commit, first, of, SIGNED, ownParagraph, github, remedy } from './example-facts.ts';
import { dco } from './index.ts';

export const trailers = examplesOf(dco, [
  {
    name: 'a sign-off among other trailers, below a cherry-pick line and with lines that end in CRLF counts',
    facts: of(commit(`Fix\r\n\r\nWords.\r\n\r\nFixes: #1\r\n(cherry picked from commit 1234)\r\n${SIGNED}\r\n`)),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'a folded sign-off counts, as git unfolds it',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe\n <jane@example.org>')),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'a message that is nothing but the sign-off counts',
    facts: of(commit(SIGNED)),
    findings: [
      { outcome: 'pass', about: first, says: 'Commit a1b2c3d (Signed-off-by: Jane Doe <jane@example.org>) is signed off.' },
    ],
  },
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
    name: 'under compat it does, as in both DCO Apps',
    facts: of(commit(`Fix\n\n${SIGNED}\n\nSome more words.`)),
    options: { trailers: 'compat' },
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'sign-offs in the bodies of squashed commits do not count',
    facts: of(
      commit(`Add (#7)\n\n* One\n\n${SIGNED}\n\n* Two\n\n${SIGNED}\n\n---------\n\nCo-authored-by: Bob Roe <bob@example.org>`),
    ),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Add (#7)) has a Signed-off-by: line on line 9 of its message, but that is not in the last paragraph, the only one in which git reads sign-offs.',
        ...amend,
      },
    ],
  },
  {
    name: 'a sign-off right below the title is a part of the title',
    facts: of(commit(`Fix\n${SIGNED}`)),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line on line 2 of its message, but a blank line is missing above it: git takes it for a part of the title.',
        ...amend,
      },
    ],
  },
  {
    name: "a quoted sign-off is nobody's",
    facts: of(commit(`Fix\n\n> ${SIGNED}`)),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line on line 3 of its message, but it is quoted, and whoever quotes does not sign.',
        ...amend,
      },
    ],
  },
  {
    name: 'an indented sign-off does not count',
    facts: of(commit(`Fix\n\n  ${SIGNED}`)),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line on line 3 of its message, but it does not start at the beginning of its line.',
        ...amend,
      },
    ],
  },
  {
    name: 'a sign-off in a last paragraph of a few lines counts, because git reads it',
    facts: of(commit(`Fix\n\nProse one\n${SIGNED}\nProse two`)),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: 'strict, it does not',
    facts: of(commit(`Fix\n\nProse one\n${SIGNED}\nProse two`)),
    options: { trailers: 'strict' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line on line 4 of its message, in a paragraph that holds other lines too; this policy reads sign-offs in a last paragraph of nothing but trailers.',
        ...ownParagraph,
      },
    ],
  },
  {
    name: 'a sign-off in a long paragraph does not count, because git does not read it',
    facts: of(commit(`Fix\n\n1\n2\n3\n4\n5\n${SIGNED}`)),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line on line 8 of its message, but among so much other text that git does not read it as a sign-off: put it into a last paragraph of its own.',
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
    name: 'a policy can refuse extra blanks',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe  <jane@example.org>')),
    options: { tolerateSpacing: false },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has extra blanks around the name or the address of its Signed-off-by: line, which this policy does not accept.',
        ...amend,
      },
    ],
  },
  {
    name: 'a line that is spelled otherwise is no sign-off, and is told',
    facts: of(commit('Fix\n\nSigned-of-by: Jane Doe <jane@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a line that starts with Signed-of-by:; a sign-off starts with Signed-off-by:.',
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
        commands: ['git commit --amend --signoff --no-edit --gpg-sign', 'git push --force-with-lease'],
      },
    ],
  },
  {
    name: 'a signature on what GitHub committed was made with no key of the author, as on a squash merge in a clone',
    facts: of(commit('Fix', { committer: github, signature: { isVerified: null, byGitHub: false } })),
    findings: [{ outcome: 'fail', about: first, says: 'Commit a1b2c3d (Fix) has no sign-off.', ...remedy }],
  },
]);
