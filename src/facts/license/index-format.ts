/** The license index: every text as numbered words. Written when Steward is built, read when it starts. */

/** A license text, ready to be compared. */
export interface LicenseText {
  /** SPDX ids that this text stands for. */
  readonly ids: readonly string[];
  readonly words: Uint16Array;
  /** What each word is to the license: see the numbers below. */
  readonly roles: Uint8Array;
  /** How each word is written: see `shapeOf`. */
  readonly shapes: Uint8Array;
}

/** The word stands where the license names a holder, a year or an address. */
export const SLOT = 1;
/** The word may be missing: titles, and what follows the end of the terms. */
export const OPTIONAL = 2;

export interface LicenseIndex {
  readonly vocabulary: readonly string[];
  readonly texts: readonly LicenseText[];
}

/** Says what the bytes are, and in which form; changes with it. */
const MAGIC = 0x4c49_0001;

/** Layout: magic, length of the JSON head, head, then words (two bytes each), roles and shapes of all texts. */
export function pack({ vocabulary, texts }: LicenseIndex): Uint8Array {
  const head = new TextEncoder().encode(
    JSON.stringify({ vocabulary: vocabulary.join(' '), texts: texts.map(({ ids, words }) => [ids.join(' '), words.length]) }),
  );
  const count = texts.reduce((sum, { words }) => sum + words.length, 0);
  const bytes = new Uint8Array(8 + head.length + count * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, head.length, true);
  bytes.set(head, 8);
  let place = 8 + head.length;
  for (const { words } of texts) for (const word of words) view.setUint16((place += 2) - 2, word, true);
  for (const key of ['roles', 'shapes'] as const)
    for (const text of texts) {
      bytes.set(text[key], place);
      place += text[key].length;
    }
  return bytes;
}

/** Reads what `pack` wrote. Throws on anything else: the index is Steward's own. */
export function unpack(bytes: Uint8Array): LicenseIndex {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) throw new Error('This is no license index of this version.');
  const size = view.getUint32(4, true);
  const head: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size)));
  const { vocabulary, texts } = head as { readonly vocabulary: string; readonly texts: readonly (readonly [string, number])[] };
  const count = texts.reduce((sum, [, length]) => sum + length, 0);
  // Copied, as two-byte numbers must begin at an even place; a Node buffer's own `slice` would not copy.
  const words = new Uint16Array(new Uint8Array(bytes.subarray(8 + size, 8 + size + count * 2)).buffer);
  const [roles, shapes] = [8 + size + count * 2, 8 + size + count * 3];
  let at = 0;
  return {
    vocabulary: vocabulary.split(' '),
    texts: texts.map(([ids, length]) => {
      const from = at;
      at += length;
      return {
        ids: ids.split(' '),
        words: words.subarray(from, at),
        roles: bytes.subarray(roles + from, roles + at),
        shapes: bytes.subarray(shapes + from, shapes + at),
      };
    }),
  };
}
