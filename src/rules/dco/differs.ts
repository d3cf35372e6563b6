/** In what exactly two spellings of a name or an address differ. */
import { visible } from '../../facts/words.ts';
import { fold } from './spelling.ts';

/** Of longer texts nobody looks for the difference. */
const LONGEST = 200;

/** The only difference, completing "they differ …"; null: they differ in more than one can name. */
export function onlyDifference(one: string, other: string): string | null {
  if (Math.max(one.length, other.length) > LONGEST) return null;
  const same = DIFFERENCES.find(([, without]) => {
    const [a, b] = [without(one), without(other)];
    return a !== '' && a === b;
  });
  if (same) return same[0];
  return isOneEdit(fold(one), fold(other)) ? 'only in one character' : null;
}

type Without = (text: string) => string;

/** Mildest first: what is left after it is taken away is the same. */
const DIFFERENCES: readonly (readonly [string, Without])[] = [
  ['only in the case of letters', (text) => text.toLowerCase()],
  ['only in how accents are encoded', (text) => text.normalize('NFC').toLowerCase()],
  ['only in blanks', (text) => fold(text).replaceAll(' ', '')],
  ['only in an invisible character', (text) => fold(withoutInvisible(text))],
  ['only in an accent', (text) => fold(withoutMarks(text))],
  ['only in what follows the plus sign', (text) => fold(text).replace(/\+[^@]*@/, '@')],
  ['only in punctuation', (text) => fold(text).replace(/[\p{P}\p{S} ]+/gu, '')],
  ['only in the order of words', (text) => fold(text).replace(/[,;]/g, '').split(' ').sort().join(' ')],
];

function withoutInvisible(text: string): string {
  return text.replace(/\p{C}/gu, (character) => (visible(character) === character ? character : ''));
}

/** Also the letters that Unicode does not take apart. */
function withoutMarks(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}+/gu, '');
  return plain.replace(/[łŁøØđĐıħĦ]/g, (letter) => PLAIN[letter] ?? letter);
}

const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
};

/** One character is added, left out or another. */
function isOneEdit(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || Math.min(one.length, other.length) < 4) return false;
  const longest = Math.max(one.length, other.length);
  let start = 0;
  while (start < longest && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return longest - start - end <= 1;
}
