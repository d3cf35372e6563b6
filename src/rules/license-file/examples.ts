/** Cases of the license rule: its test, its documentation and its samples. */
import { known, unknown } from '../../facts/answer.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import { examplesOf } from '../rule.ts';
import { licenseFile } from './index.ts';

const NOT_IDENTIFIED = 'it speaks of no license that Steward knows';

function file(path: string, ...may: readonly string[]): LicenseFile {
  const [expression = null] = may;
  const reason = expression === null ? NOT_IDENTIFIED : null;
  return { path, via: 'file', license: known({ expression, may, altered: [], reason }) };
}

function header(path: string, expression: string): LicenseFile {
  const license = { expression, may: [expression], altered: [], reason: null, isOnlyNamed: true } as const;
  return { path, via: 'file', license: known(license) };
}

const ALTERED_FIX =
  'Replace it with the complete text, for example https://spdx.org/licenses/Apache-2.0.html. If other terms are meant, give them a name of their own in the first line, SPDX-License-Identifier: LicenseRef-NAME, and ask whoever keeps the policy to add that name to its list.';

/** A text made of Apache-2.0 that says in its first line which license it is. */
const OWN: LicenseFile = {
  path: 'LICENSE',
  via: 'file',
  license: known({
    expression: null,
    may: [],
    altered: [{ license: 'Apache-2.0', edits: [{ removed: '', added: 'does not', line: 67 }], count: 1 }],
    reason: 'the text of Apache-2.0 was altered',
    ownName: 'LicenseRef-Acme',
  }),
};

const notAllowed = (path: string, names: string, allowed: string) => ({
  outcome: 'fail' as const,
  about: path,
  says: `${path} is ${names}, which is not allowed here.`,
  fix: path.includes('-')
    ? `Allowed: ${allowed}. Remove ${path} if it is new, or ask whoever keeps the policy.`
    : `Allowed: ${allowed}. Put the former license back where there was one, or ask whoever keeps the policy: changing a license needs the consent of those who hold the copyright.`,
  location: { path },
});

export const examples = examplesOf(licenseFile, [
  {
    name: 'an identified license passes where the policy names none',
    facts: { licenses: [file('LICENSE', 'MIT')] },
    findings: [{ outcome: 'pass', about: 'LICENSE', says: 'LICENSE is MIT.' }],
  },
  {
    name: 'an allowed license passes, whatever its file is called',
    facts: { licenses: [file('COPYING.md', 'Apache-2.0')] },
    options: { allow: ['Apache-2.0'] },
    findings: [{ outcome: 'pass', about: 'COPYING.md', says: 'COPYING.md is Apache-2.0.' }],
  },
  {
    name: 'another license than the allowed ones fails',
    facts: { licenses: [file('LICENSE', 'MIT')] },
    options: { allow: ['Apache-2.0', 'MPL-2.0'] },
    findings: [notAllowed('LICENSE', 'MIT', 'Apache-2.0 or MPL-2.0')],
  },
  {
    name: 'a repository without a license file fails',
    facts: { licenses: [] },
    options: { allow: ['Apache-2.0'] },
    findings: [
      {
        outcome: 'fail',
        about: 'license',
        says: 'There is no license file at the root of the repository.',
        fix: 'Add the complete text of Apache-2.0 as LICENSE.',
      },
    ],
  },
  {
    name: 'a text that is no license of the list is not known',
    facts: { licenses: [file('LICENSE')] },
    findings: [
      {
        outcome: 'unknown',
        about: 'LICENSE',
        says: `Which license LICENSE holds is not known: ${NOT_IDENTIFIED}.`,
        fix: 'Replace it with the complete text of its license, as https://spdx.org/licenses has it.',
        location: { path: 'LICENSE' },
      },
    ],
  },
  {
    name: 'of two files named after their licenses the user may choose, so one allowed license is enough',
    facts: { licenses: [file('LICENSE-APACHE', 'Apache-2.0'), file('LICENSE-MIT', 'MIT')] },
    options: { allow: ['Apache-2.0'] },
    findings: [
      { outcome: 'pass', about: 'LICENSE-APACHE', says: 'LICENSE-APACHE is Apache-2.0.' },
      {
        outcome: 'exempt',
        about: 'LICENSE-MIT',
        says: 'LICENSE-MIT is one of several licenses to choose from, and another one is allowed.',
      },
    ],
  },
  {
    name: 'two files with plain names both apply',
    facts: { licenses: [file('COPYING', 'GPL-3.0-only'), file('LICENSE', 'Apache-2.0')] },
    options: { allow: ['Apache-2.0'] },
    findings: [
      notAllowed('COPYING', 'GPL-3.0-only', 'Apache-2.0'),
      { outcome: 'pass', about: 'LICENSE', says: 'LICENSE is Apache-2.0.' },
    ],
  },
  {
    name: 'beside an allowed LICENSE, a file named after a part of the repository holds for that part',
    facts: { licenses: [file('LICENSE', 'Apache-2.0'), file('LICENSE-docs', 'CC-BY-4.0')] },
    options: { allow: ['Apache-2.0'] },
    findings: [
      { outcome: 'pass', about: 'LICENSE', says: 'LICENSE is Apache-2.0.' },
      { outcome: 'exempt', about: 'LICENSE-docs', says: 'LICENSE-docs is CC-BY-4.0; it holds for parts.' },
    ],
  },
  {
    name: 'a file named after its license is no part, and a file for a part spares no LICENSE that is not allowed',
    facts: { licenses: [file('LICENSE', 'GPL-3.0-only'), file('LICENSE-MIT', 'MIT'), file('LICENSE-docs', 'CC-BY-4.0')] },
    options: { allow: ['Apache-2.0'] },
    findings: [
      notAllowed('LICENSE', 'GPL-3.0-only', 'Apache-2.0'),
      notAllowed('LICENSE-MIT', 'MIT', 'Apache-2.0'),
      notAllowed('LICENSE-docs', 'CC-BY-4.0', 'Apache-2.0'),
    ],
  },
  {
    name: 'a text beside LICENSE that nobody knows is not taken for that of a part',
    facts: { licenses: [file('LICENSE', 'Apache-2.0'), file('LICENSE-Acme Corp.txt')] },
    options: { allow: ['Apache-2.0'] },
    findings: [
      { outcome: 'pass', about: 'LICENSE', says: 'LICENSE is Apache-2.0.' },
      {
        outcome: 'unknown',
        about: 'LICENSE-Acme Corp.txt',
        says: `Which license LICENSE-Acme Corp.txt holds is not known: ${NOT_IDENTIFIED}.`,
        fix: 'Replace it with the complete text of its license, as https://spdx.org/licenses has it.',
        location: { path: 'LICENSE-Acme Corp.txt' },
      },
    ],
  },
  {
    name: 'a header or a tag is not the license: the text itself has to be there',
    facts: { licenses: [header('LICENSE', 'Apache-2.0')] },
    options: { allow: ['Apache-2.0'] },
    findings: [
      {
        outcome: 'fail',
        about: 'LICENSE',
        says: 'LICENSE only says that Apache-2.0 applies; the text of the license itself is missing.',
        fix: 'Replace it with the complete text, for example https://spdx.org/licenses/Apache-2.0.html.',
        location: { path: 'LICENSE' },
      },
    ],
  },
  {
    name: 'a license of its own needs its text in the file, not just its name',
    facts: { licenses: [header('LICENSE', 'LicenseRef-Acme')] },
    options: { allow: ['LicenseRef-Acme'] },
    findings: [
      {
        outcome: 'fail',
        about: 'LICENSE',
        says: 'LICENSE only says that LicenseRef-Acme applies; the text of the license itself is missing.',
        fix: 'The text of LicenseRef-Acme has to stand in LICENSE, below its name; fewer than 20 words are not taken for one.',
        location: { path: 'LICENSE' },
      },
    ],
  },
  {
    name: 'a file that explains the choice passes beside the texts that may be chosen',
    facts: { licenses: [header('COPYING', 'Unlicense OR MIT'), file('LICENSE-MIT', 'MIT'), file('UNLICENSE', 'Unlicense')] },
    options: { allow: ['MIT'] },
    findings: [
      { outcome: 'pass', about: 'COPYING', says: 'COPYING is Unlicense OR MIT.' },
      { outcome: 'pass', about: 'LICENSE-MIT', says: 'LICENSE-MIT is MIT.' },
      {
        outcome: 'exempt',
        about: 'UNLICENSE',
        says: 'UNLICENSE is one of several licenses to choose from, and another one is allowed.',
      },
    ],
  },
  {
    name: 'a link that leads nowhere is no license file, and is told as such',
    facts: { licenses: [{ path: 'LICENSE', via: 'dead-link', license: unknown('it is a link') }] },
    findings: [
      {
        outcome: 'fail',
        about: 'LICENSE',
        says: 'LICENSE is a link that leads out of the repository, or nowhere.',
        fix: 'Put a file with the complete text of the license in its place.',
        location: { path: 'LICENSE' },
      },
    ],
  },
  {
    name: 'the text of the GPL beside that of the LGPL is part of it',
    facts: {
      licenses: [
        file('COPYING', 'GPL-3.0-only', 'GPL-3.0-or-later'),
        file('COPYING.LESSER', 'LGPL-3.0-only', 'LGPL-3.0-or-later'),
      ],
    },
    options: { allow: ['LGPL-3.0-only'] },
    findings: [
      { outcome: 'exempt', about: 'COPYING', says: 'COPYING is part of the GNU Lesser General Public License beside it.' },
      { outcome: 'pass', about: 'COPYING.LESSER', says: 'COPYING.LESSER is LGPL-3.0-only or LGPL-3.0-or-later.' },
    ],
  },
  {
    name: 'an entry without "or later" covers the text of the GPL, whichever was meant',
    facts: { licenses: [file('LICENSE', 'GPL-2.0-only', 'GPL-2.0-or-later')] },
    options: { allow: ['GPL-2.0-only'] },
    findings: [{ outcome: 'pass', about: 'LICENSE', says: 'LICENSE is GPL-2.0-only or GPL-2.0-or-later.' }],
  },
  {
    name: 'where only a later version is allowed, the text of the GPL does not tell whether it may be chosen',
    facts: { licenses: [file('LICENSE', 'GPL-2.0-only', 'GPL-2.0-or-later')] },
    options: { allow: ['GPL-3.0-only'] },
    findings: [
      {
        outcome: 'unknown',
        about: 'LICENSE',
        says: 'LICENSE is the text of GPL-2.0-only and of GPL-2.0-or-later, and not each of them is allowed. The text alone does not tell which one is meant.',
        fix: 'Whoever keeps the policy can list GPL-2.0-only, which covers them all.',
        location: { path: 'LICENSE' },
      },
    ],
  },
  {
    name: 'a word that was put into a license makes it another one, and is shown',
    facts: {
      licenses: [
        {
          path: 'LICENSE',
          via: 'file',
          license: known({
            expression: null,
            may: [],
            altered: [
              {
                license: 'Apache-2.0',
                edits: [
                  { removed: '', added: 'for non-commercial purposes', line: 70 },
                  { removed: 'hereby grants', added: 'does not grant', line: 78 },
                  { removed: 'Submission of Contributions', added: '', line: 130 },
                ],
                count: 4,
              },
            ],
            reason: 'its words were changed',
          }),
        },
      ],
    },
    options: { allow: ['Apache-2.0'] },
    findings: [
      {
        outcome: 'fail',
        about: 'LICENSE',
        says: 'LICENSE is not the Apache-2.0 text: 4 passages were changed. Line 70 adds “for non-commercial purposes”. Line 78 says “does not grant” instead of “hereby grants”. Before line 130, “Submission of Contributions” is missing. And 1 more.',
        fix: ALTERED_FIX,
        location: { path: 'LICENSE', line: 70 },
      },
    ],
  },
  {
    name: 'an altered text that names itself passes where the policy lists that name',
    facts: { licenses: [OWN] },
    options: { allow: ['Apache-2.0', 'LicenseRef-Acme'] },
    findings: [
      { outcome: 'pass', about: 'LICENSE', says: 'LICENSE is LicenseRef-Acme, as it says itself; it was made of Apache-2.0.' },
    ],
  },
  {
    name: 'a name of its own helps an altered text nowhere else',
    facts: { licenses: [OWN] },
    options: { allow: ['category:permissive'] },
    findings: [
      {
        outcome: 'fail',
        about: 'LICENSE',
        says: 'LICENSE is not the Apache-2.0 text: one passage was changed. Line 67 adds “does not”.',
        fix: 'Replace it with the complete text, for example https://spdx.org/licenses/Apache-2.0.html. If other terms are meant, ask whoever keeps the policy to allow LicenseRef-Acme, as the text names itself.',
        location: { path: 'LICENSE', line: 67 },
      },
    ],
  },
  {
    name: 'a file that cannot be read is not known',
    facts: { licenses: [{ path: 'LICENSE', via: 'file', license: unknown('the file is not text') }] },
    findings: [
      {
        outcome: 'unknown',
        about: 'LICENSE',
        says: 'Which license LICENSE holds is not known: the file is not text.',
        fix: 'Replace it with the complete text of its license, as https://spdx.org/licenses has it.',
        location: { path: 'LICENSE' },
      },
    ],
  },
  {
    name: 'two licenses in one file both apply',
    facts: { licenses: [file('LICENSE', 'Apache-2.0 AND GPL-3.0-only')] },
    options: { allow: ['category:permissive'] },
    findings: [notAllowed('LICENSE', 'Apache-2.0 AND GPL-3.0-only', 'category:permissive')],
  },
  {
    name: 'documentation can be held to other licenses than code',
    facts: { licenses: [file('LICENSE', 'CC-BY-4.0')] },
    options: { allow: ['Apache-2.0'], kind: 'documentation', kinds: { documentation: { allow: ['CC-BY-4.0'] } } },
    findings: [{ outcome: 'pass', about: 'LICENSE', says: 'LICENSE is CC-BY-4.0.' }],
  },
  {
    name: 'a license to be reviewed is not allowed without approval',
    facts: { licenses: [file('LICENSE', 'MPL-2.0')] },
    options: { allow: ['Apache-2.0'], review: ['category:weak-copyleft'] },
    findings: [
      {
        outcome: 'fail',
        about: 'LICENSE',
        says: 'LICENSE is MPL-2.0, which needs approval first.',
        fix: 'Ask whoever keeps the policy to approve it; what is approved is added to the list.',
        location: { path: 'LICENSE' },
      },
    ],
  },
]);
