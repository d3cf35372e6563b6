/** On which line of a text a name is first mentioned, for formats whose entries have no place of their own. */

// Whatever does not belong to names and versions in any of the formats.
const BETWEEN = /[^\p{L}\p{N}_.+-]+/u;

/** The line from 1 of the first mention of a whole word, not before `from`; null: there is none. Comments do not count. */
export function mentionedLines(source: string): (word: string, from?: number) => number | null {
  const byWord = new Map<string, number[]>();
  for (const [index, line] of source.split('\n').entries()) {
    if (line === '' || /^\s*(?:#|--)/.test(line)) continue;
    for (const word of new Set(line.split(BETWEEN))) {
      const lines = byWord.get(word);
      if (lines === undefined) byWord.set(word, [index + 1]);
      else lines.push(index + 1);
    }
  }
  return (word, from = 1) => firstFrom(byWord.get(word) ?? [], from);
}

/** Lines stand in their order: halves what is left until one line is. */
function firstFrom(lines: readonly number[], from: number): number | null {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return lines[low] ?? null;
}
