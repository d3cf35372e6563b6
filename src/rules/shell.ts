/** Foreign words in commands that people paste into a shell. */

/** A word as POSIX shells read it. */
export function shellQuoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) && !word.startsWith('-') ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
