/** What a comparison shows: a license, altered or not, a text that is near one, or nothing of the kind. */
import type { Comparison } from './compare.ts';

/** From this share of its words on an altered license is named as the one it was made of. */
const LEAST_COVERED = 0.7;
const LEAST_DENSE = 0.6;
const LEAST_LEFT = 0.35;
const DENSE = 0.9;
/** A grant of which the whole rest was taken out. */
const LEAST_REST = 0.18;
const LEAST_NEAR = 0.45;
const LEAST_MATCHED = 20;
/** Shorter texts are made of words that stand anywhere; only the whole of one counts. */
const SHORT = 45;

/** What stands there, by how much of the license does, and what was put in. */
export function kindOf(one: Comparison): 'found' | 'near' | 'none' {
  const { matched, terms, added } = one;
  const covered = matched / Math.max(1, terms);
  const dense = matched / Math.max(1, matched + added);
  if (isUnchanged(one)) return 'found';
  if (terms < SHORT || matched < LEAST_MATCHED) return 'none';
  if (covered >= LEAST_COVERED && dense >= LEAST_DENSE) return 'found';
  // What is left of a license of which a part was taken out.
  if (covered >= LEAST_LEFT && dense >= DENSE) return 'found';
  if (covered >= LEAST_REST && isExcerpt(one)) return 'found';
  return covered >= LEAST_NEAR ? 'near' : 'none';
}

/** Every word of the text is the license's own, and one piece of the license is missing: who takes out a clause changes no word. */
export function isExcerpt({ added, material }: Comparison): boolean {
  return added === 0 && material.length <= 1;
}

/** Whether the license stands there as it is. */
export function isUnchanged({ cost, matched }: Comparison): boolean {
  return cost === 0 && matched > 0;
}
