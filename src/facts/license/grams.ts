/** Runs of four words: texts that share many of them are likely to be the same. */

export const GRAM = 4;

/** A number for the four words from a place on. Different runs may share one; the alignment decides. */
export function gramAt(words: Readonly<Uint16Array> | Readonly<Int32Array>, place: number): number {
  let hash = 0;
  for (let next = place; next < place + GRAM; next += 1) hash = Math.imul(hash ^ (words[next] ?? 0), 0x9e3779b1) + (hash >>> 15);
  return hash | 0;
}

/** Finds the runs of all licenses by their number: open addressing over a table whose size is a power of two. */
export interface GramTable {
  readonly slots: number;
  /** Slot of a run in the table; -1: no license has it. */
  readonly find: (gram: number) => number;
  /** The runs of a license are those from its number here to the next one's. */
  readonly begins: Int32Array;
  /** Of each run: its slot, its license, its place there, and the next run in the same slot, one up; 0: none. */
  readonly slotOf: Int32Array;
  readonly licenseOf: Uint16Array;
  readonly placeOf: Uint16Array;
  readonly nextOf: Int32Array;
  /** The first run of each slot, one up; 0: none. */
  readonly firstOf: Int32Array;
}

/** Runs of a license that are looked for: enough to find it with words changed, few for a long one. */
const MOST = 160;

export function gramTable(licenses: readonly { readonly words: Uint16Array }[]): GramTable {
  const begins = new Int32Array(licenses.length + 1);
  licenses.forEach(({ words }, license) => {
    begins[license + 1] = (begins[license] ?? 0) + Math.min(MOST, Math.max(0, words.length - GRAM + 1));
  });
  const count = begins[licenses.length] ?? 0;
  const slots = 2 ** Math.ceil(Math.log2(count * 2 + 2));
  const [keys, firstOf, nextOf, slotOf] = [
    new Int32Array(slots),
    new Int32Array(slots),
    new Int32Array(count),
    new Int32Array(count),
  ];
  const [licenseOf, placeOf] = [new Uint16Array(count), new Uint16Array(count)];
  const locate = (gram: number): number => {
    let slot = Math.imul(gram ^ (gram >>> 16), 0x85ebca6b) & (slots - 1);
    while (firstOf[slot] !== 0 && keys[slot] !== gram) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  licenses.forEach(({ words }, license) => {
    const begin = begins[license] ?? 0;
    const own = (begins[license + 1] ?? 0) - begin;
    const step = Math.max(1, (words.length - GRAM + 1) / MOST);
    for (let nth = 0; nth < own; nth += 1) {
      const [run, place] = [begin + nth, Math.floor(nth * step)];
      const gram = gramAt(words, place);
      const slot = locate(gram);
      keys[slot] = gram;
      slotOf[run] = slot;
      licenseOf[run] = license;
      placeOf[run] = place;
      nextOf[run] = firstOf[slot] ?? 0;
      firstOf[slot] = run + 1;
    }
  });
  const find = (gram: number): number => {
    const slot = locate(gram);
    return firstOf[slot] === 0 ? -1 : slot;
  };
  return { slots, find, begins, slotOf, licenseOf, placeOf, nextOf, firstOf };
}
