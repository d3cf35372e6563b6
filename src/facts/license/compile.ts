/** Turns the texts of the SPDX list into the index that a detector reads. */
import deprecated from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import { pack, type LicenseText } from './index-format.ts';
import { fingerprint, readLicense } from './read-license.ts';
import { variants } from './variants.ts';

interface Listed {
  readonly id: string;
  readonly text: string;
}

/** The index numbers places in a license with 13 bits. */
const LONGEST = 64 * 1024;

const DEPRECATED: ReadonlySet<string> = new Set(deprecated);

/** The index, uncompressed. Withdrawn ids are left out; ids with equal words share one text. */
export function compile(texts: readonly Listed[]): Uint8Array {
  const numbers = new Map<string, number>();
  const vocabulary: string[] = [];
  const number = (word: string): number => {
    const known = numbers.get(word) ?? vocabulary.push(word) - 1;
    numbers.set(word, known);
    return known;
  };
  const byWords = new Map<string, LicenseText>();
  for (const { id, text } of texts.filter((one) => !isWithdrawn(one.id)).flatMap(variants)) {
    if (text.length > LONGEST) throw new Error(`The text of ${id} is too long.`);
    const read = readLicense(id, text, number, vocabulary);
    const key = read.words.join(' ');
    const same = byWords.get(key);
    byWords.set(key, same ? { ...same, ids: told(new Set([...same.ids, id])) } : read);
  }
  return pack({ fingerprint: fingerprint(), vocabulary, texts: [...byWords.values()] });
}

/** Ids that SPDX has withdrawn; those that end in `+` are expressions by now. */
function isWithdrawn(id: string): boolean {
  return DEPRECATED.has(id) || id.endsWith('+');
}

/**
 * One text, several ids: first the plain id where there is one, then what only a header can tell apart (-only, -or-later),
 * then the rest.
 */
function told(ids: ReadonlySet<string>): readonly string[] {
  const names = [...ids].sort();
  const plain = names.filter((name) => names.every((other) => other.startsWith(name)));
  const suffixed = names.filter((name) => /^[A-Z]+-[\d.]+-(?:only|or-later)$/.test(name));
  return [...new Set([...plain, ...suffixed, ...names])];
}
