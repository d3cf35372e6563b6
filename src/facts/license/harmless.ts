/** Tells changes that leave the terms as they are from those that may not. */
import { setsTerms } from './copyright-line.ts';

/** Words that point, and set nothing. */
const POINTING: ReadonlySet<string> = new Set([
  'the',
  'a',
  'an',
  'this',
  'that',
  'these',
  'those',
  'such',
  'its',
  'their',
  'his',
  'her',
  'said',
]);

/** Forms of one word, and words that published copies of the same license use for each other. */
const FORMS: ReadonlySet<string> = new Set([
  'is/are',
  'was/were',
  'has/have',
  'does/do',
  'it/they',
  'appear/appears',
  'author/authors',
  'holder/holders',
  'lesser/library',
  'express/expressed',
  'implied/implicit',
  'merchantability/merchantable',
  'acknowledgment/acknowledgement',
  'and or/and',
  'and or/or',
]);

/** Published variants: what a license says, and what stands there instead. */
const VARIANTS: ReadonlySet<string> = new Set(['/including the next paragraph', '/including next paragraph', '/for any purpose']);

/** A name that is put in has at most so many words. */
const LONGEST_NAME = 24;
const LONGEST_NOTICE = 60;

/** Whether the license still says the same with `removed` instead of `added`; both in lower case. */
export function isHarmless(removed: readonly string[], added: readonly string[]): boolean {
  if (removed.length + added.length === 0) return true;
  if (removed.every(isPointing) && added.every(isPointing)) return true;
  if (removed.join('') === added.join('')) return true;
  if (removed.every(isYear) && added.every(isYear)) return true;
  if (VARIANTS.has(`${removed.join(' ')}/${added.join(' ')}`)) return true;
  if (isForm(removed.join(' '), added.join(' '))) return true;
  if (isMarker(removed) && isMarker(added) && !(hasNumber(removed) && hasNumber(added))) return true;
  if (added.length === 0) return isNotice(removed);
  if (removed.length === 0) return isNotice(added) || isAddress(added);
  return removed.length === added.length && removed.every((word, nth) => isSameWord(word, added[nth] ?? ''));
}

/** Whether the words may be a name, where the license leaves room for one. */
export function isName(words: readonly string[]): boolean {
  return words.length <= LONGEST_NAME && !setsTerms(words.join(' '));
}

function isPointing(word: string): boolean {
  return POINTING.has(word);
}

function isYear(word: string): boolean {
  return /^(?:19|20)\d\d$/.test(word);
}

/** Numbers and letters of list entries; one number for another is none, as it may count days. */
function isMarker(words: readonly string[]): boolean {
  return words.length <= 4 && words.every((word) => /^(?:1?\d|[a-z]|[ivx]{1,4})$/.test(word));
}

function hasNumber(words: readonly string[]): boolean {
  return words.some((word) => /\d/.test(word));
}

function isForm(removed: string, added: string): boolean {
  return FORMS.has(`${removed}/${added}`) || FORMS.has(`${added}/${removed}`);
}

function isSameWord(word: string, other: string): boolean {
  return (
    word === other ||
    (isPointing(word) && isPointing(other)) ||
    isForm(word, other) ||
    isPlural(word, other) ||
    isMistyped(word, other)
  );
}

function isPlural(word: string, other: string): boolean {
  const [short, long] = word.length < other.length ? [word, other] : [other, word];
  return (
    short.length >= 3 &&
    (long === `${short}s` || long === `${short}es` || (short.endsWith('y') && long === `${short.slice(0, -1)}ies`))
  );
}

/** One letter is missing, doubled, wrong or two are swapped inside of a long word; its beginning says what it means. */
function isMistyped(word: string, other: string): boolean {
  if (Math.min(word.length, other.length) < 6 || Math.abs(word.length - other.length) > 1) return false;
  if (word.slice(0, 2) !== other.slice(0, 2)) return false;
  let [head, tail] = [0, 0];
  const least = Math.min(word.length, other.length);
  while (head < least && word[head] === other[head]) head += 1;
  while (tail < least - head && word[word.length - 1 - tail] === other[other.length - 1 - tail]) tail += 1;
  const [left, right] = [word.slice(head, word.length - tail), other.slice(head, other.length - tail)];
  return left.length <= 1 && right.length <= 1 ? true : left.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/** A copyright notice that stands in the middle of a line. */
function isNotice(added: readonly string[]): boolean {
  const [first = '', second = ''] = added;
  if (/^(?:holders?|owners?|notices?|laws?)$/.test(second)) return false;
  return /^(?:copyright|copr|portions)$/.test(first) && added.length <= LONGEST_NOTICE && !setsTerms(added.join(' '));
}

function isAddress(added: readonly string[]): boolean {
  return added.length <= 8 && added[0] === 'http' && !setsTerms(added.join(' '));
}
