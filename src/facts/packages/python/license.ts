/** Licenses of Python packages: SPDX (PEP 639), free text, or classifiers of the index. */
import { readExpression } from '../../spdx/expression.ts';
import { licensesIn } from '../../spdx/walk.ts';
import { declared } from '../declared.ts';
import type { Declared } from '../package.ts';

/** What `license` in any of its forms and the classifiers say together: the first of them that can be told. */
export function declaredLicense(license: string | null, classifiers: readonly string[], lines: Lines): Declared | null {
  const own = license === null ? null : declared(license, lines.license);
  const named = classifiers.filter((classifier) => classifier.startsWith('License ::'));
  if (own !== null && own.expression !== null) return checked(own, own.expression, named);
  if (named.length === 0) return own;
  // A license in words is only told by the classifiers as long as there is just one.
  const may = named.length === 1 ? meanings(named[0] ?? '') : [];
  const expression = may.length === 1 ? (may[0] ?? null) : null;
  const open = may.length > 1 ? { may } : {};
  if (own !== null && expression === null) return { ...own, ...open };
  return { text: named.join('\n'), expression, line: lines.classifiers, ...open };
}

/** With the first classifier that means none of the licenses of the expression. */
function checked(own: Declared, expression: string, classifiers: readonly string[]): Declared {
  const read = readExpression(expression);
  if (!read.known) return own;
  const ids = licensesIn(read.value).map(({ id }) => familyOf(id));
  const against = classifiers.find((classifier) => {
    const may = meanings(classifier);
    return may.length > 0 && ids.length > 0 && !may.some((id) => ids.includes(familyOf(id)));
  });
  return against === undefined ? own : { ...own, against };
}

/** Classifiers tell `-only` from `-or-later`, and people mix them up; what they contradict is another license. */
function familyOf(id: string): string {
  return id.replace(/-(?:only|or-later)$/, '');
}

/** Every license that a classifier can mean; none: that cannot be told. */
function meanings(classifier: string): readonly string[] {
  const name = leaf(classifier);
  const one = CLASSIFIERS.get(name);
  return one === undefined ? (OPEN.get(name) ?? []) : [one];
}

export interface Lines {
  readonly license: number | null;
  readonly classifiers: number | null;
}

/** `License :: OSI Approved :: MIT License` → `MIT License`. */
function leaf(classifier: string): string {
  return classifier.slice(classifier.lastIndexOf(' :: ') + 4).trim();
}

/**
 * Classifiers that mean one license (https://pypi.org/classifiers/, PEP 639 "Mapping License Classifiers").
 * `BSD License`, `Apache Software License` and others without a version may mean several: see below.
 */
const CLASSIFIERS: ReadonlyMap<string, string> = new Map([
  ['Boost Software License 1.0 (BSL-1.0)', 'BSL-1.0'],
  ['CC0 1.0 Universal (CC0 1.0) Public Domain Dedication', 'CC0-1.0'],
  ['Common Development and Distribution License 1.0 (CDDL-1.0)', 'CDDL-1.0'],
  ['Eclipse Public License 1.0 (EPL-1.0)', 'EPL-1.0'],
  ['Eclipse Public License 2.0 (EPL-2.0)', 'EPL-2.0'],
  ['European Union Public Licence 1.0 (EUPL 1.0)', 'EUPL-1.0'],
  ['European Union Public Licence 1.1 (EUPL 1.1)', 'EUPL-1.1'],
  ['European Union Public Licence 1.2 (EUPL 1.2)', 'EUPL-1.2'],
  ['GNU Affero General Public License v3', 'AGPL-3.0-only'],
  ['GNU Affero General Public License v3 or later (AGPLv3+)', 'AGPL-3.0-or-later'],
  ['GNU General Public License v2 (GPLv2)', 'GPL-2.0-only'],
  ['GNU General Public License v2 or later (GPLv2+)', 'GPL-2.0-or-later'],
  ['GNU General Public License v3 (GPLv3)', 'GPL-3.0-only'],
  ['GNU General Public License v3 or later (GPLv3+)', 'GPL-3.0-or-later'],
  ['GNU Lesser General Public License v2 (LGPLv2)', 'LGPL-2.0-only'],
  ['GNU Lesser General Public License v2 or later (LGPLv2+)', 'LGPL-2.0-or-later'],
  ['GNU Lesser General Public License v3 (LGPLv3)', 'LGPL-3.0-only'],
  ['GNU Lesser General Public License v3 or later (LGPLv3+)', 'LGPL-3.0-or-later'],
  ['ISC License (ISCL)', 'ISC'],
  ['MIT License', 'MIT'],
  ['MIT No Attribution License (MIT-0)', 'MIT-0'],
  ['Mozilla Public License 1.0 (MPL)', 'MPL-1.0'],
  ['Mozilla Public License 1.1 (MPL 1.1)', 'MPL-1.1'],
  ['Mozilla Public License 2.0 (MPL 2.0)', 'MPL-2.0'],
  ['Mulan Permissive Software License v2 (MulanPSL-2.0)', 'MulanPSL-2.0'],
  ['SIL Open Font License 1.1 (OFL-1.1)', 'OFL-1.1'],
  ['The Unlicense (Unlicense)', 'Unlicense'],
  ['Universal Permissive License (UPL)', 'UPL-1.0'],
  ['University of Illinois/NCSA Open Source License', 'NCSA'],
  ['Zero-Clause BSD (0BSD)', '0BSD'],
]);

/** Classifiers that leave open which version is meant (PEP 639, the same mapping). */
const OPEN: ReadonlyMap<string, readonly string[]> = new Map([
  ['Academic Free License (AFL)', ['AFL-1.1', 'AFL-1.2', 'AFL-2.0', 'AFL-2.1', 'AFL-3.0']],
  ['Apache Software License', ['Apache-2.0', 'Apache-1.1', 'Apache-1.0']],
  ['Artistic License', ['Artistic-2.0', 'Artistic-1.0-Perl', 'Artistic-1.0']],
  [
    'BSD License',
    ['BSD-3-Clause', 'BSD-2-Clause', '0BSD', 'BSD-1-Clause', 'BSD-4-Clause', 'BSD-3-Clause-Clear', 'BSD-2-Clause-Patent'],
  ],
  ['GNU Affero General Public License', ['AGPL-3.0-only', 'AGPL-3.0-or-later']],
  [
    'GNU General Public License (GPL)',
    ['GPL-3.0-only', 'GPL-3.0-or-later', 'GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-1.0-only', 'GPL-1.0-or-later'],
  ],
  [
    'GNU Library or Lesser General Public License (LGPL)',
    ['LGPL-3.0-only', 'LGPL-3.0-or-later', 'LGPL-2.1-only', 'LGPL-2.1-or-later', 'LGPL-2.0-only', 'LGPL-2.0-or-later'],
  ],
  ['Python Software Foundation License', ['PSF-2.0', 'Python-2.0', 'Python-2.0.1']],
  ['zlib/libpng License', ['Zlib', 'Libpng', 'zlib-acknowledgement']],
]);

/** `Private :: Do Not Upload`: an index refuses such a package. */
export function isPrivate(classifiers: readonly string[]): boolean {
  return classifiers.some((classifier) => classifier.startsWith('Private ::'));
}
