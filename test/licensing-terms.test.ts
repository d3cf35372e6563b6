/** What a policy can say of licenses and packages, what it is told of its mistakes, and which packages it excepts. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Ecosystem } from '../src/facts/packages/package.ts';
import { packageUrl } from '../src/facts/packages/url.ts';
import { exceptionFor, exceptionRemarks, exceptionsShape } from '../src/rules/licensing/exceptions.ts';
import { isPackageNamed, patternFor } from '../src/rules/licensing/package-pattern.ts';
import { termsRemarks } from '../src/rules/licensing/remarks.ts';
import { kindsShape, termsFor, termsForUsage, termsShape, usagesShape } from '../src/rules/licensing/terms.ts';
import { read } from './support/spdx-expressions.ts';

const options = z.strictObject({ ...termsShape, ...kindsShape, ...usagesShape, ...exceptionsShape });
const problem = (some: object): string | undefined => options.safeParse(some).error?.issues[0]?.message;

describe('a policy can list', () => {
  test.each([
    'MIT',
    'apache-2.0',
    'GPL-2.0',
    'GPL-2.0+',
    'CDDL-1.0+',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'LicenseRef-Acme',
    'GFDL-1.2-invariants-only',
    'category:permissive',
    'Category:Weak-Copyleft',
    'NONE',
  ])('%s', (entry) => {
    expect(problem({ allow: [entry], review: [entry], deny: [entry] })).toBeUndefined();
  });
});

describe('a policy cannot list, and is told why', () => {
  test.each([
    ['', 'it is empty'],
    ['Apache2', 'Apache2 at character 1 is not on the SPDX list (did you mean Apache-2.0?)'],
    ['MIT OR Apache-2.0', 'it names several licenses; each is an entry of its own'],
    ['MIT/Apache-2.0', 'it names several licenses; each is an entry of its own'],
    ['NOASSERTION', 'it says that nothing is known'],
    ['category:permisive', 'permisive is no category (did you mean category:permissive?)'],
    ['__proto__', '__proto__ at character 1 is not on the SPDX list'],
    [`MIT${' '.repeat(200)}`, 'it has 203 characters, and no license id has so many'],
  ])('%j: %s', (entry, reason) => {
    const wanted = 'an SPDX license id, such as Apache-2.0, a LicenseRef-, a category, such as category:permissive, or NONE';
    expect(problem({ allow: [entry] })).toBe(`Expected ${wanted}; ${reason}.`);
  });

  test('more than 200 entries, categories that there are none of, and categories in categories', () => {
    expect(problem({ deny: Array.from({ length: 201 }, () => 'MIT') })).toBeDefined();
    expect(problem({ categories: { friendly: ['MIT'] } })).toBeDefined();
    expect(problem({ categories: { permissive: ['category:font'] } })).toBe(
      'Expected an SPDX license id, such as Apache-2.0, or a LicenseRef-; it names no license.',
    );
  });
});

test('a list that a kind of repository or a usage has replaces the general one', () => {
  const chosen = options.parse({
    allow: ['MIT'],
    deny: ['AGPL-3.0-only'],
    kinds: { documentation: { allow: ['CC-BY-4.0'] } },
    usages: { development: { deny: [] } },
  });
  const lists = ({ allow, review, deny }: typeof chosen) => ({ allow, review, deny });
  expect(lists(termsFor(chosen, 'code'))).toEqual({ allow: ['MIT'], review: [], deny: ['AGPL-3.0-only'] });
  expect(lists(termsFor(chosen, 'documentation'))).toEqual({ allow: ['CC-BY-4.0'], review: [], deny: ['AGPL-3.0-only'] });
  expect(lists(termsForUsage(termsFor(chosen, 'documentation'), 'development'))).toEqual({
    allow: ['CC-BY-4.0'],
    review: [],
    deny: [],
  });
});

test('an entry that another list overrules is remarked, and no other', () => {
  const terms = options.parse({
    allow: ['MIT', 'ISC', 'AGPL-3.0-only', 'category:font', 'NONE', 'GPL-2.0-or-later'],
    review: ['MIT'],
    deny: ['category:network-copyleft', 'category:font', 'NONE', 'GPL-2.0-only'],
  });
  expect(termsRemarks(terms).map(({ option, message }) => [option, message])).toEqual([
    ['allow', '"MIT" has no effect here: review names it too, by "MIT".'],
    ['allow', '"AGPL-3.0-only" has no effect here: deny names it too, by "category:network-copyleft".'],
    ['allow', '"category:font" has no effect here: deny names it too, by "category:font".'],
    ['allow', '"NONE" has no effect here: deny names it too, by "NONE".'],
  ]);
});

describe('a pattern names a package', () => {
  test.each([
    ['pkg:npm/left-pad', 'pkg:npm/left-pad@1.3.0'],
    ['pkg:npm/left-pad@1.*', 'pkg:npm/left-pad@1.3.0?a=b#c'],
    ['pkg:npm/@acme/*', 'pkg:npm/%40acme/tool@2.0.0'],
    ['pkg:npm/%40acme/tool', 'pkg:npm/@acme/tool'],
    ['pkg:npm/*-plugin-*', 'pkg:npm/a-plugin-plugin-b@1'],
    ['pkg:golang/github.com/acme/*', 'pkg:golang/github.com/acme/a/b@v1.0.0'],
    [
      'pkg:npm/@acme/x?vcs_url=git+https://github.com/acme/*',
      'pkg:npm/%40acme/x@1?vcs_url=git%2Bhttps%3A%2F%2Fgithub.com%2Facme%2Fx%401a',
    ],
    ['pkg:hackage/a*?repository_url=https://chap.example/', 'pkg:hackage/a?repository_url=https%3A%2F%2Fchap.example%2F#lib'],
    // CHaP is a public registry of Haskell, under its address of today and that of before.
    ['pkg:hackage/cardano-*', 'pkg:hackage/cardano-api?repository_url=https%3A%2F%2Fchap.intersectmbo.org%2F'],
    [
      'pkg:hackage/cardano-*@10.*',
      'pkg:hackage/cardano-api@10.1.0.0?repository_url=https%3A%2F%2Finput-output-hk.github.io%2Fcardano-haskell-packages',
    ],
    [
      'pkg:hackage/a?repository_url=https://chap.intersectmbo.org/*',
      'pkg:hackage/a?repository_url=https%3A%2F%2Fchap.intersectmbo.org%2F',
    ],
    ['pkg:npm/%2A', 'pkg:npm/*@1.0.0'],
  ])('%s: %s', (pattern, packageUrl) => {
    expect(isPackageNamed(pattern, packageUrl)).toBe(true);
  });

  test.each([
    ['pkg:npm/left-pad', 'pkg:npm/left-pad-2@1.3.0'],
    ['pkg:npm/left-pad@1.*', 'pkg:npm/left-pad@2.1.0'],
    ['pkg:npm/left-pad@1.*', 'pkg:npm/left-pad'],
    ['pkg:npm/@acme/*', 'pkg:npm/acme'],
    ['pkg:npm/ab*ba', 'pkg:npm/aba'],
    ['pkg:npm/a', 'pkg:cargo/a'],
    ['pkg:npm/100%', 'pkg:npm/100'],
    // Whoever makes a repository or an archive calls it as they like.
    ['pkg:npm/@acme/*', 'pkg:npm/%40acme/x@1?vcs_url=git%2Bhttps%3A%2F%2Fgithub.com%2Fevil%2Fgpl'],
    ['pkg:npm/x', 'pkg:npm/x@1?download_url=https%3A%2F%2Fevil.example%2Fx.tgz'],
    ['pkg:hackage/x', 'pkg:hackage/x?repository_url=https%3A%2F%2Fevil.example%2F'],
    ['pkg:npm/x?vcs_url=git+https://github.com/acme/*', 'pkg:npm/x@1?vcs_url=git%2Bhttps%3A%2F%2Fgithub.com%2Fevil%2Fx'],
    ['pkg:npm/x?vcs_url=git+https://github.com/acme/*', 'pkg:npm/x@1'],
    ['pkg:npm/x', 'pkg:npm/x@1?repository_url=https%3A%2F%2Fchap.intersectmbo.org%2F'],
    ['pkg:hackage/x', 'pkg:hackage/x?repository_url=https%3A%2F%2Fchap.intersectmbo.org.evil.example%2F'],
    ['pkg:hackage/x', 'pkg:hackage/x?vcs_url=git%2Bhttps%3A%2F%2Fchap.intersectmbo.org%2F'],
    // A star that a name brings is no wildcard where it is written as %2A.
    ['pkg:npm/%2A', 'pkg:npm/anything@1.0.0'],
  ])('%s, but not %s', (pattern, packageUrl) => {
    expect(isPackageNamed(pattern, packageUrl)).toBe(false);
  });

  test('many stars in a long name take no longer than one', () => {
    expect(isPackageNamed(`pkg:npm/${'a*'.repeat(140)}b`, `pkg:npm/${'a'.repeat(100_000)}`)).toBe(false);
  });
});

describe('the pattern that names a package', () => {
  test.each([
    ['pkg:npm/%40acme/x@1.0.0', 'pkg:npm/%40acme/x@1.0.0'],
    ['pkg:golang/github.com/acme/x@v1.0.0#lib', 'pkg:golang/github.com/acme/x@v1.0.0'],
    ['pkg:hackage/cardano-api?repository_url=https%3A%2F%2Fchap.intersectmbo.org%2F', 'pkg:hackage/cardano-api'],
    ['pkg:npm/x@1?repository_url=https%3A%2F%2Fnpm.example.org', 'pkg:npm/x@1?repository_url=https%3A%2F%2Fnpm.example.org'],
    ['pkg:npm/*@1.0.0', 'pkg:npm/%2A@1.0.0'],
    [`pkg:npm/${'a'.repeat(400)}`, null],
  ])('%s: %s', (packageUrl, pattern) => {
    expect(patternFor(packageUrl)).toBe(pattern);
  });

  test('is one that a policy takes and that names the package, whatever it is called and wherever it comes from', () => {
    const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
    const origin = fc.oneof(
      fc.record({ kind: fc.constant('registry' as const), registry: fc.option(fc.oneof(fc.webUrl(), text)) }),
      fc.record({ kind: fc.constant('repository' as const), url: fc.webUrl(), ref: fc.option(text), path: fc.option(text) }),
      fc.record({ kind: fc.constant('archive' as const), url: fc.oneof(fc.webUrl(), text) }),
    );
    const ecosystem = fc.constantFrom<Ecosystem>('npm', 'cargo', 'pypi', 'golang', 'maven', 'hackage', 'aiken', 'nix');
    fc.assert(
      fc.property(fc.record({ ecosystem, name: text, version: fc.option(text), origin }), (named) => {
        const found = packageUrl({ ...named, constraint: null, usage: 'runtime', isDirect: null, license: null, line: null });
        const pattern = patternFor(found);
        if (pattern === null) return;
        expect(problem({ exceptions: [{ package: pattern, reason: 'r' }] })).toBeUndefined();
        expect([found, pattern, isPackageNamed(pattern, found)]).toEqual([found, pattern, true]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an exception', () => {
  const dated = { package: 'pkg:npm/@acme/*', license: 'ISC OR MIT', reason: 'ours', until: '2026-01-31' };
  const { exceptions } = options.parse({ exceptions: [dated] });
  const acme = 'pkg:npm/%40acme/tool@2.0.0';
  const why = (expression: string | null, now: string): string | undefined =>
    exceptionFor(acme, expression === null ? null : read(expression), exceptions, new Date(now)).lapsed[0]?.why;

  test('holds to the end of its last day, for the license that it names in any order', () => {
    expect(exceptionFor(acme, read('MIT OR ISC'), exceptions, new Date('2026-01-31T23:59:00Z'))).toEqual({
      exception: dated,
      lapsed: [],
    });
    expect(exceptionFor(acme, read('MIT OR ISC'), exceptions, null).exception).toEqual(dated);
  });

  test('does not hold afterwards, for another license, or where the license is not known', () => {
    expect(why('ISC OR MIT', '2026-02-01T00:00:00Z')).toBe('ended');
    expect(why('MIT', '2026-01-01T00:00:00Z')).toBe('other license');
    expect(why(null, '2026-01-01T00:00:00Z')).toBe('license not known');
  });

  test('of another package is none', () => {
    expect(exceptionFor('pkg:npm/tool', null, exceptions, null)).toEqual({ exception: null, lapsed: [] });
  });

  test('that has ended is remarked', () => {
    expect(exceptionRemarks(exceptions, new Date('2026-02-01T00:00:00Z')).map(({ message }) => message)).toEqual([
      'The exception of "pkg:npm/@acme/*" ended with 2026-01-31, so it excepts nothing.',
    ]);
    expect(exceptionRemarks(exceptions, null)).toEqual([]);
  });

  test.each([
    [
      { ...dated, package: 'left-pad' },
      'Expected a package URL, such as pkg:npm/left-pad, pkg:npm/@acme/* or pkg:cargo/ring@0.17.*.',
    ],
    [
      { ...dated, package: 'pkg:nmp/left-pad@1.*' },
      'Expected a package URL of a type that Steward reads; nmp is none (did you mean pkg:npm/left-pad@1.*?).',
    ],
    [
      { ...dated, package: 'pkg:go/github.com/acme/*' },
      'Expected a package URL of a type that Steward reads; go is none (did you mean pkg:golang/github.com/acme/*?).',
    ],
    [
      { ...dated, package: 'pkg:swift/x' },
      'Expected a package URL of a type that Steward reads; swift is none (there are npm, cargo, pypi, golang, maven, hackage, github, generic).',
    ],
    [
      { ...dated, license: 'MIT ISC' },
      'Expected an SPDX expression, such as MIT OR Apache-2.0; before ISC at character 5, AND or OR is wanted.',
    ],
    [{ ...dated, until: 'soon' }, 'Expected a day such as 2026-01-31.'],
  ])('%j is refused', (exception, message) => {
    expect(problem({ exceptions: [exception] })).toBe(message);
  });
});
