/** Compares one license with the place in a text where it may stand. */
import { align, type Budget, type Difference } from './align.ts';
import { isHarmless, isName } from './harmless.ts';
import { OPTIONAL, SLOT, type LicenseText } from './index-format.ts';
import { endsSentence } from './shape.ts';
import { setsLimits } from './limits.ts';
import type { Tokens } from './tokens.ts';
import type { Window } from './windows.ts';

export interface Comparison {
  readonly window: Window;
  /** Where the license stands in the words of the text. */
  readonly start: number;
  readonly end: number;
  /** Words of the terms that stand there, and words of the terms. */
  readonly matched: number;
  readonly terms: number;
  /** Changes that may matter. */
  readonly material: readonly Difference[];
  /** Words of these changes, and of those that do not matter. */
  readonly cost: number;
  readonly slack: number;
  /** Words that were put in and may matter. */
  readonly added: number;
}

/** What is known of the text while it is compared. */
export interface Reading {
  readonly text: string;
  readonly tokens: Tokens;
  readonly spell: (word: number) => string;
  readonly budget: Budget;
}

/** Words around the expected place that are looked at too. */
const MARGIN = 12;
/** So many other words in a title or an appendix belong to it; more begin something else. */
const SMALL = 8;
/** A title is shorter. */
const PREAMBLE = 40;
/** The share of a preamble that is left when its titles are taken off. */
const WHOLE = 0.8;
const MOST_DIFFERENCES = 1_500;

/** Null: they differ too much, or in more than `most` words. */
export function compare(
  window: Window,
  license: LicenseText,
  reading: Reading,
  taken: Uint8Array,
  most = MOST_DIFFERENCES,
): Comparison | null {
  const { words } = reading.tokens;
  reading.budget.steps -= license.length >> 1;
  const [from, to] = free(window, words.length, taken);
  const limit = Math.min(most, 60 + Math.floor(license.words.length * 0.75));
  const all = align(license.words, words, from, to, limit, reading.budget);
  if (all === null) return null;
  const slid = all.map((one, nth) => slide(one, all[nth - 1], all[nth + 1], license, reading, from, to));
  return judged(window, license, reading, from, to, slid);
}

/** The window with its margin, as far as no other license stands there. */
function free({ from, to, first, last }: Window, length: number, taken: Uint8Array): readonly [number, number] {
  let [start, end] = [first, last];
  while (start > Math.max(0, from - MARGIN) && taken[start - 1] !== 1) start -= 1;
  while (end < Math.min(length, to + MARGIN) && taken[end] !== 1) end += 1;
  return [start, end];
}

function judged(
  window: Window,
  { words, marks }: LicenseText,
  { tokens, spell }: Reading,
  from: number,
  to: number,
  differences: readonly Difference[],
): Comparison {
  let [start, end, missing, cost, slack] = [from, to, 0, 0, 0];
  const [begin, close] = terms(marks);
  const material: Difference[] = [];
  for (const one of differences) {
    const isBeside = one.to <= begin || one.from >= close;
    const isShort = one.end - one.start <= SMALL;
    if (one.from >= close && one.start > end) continue;
    const isFirst = one.start === from || (one.to <= begin && !isShort);
    const isLast = one.end === to || (one.from >= close && !(isShort && one.to - one.from <= SMALL));
    // What goes before or after the terms is not part of them; what it says is judged by itself.
    const inside = isFirst ? { ...one, start: one.end } : isLast ? { ...one, end: one.start } : one;
    if (isFirst) {
      start = one.end;
      material.length = 0;
      cost = 0;
    }
    if (isLast) end = Math.min(end, one.start);
    const removed: string[] = [];
    let isSlot = roleAt(marks, one.from - 1, SLOT) || roleAt(marks, one.from, SLOT);
    for (let at = one.from; at < one.to; at += 1) {
      if (!roleAt(marks, at, OPTIONAL)) missing += 1;
      if (roleAt(marks, at, SLOT)) isSlot = true;
      else if (!roleAt(marks, at, OPTIONAL)) removed.push(spell(words[at] ?? 0));
    }
    const added = Array.from(tokens.words.subarray(inside.start, inside.end), spell);
    const isFree = isSlot && removed.every((word) => isHarmless([word], [])) && isName(added);
    const gap = one.to - one.from;
    if (begin > PREAMBLE && one.to <= begin && !isFirst && gap > SMALL && gap < WHOLE * begin) {
      // Creative Commons publishes its texts with and without a preamble; who leaves it out leaves out all of it.
      material.push(inside);
      cost += gap;
    } else if (isFree || (isBeside && !isTurned(added) && !setsLimits(added.join(' '))) || isHarmless(removed, added))
      slack += removed.length + added.length;
    else {
      material.push(inside);
      cost += removed.length + added.length;
    }
  }
  const added = material.reduce((sum, one) => sum + one.end - one.start, 0);
  const all = marks.reduce((sum, mark) => sum + ((mark & OPTIONAL) === 0 ? 1 : 0), 0);
  return { window, start, end, matched: all - missing, terms: all, material, cost, slack, added };
}

/** Words that turn what stands around them, even in a title. */
function isTurned(words: readonly string[]): boolean {
  return /\b(?:not|never|except|only|military|non|no|without|unless|must|shall|prohibited|forbidden|restricted|evil|fees?)\b/.test(
    words.join(' '),
  );
}

/** Where the terms begin and end in the license, between what may be left out. */
function terms(marks: Uint8Array): readonly [number, number] {
  let [begin, end] = [0, marks.length];
  while (begin < end && roleAt(marks, begin, OPTIONAL)) begin += 1;
  while (end > begin && roleAt(marks, end - 1, OPTIONAL)) end -= 1;
  return [begin, end];
}

function roleAt(marks: Uint8Array, at: number, role: number): boolean {
  return ((marks[at] ?? 0) & role) !== 0;
}

/** Moves words that were put in or left out as a block, so that the block begins or ends where a sentence or the text does. */
function slide(
  one: Difference,
  before: Difference | undefined,
  after: Difference | undefined,
  { words, marks }: LicenseText,
  { text, tokens }: Reading,
  from: number,
  to: number,
): Difference {
  const isAdded = one.from === one.to;
  if (!isAdded && one.start !== one.end) return one;
  const [a, b] = isAdded ? [one.start, one.end] : [one.from, one.to];
  const row: Readonly<Uint16Array> | Readonly<Int32Array> = isAdded ? tokens.words : words;
  const [least, most] = isAdded ? [before?.end ?? from, after?.start ?? to] : [before?.to ?? 0, after?.from ?? words.length];
  const stops = (at: number): boolean =>
    isAdded
      ? /^["')]*[.;:]/.test(text.slice(tokens.ends[at - 1] ?? 0, (tokens.ends[at - 1] ?? 0) + 3))
      : endsSentence(marks[at - 1] ?? 0);
  // Words before or after the license may begin or end with the same ones as it does.
  const [isLeading, isTrailing] = [before === undefined || before.to === 0, after === undefined || after.from === words.length];
  let best = 0;
  for (let by = 1; b + by <= most && row[a + by - 1] === row[b + by - 1]; by += 1) if (b + by === most && isTrailing) best = by;
  if (best === 0)
    for (let by = -1; a + by >= least && row[a + by] === row[b + by]; by -= 1) if (a + by === least && isLeading) best = by;
  if (best === 0 && !stops(b)) {
    for (let by = 1; best === 0 && b + by < most && row[a + by - 1] === row[b + by - 1]; by += 1) if (stops(b + by)) best = by;
    for (let by = -1; best === 0 && a + by > least && row[a + by] === row[b + by]; by -= 1) if (stops(b + by)) best = by;
  }
  return { from: one.from + best, to: one.to + best, start: one.start + best, end: one.end + best };
}
