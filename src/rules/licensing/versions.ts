/** The order of versions in families that spdx-satisfies knows wrongly, or not to their end. */
import type { License } from '../../facts/spdx/expression.ts';

/**
 * Oldest first. Ids of eight characters are "or later" to spdx-satisfies, whatever they say (`endsWith` is written with
 * `indexOf`); its lists of EUPL and CECILL end early; the GFDL with and without invariant sections it cannot parse.
 */
const FAMILIES: readonly (readonly string[])[] = [
  ['APSL-1.0', 'APSL-1.1', 'APSL-1.2', 'APSL-2.0'],
  ['CDDL-1.0', 'CDDL-1.1'],
  ['CECILL-1.0', 'CECILL-1.1', 'CECILL-2.0', 'CECILL-2.1'],
  ['EUPL-1.0', 'EUPL-1.1', 'EUPL-1.2'],
  ['LPPL-1.0', 'LPPL-1.1', 'LPPL-1.2', 'LPPL-1.3a', 'LPPL-1.3c'],
  ['GFDL-1.1-invariants', 'GFDL-1.2-invariants', 'GFDL-1.3-invariants'],
  ['GFDL-1.1-no-invariants', 'GFDL-1.2-no-invariants', 'GFDL-1.3-no-invariants'],
];

interface Place {
  readonly family: number;
  readonly version: number;
}

const PLACES: ReadonlyMap<string, Place> = new Map(
  FAMILIES.flatMap((ids, family) => ids.map((id, version) => [id, { family, version }] as const)),
);

/** Whether a license offers "or later" versions too. */
export function isOrLater({ id, orLater }: License): boolean {
  return orLater || id.endsWith('-or-later');
}

/** What ids of one family begin with: `GPL` of `GPL-2.0-or-later`. Nothing of another family is ever "later". */
export function stemOf(id: string): string {
  return id.replace(/-\d.*$/, '').toLowerCase();
}

/** Whether the license offers a version that the entry covers; null: neither is in one of these families. */
export function isCoveredInOrder(license: License, entry: License): boolean | null {
  const [offered, covered] = [placeOf(license), placeOf(entry)];
  if (offered === null && covered === null) return null;
  if (offered?.family !== covered?.family || offered === null || covered === null) return false;
  if (offered.version === covered.version) return true;
  return offered.version < covered.version ? isOrLater(license) : isOrLater(entry);
}

function placeOf({ id }: License): Place | null {
  return PLACES.get(id.replace(/-(?:only|or-later)$/, '')) ?? null;
}
