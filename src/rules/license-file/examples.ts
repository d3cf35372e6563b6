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

const notAllowed = (path: string, names: string, allowed: string) => ({
  outcome: 'fail' as const,
  about: path,
  says: `${path} is ${names}, which is not allowed here.`,
  fix: `Allowed: ${allowed}. Changing a license needs the consent of those who hold the copyright.`,
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
        fix: 'Compare it with the text on the SPDX list; only the year and the copyright holder should differ.',
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
    name: 'two files that are not named after their licenses both apply',
    facts: { licenses: [file('LICENSE', 'Apache-2.0'), file('LICENSE-docs', 'CC-BY-4.0')] },
    options: { allow: ['Apache-2.0'] },
    findings: [
      { outcome: 'pass', about: 'LICENSE', says: 'LICENSE is Apache-2.0.' },
      notAllowed('LICENSE-docs', 'CC-BY-4.0', 'Apache-2.0'),
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
        says: 'LICENSE is an altered Apache-2.0: 4 places can mean something else. Line 70 adds “for non-commercial purposes”. Line 78 says “does not grant” instead of “hereby grants”. Before line 130, “Submission of Contributions” is missing. And 1 more.',
        fix: 'Put the text of Apache-2.0 back as https://spdx.org/licenses/Apache-2.0.html has it. If other terms are meant, they are another license, which needs a name of its own and somebody who examines it.',
        location: { path: 'LICENSE', line: 70 },
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
        fix: 'Compare it with the text on the SPDX list; only the year and the copyright holder should differ.',
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
    name: 'a license that somebody has to look at is not allowed without a word',
    facts: { licenses: [file('LICENSE', 'MPL-2.0')] },
    options: { allow: ['Apache-2.0'], review: ['category:weak-copyleft'] },
    findings: [
      {
        outcome: 'fail',
        about: 'LICENSE',
        says: 'LICENSE is MPL-2.0, which somebody has to look at here.',
        fix: 'Ask whoever keeps the policy. What they allow they add to its list, so that nobody has to ask again.',
        location: { path: 'LICENSE' },
      },
    ],
  },
]);
