/** Whether a file begins with a header text of somebody's own, word for word. */

/** The header has to begin among so many words: behind a name, a title, a note to an editor. */
const FIRST_WORDS = 200;
/** What `{year}` and `{holder}` may stand for. */
const MOST_FOR_BLANK = 12;
/** Longer ones are license texts. */
export const LONGEST_HEADER_TEXT = 2000;

/** More of them would match anything. */
const MOST_BLANKS = 8;

/** Whether a header text can be compared: it has words, and few blanks to fill in. */
export function isHeaderText(wanted: string): boolean {
  const words = wordsOf(wanted);
  return (
    wanted.length <= LONGEST_HEADER_TEXT && words.some((word) => !isBlank(word)) && words.filter(isBlank).length <= MOST_BLANKS
  );
}

/** Marks of comments, line breaks, signs and case do not matter; `{year}` and `{holder}` match one word to twelve. */
export function holdsText(start: string, wanted: string): boolean {
  if (!isHeaderText(wanted)) return false;
  const words = wordsOf(start);
  let places: readonly number[] = Array.from({ length: Math.min(words.length, FIRST_WORDS) }, (_, index) => index);
  for (const word of wordsOf(wanted)) {
    places = isBlank(word) ? behindBlank(places, words.length) : behindWord(word, places, words);
    if (places.length === 0) return false;
  }
  return true;
}

function isBlank(word: string): boolean {
  return word === '{year}' || word === '{holder}';
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/\{(?:year|holder)\}|[\p{L}\p{N}]+/gu) ?? [];
}

function behindWord(word: string, places: readonly number[], words: readonly string[]): readonly number[] {
  return places.filter((at) => words[at] === word).map((at) => at + 1);
}

/** Places stand in their order, and each of them once. */
function behindBlank(places: readonly number[], count: number): readonly number[] {
  const behind: number[] = [];
  for (const at of places) {
    for (let next = Math.max(at, behind.at(-1) ?? 0) + 1; next <= Math.min(at + MOST_FOR_BLANK, count); next += 1)
      behind.push(next);
  }
  return behind;
}
