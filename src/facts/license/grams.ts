/** Runs of four words: texts that share many of them are likely to be the same. */

export const GRAM = 4;

type Words = Readonly<Uint16Array> | Readonly<Int32Array>;

/** A number for the four words from a place on. Different runs may share one; the alignment decides. */
export function gramAt(words: Words, place: number): number {
  let hash = 0;
  for (let next = place; next < place + GRAM; next += 1) hash = Math.imul(hash ^ (words[next] ?? 0), 0x9e3779b1) + (hash >>> 15);
  return hash | 0;
}

/** Runs of a license that are looked for: enough to find it with words changed, few for a long one. */
const MOST = 160;

/** How many runs are looked for of a license with so many words. */
export function runsOf(length: number): number {
  return Math.min(MOST, Math.max(0, length - GRAM + 1));
}

/** Where such a run begins in its license. */
export function placeOf(length: number, run: number): number {
  return Math.floor(run * Math.max(1, (length - GRAM + 1) / MOST));
}

/** What a table of runs is kept as: each slot has a run and, from its begin to the next one's, the licenses that have it. */
export interface GramTables {
  readonly keys: Int32Array;
  readonly begins: Int32Array;
  readonly licenses: Uint16Array;
}

/** Finds the runs of all licenses by their number: open addressing over a table whose size is a power of two. */
export interface GramTable extends GramTables {
  /** Slot of a run in the table; -1: no license has it. */
  readonly find: (gram: number) => number;
}

/** The tables for the runs of these licenses. */
export function gramTables(licenses: readonly { readonly words: Uint16Array }[]): GramTables {
  const byGram = new Map<number, number[]>();
  licenses.forEach(({ words }, license) => {
    for (let run = 0; run < runsOf(words.length); run += 1) {
      const gram = gramAt(words, placeOf(words.length, run));
      const known = byGram.get(gram);
      if (known) known.push(license);
      else byGram.set(gram, [license]);
    }
  });
  const size = 2 ** Math.ceil(Math.log2(byGram.size * 1.5 + 2));
  const grams = new Array<number | undefined>(size);
  for (const gram of byGram.keys()) {
    let slot = slotOf(gram, size);
    while (grams[slot] !== undefined) slot = (slot + 1) & (size - 1);
    grams[slot] = gram;
  }
  const lists = Array.from(grams, (gram) => (gram === undefined ? [] : (byGram.get(gram) ?? [])));
  const begins = new Int32Array(size + 1);
  lists.forEach((list, slot) => {
    begins[slot + 1] = (begins[slot] ?? 0) + list.length;
  });
  return { keys: Int32Array.from(grams, (gram) => gram ?? 0), begins, licenses: Uint16Array.from(lists.flat()) };
}

export function gramTable(tables: GramTables): GramTable {
  const { keys, begins } = tables;
  const size = keys.length;
  const find = (gram: number): number => {
    for (let slot = slotOf(gram, size); begins[slot] !== begins[slot + 1]; slot = (slot + 1) & (size - 1))
      if (keys[slot] === gram) return slot;
    return -1;
  };
  return { ...tables, find };
}

function slotOf(gram: number, size: number): number {
  return Math.imul(gram ^ (gram >>> 16), 0x85ebca6b) & (size - 1);
}
