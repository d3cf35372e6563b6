/** How a license writes its words: what is needed to quote it without keeping its text. One byte a word. */

const LOWER = 0;
const CAPITAL = 1;
const UPPER = 2;
/** In lower case, or a number, and the next word stands right behind the mark: "1.0", "example.org". */
const HELD = 3;
/** What follows a word directly: nothing, a mark, a hyphen, or the rest of the same word. */
const AFTER = ['', ',', '.', ';', ':', ')', '-', '+'];
const HYPHEN = AFTER.indexOf('-');
const SAME_WORD = AFTER.indexOf('+');
/** The bits of a shape; the others are for what the word is to the license. */
const ALL = 31;

/** The byte for the word that stands from `start` to `end`; `next` is where the next one starts. */
export function shapeOf(text: string, start: number, end: number, next: number): number {
  const written = text.slice(start, end);
  const letters =
    written.toLowerCase() === written ? LOWER : written.length > 1 && written.toUpperCase() === written ? UPPER : CAPITAL;
  const mark = text.charAt(end);
  const after = next === start ? SAME_WORD : mark === '-' && next !== end + 1 ? 0 : Math.max(0, AFTER.indexOf(mark));
  const isHeld = letters === LOWER && mark === '.' && next === end + 1;
  return (isHeld ? HELD : letters) | (Math.min(after, SAME_WORD) << 2);
}

/** The words as the license writes them. */
export function quoteLicense(words: readonly string[], shapes: readonly number[]): string {
  return words
    .map((word, place) => {
      const shape = (shapes[place] ?? 0) & ALL;
      const after = shape >> 2;
      const last = place === words.length - 1;
      const isHeld = after === HYPHEN || after === SAME_WORD || (shape & 3) === HELD;
      return (
        cased(word, shape & 3) +
        (after === SAME_WORD || (last && isHeld) ? '' : (AFTER[after] ?? '')) +
        (last || isHeld ? '' : ' ')
      );
    })
    .join('');
}

function cased(word: string, letters: number): string {
  if (letters === UPPER) return word.toUpperCase();
  return letters === CAPITAL ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/** Whether a sentence, or a part of one, ends behind the word. */
export function endsSentence(shape: number): boolean {
  return '.;:'.includes(AFTER[(shape & ALL) >> 2] || ' ');
}
