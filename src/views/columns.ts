/** Text for terminals of 100 columns: lines that break between words, and places beside what stands there. */
import { visible } from '../facts/words.ts';

const WIDTH = 100;
/** Where places begin, so that they stand below each other. */
const PLACES = 44;

/** Foreign text in lines of at most 100 characters, indented; `further` indents those after the first. Long words stay whole. */
export function lined(text: string, indent: number, further = indent): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of visible(text)
    .split(' ')
    .filter((one) => one !== '')) {
    const margin = lines.length === 0 ? indent : further;
    if (line !== '' && margin + line.length + 1 + word.length > WIDTH) {
      lines.push(' '.repeat(margin) + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, ' '.repeat(lines.length === 0 ? indent : further) + line];
}

/** A text with its place beside it, or below where the text is longer. The text keeps its indent. */
export function row(text: string, place: string): readonly string[] {
  const indent = /^ */.exec(text)?.[0].length ?? 0;
  const lines = lined(text, indent, indent + 2);
  const [only = ''] = lines;
  const column = PLACES + place.length <= WIDTH ? PLACES : indent + 4;
  if (lines.length === 1 && only.length + 2 <= column) return [`${only.padEnd(column)}${visible(place)}`];
  return [...lines, ...lined(place, column)];
}
