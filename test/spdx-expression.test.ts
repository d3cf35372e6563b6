/** SPDX ids and expressions: what is read, how it is written, and what is refused in which words. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalException, canonicalId, isLicenseId, LICENSE_IDS, nameOf } from '../src/facts/spdx/ids.ts';
import { LONGEST, parseExpression, printExpression, readExpression } from '../src/facts/spdx/expression.ts';
import { isSameExpression, simplify } from '../src/facts/spdx/same.ts';
import { licensesIn } from '../src/facts/spdx/walk.ts';
import { read, textOf, treeOf, type Tree } from './support/spdx-expressions.ts';

const printed = (text: string): string => printExpression(read(text));
const refused = (text: string): string | null => {
  const answer = parseExpression(text);
  return answer.known ? null : answer.reason;
};

describe('an id is known in any case, and a deprecated one by its name of today', () => {
  test.each([
    ['apache-2.0', 'Apache-2.0'],
    ['GPL-2.0', 'GPL-2.0-only'],
    ['gpl-2.0+', 'GPL-2.0-or-later'],
    ['LGPL-2.1-or-later+', 'LGPL-2.1-or-later'],
    ['AGPL-3.0', 'AGPL-3.0-only'],
    ['GFDL-1.3', 'GFDL-1.3-only'],
    ['BSD-2-Clause-FreeBSD', 'BSD-2-Clause-Views'],
    ['BSD-2-Clause-NetBSD', 'BSD-2-Clause'],
    ['Nunit', 'zlib-acknowledgement'],
    ['StandardML-NJ', 'SMLNJ'],
    ['bzip2-1.0.5', 'bzip2-1.0.6'],
    ['Net-SNMP', 'Net-SNMP'],
  ])('%s is %s', (text, id) => {
    expect(canonicalId(text)).toBe(id);
  });

  test.each(['CDDL-1.0+', 'GPL-2.0-with-classpath-exception', 'wxWindows', 'LicenseRef-a', '__proto__', 'constructor', ''])(
    '%j is no id alone',
    (text) => {
      expect(canonicalId(text)).toBeNull();
    },
  );

  test('an old id with an exception is a license and an exception', () => {
    expect(nameOf('gpl-2.0-with-classpath-exception+')).toEqual({ id: 'GPL-2.0-or-later', exception: 'Classpath-exception-2.0' });
    expect(nameOf('eCos-2.0')).toEqual({ id: 'GPL-2.0-or-later', exception: 'eCos-exception-2.0' });
  });

  test('exceptions are known in any case, and current ids are their own names', () => {
    expect(canonicalException('llvm-EXCEPTION')).toBe('LLVM-exception');
    expect(canonicalException('MIT')).toBeNull();
    expect(LICENSE_IDS.filter((id) => canonicalId(id) !== id || !isLicenseId(id))).toEqual([]);
    expect(isLicenseId('GPL-2.0')).toBe(false);
  });
});

describe('an expression is read and printed', () => {
  test.each([
    ['mit', 'MIT'],
    ['MIT/Apache-2.0', 'MIT OR Apache-2.0'],
    ['MIT\tand\n(isc Or Zlib)', 'MIT AND (ISC OR Zlib)'],
    ['(MIT AND ISC) OR Zlib', 'MIT AND ISC OR Zlib'],
    ['MIT OR ISC AND Zlib', 'MIT OR ISC AND Zlib'],
    ['MIT AND (ISC AND (Zlib AND curl))', 'MIT AND ISC AND Zlib AND curl'],
    ['apache-2.0 with llvm-exception', 'Apache-2.0 WITH LLVM-exception'],
    ['GPL-2.0-with-GCC-exception', 'GPL-2.0-only WITH GCC-exception-2.0'],
    ['CDDL-1.0+', 'CDDL-1.0+'],
    ['GPL-3.0+ OR MIT', 'GPL-3.0-or-later OR MIT'],
    ['documentref-x:licenseref-A', 'DocumentRef-x:LicenseRef-A'],
    ['MIT WITH additionref-mine', 'MIT WITH AdditionRef-mine'],
    ['', 'NOASSERTION'],
    [' \n', 'NOASSERTION'],
    ['noassertion', 'NOASSERTION'],
    ['UNLICENSED', 'NONE'],
    ['MIT AND NOASSERTION', 'MIT AND NOASSERTION'],
  ])('%j is %s', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  test('operators of one kind are one list', () => {
    expect(read('MIT OR (ISC OR Zlib)')).toEqual({
      kind: 'or',
      operands: ['MIT', 'ISC', 'Zlib'].map((id) => ({ kind: 'license', id, orLater: false, exception: null })),
    });
  });
});

describe('what is no expression is refused, with what is wrong and where', () => {
  test.each([
    ['Apach-2.0', 'Apach-2.0 at character 1 is not on the SPDX list (did you mean Apache-2.0?)'],
    ['Apache 2.0', 'Apache at character 1 is not on the SPDX list (did you mean Apache-2.0?)'],
    ['MIT OR GPLv3', 'GPLv3 at character 8 is not on the SPDX list (did you mean GPL-3.0-only?)'],
    ['proprietary software', 'proprietary at character 1 is not on the SPDX list'],
    ['MIT, ISC', ', at character 4 is not part of an SPDX expression'],
    ['MIT ISC', 'before ISC at character 5, AND or OR is wanted'],
    ['(MIT', 'the parenthesis at character 1 is not closed'],
    ['MIT)', 'the parenthesis at character 4 was not opened'],
    ['MIT OR', 'it ends where a license is wanted'],
    ['AND MIT', 'AND at character 1 stands where a license is wanted'],
    ['()', ') at character 2 stands where a license is wanted'],
    ['MIT WITH', 'it ends where an exception is wanted'],
    ['MIT WITH MIT', 'MIT at character 10 is no exception on the SPDX list'],
    ['(MIT) WITH LLVM-exception', 'before WITH at character 7, a license is wanted'],
    ['wxWindows WITH LLVM-exception', 'LLVM-exception at character 16 is a second exception to one license'],
    ['LLVM-exception', 'LLVM-exception at character 1 is an exception; it stands behind a license and WITH'],
    ['NONE WITH LLVM-exception', 'NONE at character 1 cannot have an exception'],
    ['GPL-2.0-only+', 'GPL-2.0-only+ at character 1 says both "only" and "or later"'],
    ['SEE LICENSE IN LICENSE.md', 'instead of a license it names a file to look into'],
    ['__proto__', '__proto__ at character 1 is not on the SPDX list'],
  ])('%j', (text, reason) => {
    expect(refused(text)).toBe(reason);
  });

  test('a long word is shown in part', () => {
    expect(refused('x'.repeat(5000))).toBe(`${'x'.repeat(40)}… at character 1 is not on the SPDX list`);
  });

  test('a text that is longer than any license needs is not read from a file', () => {
    expect(readExpression(`MIT${' '.repeat(LONGEST)}`)).toEqual({
      known: false,
      reason: 'the expression has 4099 characters, and no more than 4096 are read',
    });
    expect(readExpression('MIT').known).toBe(true);
  });
});

const leaves = [
  'MIT',
  'ISC',
  'GPL-2.0-or-later WITH Classpath-exception-2.0',
  'CDDL-1.0+',
  'LicenseRef-a',
  'NONE',
  'NOASSERTION',
];
const tree = treeOf(leaves);

test('what is printed is read as the same', () => {
  fc.assert(
    fc.property(tree, (one) => {
      const expression = read(textOf(one));
      expect(read(printExpression(expression))).toEqual(expression);
    }),
  );
});

test('order and repetition of operands change no meaning, and what is simplified says nothing twice', () => {
  const turned = (one: Tree): Tree =>
    typeof one === 'string' ? one : { ...one, operands: [...one.operands.map(turned).toReversed(), ...one.operands.slice(0, 1)] };
  fc.assert(
    fc.property(tree, (one) => {
      const [expression, other] = [read(textOf(one)), read(textOf(turned(one)))];
      expect(isSameExpression(expression, other)).toBe(true);
      expect(isSameExpression(simplify(expression), expression)).toBe(true);
      expect(simplify(simplify(expression))).toEqual(simplify(expression));
    }),
  );
});

test.each([
  ['MIT', 'ISC'],
  ['MIT OR ISC', 'MIT AND ISC'],
  ['MIT AND (ISC OR Zlib)', 'MIT AND ISC OR Zlib'],
  ['CDDL-1.0', 'CDDL-1.0+'],
  ['Apache-2.0', 'Apache-2.0 WITH LLVM-exception'],
])('%s is not %s', (one, other) => {
  expect(isSameExpression(read(one), read(other))).toBe(false);
});

test('an operand that turns out to be of the kind of what it stands in is part of it', () => {
  expect(printExpression(simplify(read('Zlib OR ((MIT OR ISC) AND (ISC OR MIT))')))).toBe('Zlib OR MIT OR ISC');
});

test('the licenses of an expression are told once each, in the order of the text', () => {
  expect(licensesIn(read('mit AND (ISC OR MIT) AND NONE AND MIT+')).map(printExpression)).toEqual(['MIT', 'ISC', 'MIT+']);
});

test.each([
  ['20,000 operands', 'MIT OR '.repeat(19_999) + 'ISC'],
  ['20,000 parentheses', `${'('.repeat(20_000)}MIT${')'.repeat(20_000)}`],
  ['10,000 levels', `${'MIT OR (ISC AND ('.repeat(5_000)}MIT${'))'.repeat(5_000)}`],
])('%s are read, printed, simplified and compared', (_name, text) => {
  const expression = read(text);
  expect(isSameExpression(simplify(expression), read(printExpression(expression)))).toBe(true);
  expect(licensesIn(expression).length).toBeLessThan(3);
});
