/** What a text says beside the licenses in it: words that take away from what a license grants alter it. */
import type { Comparison, Reading } from './compare.ts';
import type { Span, WordEdit } from './detection.ts';
import { quoteText, type Spanning } from './edits.ts';
import { forbidsPlainly, setsLimits } from './limits.ts';

/** Words beside a license that far from it speak of something else. */
const NEAR = 120;
const LONGEST_SENTENCE = 80;

/** Every sentence that sets terms of its own near a license text, outside of what is `claimed` by headers, tags and exceptions. */
export function remainder(
  found: readonly Comparison[],
  claimed: readonly Span[],
  reading: Reading,
  span: Spanning,
): readonly WordEdit[] {
  const { length } = reading.tokens.starts;
  const edits: WordEdit[] = [];
  let at = 0;
  for (const { start, end } of [...found, { start: length, end: length }]) {
    for (const [from, to] of sentences(reading, at, start))
      if (isNear(from, to, found) && isLimit(reading, from, to, span, claimed)) edits.push(editOf(from, to, reading, span));
    at = Math.max(at, end);
  }
  return edits;
}

/** Characters around a tag or a notice in which what is forbidden belongs to it. */
const BESIDE = 400;

/** Sentences that forbid uses right beside what only names a license. */
export function beside(claimed: readonly Span[], reading: Reading, span: Spanning): readonly WordEdit[] {
  if (claimed.length === 0) return [];
  return sentences(reading, 0, reading.tokens.starts.length)
    .filter(([from, to]) => {
      const place = span(from, to);
      const isBeside = claimed.some((one) => place.start < one.end + BESIDE && one.start < place.end + BESIDE);
      return isBeside && forbidsPlainly(wordsOf(reading, from, to));
    })
    .map(([from, to]) => editOf(from, to, reading, span));
}

/** From word to word. */
function sentences({ text, tokens }: Reading, from: number, to: number): readonly (readonly [number, number])[] {
  const all: [number, number][] = [];
  let begin = from;
  for (let at = from; at < to; at += 1) {
    const next = tokens.starts[at + 1] ?? text.length;
    const between = text.slice(tokens.ends[at], Math.min(next, (tokens.ends[at] ?? 0) + 40));
    if (at + 1 < to && at - begin < LONGEST_SENTENCE && !/[.!?](?:["')\]*]*)\s|\n\s*\n/.test(between)) continue;
    all.push([begin, at + 1]);
    begin = at + 1;
  }
  return all;
}

function isNear(from: number, to: number, found: readonly Comparison[]): boolean {
  return found.some(({ start, end }) => to >= start - NEAR && from <= end + NEAR);
}

function isLimit(reading: Reading, from: number, to: number, span: Spanning, claimed: readonly Span[]): boolean {
  if (!setsLimits(wordsOf(reading, from, to))) return false;
  const place = span(from, to);
  return !claimed.some((one) => overlaps(place, one));
}

function wordsOf({ tokens, spell }: Reading, from: number, to: number): string {
  return Array.from(tokens.words.subarray(from, to), spell).join(' ');
}

function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

function editOf(from: number, to: number, reading: Reading, span: Spanning): WordEdit {
  const before = quoteText(reading, Math.max(0, from - 6), from);
  const after = quoteText(reading, to, Math.min(reading.tokens.words.length, to + 6));
  return { removed: '', added: quoteText(reading, from, to), before, after, span: span(from, to) };
}
