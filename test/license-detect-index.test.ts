/** The license index is read only by the sources that would make it again. */
import { expect, test } from '@jest/globals';
import { compile } from '../src/facts/license/compile.ts';
import { packedWith, unpack } from '../src/facts/license/index-format.ts';
import { fingerprint } from '../src/facts/license/read-license.ts';
import { vocabulary, vocabularyTables } from '../src/facts/license/vocabulary.ts';
import { current } from '../src/server/license-sources.ts';

const LIST = { 'X-1': { licenseText: 'You may use this work for any purpose, and keep this notice.' } };
const list = (): typeof LIST => LIST;
const index = compile([{ id: 'X-1', text: LIST['X-1'].licenseText }]);

test('an index of these sources is taken as it is', () => {
  expect(current(index, list)).toBe(index);
});

test('an index that was made when words were read in another way is made anew', () => {
  const stale = index.slice();
  stale[4] = (stale[4] ?? 0) ^ 1;
  expect(packedWith(stale)).not.toBe(fingerprint());
  expect(current(stale, list)).toEqual(index);
});

test.each([
  ['nothing', new Uint8Array()],
  ['something else', new TextEncoder().encode('This is no index, and long enough to be one.')],
])('%s is no index, and one is made', (_, bytes) => {
  expect(current(bytes, list)).toEqual(index);
});

test('what was packed is read back, wherever its bytes begin', () => {
  const moved = new Uint8Array(index.length + 1);
  moved.set(index, 1);
  const { texts, vocabulary: words } = unpack(moved.subarray(1));
  const written = texts.map(({ ids, words: numbers }) => [ids.join(), Array.from(numbers, words.wordAt).join(' ')]);
  expect(written).toEqual([['X-1', 'you may use this work for any purpose and keep this notice']]);
});

test('every word has its number, and no other word has one', () => {
  const words = ['a', 'work', 'wörk', '𝔴ork', 'constructor', '__proto__'];
  const known = vocabulary(vocabularyTables(words));
  expect(words.map(known.numberOf)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(words.map((_, number) => known.wordAt(number))).toEqual(words);
  expect(['', 'wor', 'works', 'toString'].map(known.numberOf)).toEqual([-1, -1, -1, -1]);
});
