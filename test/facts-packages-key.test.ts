/** The key under which something is kept of a package: never that of another one. */
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packageKey } from '../src/facts/packages/key.ts';
import type { Ecosystem, Origin, Package } from '../src/facts/packages/package.ts';

const PUBLIC: Origin = { kind: 'registry', registry: null };

function aPackage(ecosystem: Ecosystem, name: string, version: string | null, origin: Origin = PUBLIC): Package {
  const rest = { constraint: null, usage: 'runtime', isDirect: true, license: null, line: null } as const;
  return { ecosystem, name, version, origin, ...rest };
}

test.each<[string, Package, string]>([
  ['of npm', aPackage('npm', 'JSONStream', '1.0.0'), '["npm","JSONStream","1.0.0","registry",null]'],
  ['without a version', aPackage('pypi', 'x', null), '["pypi","x",null,"registry",null]'],
  [
    'from git',
    aPackage('hackage', 'x', null, { kind: 'repository', url: 'https://github.com/a/b', ref: 'v1', path: null }),
    '["hackage","x",null,"repository","https://github.com/a/b","v1",null]',
  ],
])('the key of a package %s holds all that tells it from others', (_what, found, key) => {
  expect(packageKey(found)).toBe(key);
});

test('where and how a package is used is no part of its key', () => {
  const found = aPackage('npm', 'x', '1.0.0');
  expect(packageKey({ ...found, usage: 'development', isDirect: null, license: 'MIT', line: 7 })).toBe(packageKey(found));
});

test('packages that differ have keys that differ, half letters, quotes and signs between parts included', () => {
  const odd = fc.string({
    unit: fc.constantFrom('a', 'A', '\u212a', '/', '"', ',', '\\', ' ', '\0', '\ud800', '\ud801', '@'),
    maxLength: 4,
  });
  const maybe = fc.option(odd);
  const origin = fc.oneof(
    fc.record({ kind: fc.constant('registry' as const), registry: maybe }),
    fc.record({ kind: fc.constant('repository' as const), url: odd, ref: maybe, path: maybe }),
    fc.record({ kind: fc.constant('archive' as const), url: odd }),
    fc.constant({ kind: 'own' as const }),
  );
  const some = fc.tuple(fc.constantFrom<Ecosystem>('npm', 'nix'), odd, maybe, origin);
  fc.assert(
    fc.property(some, some, (one, other) => {
      expect(packageKey(aPackage(...one)) === packageKey(aPackage(...other))).toBe(isDeepStrictEqual(one, other));
    }),
  );
});
