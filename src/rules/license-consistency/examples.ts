/** Cases of the consistency rule: its test, its documentation and its samples. */
import { known, unknown } from '../../facts/answer.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import type { ReadmeLicense } from '../../facts/license/readme.ts';
import type { Declarations, Stated } from '../../facts/packages/declarations.ts';
import type { Ecosystem } from '../../facts/packages/package.ts';
import { examplesOf } from '../rule.ts';
import type { Governed } from './declared.ts';
import { licenseConsistency } from './index.ts';

function file(path: string, ...may: readonly string[]): LicenseFile {
  return { path, via: 'file', license: known({ expression: may[0] ?? null, may, altered: [], reason: null }) };
}

const ALTERED: LicenseFile = {
  path: 'LICENSE',
  via: 'file',
  license: known({
    expression: null,
    may: [],
    altered: [{ license: 'Apache-2.0', edits: [{ removed: '', added: 'not', line: 70 }], count: 1 }],
    reason: 'its words were changed',
  }),
};

const APACHE = file('LICENSE', 'Apache-2.0');

const BOTH = [file('LICENSE-APACHE', 'Apache-2.0'), file('LICENSE-MIT', 'MIT')];

const ECOSYSTEMS: Readonly<Record<string, Ecosystem>> = {
  json: 'npm',
  toml: 'cargo',
  cabal: 'hackage',
  xml: 'maven',
  cfg: 'pypi',
};

function declares(
  path: string,
  text: string | null,
  changes: Partial<Stated> & Partial<Pick<Governed, 'isAside' | 'governing' | 'named'>> = {},
): Governed {
  const { isAside = false, governing = [APACHE], named = null, ...stated } = changes;
  const license = text === null ? null : { text, expression: text.startsWith('?') ? null : text, line: 5 };
  return {
    path,
    ecosystem: ECOSYSTEMS[path.split('.').at(-1) ?? ''] ?? 'npm',
    isAside,
    stated: known({
      name: 'widget',
      license,
      licenseFile: null,
      isPrivate: false,
      isScaffold: false,
      ...stated,
    }),
    governedBy: null,
    named,
    governing,
  };
}

/** Each with the texts of a folder of its own. */
function those(...governed: readonly Governed[]): Declarations {
  const read = governed.map((one) => ({ ...one, governing: undefined, governedBy: one.path }));
  return { read, texts: Object.fromEntries(governed.map(({ path, governing }) => [path, governing])), left: 0 };
}

const NO_README: readonly ReadmeLicense[] = [];
const READ = { readme: NO_README, licenses: [APACHE] };
const CONSENT = 'is right instead, replace the text in LICENSE; every copyright holder must agree.';

export const examples = examplesOf(licenseConsistency, [
  {
    name: 'a manifest that declares what the text holds passes',
    facts: { ...READ, declared: those(declares('package.json', 'Apache-2.0')) },
    findings: [{ outcome: 'pass', about: 'package.json', says: 'package.json declares Apache-2.0, as the text in LICENSE is.' }],
  },
  {
    name: 'npm init fills in ISC before anybody has chosen',
    facts: { ...READ, declared: those(declares('package.json', 'ISC', { isScaffold: true })) },
    findings: [
      {
        outcome: 'fail',
        about: 'package.json',
        says: "package.json declares ISC, and the text in LICENSE is Apache-2.0. The tool that made the file writes that by itself, so it may be nobody's choice.",
        fix: `Write "license": "Apache-2.0". If ISC ${CONSENT}`,
        location: { path: 'package.json', line: 5 },
      },
    ],
  },
  {
    name: 'a nested package is held against the text of its own folder',
    facts: {
      ...READ,
      declared: those(declares('lib/widget.cabal', 'MIT', { governing: [file('lib/LICENSE', 'MIT')] })),
    },
    findings: [
      { outcome: 'pass', about: 'lib/widget.cabal', says: 'lib/widget.cabal declares MIT, as the text in lib/LICENSE is.' },
    ],
  },
  {
    name: 'two texts beside each other do not tell AND from OR, so either is right',
    facts: {
      ...READ,
      declared: those(
        declares('Cargo.toml', 'MIT OR Apache-2.0', {
          governing: [file('LICENSE-APACHE', 'Apache-2.0'), file('LICENSE-MIT', 'MIT')],
        }),
      ),
    },
    findings: [
      {
        outcome: 'pass',
        about: 'Cargo.toml',
        says: 'Cargo.toml declares MIT OR Apache-2.0, as the texts in LICENSE-APACHE and LICENSE-MIT are.',
      },
    ],
  },
  {
    name: 'the text of the GPL fits both of its ids, and only the manifest tells which is meant',
    facts: {
      ...READ,
      declared: those(
        declares('Cargo.toml', 'GPL-3.0-or-later', { governing: [file('COPYING', 'GPL-3.0-only', 'GPL-3.0-or-later')] }),
      ),
    },
    findings: [
      { outcome: 'pass', about: 'Cargo.toml', says: 'Cargo.toml declares GPL-3.0-or-later, as the text in COPYING is.' },
    ],
  },
  {
    name: 'a package that could be published and declares nothing fails, with the line to add',
    facts: { ...READ, declared: those(declares('widget.cabal', null)) },
    findings: [
      {
        outcome: 'fail',
        about: 'widget.cabal',
        says: 'widget.cabal declares no license.',
        fix: 'Add license: Apache-2.0.',
        location: { path: 'widget.cabal' },
      },
    ],
  },
  {
    name: 'a policy can let packages be silent',
    facts: { ...READ, declared: those(declares('widget.cabal', null)) },
    options: { missing: 'pass' },
    findings: [{ outcome: 'exempt', about: 'widget.cabal', says: 'widget.cabal declares no license.' }],
  },
  {
    name: 'a private package may omit the field',
    facts: { ...READ, declared: those(declares('package.json', null, { isPrivate: true })) },
    findings: [
      {
        outcome: 'exempt',
        about: 'package.json',
        says: 'package.json says that its package is never published, so it needs no license.',
      },
    ],
  },
  {
    name: 'a manifest that points to a license text passes',
    facts: { ...READ, declared: those(declares('Cargo.toml', null, { licenseFile: 'LICENSE', named: APACHE })) },
    findings: [{ outcome: 'pass', about: 'Cargo.toml', says: 'Cargo.toml points to the license text LICENSE.' }],
  },
  {
    name: 'what is no SPDX expression tells a registry nothing',
    facts: { ...READ, declared: those(declares('package.json', '?Apache Two')) },
    findings: [
      {
        outcome: 'fail',
        about: 'package.json',
        says: 'What package.json declares is no SPDX expression: ?Apache Two.',
        fix: 'Write "license": "Apache-2.0"; the ids are at https://spdx.org/licenses.',
        location: { path: 'package.json', line: 5 },
      },
    ],
  },
  {
    name: 'tests, examples and documentation are told and never held against anybody',
    facts: { ...READ, declared: those(declares('examples/hello/package.json', 'MIT', { isAside: true })) },
    findings: [
      {
        outcome: 'exempt',
        about: 'examples/hello/package.json',
        says: 'examples/hello/package.json declares MIT, and the text in LICENSE is Apache-2.0. It is not part of what is shipped.',
      },
    ],
  },
  {
    name: 'beside an altered text nothing can be right',
    facts: { ...READ, licenses: [ALTERED], declared: those(declares('package.json', 'Apache-2.0', { governing: [ALTERED] })) },
    findings: [
      {
        outcome: 'unknown',
        about: 'package.json',
        says: 'package.json declares Apache-2.0; whether that is so is not known, because LICENSE is not the Apache-2.0 text: its words were changed.',
        location: { path: 'package.json', line: 5 },
      },
    ],
  },
  {
    name: 'a manifest that is not of its format is not known',
    facts: {
      ...READ,
      declared: those({
        ...declares('package.json', null),
        stated: unknown('line 3 is not JSON: a comma is missing'),
      }),
    },
    findings: [
      {
        outcome: 'unknown',
        about: 'package.json',
        says: 'package.json could not be read: line 3 is not JSON: a comma is missing.',
        location: { path: 'package.json' },
      },
    ],
  },
  {
    name: 'a badge that names another license than the text fails, and the section is compared too',
    facts: {
      licenses: [APACHE],
      declared: those(),
      readme: [
        { path: 'README.md', line: 3, expression: 'MIT', by: 'badge', mentions: [] },
        { path: 'README.md', line: 80, expression: 'Apache-2.0', by: 'section', mentions: ['Apache-2.0'] },
      ],
    },
    findings: [
      {
        outcome: 'fail',
        about: 'README.md badge',
        says: 'The README.md badge on the license says MIT, and the text in LICENSE is Apache-2.0.',
        fix: 'Change the badge to Apache-2.0.',
        location: { path: 'README.md', line: 3 },
      },
      {
        outcome: 'pass',
        about: 'README.md section',
        says: 'The README.md section on the license says Apache-2.0, and so does the license text.',
      },
    ],
  },
  {
    name: 'a crate that takes over what its workspace declares passes, and one whose workspace is not at hand is not known',
    facts: {
      ...READ,
      declared: those(
        declares('crates/a/Cargo.toml', 'Apache-2.0'),
        declares('crates/b/Cargo.toml', null, {
          license: {
            text: 'workspace',
            expression: null,
            line: 4,
            untold: 'takes its license from a workspace that is not here',
          },
        }),
      ),
    },
    findings: [
      {
        outcome: 'pass',
        about: 'crates/a/Cargo.toml',
        says: 'crates/a/Cargo.toml declares Apache-2.0, as the text in LICENSE is.',
      },
      {
        outcome: 'unknown',
        about: 'crates/b/Cargo.toml',
        says: 'crates/b/Cargo.toml takes its license from a workspace that is not here.',
        location: { path: 'crates/b/Cargo.toml', line: 4 },
      },
    ],
  },
  {
    name: 'files named after their licenses offer a choice, and the line to write says so',
    facts: { ...READ, declared: those(declares('Cargo.toml', 'ISC', { governing: BOTH })) },
    findings: [
      {
        outcome: 'fail',
        about: 'Cargo.toml',
        says: 'Cargo.toml declares ISC, and the texts in LICENSE-APACHE and LICENSE-MIT are Apache-2.0 OR MIT.',
        fix: 'Write license = "Apache-2.0 OR MIT". If ISC is right instead, replace the texts in LICENSE-APACHE and LICENSE-MIT; every copyright holder must agree.',
        location: { path: 'Cargo.toml', line: 5 },
      },
    ],
  },
  {
    name: 'a file that offers the others to choose from makes them a choice',
    facts: {
      ...READ,
      declared: those(
        declares('Cargo.toml', null, {
          governing: [file('COPYING', 'Unlicense OR MIT'), file('LICENSE-MIT', 'MIT'), file('UNLICENSE', 'Unlicense')],
        }),
      ),
    },
    findings: [
      {
        outcome: 'fail',
        about: 'Cargo.toml',
        says: 'Cargo.toml declares no license.',
        fix: 'Add license = "Unlicense OR MIT".',
        location: { path: 'Cargo.toml' },
      },
    ],
  },
  {
    name: 'where texts leave open how they are meant, no line is proposed',
    facts: {
      ...READ,
      declared: those(
        declares('widget.cabal', 'BSD-3-Clause', { governing: [APACHE, file('LICENSE_plot', 'MIT')] }),
        declares('gnu/widget.cabal', null, { governing: [file('COPYING', 'GPL-3.0-only', 'GPL-3.0-or-later')] }),
      ),
    },
    findings: [
      {
        outcome: 'fail',
        about: 'widget.cabal',
        says: 'widget.cabal declares BSD-3-Clause, and the texts in LICENSE and LICENSE_plot are Apache-2.0 and MIT.',
        fix: 'Declare Apache-2.0 and MIT as they are meant, joined by AND or OR. If BSD-3-Clause is right instead, replace the texts in LICENSE and LICENSE_plot; every copyright holder must agree.',
        location: { path: 'widget.cabal', line: 5 },
      },
      {
        outcome: 'fail',
        about: 'gnu/widget.cabal',
        says: 'gnu/widget.cabal declares no license.',
        fix: 'Declare the one that is meant: GPL-3.0-only or GPL-3.0-or-later.',
        location: { path: 'gnu/widget.cabal' },
      },
    ],
  },
  {
    name: 'of several texts those are named that hold what is declared',
    facts: {
      ...READ,
      declared: those(declares('widget.cabal', 'Apache-2.0', { governing: [APACHE, file('LICENSE_plot', 'MIT')] })),
    },
    findings: [{ outcome: 'pass', about: 'widget.cabal', says: 'widget.cabal declares Apache-2.0, as the text in LICENSE is.' }],
  },
  {
    name: 'Cabal reads a license text without a license as none',
    facts: { ...READ, declared: those(declares('widget.cabal', null, { licenseFile: 'LICENSE', named: APACHE })) },
    findings: [
      {
        outcome: 'fail',
        about: 'widget.cabal',
        says: 'widget.cabal declares no license.',
        fix: 'Add license: Apache-2.0.',
        location: { path: 'widget.cabal' },
      },
    ],
  },
  {
    name: 'a license text that a manifest names has to be there and to be known',
    facts: {
      ...READ,
      declared: those(
        declares('a/w.cabal', '?OtherLicense', { licenseFile: 'COPYRIGHT', named: 'missing' }),
        declares('b/package.json', '?SEE LICENSE IN ../../TERMS', { licenseFile: '../../TERMS', named: 'elsewhere' }),
        declares('c/Cargo.toml', null, { licenseFile: 'LICENSE', named: ALTERED }),
      ),
    },
    findings: [
      {
        outcome: 'fail',
        about: 'a/w.cabal',
        says: 'a/w.cabal names COPYRIGHT as its license text, and there is no such file.',
        fix: 'Add the file, or name the one that is there.',
        location: { path: 'a/w.cabal' },
      },
      {
        outcome: 'unknown',
        about: 'b/package.json',
        says: 'b/package.json names ../../TERMS as its license text; what that holds is not known, because it lies where Steward does not look.',
        location: { path: 'b/package.json' },
      },
      {
        outcome: 'unknown',
        about: 'c/Cargo.toml',
        says: 'c/Cargo.toml names LICENSE as its license text; what that holds is not known, because it is not the Apache-2.0 text: its words were changed.',
        location: { path: 'c/Cargo.toml' },
      },
    ],
  },
  {
    name: 'a text that a manifest names itself comes before those of its folder',
    facts: {
      ...READ,
      declared: those(declares('lib/widget.cabal', 'MIT', { licenseFile: 'COPYRIGHT', named: file('lib/COPYRIGHT', 'MIT') })),
    },
    findings: [
      { outcome: 'pass', about: 'lib/widget.cabal', says: 'lib/widget.cabal declares MIT, as the text in lib/COPYRIGHT is.' },
    ],
  },
  {
    name: 'a license text below the root that was altered fails, with the first words that were changed',
    facts: {
      ...READ,
      declared: those(declares('lib/widget.cabal', 'Apache-2.0', { governing: [{ ...ALTERED, path: 'lib/LICENSE' }] })),
    },
    findings: [
      {
        outcome: 'unknown',
        about: 'lib/widget.cabal',
        says: 'lib/widget.cabal declares Apache-2.0; whether that is so is not known, because lib/LICENSE is not the Apache-2.0 text: its words were changed.',
        location: { path: 'lib/widget.cabal', line: 5 },
      },
      {
        outcome: 'fail',
        about: 'lib/LICENSE',
        says: 'lib/LICENSE is not the Apache-2.0 text: line 70 adds “not”.',
        fix: 'Put the text of Apache-2.0 back.',
        location: { path: 'lib/LICENSE', line: 70 },
      },
    ],
  },
  {
    name: 'npm writes UNLICENSED where nobody may use a package, which no license text beside it fits',
    facts: {
      ...READ,
      declared: those(declares('d/package.json', null, { license: { text: 'UNLICENSED', expression: 'NONE', line: 5 } })),
    },
    findings: [
      {
        outcome: 'fail',
        about: 'd/package.json',
        says: 'd/package.json says UNLICENSED (nobody may use it), and the text in LICENSE is Apache-2.0.',
        fix: `Write "license": "Apache-2.0". If UNLICENSED ${CONSENT}`,
        location: { path: 'd/package.json', line: 5 },
      },
    ],
  },
  {
    name: 'a classifier of Python without a version fits every version, and one that names another license than the field fails',
    facts: {
      ...READ,
      declared: those(
        declares('a/setup.cfg', null, {
          license: {
            text: 'License :: OSI Approved :: Apache Software License',
            expression: null,
            line: 7,
            may: ['Apache-2.0', 'Apache-1.1'],
          },
        }),
        declares('b/setup.cfg', null, {
          license: { text: 'Apache-2.0', expression: 'Apache-2.0', line: 4, against: 'License :: OSI Approved :: MIT License' },
        }),
        declares('c/setup.cfg', 'ISC'),
      ),
    },
    findings: [
      {
        outcome: 'pass',
        about: 'a/setup.cfg',
        says: 'a/setup.cfg declares License :: OSI Approved :: Apache Software License, as the text in LICENSE is.',
      },
      {
        outcome: 'fail',
        about: 'b/setup.cfg',
        says: 'b/setup.cfg declares Apache-2.0, and its classifier says License :: OSI Approved :: MIT License.',
        fix: 'Remove the one that is wrong; license alone is enough.',
        location: { path: 'b/setup.cfg', line: 4 },
      },
      {
        outcome: 'fail',
        about: 'c/setup.cfg',
        says: 'c/setup.cfg declares ISC, and the text in LICENSE is Apache-2.0.',
        fix: `Write license = Apache-2.0. If ISC ${CONSENT}`,
        location: { path: 'c/setup.cfg', line: 5 },
      },
    ],
  },
  {
    name: 'a section that also speaks of other parts passes as long as it names the license',
    facts: {
      licenses: [APACHE],
      declared: those(),
      readme: [
        { path: 'README.md', line: 8, expression: 'CC-BY-4.0', by: 'section', mentions: ['Apache-2.0', 'CC-BY-4.0'] },
        { path: 'README.txt', line: 8, expression: 'MIT', by: 'section', mentions: ['MIT'] },
      ],
    },
    findings: [
      { outcome: 'pass', about: 'README.md section', says: 'The README.md section on the license names Apache-2.0.' },
      {
        outcome: 'fail',
        about: 'README.txt section',
        says: 'The README.txt section on the license says MIT, and the text in LICENSE is Apache-2.0.',
        fix: 'Name Apache-2.0 in that section.',
        location: { path: 'README.txt', line: 8 },
      },
    ],
  },
  {
    name: 'Cabal tells ids by their case, so the right spelling is proposed',
    facts: {
      ...READ,
      declared: those(declares('w.cabal', null, { license: { text: 'apache-2.0', expression: null, line: 5 }, governing: [] })),
    },
    findings: [
      {
        outcome: 'fail',
        about: 'w.cabal',
        says: 'What w.cabal declares is no SPDX expression: apache-2.0.',
        fix: 'Write license: Apache-2.0; the ids are at https://spdx.org/licenses.',
        location: { path: 'w.cabal', line: 5 },
      },
    ],
  },
  {
    name: 'manifests beyond those that Steward reads are not known',
    facts: { ...READ, declared: { read: [], texts: {}, left: 12 } },
    findings: [
      {
        outcome: 'unknown',
        about: 'manifests',
        says: '12 more manifests were not read: there are more than Steward reads in one repository.',
      },
    ],
  },
  {
    name: 'where nothing declares a license there is nothing to compare',
    facts: { ...READ, declared: those() },
    findings: [{ outcome: 'exempt', about: 'manifests', says: 'Nothing here declares a license.' }],
  },
]);
