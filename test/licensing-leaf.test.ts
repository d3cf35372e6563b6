/** Whether an entry covers a license: spdx-satisfies decides, and every pair on which Steward differs is listed with its reason. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { License } from '../src/facts/spdx/expression.ts';
import { printExpression } from '../src/facts/spdx/expression.ts';
import { isCovered } from '../src/rules/licensing/leaf.ts';
import { versionsOf } from '../src/rules/licensing/offered.ts';
import { COMPARED, differenceOf, DIFFERENCES, FORMS, rowOf } from './support/spdx-differences.ts';
import { read } from './support/spdx-expressions.ts';

function license(text: string): License {
  const expression = read(text);
  if (expression.kind !== 'license') throw new Error(`${text} is no license`);
  return expression;
}

describe('an entry covers', () => {
  test.each([
    ['MIT', 'mit'],
    ['GPL-2.0-or-later', 'GPL-2.0-only'],
    ['GPL-2.0-or-later', 'GPL-3.0-only'],
    ['GPL-3.0-only', 'GPL-2.0+'],
    ['LGPL-2.1-only', 'LGPL-2.1'],
    ['CDDL-1.1', 'CDDL-1.0+'],
    ['EUPL-1.2', 'EUPL-1.1+'],
    ['CECILL-2.0+', 'CECILL-2.1'],
    ['GFDL-1.2-invariants-or-later', 'GFDL-1.3-invariants-only'],
    ['LicenseRef-Acme', 'licenseref-acme'],
    ['Apache-2.0 WITH LLVM-exception', 'Apache-2.0'],
    ['GPL-2.0-or-later WITH Classpath-exception-2.0', 'GPL-3.0-only WITH Classpath-exception-2.0'],
    ['MIT WITH AdditionRef-mine', 'MIT WITH AdditionRef-mine'],
  ])('%s by %s', (one, entry) => {
    expect(isCovered(license(one), license(entry))).toBe('yes');
  });
});

describe('an entry does not cover', () => {
  test.each([
    ['MIT', 'Apache-2.0'],
    ['LGPL-3.0-only', 'LGPL-2.1'],
    ['AGPL-3.0-only', 'AGPL-1.0'],
    ['CDDL-1.1', 'CDDL-1.0'],
    ['CDDL-1.0', 'CDDL-1.1+'],
    ['EUPL-1.0', 'EUPL-1.1+'],
    ['GPL-2.0-only', 'GPL-3.0-or-later'],
    ['GFDL-1.3-invariants-or-later', 'GFDL-1.3-no-invariants-or-later'],
    ['LicenseRef-Acme', 'LicenseRef-Other'],
    ['GPL-2.0-only', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-2.0-only WITH GCC-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['MIT WITH AdditionRef-mine', 'MIT'],
  ])('%s by %s', (one, entry) => {
    expect(isCovered(license(one), license(entry))).toBe('no');
  });

  test('a license with an exception by one without, where exceptions must be the same', () => {
    const [one, entry] = [license('Apache-2.0 WITH LLVM-exception'), license('Apache-2.0')];
    expect([isCovered(one, entry, true), isCovered(one, one, true), isCovered(entry, entry, true)]).toEqual(['no', 'yes', 'yes']);
  });
});

test.each([
  ['MIT', ['MIT']],
  ['GPL-2.0-or-later', ['GPL-2.0-only', 'GPL-3.0-only']],
  ['LGPL-2.1+ WITH LLVM-exception', ['LGPL-2.1-only WITH LLVM-exception', 'LGPL-3.0-only WITH LLVM-exception']],
  ['Apache-1.1+', ['Apache-1.1', 'Apache-2.0']],
  ['EUPL-1.1+', ['EUPL-1.1', 'EUPL-1.2']],
  ['MIT+', ['MIT']],
])('%s is a choice among %j', (one, versions) => {
  expect(versionsOf(license(one)).map(printExpression)).toEqual(versions);
});

const isWide = ({ theirs, ours }: (typeof DIFFERENCES)[number]): boolean => theirs === 'throws' && ours === 'no';

describe('against spdx-satisfies', () => {
  test.each(DIFFERENCES.filter((row) => !isWide(row)).map((row) => [row.licenses, row.theirs, row.ours, row] as const))(
    'licenses %s: they say %s and Steward %s in as many pairs as are listed',
    (_licenses, _theirs, _ours, row) => {
      const licenses = FORMS.filter((form) => row.licenses.test(form));
      const entries = FORMS.filter((form) => row.entries.test(form));
      const found = licenses.flatMap((one) =>
        entries.filter((entry) => {
          const difference = differenceOf(one, entry);
          return difference !== null && DIFFERENCES[rowOf(one, entry, difference)] === row;
        }),
      );
      expect(found.length).toBe(row.pairs);
    },
  );

  test('no pair differs that is not listed', () => {
    const form = fc.constantFrom(...FORMS);
    const unparsed = fc.constantFrom(...FORMS.filter((one) => one.includes('invariants')));
    fc.assert(
      fc.property(fc.oneof(fc.tuple(form, form), fc.tuple(unparsed, form), fc.tuple(form, unparsed)), ([one, entry]) => {
        const difference = differenceOf(one, entry);
        expect(difference === null || rowOf(one, entry, difference) >= 0).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('every pair of ids was compared', () => {
    expect(FORMS.length ** 2).toBe(COMPARED);
  });
});
