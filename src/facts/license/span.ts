/** Places in the text that was given, for words of the text that was read. */
import type { Span } from './detection.ts';
import type { Spanning } from './edits.ts';
import type { Tokens } from './tokens.ts';

/** How far a word may stand behind the one before it in markup; what is farther away is not looked for. */
const FARTHEST = 4_000;

/** The words have their places in `read`; where that is not what was `written`, they are looked for one after the other. */
export function spans(written: string, read: string, tokens: Tokens): Spanning {
  const starts = written === read ? tokens.starts : placesIn(written, read, tokens);
  const shift = (at: number): number => (starts[at] ?? 0) + (tokens.ends[at] ?? 0) - (tokens.starts[at] ?? 0);
  const line = lineCounter(written);
  return (from, to): Span => {
    const start = starts[from] ?? written.length;
    const end = to > from ? Math.min(written.length, shift(to - 1)) : start;
    return { start, end, line: line(start) };
  };
}

function placesIn(written: string, read: string, { starts, ends }: Tokens): Int32Array {
  let place = 0;
  return starts.map((start, nth) => {
    const word = read.slice(start, ends[nth]);
    const found = written.slice(place, place + FARTHEST).indexOf(word);
    const at = found < 0 ? place : place + found;
    // A word that stands for two has one place.
    if (found >= 0 && starts[nth + 1] !== start) place = at + word.length;
    return at;
  });
}

/** Counts on from the last place, as most places are asked for in their order. */
function lineCounter(text: string): (place: number) => number {
  let [at, line] = [0, 1];
  return (place) => {
    if (place < at) [at, line] = [0, 1];
    for (let next = text.indexOf('\n', at); next >= 0 && next < place; next = text.indexOf('\n', at)) {
      at = next + 1;
      line += 1;
    }
    return line;
  };
}
