/** Shows the changes of a license as the words that stood there and the words that stand there now. */
import type { Difference } from './align.ts';
import type { Reading } from './compare.ts';
import type { Span, WordEdit } from './detection.ts';
import type { LicenseText } from './index-format.ts';
import { quoteLicense } from './shape.ts';

/** Changes with no more equal words between them are shown as one. */
const JOINED = 2;
const CONTEXT = 6;
const LONGEST_QUOTE = 2_000;

/** A span of the text from word to word, the last one exclusive. */
export type Spanning = (start: number, end: number) => Span;

export function wordEdits(
  changes: readonly Difference[],
  license: LicenseText,
  reading: Reading,
  span: Spanning,
): readonly WordEdit[] {
  const joined: Difference[] = [];
  for (const one of changes) {
    const last = joined.at(-1);
    if (last && one.from - last.to <= JOINED && one.start - last.end <= JOINED)
      joined[joined.length - 1] = { ...last, to: one.to, end: one.end };
    else joined.push(one);
  }
  return joined.map(({ from, to, start, end }) => ({
    removed: short(
      quoteLicense(Array.from(license.words.subarray(from, to), reading.spell), [...license.marks.subarray(from, to)]),
    ),
    added: quoteText(reading, start, end),
    before: quoteText(reading, Math.max(0, start - CONTEXT), start),
    after: quoteText(reading, end, Math.min(reading.tokens.words.length, end + CONTEXT)),
    span: span(start, end),
  }));
}

/** The words as the text writes them, on one line. */
export function quoteText({ text, tokens }: Reading, start: number, end: number): string {
  if (end <= start) return '';
  return short(text.slice(tokens.starts[start] ?? 0, tokens.ends[end - 1] ?? 0).replace(/\s+/g, ' '));
}

function short(words: string): string {
  return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)} …` : words;
}
