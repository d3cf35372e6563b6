/** Where expressions stand by the lists of a policy: by examples, by truth tables, and by what may never happen. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isLicenseId } from '../src/facts/spdx/ids.ts';
import { plain } from '../src/facts/words.ts';
import { STANDINGS, type Standing } from '../src/rules/licensing/decide.ts';
import { evaluate } from '../src/rules/licensing/evaluate.ts';
import { explain } from '../src/rules/licensing/explain.ts';
import { CATEGORIES, SHIPPED } from '../src/rules/licensing/shipped.ts';
import type { Terms } from '../src/rules/licensing/terms.ts';
import { read, textOf, treeOf, type Tree } from './support/spdx-expressions.ts';

const terms = (some: Partial<Terms>): Terms => ({
  allow: [],
  review: [],
  deny: [],
  categories: {},
  exactExceptions: false,
  ...some,
});

const OFFICE = terms({
  allow: ['category:permissive', 'category:public-domain', 'MPL-2.0', 'LicenseRef-Acme'],
  review: ['LGPL-3.0-only'],
  deny: ['category:network-copyleft'],
});

const said = (text: string, by: Terms): string => plain(explain(read(text), evaluate(read(text), by)));
const standing = (text: string, by: Terms): Standing => evaluate(read(text), by).standing;

describe('by the lists of an office', () => {
  test.each([
    ['MIT', 'allow', 'MIT is allowed by category:permissive.'],
    ['MPL-2.0', 'allow', 'MPL-2.0 is allowed by MPL-2.0.'],
    ['MIT OR GPL-3.0-only', 'allow', 'MIT OR GPL-3.0-only: MIT is chosen, allowed by category:permissive.'],
    ['GPL-3.0-only/MIT', 'allow', 'GPL-3.0-only OR MIT: MIT is chosen, allowed by category:permissive.'],
    [
      'MIT AND CC0-1.0',
      'allow',
      'MIT AND CC0-1.0: MIT is allowed by category:permissive; CC0-1.0 is allowed by category:public-domain.',
    ],
    ['GPL-3.0-only', 'deny', 'GPL-3.0-only is not among the allowed licenses.'],
    ['MIT AND AGPL-3.0+', 'deny', 'MIT AND AGPL-3.0-or-later: AGPL-3.0-or-later is denied by category:network-copyleft.'],
    ['LGPL-2.1-or-later', 'review', 'LGPL-2.1-or-later, taken as LGPL-3.0-only, is to be reviewed, as LGPL-3.0-only says.'],
    [
      'LGPL-3.0-only OR GPL-3.0-only',
      'review',
      'LGPL-3.0-only OR GPL-3.0-only: LGPL-3.0-only is chosen, to be reviewed, as LGPL-3.0-only says.',
    ],
    ['Zed', 'unknown', 'Zed is unclear, as Steward does not know its category.'],
    ['NOASSERTION', 'unknown', 'NOASSERTION is unclear, as nobody said which license it is.'],
    ['MIT AND NOASSERTION', 'unknown', 'MIT AND NOASSERTION: NOASSERTION is unclear, as nobody said which license it is.'],
    ['MIT OR NOASSERTION', 'allow', 'MIT OR NOASSERTION: MIT is chosen, allowed by category:permissive.'],
    ['UNLICENSED', 'deny', 'NONE means that nobody may use it.'],
    ['LicenseRef-Acme', 'allow', 'LicenseRef-Acme is allowed by LicenseRef-Acme.'],
    ['LicenseRef-Other', 'deny', 'LicenseRef-Other is not among the allowed licenses.'],
    ['Apache-2.0 WITH LLVM-exception', 'allow', 'Apache-2.0 WITH LLVM-exception is allowed by category:permissive.'],
    ['Apache-2.0 WITH AdditionRef-x', 'deny', 'Apache-2.0 WITH AdditionRef-x is not among the allowed licenses.'],
  ])('%s', (text, expected, sentence) => {
    expect([standing(text, OFFICE), said(text, OFFICE)]).toEqual([expected, sentence]);
  });
});

describe('where no license is listed as allowed', () => {
  const open = terms({ deny: ['GPL-2.0-only'] });
  test.each([
    ['MIT', 'allow', 'MIT is allowed, as no list names it.'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'deny', 'GPL-2.0-only WITH Classpath-exception-2.0 is denied by GPL-2.0-only.'],
    ['GPL-2.0-or-later', 'allow', 'GPL-2.0-or-later, taken as GPL-3.0-only, is allowed, as no list names it.'],
    ['LicenseRef-x', 'unknown', 'LicenseRef-x is unclear, as what it stands for is not on the SPDX list.'],
    ['NONE', 'deny', 'NONE means that nobody may use it.'],
  ])('%s', (text, expected, sentence) => {
    expect([standing(text, open), said(text, open)]).toEqual([expected, sentence]);
  });
});

test.each([
  ['what is denied too is denied', 'MIT', { allow: ['MIT'], deny: ['category:permissive'] }, 'deny'],
  ['what is to be reviewed too is reviewed', 'MIT', { allow: ['MIT'], review: ['MIT'] }, 'review'],
  ['a denial of a version or later leaves the earlier ones', 'GPL-2.0-or-later', { deny: ['GPL-3.0-or-later'] }, 'allow'],
  ['a denial of a version or later hits the later ones', 'GPL-3.0-only', { deny: ['GPL-2.0-or-later'] }, 'deny'],
  ['NONE can be allowed', 'UNLICENSED', { allow: ['NONE'] }, 'allow'],
  [
    'a policy moves a license into another category',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    {
      allow: ['category:weak-copyleft'],
      deny: ['category:strong-copyleft'],
      categories: { 'weak-copyleft': ['GPL-2.0-only WITH Classpath-exception-2.0'] },
    },
    'allow',
  ],
  [
    'a category moved for a version or later moves each of them',
    'LGPL-3.0-only',
    {
      allow: ['category:permissive'],
      categories: { permissive: ['LGPL-2.1+'] },
    },
    'allow',
  ],
  [
    'a reference is of the category that the policy puts it into',
    'LicenseRef-A',
    {
      allow: ['category:permissive'],
      categories: { permissive: ['licenseref-a'] },
    },
    'allow',
  ],
  ['a reference of no category is allowed by no category', 'LicenseRef-A', { allow: ['category:uncategorized'] }, 'deny'],
  ['a license of no known category may be any that is denied', 'Zed', { deny: ['category:strong-copyleft'] }, 'unknown'],
  [
    'a license of no known category is denied where no category could allow it',
    'Zed',
    { allow: ['MIT'], deny: ['category:font'] },
    'deny',
  ],
  [
    'exceptions count only where an entry has them, when the policy says so',
    'Apache-2.0 WITH LLVM-exception',
    {
      allow: ['Apache-2.0', 'category:permissive'],
      exactExceptions: true,
    },
    'deny',
  ],
] satisfies [string, string, Partial<Terms>, Standing][])('%s', (_name, text, some, expected) => {
  expect(standing(text, terms(some))).toBe(expected);
});

/** By the words of the rule, with recursion. */
const LEAVES = { MIT: 'allow', 'LGPL-3.0-only': 'review', Zed: 'unknown', 'GPL-3.0-only': 'deny' } as const;
function bruteForce(tree: Tree): Standing {
  if (typeof tree === 'string') return LEAVES[tree as keyof typeof LEAVES];
  const all = tree.operands.map((operand) => STANDINGS.indexOf(bruteForce(operand)));
  return STANDINGS[tree.kind === 'and' ? Math.min(...all) : Math.max(...all)] ?? 'unknown';
}
const tree = treeOf(Object.keys(LEAVES));

test('of an AND the worst counts and of an OR the best, and what decided stands where the whole stands', () => {
  fc.assert(
    fc.property(tree, (one) => {
      const { standing: found, because } = evaluate(read(textOf(one)), OFFICE);
      expect(found).toBe(bruteForce(one));
      expect([...new Set(because.map((decision) => decision.standing))]).toEqual([found]);
    }),
  );
});

test('what is relied on is enough by itself', () => {
  fc.assert(
    fc.property(tree, (one) => {
      const { standing: found, because } = evaluate(read(textOf(one)), OFFICE);
      const ids = because.map(({ leaf }) => (leaf.kind === 'license' ? leaf.id : ''));
      const onlyThese = (part: Tree): boolean =>
        typeof part === 'string'
          ? ids.includes(part)
          : part.kind === 'and'
            ? part.operands.every(onlyThese)
            : part.operands.some(onlyThese);
      expect(found !== 'allow' || onlyThese(one)).toBe(true);
    }),
  );
});

const ENTRIES = [
  'MIT',
  'GPL-2.0-or-later',
  'GPL-3.0-only',
  'LGPL-3.0-only',
  'category:permissive',
  'category:strong-copyleft',
  'Zed',
];
const list = fc.uniqueArray(fc.constantFrom(...ENTRIES), { maxLength: 3 });
const lists = fc.record({ allow: list, review: list, deny: list }).map(terms);
const atLeast = (one: Standing, other: Standing): boolean => STANDINGS.indexOf(one) >= STANDINGS.indexOf(other);

test('one more entry under allow makes nothing worse where any stands there, and one more under deny nothing better', () => {
  fc.assert(
    fc.property(tree, lists, fc.constantFrom(...ENTRIES), (one, by, entry) => {
      const found = standing(textOf(one), by);
      const [allowed, denied] = [
        { ...by, allow: [...by.allow, entry] },
        { ...by, deny: [...by.deny, entry] },
      ];
      expect(by.allow.length === 0 || atLeast(standing(textOf(one), allowed), found)).toBe(true);
      expect(atLeast(found, standing(textOf(one), denied))).toBe(true);
    }),
  );
});

test('the order of operands and entries decides nothing', () => {
  const turned = (part: Tree): Tree =>
    typeof part === 'string' ? part : { ...part, operands: part.operands.map(turned).toReversed() };
  fc.assert(
    fc.property(tree, lists, (one, by) => {
      const reversed = { ...by, allow: by.allow.toReversed(), review: by.review.toReversed(), deny: by.deny.toReversed() };
      expect(standing(textOf(turned(one)), reversed)).toBe(standing(textOf(one), by));
    }),
  );
});

test('20,000 operands and 22 clauses of two stand somewhere', () => {
  expect(standing('GPL-3.0-only OR '.repeat(19_999) + 'MIT', OFFICE)).toBe('allow');
  expect(standing(Array.from({ length: 22 }, () => '(GPL-3.0-only OR MIT)').join(' AND '), OFFICE)).toBe('allow');
});

test('each shipped category holds current ids, and no id stands in two', () => {
  const all = CATEGORIES.flatMap((category) => SHIPPED[category].split(/\s+/).filter((id) => id !== ''));
  expect(all.filter((id) => !isLicenseId(id))).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(490);
});
