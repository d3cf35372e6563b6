/** Files that nobody writes in good faith: no reader throws, takes long, or takes a name for more than a name. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { known, unknown } from '../src/facts/answer.ts';
import { readers as cargo } from '../src/facts/packages/cargo/readers.ts';
import { readers as go } from '../src/facts/packages/go/readers.ts';
import { readers as npm } from '../src/facts/packages/npm/readers.ts';
import type { Package, PackageReader } from '../src/facts/packages/package.ts';
import { MAX_CHARACTERS } from '../src/facts/packages/tree.ts';

const READERS: readonly PackageReader[] = [...npm, ...cargo, ...go];

function read(path: string, text: string): ReturnType<PackageReader['read']> {
  return READERS.find((reader) => reader.matches(path))?.read(text) ?? unknown('no reader');
}

function packages(path: string, text: string): readonly Package[] {
  const answer = read(path, text);
  if (!answer.known) return [];
  return 'packages' in answer.value ? answer.value.packages : answer.value.dependencies;
}

const FILES: Readonly<Record<string, (name: string) => string>> = {
  'package.json': (name) => `{"dependencies": {"${name}": "1.0.0"}}`,
  'package-lock.json': (name) => `{"packages": {"node_modules/${name}": {"version": "1.0.0", "${name}": {"version": "6"}}}}`,
  'npm-shrinkwrap.json': (name) => `{"dependencies": {"${name}": {"version": "1.0.0", "${name}": {"version": "6"}}}}`,
  'pnpm-lock.yaml': (name) => `packages:\n  ${name}@1.0.0: {${name}: {version: 6}}\n`,
  'yarn.lock': (name) => `${name}@1:\n  version "1.0.0"\n  ${name} "6"\n`,
  'bun.lock': (name) => `{"packages": {"${name}": ["${name}@1.0.0", "", {"${name}": {"version": "6"}}]}}`,
  'Cargo.toml': (name) => `[dependencies]\n${name} = "=1.0.0"\n`,
  'Cargo.lock': (name) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${name} = { version = "6" }\n`,
  'go.mod': (name) => `require ${name} 1.0.0\n`,
};

/** In millions of characters; the others bear eight. */
const LONGEST: Readonly<Record<string, number>> = { 'pnpm-lock.yaml': 4, 'Cargo.toml': 4, 'Cargo.lock': 4, 'go.mod': 1 };

describe.each(Object.entries(FILES))('%s', (path, withName) => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('may name a package %s', (name) => {
    const found = packages(path, withName(name)).map((one) => [one.name, one.version]);
    // npm allows no name that starts like this; see below.
    if (name.startsWith('_') && npm.some((reader) => reader.matches(path))) found.push([name, '1.0.0']);
    expect([found, ({} as Record<string, unknown>)['version'], Object.keys(Object.prototype)]).toEqual([
      [[name, '1.0.0']],
      undefined,
      [],
    ]);
  });

  test('that is too long, or binary, is not read', () => {
    expect([read(path, ' '.repeat(MAX_CHARACTERS + 1)), read(path, `${withName('a')}\0`)]).toEqual([
      unknown(`the file has more than ${LONGEST[path] ?? 8} million characters`),
      unknown('the file is not a text'),
    ]);
  });

  test('that nests without end is not known, and no crash', () => {
    const [open, close] = ['[{"a":'.repeat(20_000), '}]'.repeat(20_000)];
    for (const text of [
      `${open}1${close}`,
      open,
      `a = ${'['.repeat(50_000)}`,
      '[a.'.repeat(9_000),
      `a: ${'{b: '.repeat(9_000)}`,
      // A quote that is left open hides the brackets behind it.
      `["\n${'['.repeat(50_000)}`,
      `{"a": "\n,${'"b": {'.repeat(9_000)}`,
      `/* " */ ${'['.repeat(50_000)}`,
    ]) {
      expect(read(path, text).known).toBe(false);
    }
  });

  test('may start with a byte order mark', () => {
    expect(packages(path, `\uFEFF${withName('a')}`)).toEqual(packages(path, withName('a')));
  });
});

test('workspaces that hold one another are read once', () => {
  const lock = {
    packages: {
      '': { workspaces: ['a', 'b'], dependencies: { a: '*' } },
      a: { name: 'a', dependencies: { b: '*' } },
      b: { name: 'b', dependencies: { a: '*' } },
      'node_modules/a': { link: true, resolved: 'b' },
      'node_modules/b': { link: true, resolved: 'node_modules/b' },
    },
  };
  expect(packages('package-lock.json', JSON.stringify(lock)).map(({ name }) => name)).toEqual(['b', 'b']);
});

test('what packages need of one another may go in circles', () => {
  const pnpm = 'importers: {.: {devDependencies: {a: 1.0.0}}}\npackages: {a@1.0.0: {}, b@1.0.0: {}}\n';
  const snapshots = 'snapshots: {a@1.0.0: {dependencies: {b: 1.0.0}}, b@1.0.0: {dependencies: {a: 1.0.0}}}\n';
  const needs = (name: string): unknown => ['', { dependencies: { [name]: '1' } }];
  const bun = {
    workspaces: { '': { devDependencies: { a: '1' } } },
    packages: { a: ['a@1.0.0', needs('b')], b: ['b@1.0.0', needs('a')] },
  };
  const uses = (path: string, text: string): unknown => packages(path, text).map(({ name, usage }) => [name, usage]);
  const both = [
    ['a', 'development'],
    ['b', 'development'],
  ];
  expect(uses('pnpm-lock.yaml', pnpm + snapshots)).toEqual(both);
  expect(uses('bun.lock', JSON.stringify(bun).replaceAll('["",', '').replaceAll('}}]]', '}}]'))).toEqual(both);
});

test('a short text with aliases does not become a huge one', () => {
  const bomb = ['a: &a [x]', 'b: &b [*a, *a]', 'c: &c [*b, *b]', 'packages: *c'].join('\n');
  expect(read('pnpm-lock.yaml', bomb)).toEqual(unknown('line 2 is not valid YAML (aliases exceeded maxAliases (0))'));
});

test('a value of another type is left out, or its package is named without it', () => {
  const lock = {
    packages: { '': 3, 'node_modules/a': 3, 'node_modules/b': { version: 1, resolved: [], license: 2, dev: 'yes' } },
  };
  expect(packages('package-lock.json', JSON.stringify(lock))).toEqual(
    [
      {
        ecosystem: 'npm',
        name: 'b',
        version: null,
        constraint: null,
        origin: { kind: 'registry', registry: null },
        usage: 'runtime',
        isDirect: false,
        license: null,
        line: null,
      },
    ].map((one) => ({ ...one, line: 1 })),
  );
});

describe('no text makes a reader throw', () => {
  const KEYS = [
    'packages',
    'dependencies',
    'importers',
    'snapshots',
    'workspaces',
    'node_modules/a',
    '',
    'a',
    'a@1',
    '/a/1',
    'name',
    'version',
    'resolved',
  ];
  const key = fc.constantFrom(
    ...KEYS,
    'link',
    'license',
    'licenses',
    'resolution',
    'tarball',
    'package',
    'workspace',
    '__proto__',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('1.0.0', 'a@1', 'git+x', '#', 'npm:', 'patch:a@b', 'workspace:', 'https://', '@', '', true, null, 7),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie('tree')), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs) as unknown),
    ),
  }));

  test('whatever value it holds', () => {
    fc.assert(
      fc.property(tree, (value) => {
        for (const reader of READERS) expect(typeof reader.read(JSON.stringify(value)).known).toBe('boolean');
      }),
      { numRuns: 60 },
    );
  });

  test('whatever has been cut off or put in', () => {
    const damaged = fc.tuple(fc.constantFrom(...Object.keys(FILES)), fc.nat(80), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(damaged, ([path, at, put]) => {
        const text = FILES[path]?.('a') ?? '';
        expect(typeof read(path, text.slice(0, at) + put + text.slice(at + 1)).known).toBe('boolean');
      }),
    );
  });
});

test('a thousand levels of folders cost no more than a few', () => {
  const deep = 'a/'.repeat(900);
  const names = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, '1']));
  const lock = { packages: { [deep]: { dependencies: names }, 'node_modules/n1': {} } };
  expect(read('package-lock.json', JSON.stringify(lock)).known).toBe(true);
  expect(known(packages('package-lock.json', JSON.stringify(lock)).length)).toEqual(known(1));
});

/** With lines by joined paths each of these took minutes; a path costs its own length once. */
test.each([
  ['package.json', (long: string, rest: string) => `{"${long}": {${rest}"z": 0}}`, (key: string) => `"${key}": 0,`],
  ['bun.lock', (long: string, rest: string) => `{"${long}": {${rest}}}`, (key: string) => `"${key}": 0,`],
  ['Cargo.toml', (long: string, rest: string) => `[${long}]\n${rest}`, (key: string) => `${key} = 0\n`],
  ['pnpm-lock.yaml', (long: string, rest: string) => `? ${long}\n:\n${rest}`, (key: string) => `  ${key}: 0\n`],
])('%s costs no more for a long key above many', (path, whole, entry) => {
  const keys = Array.from({ length: 20_000 }, (_, index) => entry(`a${index}`)).join('');
  expect(read(path, whole('k'.repeat(500_000), keys)).known).toBe(true);
});

test.each([
  ['in one string', `"${'a@1, '.repeat(200_000)}":\n  version "1"\n`],
  ['each for itself', `${'a@1, '.repeat(200_000)}a@2:\n  version "1"\n`],
])('more patterns than anything asks for, %s, are no header of yarn.lock', (_, text) => {
  expect(read('yarn.lock', text)).toEqual(unknown('line 1 is not what yarn writes'));
});

test('every requirement of go.mod may be replaced', () => {
  const all = (entry: (index: number) => string): string => Array.from({ length: 15_000 }, (_, index) => entry(index)).join('\n');
  const text = `require (\n${all((index) => `a${index} v1`)}\n)\nreplace (\n${all((index) => `a${index} => b${index} v2`)}\n)\n`;
  expect(packages('go.mod', text).at(-1)).toMatchObject({ name: 'b14999', version: 'v2' });
});

test.each(['__proto__', '.a', '@s/.a', 'a b', 'a//b', 'a/b', '@s/', 'loda\u017fh', '\u212Aoa', 'a\u0007', 'node_modules', '%61'])(
  '%j is no name of an npm package, and told instead of judged',
  (name) => {
    const key = JSON.stringify(name);
    const what = `${key} is no name of an npm package`;
    const lock = read(
      'npm-shrinkwrap.json',
      `{"dependencies": {${key}: {"version": "1.0.0"}, "JSONStream": {"version": "1.0.0"}}}`,
    );
    const manifest = read('package.json', `{"dependencies": {${key}: "1.0.0", "JSONStream": "1.0.0"}}`);
    for (const { known: isRead, value } of [lock, manifest] as readonly { known: boolean; value?: unknown }[])
      expect([isRead, value]).toMatchObject([true, { unread: [{ line: 1, what }] }]);
    expect(packages('package.json', `{"dependencies": {${key}: "1.0.0", "JSONStream": "1.0.0"}}`).map((one) => one.name)).toEqual(
      ['JSONStream'],
    );
  },
);
