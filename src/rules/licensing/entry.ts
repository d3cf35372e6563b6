/** What stands in the lists of a policy: a license, a category of licenses, or `NONE`. */
import { known, unknown, type Answer } from '../../facts/answer.ts';
import { parseExpression, type Expression, type License } from '../../facts/spdx/expression.ts';
import { nearest } from '../../facts/spdx/nearest.ts';
import { CATEGORIES, type Category } from './shipped.ts';

export type Entry =
  | { readonly kind: 'license'; readonly license: License }
  | { readonly kind: 'category'; readonly category: Category }
  /** What nobody may use. */
  | { readonly kind: 'none' };

/** Longer entries are no license ids. */
const LONGEST_ENTRY = 150;

const CATEGORY = 'category:';

/** Reads `MIT`, `GPL-2.0-only WITH Classpath-exception-2.0`, `LicenseRef-Acme`, `category:permissive` or `NONE`, in any case. */
export function readEntry(text: string): Answer<Entry> {
  if (text.length > LONGEST_ENTRY) return unknown(`it has ${text.length} characters, and no license id has so many`);
  if (text.trim() === '') return unknown('it is empty');
  if (text.trim().toLowerCase().startsWith(CATEGORY)) return readCategory(text.trim().slice(CATEGORY.length));
  const expression = parseExpression(text);
  if (expression.known) return entryOf(expression.value);
  const category = CATEGORIES.find((one) => one === text.trim().toLowerCase());
  return category === undefined ? expression : unknown(`${category} is a category: write ${CATEGORY}${category}`);
}

/** Reads an entry that names a license, and neither a category nor `NONE`. */
export function readLicenseEntry(text: string): Answer<License> {
  const entry = readEntry(text);
  if (!entry.known) return entry;
  return entry.value.kind === 'license' ? known(entry.value.license) : unknown('it names no license');
}

/** A category in any case. */
function readCategory(text: string): Answer<Entry> {
  const name = text.trim().toLowerCase();
  const category = CATEGORIES.find((one) => one === name);
  if (category !== undefined) return known({ kind: 'category', category });
  const meant = nearest(name, CATEGORIES);
  const hint = meant === null ? `there are ${CATEGORIES.join(', ')}` : `did you mean ${CATEGORY}${meant}?`;
  return unknown(`${name.slice(0, 40)} is no category (${hint})`);
}

function entryOf(expression: Expression): Answer<Entry> {
  switch (expression.kind) {
    case 'license':
      return known({ kind: 'license', license: expression });
    case 'none':
      return known({ kind: 'none' });
    case 'no-assertion':
      return unknown('it says that nothing is known');
    case 'and':
    case 'or':
      return unknown('it names several licenses; each is an entry of its own');
  }
}
