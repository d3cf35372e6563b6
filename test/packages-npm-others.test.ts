/** The lock files of pnpm, yarn and bun, as Steward reads them. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../src/facts/answer.ts';
import { readBunBinary, readBunLock } from '../src/facts/packages/npm/bun.ts';
import { readPnpmLock } from '../src/facts/packages/npm/pnpm.ts';
import { readers } from '../src/facts/packages/npm/readers.ts';
import { readYarnLock } from '../src/facts/packages/npm/yarn.ts';
import type { Package } from '../src/facts/packages/package.ts';

function npm(name: string, over: Partial<Package>): Package {
  const origin = { kind: 'registry', registry: null } as const;
  const rest = { constraint: null, origin, usage: 'runtime', isDirect: false, license: null, line: null } as const;
  return { ecosystem: 'npm', name, version: null, ...rest, ...over };
}

const lock = (...packages: readonly Package[]): unknown => known({ ecosystem: 'npm', packages });

describe('pnpm-lock.yaml', () => {
  test('of version 9 tells what runs by following what each package needs', () => {
    const text = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '@s/a':
        specifier: ^1.0.0
        version: 1.0.0(peer@2.0.0)
      lib:
        specifier: workspace:*
        version: link:packages/lib
    devDependencies:
      tool:
        specifier: npm:real@^3
        version: real@3.0.0
  packages/lib:
    dependencies:
      repo:
        specifier: o/repo
        version: https://codeload.github.com/o/repo/tar.gz/0a1b
packages:
  '@s/a@1.0.0':
    resolution: {integrity: sha512-x}
  both@1.10.0:
    resolution: {integrity: sha512-x}
  only-tool@4.0.0:
    resolution: {integrity: sha512-x}
  peer@2.0.0:
    resolution: {integrity: sha512-x, tarball: https://npm.example.org/peer/-/peer-2.0.0.tgz}
  real@3.0.0:
    resolution: {integrity: sha512-x}
  repo@https://codeload.github.com/o/repo/tar.gz/0a1b:
    resolution: {tarball: https://codeload.github.com/o/repo/tar.gz/0a1b}
    version: 5.0.0
snapshots:
  '@s/a@1.0.0(peer@2.0.0)':
    dependencies:
      both: 1.10.0
      peer: 2.0.0
  both@1.10.0: {}
  only-tool@4.0.0: {}
  peer@2.0.0: {}
  real@3.0.0:
    dependencies:
      both: 1.10.0
      only-tool: 4.0.0
  repo@https://codeload.github.com/o/repo/tar.gz/0a1b: {}
`;
    const repo = { kind: 'repository', url: 'https://github.com/o/repo', ref: '0a1b', path: null } as const;
    expect(readPnpmLock(text)).toEqual(
      lock(
        npm('@s/a', { version: '1.0.0', isDirect: true, line: 21 }),
        npm('both', { version: '1.10.0', line: 23 }),
        npm('only-tool', { version: '4.0.0', usage: 'development', line: 25 }),
        npm('peer', { version: '2.0.0', origin: { kind: 'registry', registry: 'https://npm.example.org' }, line: 27 }),
        npm('real', { version: '3.0.0', usage: 'development', isDirect: true, line: 29 }),
        npm('repo', { version: '5.0.0', origin: repo, isDirect: true, line: 31 }),
      ),
    );
  });

  test('of version 6 has a slash before each name', () => {
    const text = `lockfileVersion: '6.0'
dependencies:
  a:
    specifier: ^1.0.0
    version: 1.0.0(b@2.0.0)
devDependencies:
  '@s/c':
    specifier: 3.0.0
    version: 3.0.0
packages:
  /a@1.0.0(b@2.0.0):
    dependencies: {b: 2.0.0}
  /b@2.0.0: {dev: false}
  /@s/c@3.0.0: {dev: true}
  github.com/o/d/0a1b:
    resolution: {type: git, repo: git@github.com:o/d.git, commit: 0a1b}
    name: d
    version: 4.0.0
`;
    expect(readPnpmLock(text)).toEqual(
      lock(
        npm('a', { version: '1.0.0', isDirect: true, line: 11 }),
        npm('b', { version: '2.0.0', line: 13 }),
        npm('@s/c', { version: '3.0.0', usage: 'development', isDirect: true, line: 14 }),
        npm('d', {
          version: '4.0.0',
          origin: { kind: 'repository', url: 'https://github.com/o/d', ref: '0a1b', path: null },
          line: 15,
        }),
      ),
    );
  });

  test('of version 5 has a slash before each version, and may start with the host of a registry', () => {
    const text = `lockfileVersion: 5.4
dependencies:
  a: 1.0.0_b@2.0.0
packages:
  /a/1.0.0_b@2.0.0: {dependencies: {b: 2.0.0}}
  /@s/c/3.0.0: {}
  npm.example.org/d/4.0.0: {}
  file:lib: {resolution: {type: directory, directory: lib}, name: lib, version: 1.0.0}
`;
    expect(readPnpmLock(text)).toEqual(
      lock(
        npm('a', { version: '1.0.0', isDirect: true, line: 5 }),
        npm('@s/c', { version: '3.0.0', line: 6 }),
        npm('d', { version: '4.0.0', origin: { kind: 'registry', registry: 'https://npm.example.org' }, line: 7 }),
        npm('lib', { version: '1.0.0', origin: { kind: 'own' }, line: 8 }),
      ),
    );
  });

  test('may hold a document of its own for the tools of pnpm', () => {
    const text = `---
lockfileVersion: '9.0'
importers:
  .:
    configDependencies: {cfg: {specifier: 1.0.0, version: 1.0.0}}
packages:
  cfg@1.0.0: {}
snapshots:
  cfg@1.0.0: {}
---
lockfileVersion: '9.0'
packages:
  a@1.0.0: {}
`;
    expect(readPnpmLock(text)).toEqual(
      lock(
        npm('cfg', { version: '1.0.0', usage: 'development', isDirect: true, line: 7 }),
        npm('a', { version: '1.0.0', line: 13 }),
      ),
    );
  });

  test('that is no lock is not known, with the line', () => {
    expect([readPnpmLock('packages:\n  a: *b\n'), readPnpmLock('a: 1\n b: 2'), readPnpmLock(''), readPnpmLock('- a')]).toEqual([
      unknown('line 2 is not valid YAML (aliases exceeded maxAliases (0))'),
      unknown('line 2 is not valid YAML (bad indentation of a mapping entry)'),
      unknown('the lock file holds no group of keys'),
      unknown('the lock file holds no group of keys'),
    ]);
  });
});

describe('yarn.lock', () => {
  test('of version 1 pins what was asked for, and does not say who asked', () => {
    const text = `# yarn lockfile v1


"@s/a@^1.0.0", "@s/a@^1.1.0":
  version "1.2.0"
  resolved "https://registry.yarnpkg.com/@s/a/-/a-1.2.0.tgz#0a1b"
  integrity sha512-x
  dependencies:
    b ">=1, <3"

"alias@npm:real@^2":
  version "2.0.0"
  resolved "https://registry.yarnpkg.com/real/-/real-2.0.0.tgz#0a1b"

b@1, b@>=1:\r
  version "1.0.0"\r
  resolved b-1.0.0.tgz#0a1b

"c@o/c#main":
  version "0.0.0"
  resolved "https://codeload.github.com/o/c/tar.gz/0a1b"

"lib@file:./lib":
  version "0.1.0"
`;
    const c = { kind: 'repository', url: 'https://github.com/o/c', ref: '0a1b', path: null } as const;
    expect(readYarnLock(text)).toEqual(
      lock(
        npm('@s/a', { version: '1.2.0', isDirect: null, line: 4 }),
        npm('real', { version: '2.0.0', isDirect: null, line: 11 }),
        npm('b', { version: '1.0.0', isDirect: null, line: 15 }),
        npm('c', { version: '0.0.0', origin: c, isDirect: null, line: 19 }),
        npm('lib', { version: '0.1.0', origin: { kind: 'own' }, isDirect: null, line: 23 }),
      ),
    );
  });

  test('of later versions lists workspaces, and so tells what is direct', () => {
    const text = `__metadata:
  version: 8
  cacheKey: 10

"@s/a@npm:^1.0.0":
  version: 1.2.0
  resolution: "@s/a@npm:1.2.0"
  dependencies:
    b: "npm:^1"
  peerDependenciesMeta:
    c:
      optional: true
  checksum: 10/0a1b
  languageName: node
  linkType: hard

"alias@npm:real@^2":
  version: 2.0.0
  resolution: "real@npm:2.0.0"

? "b@npm:^1, b@npm:^1.1"
:
  version: 1.1.0
  resolution: "b@npm:1.1.0::__archiveUrl=https%3A%2F%2Fnpm.example.org%2Fb%2F-%2Fb-1.1.0.tgz"

"c@patch:c@npm%3A^3#~/.yarn/patches/c.patch":
  version: 3.0.0
  resolution: "c@patch:c@npm%3A3.0.0#~/.yarn/patches/c.patch::version=3.0.0&hash=0a1b"

"d@o/d":
  version: 4.0.0
  resolution: "d@https://github.com/o/d.git#commit=0a1b"

"root@workspace:.":
  version: 0.0.0-use.local
  resolution: "root@workspace:."
  dependencies:
    "@s/a": "npm:^1.0.0"
    alias: "npm:real@^2"
    c: "patch:c@npm%3A^3#~/.yarn/patches/c.patch"
    d: o/d
  languageName: unknown
  linkType: soft
`;
    const d = { kind: 'repository', url: 'https://github.com/o/d', ref: '0a1b', path: null } as const;
    expect(readYarnLock(text)).toEqual(
      lock(
        npm('@s/a', { version: '1.2.0', isDirect: true, line: 5 }),
        npm('real', { version: '2.0.0', isDirect: true, line: 17 }),
        npm('b', { version: '1.1.0', origin: { kind: 'registry', registry: 'https://npm.example.org' }, line: 21 }),
        npm('c', { version: '3.0.0', isDirect: true, line: 26 }),
        npm('d', { version: '4.0.0', origin: d, isDirect: true, line: 30 }),
        npm('root', { origin: { kind: 'own' }, isDirect: true, line: 34 }),
      ),
    );
  });

  test('with a conflict that nobody resolved is not known, with the line', () => {
    expect([
      readYarnLock('# yarn lockfile v1\n<<<<<<< HEAD\n'),
      readYarnLock('a@1:\n  version "1.0.0"\n=======\n'),
      readYarnLock(''),
    ]).toEqual([unknown('line 2 is not what yarn writes'), unknown('line 3 is not what yarn writes'), lock()]);
  });
});

describe('bun.lock', () => {
  test('pins each package below whoever sees it, with commas after the last', () => {
    const text = `{
  "lockfileVersion": 1,
  // What bun writes may hold comments.
  "workspaces": {
    "": { "name": "root", "dependencies": { "a": "^1" }, "devDependencies": { "tool": "npm:real@3" } },
    "packages/lib": { "name": "@org/lib", "dependencies": { "b": "2" } },
  },
  "packages": {
    "@org/lib": ["@org/lib@workspace:packages/lib"],
    "@org/lib/b": ["b@2.0.0", "https://npm.example.org/", {}, "sha512-x"],
    "a": ["a@1.0.0", "", { "dependencies": { "b": "1" } }, "sha512-x"],
    "b": ["b@1.0.0", "https://npm.example.org/b/-/b-1.0.0.tgz", {}, "sha512-x"],
    "c": ["c@github:o/c#0a1b", {}, "o-c-0a1b"],
    "tool": ["real@3.0.0", "", { "dependencies": { "b": "4" } }, "sha512-x"],
    "tool/b": ["b@4.0.0", "", {}, "sha512-x"],
  },
}
`;
    const example = { kind: 'registry', registry: 'https://npm.example.org' } as const;
    const c = { kind: 'repository', url: 'https://github.com/o/c', ref: '0a1b', path: null } as const;
    expect(readBunLock(text)).toEqual(
      lock(
        npm('@org/lib', { origin: { kind: 'own' }, line: 9 }),
        npm('b', { version: '2.0.0', origin: example, isDirect: true, line: 10 }),
        npm('a', { version: '1.0.0', isDirect: true, line: 11 }),
        npm('b', { version: '1.0.0', origin: example, line: 12 }),
        npm('c', { origin: c, line: 13 }),
        npm('real', { version: '3.0.0', usage: 'development', isDirect: true, line: 14 }),
        npm('b', { version: '4.0.0', usage: 'development', line: 15 }),
      ),
    );
  });

  test('that is no lock is not known, nor is the older binary form', () => {
    expect([readBunLock('{\n  "packages": }'), readBunLock('{ "packages": [] }'), readBunBinary()]).toEqual([
      unknown('line 2 is not valid JSON'),
      unknown('"packages" is no group of keys (line 1)'),
      unknown('bun.lockb is binary; "bun install --save-text-lockfile" writes bun.lock, which can be read'),
    ]);
  });
});

/** The address of an archive of the public registry says what is installed. */
test.each([
  ['yarn.lock', 'a@^1:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/evil/-/evil-2.0.0.tgz#0a"\n'],
  [
    'yarn.lock',
    '__metadata:\n  version: 8\n"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fregistry.npmjs.org%2Fevil%2F-%2Fevil-2.0.0.tgz"\n',
  ],
  ['pnpm-lock.yaml', 'packages:\n  a@1.0.0:\n    resolution: {tarball: https://registry.npmjs.org/evil/-/evil-2.0.0.tgz}\n'],
  ['bun.lock', '{"packages": {"a": ["a@1.0.0", "https://registry.npmjs.org/evil/-/evil-2.0.0.tgz", {}]}}'],
  ['bun.lock', '{"packages": {"a": ["a@https://registry.npmjs.org/evil/-/evil-2.0.0.tgz", {}]}}'],
  [
    'package-lock.json',
    '{"dependencies": {"a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/evil/-/evil-2.0.0.tgz"}}}',
  ],
])('%s names what is installed, not what it is called', (path, text) => {
  const answer = readers.find((reader) => reader.matches(path))?.read(text);
  const found = answer?.known && 'packages' in answer.value ? answer.value.packages : [];
  expect(found.map(({ name, version, origin }) => ({ name, version, origin }))).toEqual([
    { name: 'evil', version: '2.0.0', origin: { kind: 'registry', registry: null } },
  ]);
});

test('a folder of pnpm without its path is not the own one, and an archive beside it neither', () => {
  const text =
    'packages:\n  a@1.0.0: {resolution: {type: directory}}\n  b@file:b.tgz: {resolution: {tarball: file:b.tgz}}\n  c@file:c: {resolution: {type: directory, directory: c}}\n';
  const answer = readers.find((reader) => reader.matches('pnpm-lock.yaml'))?.read(text);
  expect(answer?.known && 'packages' in answer.value ? answer.value.packages.map(({ origin }) => origin) : []).toEqual([
    { kind: 'registry', registry: null },
    { kind: 'archive', url: 'b.tgz' },
    { kind: 'own' },
  ]);
});
