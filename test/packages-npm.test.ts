/** package.json and npm's lock files, as Steward reads them: short files, and everything that they say. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../src/facts/answer.ts';
import { readManifest } from '../src/facts/packages/npm/manifest.ts';
import { readPackageLock } from '../src/facts/packages/npm/package-lock.ts';
import { readers } from '../src/facts/packages/npm/readers.ts';
import type { Manifest, Package } from '../src/facts/packages/package.ts';

const PUBLIC = { kind: 'registry', registry: null } as const;

function npm(name: string, over: Partial<Package>): Package {
  const rest = { constraint: null, origin: PUBLIC, usage: 'runtime', isDirect: true, license: null, line: null } as const;
  return { ecosystem: 'npm', name, version: null, ...rest, ...over };
}

const EMPTY: Manifest = {
  ecosystem: 'npm',
  name: null,
  version: null,
  license: null,
  licenseFile: null,
  isPrivate: false,
  isScaffold: false,
  dependencies: [],
};

/** One key a line, as npm writes it. */
const json = (value: unknown): string => JSON.stringify(value, null, 2);

describe('package.json', () => {
  test('says what the package is, what it needs, and where each word stands', () => {
    const text = json({
      name: '@org/app',
      version: '1.2.0',
      license: 'mit',
      private: true,
      dependencies: { left: '^1.2.0', exact: '1.0.0', any: '*' },
      devDependencies: { tool: '~2' },
      optionalDependencies: { fast: '>=1 <3' },
      peerDependencies: { host: '18', maybe: '1' },
      peerDependenciesMeta: { maybe: { optional: true } },
    });
    expect(readManifest(text)).toEqual(
      known({
        ...EMPTY,
        name: '@org/app',
        version: '1.2.0',
        license: { text: 'mit', expression: 'MIT', line: 4 },
        isPrivate: true,
        dependencies: [
          npm('left', { constraint: '^1.2.0', line: 7 }),
          npm('exact', { version: '1.0.0', line: 8 }),
          npm('any', { constraint: '*', line: 9 }),
          npm('fast', { constraint: '>=1 <3', line: 15 }),
          npm('host', { constraint: '18', line: 18 }),
          npm('tool', { constraint: '~2', usage: 'development', line: 12 }),
        ],
      }),
    );
  });

  test.each<[string, unknown, Partial<Manifest>]>([
    ['an expression', { license: '(MIT OR Apache-2.0)' }, license('(MIT OR Apache-2.0)', 'MIT OR Apache-2.0')],
    ['words that SPDX does not know', { license: 'The usual one' }, license('The usual one', null)],
    ['nobody may use it', { license: 'UNLICENSED' }, license('UNLICENSED', 'NONE')],
    [
      'a file',
      { license: 'SEE LICENSE IN docs/TERMS.md' },
      { ...license('SEE LICENSE IN docs/TERMS.md', null), licenseFile: 'docs/TERMS.md' },
    ],
    ['the old object', { license: { type: 'ISC', url: 'https://example.org' } }, license('ISC', 'ISC')],
    ['the old list: any of them', { licenses: [{ type: 'MIT' }, { type: 'ISC' }] }, license('(MIT OR ISC)', 'MIT OR ISC')],
    ['a list in the place of a text', { license: ['MIT'] }, license('MIT', 'MIT')],
    ['nothing', { license: '' }, { license: null }],
    ['a number, which is no license', { license: 3 }, { license: null }],
  ])('may state as its license %s', (_, stated, expected) => {
    expect(readManifest(json(stated))).toEqual(known({ ...EMPTY, ...expected }));
  });

  function license(text: string, expression: string | null): Partial<Manifest> {
    return { license: { text, expression, line: 2 } };
  }

  test('is a scaffold as long as nobody wrote more than "npm init" did', () => {
    const scripts = { test: 'echo "Error: no test specified" && exit 1' };
    const made = { name: 'x', version: '1.0.0', description: '', main: 'index.js', scripts, author: '', license: 'ISC' };
    const isScaffold = (over: object): unknown => {
      const manifest = readManifest(json({ ...made, ...over }));
      return manifest.known && manifest.value.isScaffold;
    };
    expect(
      [{}, { license: 'MIT' }, { author: 'Jane' }, { scripts: { test: 'jest' } }, { description: 'Parses.' }].map(isScaffold),
    ).toEqual([true, false, false, false, false]);
  });

  test.each<[string, Partial<Package>]>([
    ['npm:real@^1.0.0', { name: 'real', constraint: '^1.0.0' }],
    ['npm:@scope/real@1.0.0', { name: '@scope/real', version: '1.0.0' }],
    ['latest', { constraint: 'latest' }],
    ['workspace:*', { origin: { kind: 'own' } }],
    ['file:../lib', { origin: { kind: 'own' } }],
    ['./lib', { origin: { kind: 'own' } }],
    ['link:../lib', { origin: { kind: 'own' } }],
    ['catalog:default', { constraint: 'catalog:default' }],
    ['owner/repo#v1', { origin: { kind: 'repository', url: 'https://github.com/owner/repo', ref: 'v1', path: null } }],
    ['github:owner/repo', { origin: { kind: 'repository', url: 'https://github.com/owner/repo', ref: null, path: null } }],
    [
      'git+ssh://git@github.com/owner/repo.git#semver:^1',
      { origin: { kind: 'repository', url: 'https://github.com/owner/repo', ref: 'semver:^1', path: null } },
    ],
    [
      'git+https://token:x@git.example.org/repo.git',
      { origin: { kind: 'repository', url: 'https://git.example.org/repo.git', ref: null, path: null } },
    ],
    [
      'owner/repo#main&path:/packages/x',
      { origin: { kind: 'repository', url: 'https://github.com/owner/repo', ref: 'main', path: 'packages/x' } },
    ],
    ['https://example.org/a.tgz', { origin: { kind: 'archive', url: 'https://example.org/a.tgz' } }],
    ['patch:dep@npm%3A1.0.0#./fix.patch', { version: '1.0.0' }],
    ['jsr:@std/path@^1', { name: '@std/path', constraint: '^1', origin: { kind: 'registry', registry: 'https://npm.jsr.io' } }],
  ])('may ask for %s', (spec, expected) => {
    expect(readManifest(json({ dependencies: { dep: spec } }))).toEqual(
      known({ ...EMPTY, dependencies: [npm('dep', { line: 3, ...expected })] }),
    );
  });
});

describe('package-lock.json', () => {
  test('pins each package with its license; what the project and its workspaces name is direct', () => {
    const text = json({
      lockfileVersion: 3,
      packages: {
        '': { name: 'root', workspaces: ['packages/*'], dependencies: { a: '^1' }, devDependencies: { alias: 'npm:real@2' } },
        'packages/lib': { name: '@org/lib', version: '0.1.0', license: 'Apache-2.0', dependencies: { b: '1' } },
        'node_modules/@org/lib': { resolved: 'packages/lib', link: true },
        'node_modules/a': { version: '1.1.0', resolved: 'https://registry.npmjs.org/a/-/a-1.1.0.tgz', license: 'MIT' },
        'node_modules/a/node_modules/b': { version: '3.0.0', license: { type: 'BSD' } },
        'node_modules/alias': { name: 'real', version: '2.0.0', dev: true, license: 'ISC' },
        'node_modules/b': { version: '2.0.0' },
        'packages/lib/node_modules/b': { version: '1.0.0', licenses: [{ type: 'MIT' }, { type: 'Zlib' }] },
      },
    });
    expect(readPackageLock(text)).toEqual(
      known({
        ecosystem: 'npm',
        packages: [
          npm('@org/lib', { version: '0.1.0', license: 'Apache-2.0', origin: { kind: 'own' }, isDirect: false, line: 24 }),
          npm('a', { version: '1.1.0', license: 'MIT', line: 28 }),
          npm('b', { version: '3.0.0', license: 'BSD', isDirect: false, line: 33 }),
          npm('real', { version: '2.0.0', license: 'ISC', usage: 'development', line: 39 }),
          npm('b', { version: '2.0.0', isDirect: false, line: 45 }),
          npm('b', { version: '1.0.0', license: '(MIT OR Zlib)', line: 48 }),
        ],
      }),
    );
  });

  test.each<[string, Package['origin']]>([
    ['https://registry.npmjs.org/', PUBLIC],
    ['https://npm.example.org/npm/@s/a/-/a-1.0.0.tgz', { kind: 'registry', registry: 'https://npm.example.org/npm' }],
    ['https://user:secret@npm.example.org/a/-/a-1.0.0.tgz', { kind: 'registry', registry: 'https://npm.example.org' }],
    ['https://npm.pkg.github.com/download/@s/a/1.0.0/0a1b', { kind: 'registry', registry: 'https://npm.pkg.github.com' }],
    ['git+ssh://git@github.com/o/a.git#0a1b', { kind: 'repository', url: 'https://github.com/o/a', ref: '0a1b', path: null }],
    [
      'https://codeload.github.com/o/a/tar.gz/0a1b',
      { kind: 'repository', url: 'https://github.com/o/a', ref: '0a1b', path: null },
    ],
    ['https://github.com/o/a/archive/v1.tar.gz', { kind: 'repository', url: 'https://github.com/o/a', ref: 'v1', path: null }],
    ['https://example.org/a.tgz', { kind: 'archive', url: 'https://example.org/a.tgz' }],
    ['user:secret@github.com:o/a', { kind: 'repository', url: 'https://github.com/o/a', ref: null, path: null }],
    ['file:vendor/a', { kind: 'own' }],
    ['file:../vendor/a', { kind: 'own' }],
    // An archive is somebody else's, though it be committed.
    ['file:vendor/a.tgz', { kind: 'archive', url: 'vendor/a.tgz' }],
    ['file:./vendor/a.tar.gz#0a1b', { kind: 'archive', url: 'vendor/a.tar.gz' }],
    ['file:///srv/a', { kind: 'archive', url: '/srv/a' }],
    ['~/a', { kind: 'archive', url: '~/a' }],
    ['https://registry.npmjs.org/a', { kind: 'archive', url: 'https://registry.npmjs.org/a' }],
    [
      'https://registry.npmjs.org/a/-/../../b/-/b-1.0.0.tgz',
      { kind: 'archive', url: 'https://registry.npmjs.org/a/-/../../b/-/b-1.0.0.tgz' },
    ],
    ['https://registry.npmjs.org/a/-/b-1.0.0.tgz', { kind: 'archive', url: 'https://registry.npmjs.org/a/-/b-1.0.0.tgz' }],
  ])('names %s, and no secret of whoever wrote it', (resolved, origin) => {
    const text = json({ packages: { 'node_modules/a': { resolved } } });
    expect(readPackageLock(text)).toEqual(
      known({ ecosystem: 'npm', packages: [npm('a', { origin, isDirect: false, line: 3 })] }),
    );
  });

  test.each([
    ['https://registry.npmjs.org/a/-/a-1.0.0.tgz', 'a', '1.0.0', 'MIT'],
    ['https://registry.yarnpkg.com/a/-/a-1.0.0.tgz?cache=0#0a1b', 'a', '1.0.0', 'MIT'],
    ['https://registry.npmjs.org/a/-/a-2.0.0.tgz', 'a', '2.0.0', null],
    ['https://registry.npmjs.org/evil/-/evil-1.0.0.tgz', 'evil', '1.0.0', null],
    ['https://registry.npmjs.org/@s/evil/-/evil-3.0.0-rc.1.tgz', '@s/evil', '3.0.0-rc.1', null],
    ['https://registry.npmjs.org/@s%2fevil/-/evil-3.0.0.tgz', '@s/evil', '3.0.0', null],
  ])('judges what is installed: %s', (resolved, name, version, license) => {
    const text = json({ packages: { 'node_modules/a': { version: '1.0.0', resolved, license: 'MIT' } } });
    expect(readPackageLock(text)).toEqual(
      known({ ecosystem: 'npm', packages: [npm(name, { version, license, isDirect: false, line: 3 })] }),
    );
  });

  test('does not take for its own what a link brings from elsewhere', () => {
    const resolved = 'https://registry.npmjs.org/b/-/b-1.0.0.tgz';
    const text = json({ packages: { 'node_modules/a': { link: true, resolved, license: 'MIT' }, b: { license: 'MIT' } } });
    expect(readPackageLock(text)).toEqual(
      known({ ecosystem: 'npm', packages: [npm('b', { version: '1.0.0', isDirect: false, line: 3 })] }),
    );
  });

  test('of version 1 holds packages within packages, and neither licenses nor who asked for them', () => {
    const text = json({
      lockfileVersion: 1,
      dependencies: {
        a: {
          version: '1.0.0',
          resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz',
          dependencies: { b: { version: '2.0.0' } },
        },
        c: { version: 'npm:real@3.0.0', dev: true },
        d: { version: 'git+https://github.com/o/d.git#0a1b' },
      },
    });
    const d = { kind: 'repository', url: 'https://github.com/o/d', ref: '0a1b', path: null } as const;
    expect(readPackageLock(text)).toEqual(
      known({
        ecosystem: 'npm',
        packages: [
          npm('a', { version: '1.0.0', isDirect: null, line: 4 }),
          npm('b', { version: '2.0.0', isDirect: null, line: 8 }),
          npm('real', { version: '3.0.0', usage: 'development', isDirect: null, line: 13 }),
          npm('d', { origin: d, isDirect: null, line: 17 }),
        ],
      }),
    );
  });

  test('that is no lock is not known, with the line', () => {
    expect([
      readPackageLock('{\n  "packages": {\n<<<<<<< HEAD\n'),
      readPackageLock('[]'),
      readPackageLock('{\n"packages": 3}'),
      readPackageLock(''),
    ]).toEqual([
      unknown('line 3 is not valid JSON (InvalidSymbol)'),
      unknown('the lock file holds no group of keys'),
      unknown('"packages" is no group of keys (line 2)'),
      unknown('line 1 is not valid JSON (ValueExpected)'),
    ]);
  });
});

test('the files of npm, pnpm, yarn and bun are known by their names, in any folder', () => {
  const paths = [
    'package.json',
    'a/b/package-lock.json',
    'npm-shrinkwrap.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    'x/bun.lock',
    'bun.lockb',
  ];
  const others = ['my-package.json', 'package.json/readme', 'yarn.lock.bak'];
  const read = (path: string): boolean => readers.some((reader) => reader.matches(path));
  expect([paths.filter(read), others.filter(read)]).toEqual([paths, []]);
});
