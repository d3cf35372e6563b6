/** The license index: every text as numbered words. Written when Steward is built, read in place when it starts. */
import { gramTable, gramTables, type GramTable } from './grams.ts';
import { vocabulary, vocabularyTables, type Vocabulary } from './vocabulary.ts';

/** A license text, ready to be compared. */
export interface LicenseText {
  /** SPDX ids that this text stands for. */
  readonly ids: readonly string[];
  /** How many words it has. */
  readonly length: number;
  readonly words: Uint16Array;
  /** How each word is written, see `shapeOf`, and what it is to the license, see the numbers below. */
  readonly marks: Uint8Array;
}

/** The word stands where the license names a holder, a year or an address. */
export const SLOT = 32;
/** The word may be missing: titles, and what follows the end of the terms. */
export const OPTIONAL = 64;

export interface LicenseIndex {
  /** How the words were read: see `fingerprint`. */
  readonly fingerprint: number;
  readonly vocabulary: Vocabulary;
  readonly texts: readonly LicenseText[];
  readonly grams: GramTable;
}

interface Written {
  readonly fingerprint: number;
  readonly vocabulary: readonly string[];
  readonly texts: readonly LicenseText[];
}

/** Says what the bytes are, and in which form; changes with it. */
const MAGIC = 0x4c49_0002;
const HEADER = 16;

/** Layout: magic, fingerprint, length of the JSON head, 0; the head; then each table at a place that four divides. */
export function pack({ fingerprint, vocabulary: words, texts }: Written): Uint8Array {
  const [named, grams] = [vocabularyTables(words), gramTables(texts)];
  const tables = [
    named.letters,
    named.ends,
    named.slots,
    grams.keys,
    grams.begins,
    grams.licenses,
    Uint16Array.from(texts.flatMap((text) => [...text.words])),
    Uint8Array.from(texts.flatMap((text) => [...text.marks])),
  ];
  const lengths = tables.map((table) => table.length);
  const head = new TextEncoder().encode(JSON.stringify({ lengths, texts: texts.map(({ ids, length }) => [ids, length]) }));
  const start = HEADER + even(head.length);
  const bytes = new Uint8Array(tables.reduce((sum, table) => sum + even(table.byteLength), start));
  new Uint32Array(bytes.buffer).set([MAGIC, fingerprint, head.length]);
  bytes.set(head, HEADER);
  let place = start;
  for (const table of tables) {
    bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), place);
    place += even(table.byteLength);
  }
  return bytes;
}

function even(length: number): number {
  return (length + 3) & ~3;
}

/** The fingerprint of what `pack` wrote; null: the bytes are something else. */
export function packedWith(bytes: Uint8Array): number | null {
  if (bytes.length < HEADER) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  // The numbers are those of the machine; on one that counts the other way the index is made anew.
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  return view.getUint32(0, isLittle) === MAGIC ? view.getUint32(4, isLittle) : null;
}

interface Head {
  readonly lengths: readonly number[];
  readonly texts: readonly (readonly [ids: readonly string[], length: number])[];
}

/** Reads what `pack` wrote. Throws on anything else: the index is Steward's own. */
export function unpack(given: Uint8Array): LicenseIndex {
  const fingerprint = packedWith(given);
  if (fingerprint === null) throw new Error('This is no license index of this version.');
  const bytes = given.byteOffset % 4 === 0 ? given : new Uint8Array(given);
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER, HEADER + size))) as Head;
  let [place, nth] = [HEADER + even(size), 0];
  const next = (width: number): readonly [ArrayBufferLike, number, number] => {
    const [at, length] = [bytes.byteOffset + place, head.lengths[nth] ?? 0];
    place += even(length * width);
    nth += 1;
    return [bytes.buffer, at, length];
  };
  const named = { letters: new Uint16Array(...next(2)), ends: new Int32Array(...next(4)), slots: new Uint16Array(...next(2)) };
  const grams = { keys: new Int32Array(...next(4)), begins: new Int32Array(...next(4)), licenses: new Uint16Array(...next(2)) };
  const [words, marks] = [new Uint16Array(...next(2)), new Uint8Array(...next(1))];
  let from = 0;
  const texts = head.texts.map(([ids, length]) => {
    const begin = from;
    from += length;
    return packed(ids, length, () => ({
      words: words.subarray(begin, begin + length),
      marks: marks.subarray(begin, begin + length),
    }));
  });
  return { fingerprint, vocabulary: vocabulary(named), texts, grams: gramTable(grams) };
}

/** Views take longer to make than anything else here, and most texts are never looked at. */
function packed(ids: readonly string[], length: number, views: () => Pick<LicenseText, 'words' | 'marks'>): LicenseText {
  let made: Pick<LicenseText, 'words' | 'marks'> | null = null;
  return {
    ids,
    length,
    get words() {
      return (made ??= views()).words;
    },
    get marks() {
      return (made ??= views()).marks;
    },
  };
}
