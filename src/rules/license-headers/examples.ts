/** Cases of the header rule: its test, its documentation and its samples. */
import { known, unknown } from '../../facts/answer.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import type { Statement } from '../../facts/license/header.ts';
import type { FileHeader, FileHeaders, Header } from '../../facts/license/headers.ts';
import { examplesOf } from '../rule.ts';
import { licenseHeaders } from './index.ts';

const OID = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

const LICENSES: readonly LicenseFile[] = [
  {
    path: 'LICENSE',
    via: 'file',
    oid: OID,
    license: known({ expression: 'Apache-2.0', may: ['Apache-2.0'], altered: [], reason: null }),
  },
];

const BARE: Header = { statements: [], holdsText: false, hasCopyright: false, keepsFirstLine: false, doubt: null };

function file(path: string, changes: Partial<Header> = {}): FileHeader {
  return { path, oid: OID, header: known({ ...BARE, ...changes }) };
}

function says(path: string, written: string, changes: Partial<Statement> = {}): FileHeader {
  return file(path, { statements: [{ by: 'tag', path, line: 1, written, may: [written], ...changes }] });
}

function added(...files: readonly FileHeader[]): { headers: FileHeaders; licenses: readonly LicenseFile[] } {
  return { headers: { files, left: 0 }, licenses: LICENSES };
}

const MINE =
  'if the file is yours to license. If it is the work of others, keep what they wrote, and ask those who keep the policy to leave it out.';

export const examples = examplesOf(licenseHeaders, [
  {
    name: 'a contribution that adds no source file has nothing to say',
    facts: added(),
    findings: [{ outcome: 'exempt', about: 'files', says: 'No file is added that needs a license header.' }],
  },
  {
    name: 'files with a header are told in one sentence, however many there are',
    facts: added(says('src/a.ts', 'Apache-2.0'), says('src/b.ts', 'MIT', { by: 'notice' })),
    findings: [{ outcome: 'pass', about: 'files', says: '2 files are added, each with a license header.' }],
  },
  {
    name: 'a file without a header fails, with the line to add in the comments of its language',
    facts: added(file('src/Main.hs')),
    findings: [
      {
        outcome: 'fail',
        about: 'src/Main.hs',
        says: 'src/Main.hs has no license header.',
        fix: 'Begin the file with the line -- SPDX-License-Identifier: Apache-2.0.',
        commands: [`perl -i -pe 'print "-- SPDX-License-Identifier: Apache-2.0\\n" if $. == 1' -- src/Main.hs`],
        location: { path: 'src/Main.hs', line: 1 },
      },
    ],
  },
  {
    name: 'the header of a script stands below the line that names its interpreter',
    facts: added(file('tools/run.sh', { keepsFirstLine: true }), says('src/a.ts', 'Apache-2.0')),
    findings: [
      {
        outcome: 'fail',
        about: 'tools/run.sh',
        says: 'tools/run.sh has no license header.',
        fix: 'Add the line # SPDX-License-Identifier: Apache-2.0 below the first line.',
        commands: [`perl -i -pe '$_ .= "# SPDX-License-Identifier: Apache-2.0\\n" if $. == 1' -- tools/run.sh`],
        location: { path: 'tools/run.sh', line: 1 },
      },
      { outcome: 'pass', about: 'files', says: '1 of 2 added files has a license header.' },
    ],
  },
  {
    name: 'no command is offered for a name that a program could take for more than a name',
    facts: added(file('src/a b.ts')),
    findings: [
      {
        outcome: 'fail',
        about: 'src/a b.ts',
        says: 'src/a b.ts has no license header.',
        fix: 'Begin the file with the line // SPDX-License-Identifier: Apache-2.0.',
        location: { path: 'src/a b.ts', line: 1 },
      },
    ],
  },
  {
    name: 'where the license of the repository is not clear, which one to name is for people to say',
    facts: { ...added(file('src/a.css')), licenses: [] },
    findings: [
      {
        outcome: 'fail',
        about: 'src/a.css',
        says: 'src/a.css has no license header.',
        fix: 'Begin the file with the line /* SPDX-License-Identifier: SPDX-ID */. Put the id of its license in the place of SPDX-ID.',
        location: { path: 'src/a.css', line: 1 },
      },
    ],
  },
  {
    name: 'another license than the one asked for fails, and both are named',
    facts: added(says('src/a.ts', 'MIT', { line: 2 })),
    options: { license: 'Apache-2.0' },
    findings: [
      {
        outcome: 'fail',
        about: 'src/a.ts',
        says: 'src/a.ts names MIT as its license, and Apache-2.0 is asked for.',
        fix: `Let it name Apache-2.0 ${MINE}`,
        location: { path: 'src/a.ts', line: 2 },
      },
    ],
  },
  {
    name: 'what REUSE.toml says of a file is shown where it is said',
    facts: added(says('src/a.ts', 'MIT', { by: 'reuse', path: 'REUSE.toml', line: 7 })),
    options: { license: 'Apache-2.0' },
    findings: [
      {
        outcome: 'fail',
        about: 'src/a.ts',
        says: 'REUSE.toml names MIT as the license of src/a.ts, and Apache-2.0 is asked for.',
        fix: `Let it name Apache-2.0 ${MINE}`,
        location: { path: 'REUSE.toml', line: 7 },
      },
    ],
  },
  {
    name: 'the order in which a choice is written does not matter',
    facts: added(says('src/a.rs', 'MIT OR Apache-2.0')),
    options: { license: 'Apache-2.0 OR MIT' },
    findings: [{ outcome: 'pass', about: 'files', says: 'One file is added, with a license header.' }],
  },
  {
    name: 'a tag that is no SPDX expression tells a scanner nothing',
    facts: added(says('src/a.py', 'Apache2', { may: [] })),
    findings: [
      {
        outcome: 'fail',
        about: 'src/a.py',
        says: 'src/a.py names Apache2 as its license, which is no license of SPDX.',
        fix: 'Write SPDX-License-Identifier: Apache-2.0; the ids are at https://spdx.org/licenses.',
        location: { path: 'src/a.py', line: 1 },
      },
    ],
  },
  {
    name: 'a license whose words were changed is no header',
    facts: added(says('src/a.c', 'MIT', { by: 'notice', may: [], line: 3 })),
    findings: [
      {
        outcome: 'fail',
        about: 'src/a.c',
        says: 'The license in the header of src/a.c is an altered MIT.',
        fix: 'Put the words of the license back. Changed terms are another license, which nobody has examined.',
        location: { path: 'src/a.c', line: 3 },
      },
    ],
  },
  {
    name: 'where a holder has to be named, both lines are told at once',
    facts: added(file('src/a.ts'), says('src/b.ts', 'Apache-2.0')),
    options: { copyright: true },
    findings: [
      {
        outcome: 'fail',
        about: 'src/a.ts',
        says: 'src/a.ts has no license header.',
        fix: 'Begin the file with the lines // SPDX-FileCopyrightText: YEAR HOLDER and // SPDX-License-Identifier: Apache-2.0.',
        location: { path: 'src/a.ts', line: 1 },
      },
      {
        outcome: 'fail',
        about: 'src/b.ts',
        says: 'src/b.ts has no copyright line.',
        fix: 'Begin the file with the line // SPDX-FileCopyrightText: YEAR HOLDER.',
        location: { path: 'src/b.ts', line: 1 },
      },
    ],
  },
  {
    name: "an organization's own header counts, whatever license it speaks of",
    facts: added(file('src/a.ts', { holdsText: true }), file('src/b.ts')),
    options: { styles: ['text'], text: 'Copyright {year} Example Works\nSee LICENSE for the terms.' },
    findings: [
      {
        outcome: 'fail',
        about: 'src/b.ts',
        says: 'src/b.ts has no license header.',
        fix: 'Begin the file with the header Copyright {year} Example Works…',
        location: { path: 'src/b.ts', line: 1 },
      },
      { outcome: 'pass', about: 'files', says: '1 of 2 added files has a license header.' },
    ],
  },
  {
    name: 'where only REUSE counts, a file beside the file is what to add',
    facts: added(file('src/a.ts')),
    options: { styles: ['reuse'] },
    findings: [
      {
        outcome: 'fail',
        about: 'src/a.ts',
        says: 'src/a.ts has no license header.',
        fix: 'Add src/a.ts.license with the line SPDX-License-Identifier: Apache-2.0.',
        location: { path: 'src/a.ts', line: 1 },
      },
    ],
  },
  {
    name: 'a REUSE.toml that cannot be read may speak of any file without a header',
    facts: added(file('src/a.ts', { doubt: 'REUSE.toml could not be read: line 3 is not valid TOML' })),
    findings: [
      {
        outcome: 'unknown',
        about: 'src/a.ts',
        says: 'src/a.ts has no license header of its own, and REUSE.toml could not be read: line 3 is not valid TOML.',
        fix: 'Begin the file with the line // SPDX-License-Identifier: Apache-2.0.',
        commands: [`perl -i -pe 'print "// SPDX-License-Identifier: Apache-2.0\\n" if $. == 1' -- src/a.ts`],
        location: { path: 'src/a.ts', line: 1 },
      },
    ],
  },
  {
    name: 'files that are empty or made by tools need no header',
    facts: added(
      { path: 'src/__init__.py', oid: OID, header: known('empty') },
      { path: 'src/api.ts', oid: OID, header: known('generated') },
    ),
    findings: [
      {
        outcome: 'exempt',
        about: 'generated files',
        says: '2 added files are empty or made by tools, and need no license header.',
      },
    ],
  },
  {
    name: 'a file that cannot be read is not known',
    facts: added({ path: 'src/a.ts', oid: OID, header: unknown('it is not text') }),
    findings: [
      {
        outcome: 'unknown',
        about: 'src/a.ts',
        says: 'Whether src/a.ts has a license header is not known: it is not text.',
        location: { path: 'src/a.ts' },
      },
    ],
  },
  {
    name: 'files beyond those that Steward reads are not known',
    facts: { headers: { files: [says('src/a.ts', 'Apache-2.0')], left: 340 }, licenses: LICENSES },
    findings: [
      { outcome: 'pass', about: 'files', says: 'One file is added, with a license header.' },
      {
        outcome: 'unknown',
        about: 'unread files',
        says: '340 more added files were not read: there are more than Steward reads in one contribution.',
      },
    ],
  },
]);
