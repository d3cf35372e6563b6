/** The words of all licenses by their numbers, read in place: a map of so many strings would have to be built at every start. */

export interface Vocabulary {
  readonly size: number;
  /** Number of a word; -1: no license has it. */
  readonly numberOf: (word: string) => number;
  /** Empty: there is no such number. */
  readonly wordAt: (number: number) => string;
}

/** What a vocabulary is kept as: the characters of all words, where each ends, and a table of numbers, one up; 0: free. */
export interface VocabularyTables {
  readonly letters: Uint16Array;
  readonly ends: Int32Array;
  readonly slots: Uint16Array;
}

/** The tables for words that are all different. */
export function vocabularyTables(words: readonly string[]): VocabularyTables {
  const joined = words.join('');
  const letters = new Uint16Array(joined.length).map((_, at) => joined.charCodeAt(at));
  const ends = new Int32Array(words.length);
  const slots = new Uint16Array(2 ** Math.ceil(Math.log2(words.length * 2 + 2)));
  let end = 0;
  words.forEach((word, number) => {
    end += word.length;
    ends[number] = end;
    let slot = hash(word) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = number + 1;
  });
  return { letters, ends, slots };
}

/** Open addressing over a table whose size is a power of two. Words that were found are kept as strings. */
export function vocabulary({ letters, ends, slots }: VocabularyTables): Vocabulary {
  const kept: (string | undefined)[] = [];
  const known = new Map<string, number>();
  const isAt = (number: number, word: string): boolean => {
    const start = ends[number - 1] ?? 0;
    if ((ends[number] ?? 0) - start !== word.length) return false;
    for (let at = 0; at < word.length; at += 1) if (letters[start + at] !== word.charCodeAt(at)) return false;
    return true;
  };
  return {
    size: ends.length,
    numberOf: (word) => {
      const before = known.get(word);
      if (before !== undefined) return before;
      for (let slot = hash(word) & (slots.length - 1); slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
        const number = (slots[slot] ?? 0) - 1;
        if (!isAt(number, word)) continue;
        known.set(word, number);
        return number;
      }
      return -1;
    },
    wordAt: (number) => (kept[number] ??= String.fromCharCode(...letters.subarray(ends[number - 1] ?? 0, ends[number] ?? 0))),
  };
}

function hash(word: string): number {
  let all = 0;
  for (let at = 0; at < word.length; at += 1) all = Math.imul(all ^ word.charCodeAt(at), 0x9e3779b1) + (all >>> 15);
  return all ^ (all >>> 16);
}
