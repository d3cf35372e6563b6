/** Licenses of Python packages: SPDX (PEP 639), free text, or classifiers of the index. */
import { declared } from '../declared.ts';
import type { Declared } from '../package.ts';

/** What `license` in any of its forms and the classifiers say together: the first of them that can be told. */
export function declaredLicense(license: string | null, classifiers: readonly string[], lines: Lines): Declared | null {
  const own = license === null ? null : declared(license, lines.license);
  if (own !== null && own.expression !== null) return own;
  const named = classifiers.filter((classifier) => classifier.startsWith('License ::'));
  if (named.length === 0) return own;
  // A license in words is only told by the classifiers as long as there is just one.
  const expression = named.length === 1 ? (CLASSIFIERS.get(leaf(named[0] ?? '')) ?? null) : null;
  const fromClassifiers = { text: named.join('\n'), expression, line: lines.classifiers };
  return own === null || expression !== null ? fromClassifiers : own;
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
 * `BSD License`, `Apache Software License` and others without a version are left out: they may mean several.
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

/** `Private :: Do Not Upload`: an index refuses such a package. */
export function isPrivate(classifiers: readonly string[]): boolean {
  return classifiers.some((classifier) => classifier.startsWith('Private ::'));
}
