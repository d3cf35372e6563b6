/** What a text says beside the licenses in it: words that take away from what a license grants alter it. */
import type { Comparison, Reading } from './compare.ts';
import type { Match, Span, WordEdit } from './detection.ts';
import { quoteText, type Spanning } from './edits.ts';

export interface Remainder {
  /** Sentences that set terms of their own. */
  readonly edits: readonly WordEdit[];
  /** The words beside the license texts. */
  readonly own: string;
}

/** Sentences with a word of each kind take away from a license: who or what, and what it may not. */
const LIMITS =
  /\b(?:not|only|except|unless|non|cannot|never|prohibit\w*|forbid\w*|forbidden|restrict\w*|must|may no|no (?:right|person|one|part|company|military|commercial)|exclud\w*|solely|without (?:a )?(?:fee|payment|permission)|fees?|pay|payment|royalt\w+|refrain|illegal|unlawful|evil)\b/i;
const RIGHTS =
  /\b(?:use[ds]?|using|sell|selling|sold|resell|distribut\w*|redistribut\w*|copy|copies|copied|modif\w*|publish\w*|commercial\w*|military|weapons?|licen[sc]e[ds]?|grant\w*|permission|permitted|rights?|allowed|derivative|software|work|program)\b/i;

/** Words beside a license that far from it speak of something else. */
const NEAR = 120;
const LONGEST_SENTENCE = 80;

/** Looks at all words that stand neither in a license text nor in `claimed`. */
export function remainder(found: readonly Comparison[], matches: readonly Match[], reading: Reading, span: Spanning): Remainder {
  const { starts } = reading.tokens;
  const own: string[] = [];
  const edits: WordEdit[] = [];
  let at = 0;
  for (const { start, end } of [...found, { start: starts.length, end: starts.length }]) {
    if (start > at) {
      own.push(reading.text.slice(starts[at] ?? 0, starts[start] ?? reading.text.length));
      for (const [from, to] of sentences(reading, at, start))
        if (isNear(from, to, found) && setsLimits(reading, from, to, span, matches)) edits.push(editOf(from, to, reading, span));
    }
    at = Math.max(at, end);
  }
  return { edits, own: own.join('\n') };
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

function setsLimits(reading: Reading, from: number, to: number, span: Spanning, matches: readonly Match[]): boolean {
  const words = Array.from(reading.tokens.words.subarray(from, to), reading.spell).join(' ');
  if (!LIMITS.test(words) || !RIGHTS.test(words)) return false;
  const place = span(from, to);
  return !matches.some(({ kind, span: taken }) => kind !== 'text' && overlaps(place, taken));
}

function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

function editOf(from: number, to: number, reading: Reading, span: Spanning): WordEdit {
  const before = quoteText(reading, Math.max(0, from - 6), from);
  const after = quoteText(reading, to, Math.min(reading.tokens.words.length, to + 6));
  return { removed: '', added: quoteText(reading, from, to), before, after, span: span(from, to) };
}
