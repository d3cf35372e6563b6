/** The words of a text that carry its terms, each with its place; what SPDX's matching guidelines leave out is left out. */
import { isCopyrightLine } from './copyright-line.ts';
import { sameWords } from './same-words.ts';

export interface Tokens {
  /** Numbers of the words. */
  readonly words: Int32Array;
  /** Where each word begins and ends in the text. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Gives every word one number. */
export type Numbering = (word: string) => number;

/** The words of the text; copyright lines, list markers and "all rights reserved" are not among them. */
export function tokenize(text: string, number: Numbering): Tokens {
  const found = collector(text.length, number);
  let place = 0;
  while (place < text.length) {
    const end = lineEnd(text, place);
    if (!mayBeCopyright(text, place, end) || !isCopyrightLine(text.slice(place, end)))
      wordsOfLine(text, place, withoutAnchor(text, place, end), found);
    place = end + 1;
  }
  return found.tokens();
}

/** Where the words of a line end: a heading in Markdown may have `{#anchor}` behind them. */
function withoutAnchor(text: string, from: number, to: number): number {
  const last = text.charCodeAt(to - 1) === 13 ? to - 1 : to;
  if (text.charAt(from) !== '#' || text.charAt(last - 1) !== '}') return to;
  const open = text.lastIndexOf('{#', last);
  return open > from ? open : to;
}

interface Collector {
  readonly add: (word: string, start: number, end: number) => void;
  /** The last word, or an empty one. */
  readonly last: () => string;
  readonly tokens: () => Tokens;
}

function collector(length: number, number: Numbering): Collector {
  // A word and a separator take two characters; a word that stands for two has more than six.
  const size = (length >> 1) + 2;
  const [words, starts, ends] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  let [count, last, before, beforeThat] = [0, '', '', ''];
  const push = (word: string, start: number, end: number): void => {
    beforeThat = before;
    before = last;
    last = word;
    if (last === 'reserved' && before === 'rights' && beforeThat === 'all') {
      count -= 2;
      last = '';
      return;
    }
    words[count] = number(word);
    starts[count] = start;
    ends[count] = end;
    count += 1;
  };
  return {
    add: (word, start, end) => {
      const same = sameWords(word);
      if (same === null) push(word, start, end);
      else for (const part of same) push(part, start, end);
    },
    last: () => last,
    tokens: () => ({ words: words.subarray(0, count), starts: starts.subarray(0, count), ends: ends.subarray(0, count) }),
  };
}

function wordsOfLine(text: string, from: number, to: number, found: Collector): void {
  let place = from;
  while (place < to) {
    while (place < to && !isWordCode(text.charCodeAt(place))) place += 1;
    if (place === to) return;
    let end = place + 1;
    while (end < to && isWordCode(text.charCodeAt(end))) end += 1;
    const marker =
      end - place <= 4 && mayBeMarker(text.charCodeAt(place), end - place) ? markerEnd(text, place, end, found.last()) : 0;
    if (marker === 0) found.add(lower(text.slice(place, end)), place, end);
    place = Math.max(end, marker);
  }
}

/** A cheap look first: a single letter, a digit, or one of i, v and x. */
function mayBeMarker(code: number, length: number): boolean {
  if (length === 1 || (code >= 48 && code <= 57)) return true;
  const letter = code | 32;
  return letter === 105 || letter === 118 || letter === 120;
}

/** Letters, digits, and what belongs to them: marks, and characters that cannot be seen. */
function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  if (code >= 0x2000 && code <= 0x2fff) return code === 0x200b || code === 0x2060;
  return code === 0xad || /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(String.fromCharCode(code));
}

function lower(word: string): string {
  for (let place = 0; place < word.length; place += 1)
    if (word.charCodeAt(place) > 127)
      return word
        .replace(/[\xad\u200b\u2060]/g, '')
        .normalize('NFKC')
        .toLowerCase();
  return word.toLowerCase();
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** A cheap look before a dear one: the first letter of the line is that of a copyright notice. */
function mayBeCopyright(text: string, from: number, to: number): boolean {
  for (let place = from; place < to; place += 1) {
    const code = text.charCodeAt(place);
    // (, ©, then the first letters of "copyright", "portions", "some" and "all".
    if (code === 0x28 || code === 0xa9 || code === 0x3c || code === 0x5b) return true;
    if (isWordCode(code)) return 'cpsa'.includes(text.charAt(place).toLowerCase());
  }
  return false;
}

/** What closes the number of a list entry, and what continues it. */
const CLOSED = /^(?:\.\d{1,2}){0,3}[.)\]:]{1,2}(?=\s|$)/;
const DOTTED = /^(?:\.\d{1,2}){1,3}(?=\s|$)/;
const LONGEST_MARKER = 16;

/** Where a bullet or the number of a list entry ends that begins here; 0: it is a word. A number in a sentence is one. */
function markerEnd(text: string, start: number, end: number, last: string): number {
  const word = text.slice(start, end);
  if (!/^(?:\d{1,2}|[a-z]|[ivx]{1,4})$/i.test(word)) return 0;
  // The copyright sign, written in letters.
  if (/^c$/i.test(word) && text.charAt(start - 1) === '(' && text.charAt(end) === ')') return end + 1;
  const after = text.slice(end, end + LONGEST_MARKER);
  const before = placeBefore(text, start);
  const closed = CLOSED.exec(after) ?? (before === 'line' ? DOTTED.exec(after) : null);
  if (closed !== null && before !== 'inside' && (before !== 'word' || /^(?:and|or)$/.test(last))) return end + closed[0].length;
  return before === 'line' && /^o$/i.test(word) && /^\s/.test(after) ? end : 0;
}

/** What stands before a place: a finished line, the end of a sentence or a part of one, a word, or the word it belongs to. */
function placeBefore(text: string, start: number): 'line' | 'stop' | 'word' | 'inside' {
  let [place, lines] = [start - 1, 0];
  // Not directly after a word or inside of a number.
  if (place >= 0 && !/[\s(["'*#/;>|-]/.test(text.charAt(place))) return 'inside';
  for (; place >= 0; place -= 1) {
    const char = text.charAt(place);
    if (char === '\n') lines += 1;
    else if (!/[\s(["'*#/>|\-•“”‘’`_]/.test(char)) break;
  }
  if (place < 0 || lines > 1) return 'line';
  if (/[.:;,!?)]/.test(text.charAt(place))) return lines > 0 ? 'line' : 'stop';
  return 'word';
}
