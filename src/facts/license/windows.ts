/** Where in a text a license may stand: places that share runs of words with it. */
import { GRAM, gramAt, placeOf, runsOf, type GramTable } from './grams.ts';
import type { LicenseIndex } from './index-format.ts';

export interface Window {
  /** Number of the license text. */
  readonly license: number;
  /** Where the license would begin and end in the words of the text. */
  readonly from: number;
  readonly to: number;
  /** The first and the last shared run. */
  readonly first: number;
  readonly last: number;
  /** 0 to 1: the share of the license's runs that stand here. */
  readonly share: number;
}

/** What a text shares with the licenses. */
export interface Shared {
  /** Licenses that may stand there, the one that may explain most of the text first. */
  readonly licenses: readonly number[];
  /** Where such a license may stand. */
  readonly windowsOf: (license: number) => readonly Window[];
  /** Where the first shared run begins and the last one ends; what lies outside shares nothing. */
  readonly first: number;
  readonly last: number;
}

/** With fewer shared runs nothing is worth a look. */
const LEAST_SHARE = 0.3;
/** Of a license in two sentences one may be left. */
const LEAST_OF_SHORT = 0.16;
const SHORT = 110;
const MANY = 16;
const FEW = 3;
/** A place in a license takes 13 bits beside the distance. */
const LONGEST_LICENSE = 8191;

/** Reads texts one after the other; each answer holds until the next text is read. */
export function sharing({ texts, grams }: Pick<LicenseIndex, 'texts' | 'grams'>): (words: Int32Array) => Shared {
  // Kept, as clearing what a text has marked is cheaper than a new table for each.
  const lastPlace = new Int32Array(grams.keys.length).fill(-1);
  let seen: number[] = [];
  return (words) => {
    for (const slot of seen) lastPlace[slot] = -1;
    seen = [];
    const placeBefore = new Int32Array(words.length);
    let [first, last] = [words.length, 0];
    for (let place = 0; place + GRAM <= words.length; place += 1) {
      const slot = grams.find(gramAt(words, place));
      if (slot < 0) continue;
      if (first > place) first = place;
      last = place + GRAM;
      const before = lastPlace[slot] ?? -1;
      if (before < 0) seen.push(slot);
      placeBefore[place] = before;
      lastPlace[slot] = place;
    }
    const hits = hitsOf(seen, grams, texts.length);
    const shares = texts.map((text, license) => (hits[license] ?? 0) / Math.max(1, runsOf(text.length)));
    const worth = (license: number): number => (shares[license] ?? 0) * (texts[license]?.length ?? 0);
    return {
      licenses: [...shares.keys()]
        .filter((license) => (shares[license] ?? 0) >= leastOf(texts[license]?.length ?? 0))
        .sort((a, b) => worth(b) - worth(a) || a - b),
      windowsOf: (license) => {
        const text = texts[license];
        return text ? windowsOf(license, text.words, grams, lastPlace, placeBefore) : [];
      },
      first,
      last,
    };
  };
}

function leastOf(length: number): number {
  return length <= SHORT ? LEAST_OF_SHORT : LEAST_SHARE;
}

function hitsOf(seen: readonly number[], { begins, licenses }: GramTable, count: number): Int32Array {
  const hits = new Int32Array(count);
  for (const slot of seen)
    for (let nth = begins[slot] ?? 0; nth < (begins[slot + 1] ?? 0); nth += 1) {
      const license = licenses[nth] ?? 0;
      hits[license] = (hits[license] ?? 0) + 1;
    }
  return hits;
}

/** Groups the shared runs of one license by their distance from where it would begin. */
function windowsOf(
  license: number,
  words: Uint16Array,
  grams: GramTable,
  lastPlace: Int32Array,
  placeBefore: Int32Array,
): readonly Window[] {
  const [size, runs] = [words.length, runsOf(words.length)];
  const least = leastOf(size);
  const pairs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const place = placeOf(size, run);
    for (let at = lastPlace[grams.find(gramAt(words, place))] ?? -1; at >= 0; at = placeBefore[at] ?? -1)
      pairs.push((at - place + LONGEST_LICENSE) * (LONGEST_LICENSE + 1) + place);
  }
  const sorted = Int32Array.from(pairs).sort();
  const gap = (12 + (size >> 4)) * (LONGEST_LICENSE + 1);
  const found: Window[] = [];
  let from = 0;
  for (let next = 1; next <= sorted.length; next += 1) {
    if (next < sorted.length && (sorted[next] ?? 0) - (sorted[next - 1] ?? 0) <= gap) continue;
    if (next - from >= least * runs) {
      const window = windowOf(license, size, together(sorted.subarray(from, next)), runs, placeBefore.length);
      if (window.share >= least) found.push(window);
    }
    from = next;
  }
  return found;
}

/** Without runs that stand at a distance of their own: they are shared by chance. */
function together(pairs: Int32Array): Int32Array {
  if (pairs.length < MANY) return pairs;
  const kept: number[] = [];
  let from = 0;
  for (let next = 1; next <= pairs.length; next += 1) {
    if (next < pairs.length && (pairs[next] ?? 0) - (pairs[next - 1] ?? 0) < 4 * (LONGEST_LICENSE + 1)) continue;
    if (next - from >= FEW) for (const pair of pairs.subarray(from, next)) kept.push(pair);
    from = next;
  }
  return kept.length * 2 < pairs.length ? pairs : Int32Array.from(kept);
}

function windowOf(license: number, size: number, pairs: Int32Array, runs: number, length: number): Window {
  let [first, last, from, to] = [Infinity, 0, 0, 0];
  const places = new Set<number>();
  for (const pair of pairs) {
    const place = pair % (LONGEST_LICENSE + 1);
    const at = (pair - place) / (LONGEST_LICENSE + 1) - LONGEST_LICENSE + place;
    places.add(place);
    if (at < first) {
      first = at;
      from = at - place;
    }
    if (at + GRAM > last) {
      last = at + GRAM;
      to = at - place + size;
    }
  }
  return { license, from: Math.max(0, from), to: Math.min(length, to), first, last, share: Math.min(1, places.size / runs) };
}
