/** Makes `src/facts/license/texts.json` from the SPDX list: `node test/support/license-texts.ts` writes it, a test compares it. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fingerprint } from '../../src/facts/license/identify.ts';
import { normalize } from '../../src/facts/license/normalize.ts';

const require = createRequire(import.meta.url);
export const LIST = require('spdx-license-list/full') as Readonly<Record<string, { readonly licenseText: string }>>;
const DEPRECATED = new Set(require('spdx-license-ids/deprecated.json') as readonly string[]);

/** Ids that SPDX has withdrawn; those that end in `+` are expressions by now. */
export function isDeprecated(id: string): boolean {
  return DEPRECATED.has(id) || id.endsWith('+');
}

/** Shorter texts say too little to be told from other words. */
const FEWEST_CHARACTERS = 60;

/** The file's content: fingerprints of normalized texts with the ids they stand for, joined by blanks. */
export function licenseTexts(): string {
  const ids = new Map<string, Set<string>>();
  for (const [id, { licenseText }] of Object.entries(LIST)) {
    if (isDeprecated(id)) continue;
    for (const text of variants(id, licenseText)) {
      const words = normalize(text);
      if (words === null || words.length < FEWEST_CHARACTERS) continue;
      const key = fingerprint(words);
      ids.set(key, (ids.get(key) ?? new Set()).add(id));
    }
  }
  const rows = [...ids].map(([key, names]) => [key, told(names).join(' ')] as const);
  return `${JSON.stringify(Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`;
}

/** The text as listed, without what follows its terms, and in the spellings that SPDX's templates allow. */
function variants(id: string, text: string): readonly string[] {
  const all = [text];
  const end = /end of (?:the )?terms and conditions/i.exec(text);
  if (end) all.push(text.slice(0, end.index), text.slice(0, end.index + end[0].length), text.replace(end[0], ''));
  if (id === 'ISC') all.push(text.replace('modify, and/or distribute', 'modify, and distribute'));
  if (id.startsWith('MIT'))
    all.push(text.replace('and this permission notice shall', 'and this permission notice (including the next paragraph) shall'));
  if (id.startsWith('BSD-')) {
    all.push(...all.map((one) => one.replace('nor the names of its contributors may', 'nor the names of contributors may')));
    all.push(...all.map((one) => one.replace('COPYRIGHT HOLDER OR CONTRIBUTORS', 'COPYRIGHT OWNER OR CONTRIBUTORS')));
  }
  if (/^CC-BY.*-4\.0$/.test(id)) all.push(asCreativeCommonsPublishes(text));
  if (id.startsWith('LGPL-3.0')) {
    const general = text.indexOf('GNU GENERAL PUBLIC LICENSE', 1000);
    if (general > 0) all.push(text.slice(0, general));
  }
  return all;
}

/** The plain text on creativecommons.org names two wiki pages and has one sentence more than the one on the SPDX list. */
function asCreativeCommonsPublishes(text: string): string {
  return text
    .replace(/(More considerations for licensors)\./, '$1: wiki.creativecommons.org/Considerations_for_licensors')
    .replace(/(More considerations for the public)\./, '$1: wiki.creativecommons.org/Considerations_for_licensees')
    .replace(
      /(will be considered the .Licensor\.. )/,
      '$1The text of the Creative Commons public licenses is dedicated to the public domain under the CC0 Public Domain Dedication. ',
    );
}

/** One text, several ids: the plain id where there is one, else what only a header can tell apart (-only, -or-later). */
function told(ids: ReadonlySet<string>): readonly string[] {
  const names = [...ids].sort();
  const plain = names.filter((name) => names.every((other) => other.startsWith(name)));
  const suffixed = names.filter((name) => /^[A-Z]+-[\d.]+-(?:only|or-later)$/.test(name));
  return plain.length > 0 ? plain : suffixed.length > 0 ? suffixed : names;
}

if (import.meta.main) writeFileSync(new URL('../../src/facts/license/texts.json', import.meta.url), licenseTexts());
