/** What a contribution adds to the packages of a repository, and by which package URL others know each. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { added } from '../src/facts/packages/diff.ts';
import type { Origin, Package } from '../src/facts/packages/package.ts';
import { packageUrl } from '../src/facts/packages/url.ts';

const PUBLIC: Origin = { kind: 'registry', registry: null };

function named(name: string, over: Partial<Package> = {}): Package {
  const rest = { constraint: null, origin: PUBLIC, usage: 'runtime', isDirect: false, license: null, line: 1 } as const;
  return { ecosystem: 'npm', name, version: '1.0.0', ...rest, ...over };
}

describe('what is added', () => {
  test('is what the base does not have in this version, range and place', () => {
    const base = [named('a'), named('b'), named('c', { version: null, constraint: '^1' }), named('d')];
    const head = [
      named('new'),
      named('a', { line: 9, license: 'MIT', usage: 'development' }),
      named('b', { version: '2.0.0' }),
      named('c', { version: null, constraint: '^2' }),
      named('d', { origin: { kind: 'archive', url: 'https://example.org/d.tgz' } }),
      named('a', { ecosystem: 'cargo' }),
    ];
    expect(added(head, base)).toEqual([head[0], ...head.slice(2)]);
  });

  test('is one where it is named several times: at run time if one of them is, direct if one of them is', () => {
    const development = named('a', { usage: 'development', isDirect: null, line: 3 });
    const direct = named('a', { usage: 'development', isDirect: true, license: 'MIT', line: 7 });
    expect(added([development, direct, named('a', { line: 12 })], [])).toEqual([
      named('a', { usage: 'runtime', isDirect: true, license: 'MIT', line: 7 }),
    ]);
  });

  test('is nothing where nothing changed, in whatever order', () => {
    const names = fc.array(fc.constantFrom('a', 'b', '__proto__', 'constructor').map((name) => named(name)));
    fc.assert(fc.property(names, (packages) => added(packages, packages.toReversed()).length === 0));
  });
});

describe('the package URL', () => {
  const repository = (url: string): Origin => ({ kind: 'repository', url, ref: '0a1b', path: 'lib' });

  test.each<[string, Package]>([
    ['pkg:npm/%40scope/a@1.0.0', named('@scope/a')],
    ['pkg:npm/a', named('a', { version: null, constraint: '^1' })],
    [
      'pkg:npm/a@1.0.0?repository_url=https%3A%2F%2Fnpm.example.org',
      named('a', { origin: { kind: 'registry', registry: 'https://npm.example.org' } }),
    ],
    [
      'pkg:npm/a@1.0.0?download_url=https%3A%2F%2Fexample.org%2Fa.tgz',
      named('a', { origin: { kind: 'archive', url: 'https://example.org/a.tgz' } }),
    ],
    [
      'pkg:cargo/a@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fa%400a1b#lib',
      named('a', { ecosystem: 'cargo', origin: repository('https://example.org/a') }),
    ],
    ['pkg:cargo/a@1.0.0', named('a', { ecosystem: 'cargo', origin: { kind: 'own' } })],
    ['pkg:golang/example.org/m/v2@v2.0.0', named('example.org/m/v2', { ecosystem: 'golang', version: 'v2.0.0' })],
    ['pkg:maven/org.example/a@1.0.0', named('org.example:a', { ecosystem: 'maven' })],
    ['pkg:pypi/zope-interface@1.0.0', named('zope-interface', { ecosystem: 'pypi' })],
    ['pkg:hackage/aeson@1.0.0', named('aeson', { ecosystem: 'hackage' })],
    [
      'pkg:github/aiken-lang/stdlib@0a1b#lib',
      named('aiken-lang/stdlib', { ecosystem: 'aiken', origin: repository('https://github.com/aiken-lang/stdlib') }),
    ],
    ['pkg:github/aiken-lang/stdlib@v2', named('aiken-lang/stdlib', { ecosystem: 'aiken', version: 'v2' })],
    [
      'pkg:github/nixos/nixpkgs@0a1b#lib',
      named('nixpkgs', { ecosystem: 'nix', origin: repository('https://github.com/NixOS/nixpkgs') }),
    ],
    [
      'pkg:generic/x@0a1b?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fx%400a1b#lib',
      named('x', { ecosystem: 'nix', origin: repository('https://example.org/x') }),
    ],
    ['pkg:generic/a@1.0.0', named('a', { ecosystem: 'maven' })],
  ])('is %s', (url, found) => {
    expect(packageUrl(found)).toBe(url);
  });

  test('is always one, whatever a package is called', () => {
    const units = fc.array(fc.nat(0xffff), { maxLength: 8 }).map((codes) => String.fromCharCode(...codes));
    const text = fc.oneof(units, fc.constantFrom('', '\uD800', '/', '@', ':', '%', '__proto__'));
    const ecosystem = fc.constantFrom('npm', 'cargo', 'pypi', 'golang', 'maven', 'hackage', 'aiken', 'nix' as const);
    const origin = text.map((url): Origin => ({ kind: 'repository', url, ref: url, path: url }));
    const any = fc.record({ name: text, version: text, ecosystem, origin: fc.oneof(fc.constant(PUBLIC), origin) });
    fc.assert(fc.property(any, (over) => packageUrl(named('a', over)).startsWith('pkg:')));
  });
});
