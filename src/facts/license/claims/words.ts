/** The words of a text with their places, as far as short forms of licenses need them. */
import type { Span } from '../detection.ts';

/** What stands before a word: nothing, a line's end, a list's bullet, a sentence's end, an empty line, or other text that is left out. */
export type Break = 'none' | 'line' | 'item' | 'sentence' | 'paragraph' | 'gap';

export interface Word {
  /** In lower case and one spelling; numbers with their dots; `+` and `>=` where they belong to a version. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly before: Break;
  /** Of the line it stands in: whether it is the first word. */
  readonly opens: boolean;
}

const WORD = /[\p{L}\p{M}]+|\d+(?:\.\d+)*|\+|>=/gu;

/** Words that mean the same in a license; https://spdx.org/licenses/equivalentwords.txt */
const SAME: ReadonlyMap<string, string> = new Map([
  ['licence', 'license'],
  ['licences', 'licenses'],
  ['licenced', 'licensed'],
  ['lisence', 'license'],
  ['https', 'http'],
  ['ver', 'version'],
  ['vers', 'version'],
  ['v', 'version'],
  ['noncommercial', 'nc'],
]);

const LINE_END = 10;
const BLANK = 32;

/** Comment leaders that are made of letters: m4, DOS and Texinfo. */
const LEADERS: ReadonlySet<string> = new Set(['dnl', 'rem']);

/** Every word outside the spans, which are in order and do not overlap. */
export function wordsOf(text: string, without: readonly Span[]): readonly Word[] {
  const words: Word[] = [];
  let from = 0;
  let line = 1;
  for (const { start, end } of [...without, { start: text.length, end: text.length }]) {
    if (start > from) line = read(text, from, start, line, words);
    line += ends(text, Math.max(from, start), end);
    from = Math.max(from, end);
  }
  return words;
}

/** Adds the words between two places, and says in which line it arrives. */
function read(text: string, from: number, to: number, first: number, words: Word[]): number {
  let line = first;
  let at = from;
  let before: Break = words.length > 0 ? 'gap' : 'paragraph';
  let opens = true;
  let isCopyright = false;
  for (const { 0: raw, index } of text.slice(from, to).matchAll(WORD)) {
    const start = from + index;
    if ((raw === '+' || raw === '>=') && !isOfVersion(text, start, raw)) continue;
    const lines = ends(text, at, start);
    line += lines;
    opens ||= lines > 0;
    const here = start - at === 1 && text.charCodeAt(at) === BLANK ? 'none' : breakOf(text.slice(at, start), lines, raw);
    if (stronger(here, before)) before = here;
    // Who holds the copyright is no part of the sentence on the next line.
    if (isCopyright && before === 'line') before = 'sentence';
    at = start + raw.length;
    const lower = raw.toLowerCase();
    if (opens && LEADERS.has(lower)) continue;
    words.push({ word: SAME.get(lower) ?? lower, start, end: at, line, before, opens });
    if (opens) isCopyright = lower === 'copyright';
    before = 'none';
    opens = false;
  }
  return line + ends(text, at, to);
}

const ORDER: readonly Break[] = ['none', 'line', 'item', 'sentence', 'paragraph', 'gap'];

function stronger(a: Break, b: Break): boolean {
  return ORDER.indexOf(a) > ORDER.indexOf(b);
}

/** `GPLv2+` and `GPL (>= 2)`, but not `a + b`. */
function isOfVersion(text: string, at: number, raw: string): boolean {
  return raw === '>='
    ? /^ ?\d/.test(text.slice(at + 2, at + 4))
    : /[\da-zA-Z]$/.test(text.charAt(at - 1)) && !/[+\w]/.test(text.charAt(at + 1));
}

function breakOf(between: string, lines: number, next: string): Break {
  if (lines > 1) return !/^[^\n]*[.!?]/.test(between) && /\n[ \t]*(?:[-*•+]|\(?\d[.)]) *$/.test(between) ? 'item' : 'paragraph';
  if (/[.!?][\s"')\]*/#;-]/.test(between) && /^\p{Lu}/u.test(next)) return 'sentence';
  if (lines === 0) return 'none';
  return /\n[ \t]*(?:[-•|] |[-•|]$)/.test(between) ? 'item' : 'line';
}

/** Line ends between two places; it looks at nothing else. */
export function ends(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === LINE_END) count += 1;
  return count;
}
