/** The category of a license: as a policy says, else as shipped. */
import { printExpression, type License } from '../../facts/spdx/expression.ts';
import { readLicenseEntry } from './entry.ts';
import { versionsOf } from './offered.ts';
import { CATEGORIES, SHIPPED, type Category } from './shipped.ts';

/** Licenses by category, over what is shipped. */
export type Overrides = Readonly<Partial<Record<Category, readonly string[]>>>;

/** Categories by license, in lower case. */
export type Categorized = ReadonlyMap<string, Category>;

const BY_ID: Categorized = new Map(
  CATEGORIES.flatMap((category) =>
    SHIPPED[category]
      .split(/\s+/)
      .filter((id) => id !== '')
      .map((id) => [id.toLowerCase(), category] as const),
  ),
);

/** What a policy overrides; a license that it puts into several categories is of the one that asks most. */
export function categorized(overrides: Overrides): Categorized {
  return new Map(
    CATEGORIES.flatMap((category) =>
      (overrides[category] ?? []).flatMap((written) => namesOf(written).map((name) => [name, category] as const)),
    ),
  );
}

/** An entry "or later" is each of its versions, and itself. */
function namesOf(written: string): readonly string[] {
  const entry = readLicenseEntry(written);
  return entry.known ? [entry.value, ...versionsOf(entry.value)].map(nameOf) : [];
}

/**
 * The category of a license. An exception only adds permission, so a license with one is at worst of the category of the
 * license; what an `AdditionRef-` adds is not known.
 */
export function categoryOf(license: License, overrides: Categorized): Category {
  const whole = overrides.get(nameOf(license));
  if (whole !== undefined) return whole;
  if (license.exception?.includes('AdditionRef-') === true) return 'uncategorized';
  const bare = license.id.toLowerCase();
  return overrides.get(bare) ?? BY_ID.get(bare) ?? 'uncategorized';
}

function nameOf(license: License): string {
  return printExpression(license).toLowerCase();
}
