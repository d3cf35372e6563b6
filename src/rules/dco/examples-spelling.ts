/** Examples: differences are named precisely. */
import { examplesOf } from '../rule.ts';
import { account, amend, commit, first, NOREPLY, of, rene } from './example-facts.ts';
import { dco } from './index.ts';

export const spelling = examplesOf(dco, [
  {
    name: 'an accent makes another name, and is named',
    facts: of(commit('Fix\n\nSigned-off-by: Rene Doe <rene@example.org>', { author: rene })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ only in an accent: the sign-off says Rene Doe, the commit says René Doe.',
        ...amend,
      },
    ],
  },
  {
    name: 'one wrong letter is named',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <jane@exmple.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the name of its author, but the addresses differ only in one character: the sign-off says jane@exmple.org, the commit says jane@example.org.',
        ...amend,
      },
    ],
  },
  {
    name: 'an invisible character is named and shown',
    facts: of(commit('Fix\n\nSigned-off-by: Jane\u200b Doe <jane@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: String.raw`Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ only in an invisible character: the sign-off says Jane\u{200b} Doe, the commit says Jane Doe.`,
        ...amend,
      },
    ],
  },
  {
    name: 'characters that turn the direction of writing are shown, and do nothing',
    facts: of(commit('Fix\n\nSigned-off-by: \u202eeoD enaJ\u0007 <jane@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: String.raw`Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ: the sign-off says \u{202e}eoD enaJ\u{7}, the commit says Jane Doe.`,
        ...amend,
      },
    ],
  },
  {
    name: 'the order of words is named',
    facts: of(commit('Fix\n\nSigned-off-by: Doe, Jane <jane@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ only in the order of words: the sign-off says Doe, Jane, the commit says Jane Doe.',
        ...amend,
      },
    ],
  },
  {
    name: 'a tag in an address is named',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <jane+git@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the name of its author, but the addresses differ only in what follows the plus sign: the sign-off says jane+git@example.org, the commit says jane@example.org.',
        ...amend,
      },
    ],
  },
  {
    name: "a sign-off without a name is nobody's",
    facts: of(commit('Fix\n\nSigned-off-by: <jane@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ: the sign-off says nothing, the commit says Jane Doe.',
        ...amend,
      },
    ],
  },
  {
    name: 'under compat accents have to be encoded alike',
    facts: of(commit('Fix\n\nSigned-off-by: Rene\u0301 Doe <rene@example.org>', { author: rene })),
    options: { trailers: 'compat' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ only in how accents are encoded: the sign-off says Rene\u0301 Doe, the commit says René Doe. Under trailers: compat they have to be spelled alike.',
        ...amend,
      },
    ],
  },
  {
    name: "under compat a no-reply address is not the author's other address",
    facts: of(commit(`Fix\n\nSigned-off-by: Jane Doe <${NOREPLY}>`, { authorAccount: account })),
    options: { trailers: 'compat' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the name of its author, but the addresses differ: the sign-off says 1+jane@users.noreply.github.com, the commit says jane@example.org; the former is the no-reply address of the same account. Under trailers: compat they have to be spelled alike.',
        ...amend,
      },
    ],
  },
  {
    name: 'under compat blanks have to be as they should',
    facts: of(commit('Fix\n\nSigned-off-by:  Jane Doe <jane@example.org>')),
    options: { trailers: 'compat' },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ only in blanks: the sign-off says  Jane Doe, the commit says Jane Doe. Under trailers: compat they have to be spelled alike.',
        ...amend,
      },
    ],
  },
]);
