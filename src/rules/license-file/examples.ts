/** Cases of the license rule: its test, its documentation and its samples. */
import { known, unknown } from '../../facts/answer.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import { examplesOf } from '../rule.ts';
import { licenseFile } from './index.ts';

const NOT_IDENTIFIED = 'its text is not word for word that of a license on the SPDX list';

function file(path: string, ...ids: readonly string[]): LicenseFile {
  return { path, via: 'file', license: ids.length > 0 ? known(ids) : unknown(NOT_IDENTIFIED) };
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
    name: 'a text that is not word for word that of a license is not known',
    facts: { licenses: [file('LICENSE')] },
    findings: [
      {
        outcome: 'unknown',
        about: 'LICENSE',
        says: `Which license LICENSE holds is not known: ${NOT_IDENTIFIED}. It may be altered, or hold more than one license.`,
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
]);
