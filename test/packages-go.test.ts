/** go.mod, as Steward reads it. */
import { expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../src/facts/answer.ts';
import { readGoModule } from '../src/facts/packages/go/manifest.ts';
import { readers } from '../src/facts/packages/go/readers.ts';
import type { Manifest, Package } from '../src/facts/packages/package.ts';

function go(name: string, version: string, over: Partial<Package>): Package {
  const origin = { kind: 'registry', registry: null } as const;
  const rest = { constraint: null, origin, usage: 'runtime', isDirect: true, license: null, line: null } as const;
  return { ecosystem: 'golang', name, version, ...rest, ...over };
}

function module(name: string | null, ...dependencies: readonly Package[]): Answer<Manifest> {
  const nothing = { version: null, license: null, licenseFile: null, isPrivate: false, isScaffold: false };
  return known({ ecosystem: 'golang', name, ...nothing, dependencies });
}

test('a module names what its build uses, and what only others ask for', () => {
  const text = `// Deprecated: use v2.
module example.org/app // the application

go 1.24.0
toolchain go1.24.1

require example.org/one v1.0.0
require (
	"example.org/quoted" v1.1.0
	example.org/two/v2 v2.0.0 // indirect
	example.org/old v0.0.0-20200101000000-0a1b2c3d4e5f+incompatible //indirect; needed by two
)

tool example.org/one/cmd/x
exclude example.org/two/v2 v2.1.0
retract [v1.0.0, v1.9.0] // Published by mistake.
`;
  expect(readGoModule(text)).toEqual(
    module(
      'example.org/app',
      go('example.org/one', 'v1.0.0', { line: 7 }),
      go('example.org/quoted', 'v1.1.0', { line: 9 }),
      go('example.org/two/v2', 'v2.0.0', { isDirect: false, line: 10 }),
      go('example.org/old', 'v0.0.0-20200101000000-0a1b2c3d4e5f+incompatible', { isDirect: false, line: 11 }),
    ),
  );
});

test('what is replaced is what is used: a folder of the repository, or another module', () => {
  const text = `module m
require (
	a v1.0.0
	b v1.0.0
	c v1.0.0
	c v2.0.0
)
replace a => ../a
replace (
	b => example.org/fork v1.2.0
	c v2.0.0 => ./c
)
`;
  expect(readGoModule(text)).toEqual(
    module(
      'm',
      go('a', 'v1.0.0', { origin: { kind: 'own' }, line: 3 }),
      go('example.org/fork', 'v1.2.0', { line: 4 }),
      go('c', 'v1.0.0', { line: 5 }),
      go('c', 'v2.0.0', { origin: { kind: 'own' }, line: 6 }),
    ),
  );
});

test('a block that does not end, and a line that Go does not know, are not known', () => {
  const texts = [
    'module m\nrequire (\n\ta v1.0.0\n',
    'module m\n<<<<<<< HEAD\n',
    'require "a\n',
    '\0',
    'require ( )\r\n\r\nmodule m\r\n',
  ];
  expect(texts.map(readGoModule)).toEqual([
    unknown('the block of line 2 does not end'),
    unknown('line 2 starts with no word of go.mod'),
    unknown('line 1 is not what go.mod may hold'),
    unknown('the file is not a text'),
    module('m'),
  ]);
});

test('go.mod is known by its name, in any folder; go.sum also keeps what is not used', () => {
  expect(['go.mod', 'a/go.mod', 'go.sum', 'go.mod.orig'].map((path) => readers.some((reader) => reader.matches(path)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('only a folder replaces a module without a version', () => {
  const answer = readGoModule(
    'require (\n\ta v1\n\tb v1\n\tc v1\n)\nreplace a => ../a\nreplace b => example.org/b\nreplace c => /srv/c\n',
  );
  expect(answer.known && answer.value.dependencies.map(({ name, version, origin }) => [name, version, origin])).toEqual([
    ['a', 'v1', { kind: 'own' }],
    ['example.org/b', null, { kind: 'registry', registry: null }],
    ['c', 'v1', { kind: 'archive', url: '/srv/c' }],
  ]);
});
