/** Whether an entry allows a license: spdx-satisfies decides, and every pair on which Steward differs is of a kind listed here. */
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import satisfies from 'spdx-satisfies';
import { isAllowed, isEntry, satisfiesEntry } from '../src/rules/license-file/allowed.ts';
import { licenseFile } from '../src/rules/license-file/index.ts';

const IDS = createRequire(import.meta.url)('spdx-license-ids') as readonly string[];
const raw = (id: string, entry: string): 'allow' | 'deny' | 'throws' => {
  try {
    return satisfies(id, [entry]) ? 'allow' : 'deny';
  } catch {
    return 'throws';
  }
};

describe('an entry allows', () => {
  test.each([
    ['MIT', 'MIT'],
    ['MIT', 'mit'],
    ['GPL-2.0-or-later', 'GPL-2.0-only'],
    ['GPL-2.0-or-later', 'GPL-3.0-only'],
    ['GPL-3.0-only', 'GPL-2.0+'],
    ['LGPL-2.1-only', 'LGPL-2.1'],
    ['CDDL-1.1', 'CDDL-1.0+'],
    ['LicenseRef-Acme', 'LicenseRef-Acme'],
  ])('%s by %s', (id, entry) => {
    expect(satisfiesEntry(id, entry)).toBe('allow');
  });
});

describe('an entry does not allow', () => {
  test.each([
    ['MIT', 'Apache-2.0'],
    ['LGPL-3.0-only', 'LGPL-2.1'],
    ['AGPL-3.0-only', 'AGPL-1.0'],
    ['CDDL-1.1', 'CDDL-1.0'],
    ['CDDL-1.0', 'CDDL-1.1+'],
    ['EUPL-1.0', 'EUPL-1.1+'],
    ['GPL-2.0-only', 'GPL-3.0-or-later'],
  ])('%s by %s', (id, entry) => {
    expect(satisfiesEntry(id, entry)).toBe('deny');
  });
});

test('every pair of ids of a family, and a fortieth of the others, is answered as spdx-satisfies answers it, but for false allows, throws, and names of one license', () => {
  const kinds = new Map<string, number>();
  const families = Map.groupBy(IDS, (id) => id.slice(0, 3));
  const pairs = IDS.flatMap((id, index) => {
    const strangers = IDS.filter((_, other) => (index * 31 + other) % 40 === 0);
    return [...new Set([...(families.get(id.slice(0, 3)) ?? []), ...strangers])].map((entry) => [id, entry] as const);
  });
  for (const [id, entry] of pairs) {
    const [ours, theirs] = [satisfiesEntry(id, entry), raw(id, entry)];
    if (ours !== theirs) kinds.set(`${theirs} → ${ours}`, (kinds.get(`${theirs} → ${ours}`) ?? 0) + 1);
  }
  expect(Object.fromEntries(kinds)).toMatchInlineSnapshot(`
   {
     "allow → deny": 34,
     "throws → deny": 208,
     "throws → unknown": 132,
   }
  `);
});

test('a policy without entries allows everything; with entries, one is enough', () => {
  expect([isAllowed('MIT', []), isAllowed('MIT', ['Apache-2.0', 'MIT']), isAllowed('MIT', ['Apache-2.0'])]).toEqual([
    'allow',
    'allow',
    'deny',
  ]);
});

describe('a policy can list', () => {
  test.each([
    'MIT',
    'apache-2.0',
    'GPL-2.0',
    'GPL-2.0+',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'LicenseRef-Acme',
    'GFDL-1.2-invariants-only',
  ])('%s', (entry) => {
    expect(isEntry(entry)).toBe(true);
  });
});

describe('a policy cannot list', () => {
  test.each([
    '',
    'Apache2',
    'MIT OR Apache-2.0',
    '(MIT)',
    'NONE',
    'UNLICENSED',
    'MIT/Apache-2.0',
    `MIT${' '.repeat(200)}`,
    '__proto__',
  ])('%j', (entry) => {
    expect(isEntry(entry)).toBe(false);
    expect(licenseFile.options.safeParse({ allow: [entry] }).success).toBe(false);
  });
});
