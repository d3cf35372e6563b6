/** The license that package.json states, in the present form and in those of old. */
import { entries, isGroup, list, own, text } from '../tree.ts';

/**
 * As written; of the old forms `{ type, url }` and a list of these what the present form would say: npm's documents turn
 * a list into `(ISC OR GPL-3.0)`. Null: it states none.
 */
export function statedLicense(manifest: unknown): string | null {
  return oneOrSeveral(own(manifest, 'license')) ?? oneOrSeveral(own(manifest, 'licenses'));
}

/** The key that states it, for its line. */
export function licenseKey(manifest: unknown): string {
  return oneOrSeveral(own(manifest, 'license')) === null ? 'licenses' : 'license';
}

function oneOrSeveral(value: unknown): string | null {
  if (!Array.isArray(value)) return one(value);
  const stated = list(value).flatMap((entry) => one(entry) ?? []);
  return stated.length > 1 ? `(${stated.join(' OR ')})` : (stated[0] ?? null);
}

function one(value: unknown): string | null {
  return isGroup(value) && entries(value).length > 0 ? (text(own(value, 'type')) ?? text(own(value, 'name'))) : text(value);
}
