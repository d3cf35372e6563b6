/** Versions among which a license "or later" lets its user choose. */
import { LICENSE_IDS } from '../../facts/spdx/ids.ts';
import type { License } from '../../facts/spdx/expression.ts';
import { isCovered } from './leaf.ts';
import { isOrLater, stemOf } from './versions.ts';

const CHOICES: readonly License[] = LICENSE_IDS.map((id) => licenseOf(id)).filter((license) => !isOrLater(license));
const BY_STEM: ReadonlyMap<string, readonly License[]> = Map.groupBy(CHOICES, ({ id }) => stemOf(id));

/** As many at most as there are ids, so it needs no cap. */
const remembered = new Map<string, readonly License[]>();

/** The versions that SPDX knows today, oldest first, each with the exception of the license; a license of one version is its own. */
export function versionsOf(license: License): readonly License[] {
  if (!isOrLater(license)) return [license];
  const offered = offeredBy({ ...license, exception: null });
  return license.exception === null ? offered : offered.map((version) => ({ ...version, exception: license.exception }));
}

function offeredBy(license: License): readonly License[] {
  const before = remembered.get(license.id);
  if (before !== undefined) return before;
  const found = (BY_STEM.get(stemOf(license.id)) ?? []).filter((version) => isCovered(license, version) === 'yes');
  const versions = found.length === 0 ? [{ ...license, orLater: false }] : found;
  remembered.set(license.id, versions);
  return versions;
}

function licenseOf(id: string): License {
  return { kind: 'license', id, orLater: false, exception: null };
}
