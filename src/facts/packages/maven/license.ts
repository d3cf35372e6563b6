/** Licenses as Maven and Gradle declare them: a name in words and an address. */
import { declared, expressionOf } from '../declared.ts';
import type { Declared } from '../package.ts';

export interface NamedLicense {
  readonly name: string | null;
  readonly url: string | null;
  readonly line: number | null;
}

/**
 * What the licenses of a POM mean together. Who is offered several may choose one of them
 * (https://maven.apache.org/pom.html#Licenses), so they are joined by OR; one that cannot be told makes all untold.
 */
export function declaredLicense(licenses: readonly NamedLicense[]): Declared | null {
  const stated = licenses.filter(({ name, url }) => name !== null || url !== null);
  const first = stated[0];
  if (first === undefined) return null;
  if (stated.length > MOST) return { text: `${stated.length} licenses`, expression: null, line: first.line };
  const text = [...new Set(stated.map(({ name, url }) => name ?? url))].join('\n');
  const expressions = stated.map(meaning);
  if (expressions.some((expression) => expression === null)) return { text, expression: null, line: first.line };
  const distinct = [...new Set(expressions)].map((expression) => (joins(expression) ? `(${expression ?? ''})` : expression));
  return { ...declared(distinct.join(' OR '), first.line), text };
}

/** Nobody offers the choice of more. */
const MOST = 20;

/** By the name as SPDX has it, by a known name, or by a known address; null: name and address say nothing, or not the same. */
function meaning({ name, url }: NamedLicense): string | null {
  const byName = name === null ? undefined : (expressionOf(name) ?? NAMES.get(plain(name)));
  const byUrl = url === null ? undefined : ADDRESSES.get(bare(url));
  if (byName !== undefined && byUrl !== undefined && byName !== byUrl) return isSuffixOnly(byName, byUrl) ? byName : null;
  return byName ?? byUrl ?? null;
}

/** An address of the GPL never says whether a later version may be chosen. */
function isSuffixOnly(one: string, other: string): boolean {
  const base = (id: string): string => id.replace(/-(?:only|or-later)$/, '');
  return base(one) === base(other);
}

function joins(expression: string | null): boolean {
  return expression?.includes(' AND ') === true;
}

/** Lower case, without `the`, `version` and punctuation: `The Apache License, Version 2.0` is `apache license 2.0`. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/\(.*?\)/g, ' ')
    .replace(/[^a-z0-9.+]+/g, ' ')
    .replace(/\b(?:the|version|software)\b/g, ' ')
    .replace(/\bv(?=\d)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Without scheme, `www.`, ending and slash. */
function bare(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/$/, '')
    .replace(/\.(?:txt|html?|php)$/, '');
}

/** Names that POMs on Maven Central use, and mean one license by. `BSD License` and the like are left out: they mean several. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['apache license 2.0', 'Apache-2.0'],
  ['apache 2.0', 'Apache-2.0'],
  ['apache 2', 'Apache-2.0'],
  ['apache license 2', 'Apache-2.0'],
  ['apache 2.0 license', 'Apache-2.0'],
  ['apache license 2.0 apache 2.0', 'Apache-2.0'],
  ['mit license', 'MIT'],
  ['mit', 'MIT'],
  ['isc license', 'ISC'],
  ['bsd 2 clause', 'BSD-2-Clause'],
  ['bsd 2 clause license', 'BSD-2-Clause'],
  ['simplified bsd license', 'BSD-2-Clause'],
  ['bsd 3 clause', 'BSD-3-Clause'],
  ['bsd 3 clause license', 'BSD-3-Clause'],
  ['new bsd license', 'BSD-3-Clause'],
  ['revised bsd license', 'BSD-3-Clause'],
  ['eclipse distribution license 1.0', 'BSD-3-Clause'],
  ['edl 1.0', 'BSD-3-Clause'],
  ['eclipse public license 1.0', 'EPL-1.0'],
  ['epl 1.0', 'EPL-1.0'],
  ['eclipse public license 2.0', 'EPL-2.0'],
  ['eclipse public license 2.0 epl 2.0', 'EPL-2.0'],
  ['epl 2.0', 'EPL-2.0'],
  ['mozilla public license 1.1', 'MPL-1.1'],
  ['mpl 1.1', 'MPL-1.1'],
  ['mozilla public license 2.0', 'MPL-2.0'],
  ['mpl 2.0', 'MPL-2.0'],
  ['common development and distribution license 1.0', 'CDDL-1.0'],
  ['cddl 1.1', 'CDDL-1.1'],
  ['gnu general public license 2', 'GPL-2.0-only'],
  ['gnu general public license 2.0', 'GPL-2.0-only'],
  ['gnu general public license 3', 'GPL-3.0-only'],
  ['gnu general public license 3.0', 'GPL-3.0-only'],
  ['gpl2 w cpe', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['gpl 2 with classpath exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['gnu lesser general public license 2.1', 'LGPL-2.1-only'],
  ['gnu lesser general public license 3.0', 'LGPL-3.0-only'],
  ['gnu lesser general public license 3', 'LGPL-3.0-only'],
  ['gnu affero general public license 3.0', 'AGPL-3.0-only'],
  ['gnu affero general public license 3', 'AGPL-3.0-only'],
  ['cc0', 'CC0-1.0'],
  ['cc0 1.0 universal', 'CC0-1.0'],
  ['boost license 1.0', 'BSL-1.0'],
  ['unlicense', 'Unlicense'],
  ['universal permissive license 1.0', 'UPL-1.0'],
]);

const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['apache.org/licenses/license-2.0', 'Apache-2.0'],
  ['opensource.org/licenses/apache-2.0', 'Apache-2.0'],
  ['opensource.org/licenses/mit', 'MIT'],
  ['opensource.org/licenses/mit-license', 'MIT'],
  ['opensource.org/license/mit', 'MIT'],
  ['opensource.org/licenses/isc', 'ISC'],
  ['opensource.org/licenses/bsd-2-clause', 'BSD-2-Clause'],
  ['opensource.org/licenses/bsd-3-clause', 'BSD-3-Clause'],
  ['eclipse.org/org/documents/edl-v10', 'BSD-3-Clause'],
  ['eclipse.org/legal/epl-v10', 'EPL-1.0'],
  ['eclipse.org/legal/epl-2.0', 'EPL-2.0'],
  ['eclipse.org/legal/epl-v20', 'EPL-2.0'],
  ['mozilla.org/mpl/2.0', 'MPL-2.0'],
  ['mozilla.org/en-us/mpl/2.0', 'MPL-2.0'],
  ['gnu.org/licenses/old-licenses/gpl-2.0', 'GPL-2.0-only'],
  ['gnu.org/licenses/old-licenses/lgpl-2.1', 'LGPL-2.1-only'],
  ['gnu.org/licenses/gpl-3.0', 'GPL-3.0-only'],
  ['gnu.org/licenses/lgpl-3.0', 'LGPL-3.0-only'],
  ['gnu.org/licenses/agpl-3.0', 'AGPL-3.0-only'],
  ['creativecommons.org/publicdomain/zero/1.0', 'CC0-1.0'],
  ['unlicense.org', 'Unlicense'],
]);
