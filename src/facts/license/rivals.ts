/** Which of the licenses that may stand at a place explains its words best, and which of them need not be compared. */
import type { Comparison } from './compare.ts';
import { OPTIONAL, SLOT, type LicenseText } from './index-format.ts';
import { isExcerpt, isUnchanged } from './kind.ts';
import type { Window } from './windows.ts';

/** A change weighs as much as so many equal words: what is explained without changes is explained better. */
const CHANGE = 2;
/** A license that stands there unchanged is preferred to a changed one that it has so much of. */
const LEAST_UNCHANGED = 0.2;
/** With a smaller share of its runs a license is changed. */
const LEAST_RIVAL = 0.75;
const LEAST_EXCERPT = 0.7;
/** A rival that shares so much less is not worth the comparison. */
const FAR = 0.6;
const ALLOWED = 120;
/** Words beside a license that say nothing: titles. */
const EDGE = 4;

/** Of texts that say the same the best known is named; of two that a clause tells apart, the one without it stands first. */
const POPULAR = [
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'ISC',
  'MPL-2.0',
  'Unlicense',
  'Zlib',
  'BSL-1.0',
  'HPND',
  'X11',
  'NTP',
];

/** Whether the first of two licenses explains the words at its place better. */
export function isBetter(one: Comparison, other: Comparison, licenses: readonly LicenseText[]): boolean {
  if (isUnchanged(one) !== isUnchanged(other)) {
    const [same, altered] = isUnchanged(one) ? [one, other] : [other, one];
    if (same.matched >= LEAST_UNCHANGED * altered.matched) return same === one;
  }
  if (isExcerpt(one) !== isExcerpt(other)) {
    const [part, altered] = isExcerpt(one) ? [one, other] : [other, one];
    if (part.matched >= LEAST_EXCERPT * altered.matched) return part === one;
  }
  if (areLikeExcerpts(one, other)) {
    const [place, otherPlace] = [rank(one, licenses), rank(other, licenses)];
    if (place !== otherPlace) return place < otherPlace;
  }
  const [worth, otherWorth] = [one, other].map(({ matched, cost }) => matched - CHANGE * cost);
  if (worth !== otherWorth) return (worth ?? 0) > (otherWorth ?? 0);
  const [length, otherLength] = [one.end - one.start, other.end - other.start];
  // The published form that has more of what goes before and after the terms.
  if (isUnchanged(one) && length !== otherLength) return length > otherLength;
  if (one.slack !== other.slack) return one.slack < other.slack;
  return rank(one, licenses) < rank(other, licenses);
}

/** Both lack a clause, and have the rest in common: what is left does not tell which of them it was. */
function areLikeExcerpts(one: Comparison, other: Comparison): boolean {
  return [one, other].every((each) => isExcerpt(each) && !isUnchanged(each)) && Math.abs(one.matched - other.matched) <= EDGE;
}

function rank({ window }: Comparison, licenses: readonly LicenseText[]): number {
  const place = POPULAR.indexOf(licenses[window.license]?.ids[0] ?? '');
  return place < 0 ? POPULAR.length : place;
}

/** A rival with more differences cannot explain more: titles, names and the words around it are allowed for. */
export function mostOf({ words, marks }: LicenseText, best: Comparison | null): number | undefined {
  if (best === null) return undefined;
  const optional = marks.reduce((sum, mark) => sum + ((mark & (SLOT | OPTIONAL)) === 0 ? 0 : 1), 0);
  return Math.max(0, words.length - best.matched + CHANGE * best.cost) + optional + ALLOWED;
}

/** A license that stands there without changes cannot be outdone by one that shares less within the same words. */
export function isSettled(best: Comparison, window: Window, size: number): boolean {
  if (window.share < FAR * best.window.share && best.matched >= window.share * size) return true;
  if (!isUnchanged(best)) return false;
  if (window.share < LEAST_RIVAL && best.matched >= LEAST_UNCHANGED * size) return true;
  return isWithin(window, best) && (best.slack === 0 || window.share < best.window.share);
}

/** Whether all of it lies in what the license explains, titles apart. */
export function isWithin(
  { first, last }: { readonly first: number; readonly last: number },
  { start, end }: Comparison,
): boolean {
  return first >= start - EDGE && last <= end + EDGE;
}
