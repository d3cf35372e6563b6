/** What the terms of a policy say of one license. */
import { isReference } from '../../facts/spdx/license.ts';
import type { Leaf, License } from '../../facts/spdx/expression.ts';
import { categoryOf } from './categories.ts';
import { LISTS, type Compiled, type CompiledList, type List } from './compiled.ts';
import { isCovered } from './leaf.ts';
import { versionsOf } from './offered.ts';
import type { Category } from './shipped.ts';
import { stemOf } from './versions.ts';

/** From the worst: of an AND the worst counts, of an OR the best. */
export const STANDINGS = ['deny', 'unknown', 'review', 'allow'] as const;
export type Standing = (typeof STANDINGS)[number];

/** One license, where it stands, and what decided. */
export interface Decision {
  readonly leaf: Leaf;
  readonly standing: Standing;
  /** The version that was chosen of a license "or later", where it is not the oldest; null: there was nothing to choose. */
  readonly chosen: License | null;
  /** The entry that decided, as the policy writes it; null: none names the license. */
  readonly entry: string | null;
  /** The category of the license, or of its version; null: it has none, as nobody said which license it is. */
  readonly category: Category | null;
}

/** Whether the first stands worse than the second. */
export function isWorse(one: Standing, other: Standing): boolean {
  return STANDINGS.indexOf(one) < STANDINGS.indexOf(other);
}

/** A license "or later" is a choice among its versions: the best counts, and the oldest of equals. */
export function decide(leaf: Leaf, terms: Compiled): Decision {
  if (leaf.kind === 'none') return decideNone(leaf, terms);
  if (leaf.kind === 'no-assertion') return { leaf, standing: 'unknown', chosen: null, entry: null, category: null };
  const [oldest = leaf, ...newer] = versionsOf(leaf);
  let best = { ...decideVersion(oldest, terms), leaf };
  for (const version of newer) {
    const decision = decideVersion(version, terms);
    if (isWorse(best.standing, decision.standing)) best = { ...decision, leaf, chosen: version };
  }
  return best;
}

function decideNone(leaf: Leaf, { lists }: Compiled): Decision {
  const list = LISTS.find((one) => lists[one].none !== null);
  return { leaf, standing: list ?? 'deny', chosen: null, entry: list === undefined ? null : lists[list].none, category: null };
}

function decideVersion(license: License, terms: Compiled): Decision {
  const category = categoryOf(license, terms.categories);
  const by = (standing: Standing, entry: string | null): Decision => ({ leaf: license, standing, chosen: null, entry, category });
  for (const list of LISTS) {
    const entry = entryFor(license, category, list, terms);
    if (entry !== null) return by(list, entry);
  }
  return by(unnamed(license, category, terms), null);
}

/** The entry of a list that names the license, or its category; null: none does. */
function entryFor(license: License, category: Category, list: List, terms: Compiled): string | null {
  const { byId, orLater, byCategory } = terms.lists[list];
  const entries = [...(byId.get(license.id.toLowerCase()) ?? []), ...(orLater.get(stemOf(license.id)) ?? [])];
  const named = entries.find((entry) => isNamed(license, entry.license, list, terms));
  if (named !== undefined) return named.written;
  // A reference can stand for anything, so only its own entry allows it; a category, where the policy puts it into one.
  const isAnything = category === 'uncategorized' && !isIdentified(license);
  const isMore = terms.exactExceptions && license.exception !== null;
  return list === 'allow' && (isAnything || isMore) ? null : (byCategory.get(category) ?? null);
}

/** What is denied without an exception is denied with one: who wants to allow that says so by `categories`. */
function isNamed(license: License, entry: License, list: List, { exactExceptions }: Compiled): boolean {
  if (list === 'allow') return isCovered(license, entry, exactExceptions) === 'yes';
  const isOfEntry = entry.exception === null ? { ...license, exception: null } : license;
  return isCovered(isOfEntry, entry) === 'yes';
}

/** Where no entry names a license. It is not known where its category could decide and is not known itself. */
function unnamed(license: License, category: Category, { lists, isOpen }: Compiled): Standing {
  if (category === 'uncategorized' && isIdentified(license) && couldDecide(lists, isOpen)) return 'unknown';
  if (!isOpen) return 'deny';
  return isIdentified(license) || category !== 'uncategorized' ? 'allow' : 'unknown';
}

function isIdentified({ id, exception }: License): boolean {
  return !isReference(id) && (exception === null || !isReference(exception));
}

function couldDecide(lists: Readonly<Record<List, CompiledList>>, isOpen: boolean): boolean {
  const decides = (list: List): boolean => lists[list].byCategory.size > 0;
  return decides('allow') || decides('review') || (isOpen && decides('deny'));
}
