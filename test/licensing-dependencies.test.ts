/** What is said of dependencies, however many there are and whatever they are called. */
import { expect, test } from '@jest/globals';
import { known } from '../src/facts/answer.ts';
import type { LicensedPackage } from '../src/facts/packages/licensed.ts';
import { plain } from '../src/facts/words.ts';
import { dependencyLicenses } from '../src/rules/dependency-licenses/index.ts';
import type { Finding } from '../src/rules/rule.ts';

function aPackage(name: string, changes: Partial<LicensedPackage> = {}): LicensedPackage {
  return {
    ...{ ecosystem: 'npm', name, version: '1.0.0', constraint: null, origin: { kind: 'registry', registry: null } },
    ...{ usage: 'runtime', isDirect: true, license: null, line: 1, path: 'package-lock.json', before: null, otherwise: null },
    packageUrl: `pkg:npm/${name}@1.0.0`,
    licensed: known({ declared: 'MIT', expression: 'MIT', source: 'lock file', url: null }),
    ...changes,
  };
}

function findings(packages: readonly LicensedPackage[], options: object): readonly Finding[] {
  const added = { packages, unread: [], unnamed: [], left: [], moved: [] };
  return dependencyLicenses.check({ added, at: '2026-01-01T00:00:00Z' }, dependencyLicenses.options.parse(options));
}

const several = (count: number, changes: Partial<LicensedPackage> = {}): readonly LicensedPackage[] =>
  Array.from({ length: count }, (_, index) => aPackage(`a${index}`, changes));
const license = (expression: string): Pick<LicensedPackage, 'licensed'> => ({
  licensed: known({ declared: expression, expression, source: 'lock file', url: null }),
});

test.each([
  ['excepted', several(2000), { exceptions: [{ package: 'pkg:npm/*', reason: 'r'.repeat(300) }] }],
  ['not allowed', several(2000), { deny: ['MIT'] }],
  ['there before', several(2000, { before: { version: '0.9.0', expression: 'MIT' } }), { deny: ['MIT'] }],
])('2000 packages that are %s are 40 findings, and one that counts the others', (_, packages, options) => {
  const told = findings(packages, options);
  expect(told).toHaveLength(41);
  expect(told.filter(({ about }) => about.startsWith('more '))).toEqual([
    expect.objectContaining({ says: expect.arrayContaining([expect.stringMatching(/^1960 more dependencies/)]) }),
  ]);
});

test('names, versions and licenses that nobody would read are cut, and two of them stay two', () => {
  const long = (end: string): LicensedPackage => {
    const name = `${'n'.repeat(1000)}${end}`;
    return aPackage(name, {
      constraint: 'c'.repeat(1000),
      version: null,
      packageUrl: `pkg:npm/${name}`,
      ...license('MIT AND '.repeat(100) + 'ISC'),
    });
  };
  const told = findings([long('a'), long('b')], { deny: ['MIT'] });
  expect(new Set(told.map(({ about }) => about)).size).toBe(2);
  for (const { about, briefly = [], fix = [] } of told) {
    expect(about.length).toBeLessThan(420);
    expect(plain(briefly).length).toBeLessThan(420);
    expect(plain(fix).length).toBeLessThan(600);
  }
});

test('where several say it, they are counted by who does', () => {
  const registry = known({ declared: 'ISC', expression: 'ISC', source: 'registry', url: null } as const);
  const told = findings([...several(2), aPackage('b', { licensed: registry })], {});
  expect(told.map(({ says }) => plain(says))).toEqual([
    '3 dependencies are added or changed and allowed, 2 as their lock file says, 1 as their registry says: 2 × MIT, 1 × ISC.',
  ]);
});

test('an exception for one license does not hold by what a lock file says against the registry', () => {
  const otherwise = { declared: 'AGPL-3.0-only', expression: 'AGPL-3.0-only', source: 'registry', url: null } as const;
  const options = { allow: ['MIT'], exceptions: [{ package: 'pkg:npm/a', license: 'MPL-2.0', reason: 'fine' }] };
  expect(findings([aPackage('a', license('MPL-2.0'))], options).map(({ outcome }) => outcome)).toEqual(['exempt']);
  expect(findings([aPackage('a', { ...license('MPL-2.0'), otherwise })], options).map(({ outcome }) => outcome)).toEqual([
    'fail',
  ]);
});

test('another version under another license is held against the contribution', () => {
  const changed = aPackage('a', { ...license('GPL-3.0-only'), before: { version: '0.9.0', expression: 'MIT' } });
  const unknownBefore = aPackage('b', { ...license('GPL-3.0-only'), before: { version: '0.9.0', expression: null } });
  expect(findings([changed, unknownBefore], { allow: ['MIT'] }).map(({ outcome }) => outcome)).toEqual(['fail', 'fail']);
});

test.each([
  ['pkg:hackage/plutus-core?repository_url=https%3A%2F%2Fchap.intersectmbo.org%2F', 'for pkg:hackage/plutus-core.'],
  ['pkg:npm/a@1?repository_url=https%3A%2F%2Fnpm.example.org', 'for pkg:npm/a@1?repository_url=https%3A%2F%2Fnpm.example.org.'],
  [`pkg:npm/${'a'.repeat(500)}`, 'for it.'],
])('%s is proposed for an exception as a policy takes it', (url, words) => {
  const [told] = findings([aPackage('a', { packageUrl: url })], { deny: ['MIT'] });
  expect(plain(told?.fix ?? []).slice(-words.length)).toBe(words);
});

test('exceptions that were used are marked, also where they are only counted', () => {
  const told = findings(several(50), { exceptions: [{ package: 'pkg:npm/*', reason: 'ours' }] });
  expect(told.map(({ isExcepted }) => isExcepted)).toEqual(Array.from({ length: 41 }, () => true));
});
