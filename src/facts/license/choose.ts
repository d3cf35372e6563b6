/** Chooses the licenses that stand in a text: of all that may stand at a place, the one that explains most of its words. */
import { compare, type Comparison, type Reading } from './compare.ts';
import { OPTIONAL, SLOT, type LicenseText } from './index-format.ts';
import type { Shared, Window } from './windows.ts';

export interface Chosen {
  /** Licenses that stand there, altered or not. */
  readonly found: readonly Comparison[];
  /** Texts that are near a license, and too far away to be called one. */
  readonly near: readonly Comparison[];
}

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
const REACH = 24;
const MOST_RIVALS = 24;
const MOST_WINDOWS = 600;
/** A file with more is a list of other people's licenses, and no rule can hold against it. */
export const MOST_TEXTS = 50;
/** Words beside a license that say nothing: titles. */
const EDGE = 4;
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

/** Of texts that say the same, the best known is named. */
const POPULAR = [
  'MIT',
  'Apache-2.0',
  'BSD-3-Clause',
  'BSD-2-Clause',
  'ISC',
  'MPL-2.0',
  '0BSD',
  'Unlicense',
  'Zlib',
  'BSL-1.0',
  'HPND',
  'X11',
  'NTP',
];

/** What is known of windows while nothing new has been found. */
type Compared = Map<Window, Comparison | null>;

export function choose(shared: Shared, licenses: readonly LicenseText[], reading: Reading): Chosen {
  const taken = new Uint8Array(reading.tokens.words.length);
  return whole(shared, licenses, reading, taken) ?? parts(windowsIn(shared, licenses), licenses, reading, taken);
}

/** The license that may explain most, where it stands there unchanged and nothing else in the text is like a license. */
function whole(shared: Shared, licenses: readonly LicenseText[], reading: Reading, taken: Uint8Array): Chosen | null {
  const [likeliest = -1] = shared.licenses;
  const license = licenses[likeliest];
  const [window, second] = license ? shared.windowsOf(likeliest) : [];
  if (!license || !window || second) return null;
  const one = compare(window, license, reading, taken);
  if (one === null || one.cost + one.slack > 0 || one.matched < one.terms) return null;
  return isWithin(shared, one) ? { found: [one], near: [] } : null;
}

function windowsIn(shared: Shared, licenses: readonly LicenseText[]): readonly Window[] {
  const worth = ({ license, share }: Window): number => share * (licenses[license]?.length ?? 0);
  return shared.licenses
    .flatMap((license) => shared.windowsOf(license))
    .sort((a, b) => worth(b) - worth(a) || a.from - b.from || a.license - b.license)
    .slice(0, MOST_WINDOWS);
}

function parts(windows: readonly Window[], licenses: readonly LicenseText[], reading: Reading, taken: Uint8Array): Chosen {
  const found: Comparison[] = [];
  const near: Comparison[] = [];
  let open = windows;
  const compared: Compared = new Map();
  for (let first = open[0]; first !== undefined && reading.budget.steps > 0 && found.length <= MOST_TEXTS; first = open[0]) {
    const best = bestOf(first, open, licenses, reading, taken, compared);
    const kind = best === null ? 'none' : kindOf(best);
    if (best !== null && kind === 'found') {
      found.push(best);
      taken.fill(1, best.start, best.end);
      for (const window of compared.keys()) if (touches(window, best)) compared.delete(window);
    } else if (best !== null && kind === 'near') near.push(best);
    const gone = first;
    reading.budget.steps -= open.length;
    open = open.filter(
      (window) =>
        window !== gone && window !== best?.window && !(kind === 'found' && touches(window, best) && isTaken(window, taken)),
    );
  }
  return {
    found: found.sort((a, b) => a.start - b.start),
    near: near.filter((one) => !isTaken({ first: one.start, last: one.end }, taken)),
  };
}

/** The best at the place of the first window. */
function bestOf(
  first: Window,
  open: readonly Window[],
  licenses: readonly LicenseText[],
  reading: Reading,
  taken: Uint8Array,
  compared: Compared,
): Comparison | null {
  let best: Comparison | null = null;
  let count = 0;
  for (const window of open) {
    const license = licenses[window.license];
    if (!license || (window !== first && !overlaps(first, window))) continue;
    if (best !== null && isSettled(best, window, license.words.length)) continue;
    const known = compared.get(window);
    const one: Comparison | null = known === undefined ? compare(window, license, reading, taken, mostOf(license, best)) : known;
    compared.set(window, one);
    if (one !== null && (best === null || isBetter(one, best, licenses))) best = one;
    count += 1;
    if (count >= MOST_RIVALS) break;
  }
  return best;
}

/** A rival with more differences cannot explain more: titles, names and the words around it are allowed for. */
function mostOf({ words, marks }: LicenseText, best: Comparison | null): number | undefined {
  if (best === null) return undefined;
  const optional = marks.reduce((sum, mark) => sum + ((mark & (SLOT | OPTIONAL)) === 0 ? 0 : 1), 0);
  return Math.max(0, words.length - best.matched + CHANGE * best.cost) + optional + ALLOWED;
}

/** A license that stands there without changes cannot be outdone by one that shares less within the same words. */
function isSettled(best: Comparison, window: Window, size: number): boolean {
  if (window.share < FAR * best.window.share && best.matched >= window.share * size) return true;
  if (!isUnchanged(best)) return false;
  if (window.share < LEAST_RIVAL && best.matched >= LEAST_UNCHANGED * size) return true;
  return isWithin(window, best) && (best.slack === 0 || window.share < best.window.share);
}

function isWithin({ first, last }: { readonly first: number; readonly last: number }, { start, end }: Comparison): boolean {
  return first >= start - EDGE && last <= end + EDGE;
}

function isBetter(one: Comparison, other: Comparison, licenses: readonly LicenseText[]): boolean {
  if (isUnchanged(one) !== isUnchanged(other)) {
    const [same, altered] = isUnchanged(one) ? [one, other] : [other, one];
    if (same.matched >= LEAST_UNCHANGED * altered.matched) return same === one;
  }
  if (isExcerpt(one) !== isExcerpt(other)) {
    const [part, altered] = isExcerpt(one) ? [one, other] : [other, one];
    if (part.matched >= LEAST_EXCERPT * altered.matched) return part === one;
  }
  const [worth, otherWorth] = [one, other].map(({ matched, cost }) => matched - CHANGE * cost);
  if (worth !== otherWorth) return (worth ?? 0) > (otherWorth ?? 0);
  const [length, otherLength] = [one.end - one.start, other.end - other.start];
  // The published form that has more of what goes before and after the terms.
  if (isUnchanged(one) && length !== otherLength) return length > otherLength;
  if (one.slack !== other.slack) return one.slack < other.slack;
  return rank(one, licenses) < rank(other, licenses);
}

/** Every word of the text is the license's own, and one piece of the license is missing: who takes out a clause changes no word. */
function isExcerpt({ added, material }: Comparison): boolean {
  return added === 0 && material.length <= 1;
}

function isUnchanged({ cost, matched }: Comparison): boolean {
  return cost === 0 && matched > 0;
}

function rank({ window }: Comparison, licenses: readonly LicenseText[]): number {
  const place = POPULAR.indexOf(licenses[window.license]?.ids[0] ?? '');
  return place < 0 ? POPULAR.length : place;
}

function kindOf(one: Comparison): 'found' | 'near' | 'none' {
  const { matched, terms, cost, added } = one;
  const covered = matched / Math.max(1, terms);
  const dense = matched / Math.max(1, matched + added);
  if (cost === 0 && matched > 0) return 'found';
  if (terms < SHORT || matched < LEAST_MATCHED) return 'none';
  if (covered >= LEAST_COVERED && dense >= LEAST_DENSE) return 'found';
  // What is left of a license of which a part was taken out.
  if (covered >= LEAST_LEFT && dense >= DENSE) return 'found';
  if (covered >= LEAST_REST && isExcerpt(one)) return 'found';
  return covered >= LEAST_NEAR ? 'near' : 'none';
}

function overlaps(one: Window, other: Window): boolean {
  const shared = Math.min(one.last, other.last) - Math.max(one.first, other.first);
  return shared > 0.3 * Math.min(one.last - one.first, other.last - other.first);
}

function touches({ from, to }: Window, best: Comparison | null): boolean {
  return best !== null && from - REACH < best.end && to + REACH > best.start;
}

/** Whether most of it belongs to a license that has been found. */
function isTaken({ first, last }: { readonly first: number; readonly last: number }, taken: Uint8Array): boolean {
  let count = 0;
  for (let at = first; at < last; at += 1) count += taken[at] ?? 0;
  return count > 0.3 * (last - first);
}
