/** Cargo.toml and Cargo.lock, as Steward reads them. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../src/facts/answer.ts';
import { readCargoLock } from '../src/facts/packages/cargo/lock.ts';
import { readCargoManifest } from '../src/facts/packages/cargo/manifest.ts';
import { readers } from '../src/facts/packages/cargo/readers.ts';
import type { Manifest, Package } from '../src/facts/packages/package.ts';

function crate(name: string, over: Partial<Package>): Package {
  const origin = { kind: 'registry', registry: null } as const;
  const rest = { constraint: null, origin, usage: 'runtime', isDirect: true, license: null, line: null } as const;
  return { ecosystem: 'cargo', name, version: null, ...rest, ...over };
}

const EMPTY: Manifest = {
  ecosystem: 'cargo',
  name: null,
  version: null,
  license: null,
  licenseFile: null,
  isPrivate: false,
  isScaffold: false,
  dependencies: [],
};

describe('Cargo.toml', () => {
  test('says what the crate is, and what it, its tests, its build and its targets need', () => {
    const text = `[package]
name = "x"
version = "0.1.0"
license = "MIT/Apache-2.0"
license-file = "LICENSE-MIT"
publish = false
description = """
license = "of a text"
"""

[dependencies]
a = "1.2"
exact = { version = "=1.0.0", optional = true }
renamed = { package = "real", version = "^2" }
shared.workspace = true
"quoted" = "*"

[dependencies.g]
git = "https://github.com/o/g.git"
tag = "v1"

[dev-dependencies]
own = { path = "../own", version = "0.1" }

[build-dependencies]
tool = { version = "3", registry = "example" }

[target.'cfg(unix)'.dependencies]
nix = "0.29"
`;
    const repository = { kind: 'repository', url: 'https://github.com/o/g', ref: 'v1', path: null } as const;
    expect(readCargoManifest(text)).toEqual(
      known({
        ...EMPTY,
        name: 'x',
        version: '0.1.0',
        license: { text: 'MIT/Apache-2.0', expression: 'MIT OR Apache-2.0', line: 4 },
        licenseFile: 'LICENSE-MIT',
        isPrivate: true,
        dependencies: [
          crate('a', { constraint: '1.2', line: 12 }),
          crate('exact', { version: '1.0.0', line: 13 }),
          crate('real', { constraint: '^2', line: 14 }),
          crate('quoted', { constraint: '*', line: 16 }),
          crate('g', { origin: repository, line: 18 }),
          crate('own', { constraint: '0.1', origin: { kind: 'own' }, usage: 'development', line: 23 }),
          crate('tool', { constraint: '3', origin: { kind: 'registry', registry: 'example' }, usage: 'development', line: 26 }),
          crate('nix', { constraint: '0.29', line: 29 }),
        ],
      }),
    );
  });

  test('of a crate that takes over the license of its workspace declares no more than that', () => {
    expect(readCargoManifest('[package]\nname = "x"\nversion.workspace = true\nlicense.workspace = true\n')).toEqual(
      known({
        ...EMPTY,
        name: 'x',
        license: { text: 'workspace', expression: null, line: 4, untold: 'takes its license from a workspace that is not here' },
      }),
    );
  });

  test('of a workspace declares what its crates take over, and names what it keeps for them', () => {
    const root = '[workspace.package]\nversion = "1.0.0"\nlicense = "ISC"\n[workspace.dependencies]\na = "1"\n';
    const license = { text: 'ISC', expression: 'ISC', line: 3 };
    const dependencies = [crate('a', { constraint: '1', line: 5 })];
    const both = `${root}[package]\nname = "x"\nversion = "2.0.0"\nlicense = { workspace = true }\npublish = []\n`;
    expect([readCargoManifest(root), readCargoManifest(both)]).toEqual([
      known({ ...EMPTY, version: '1.0.0', license, dependencies }),
      known({ ...EMPTY, name: 'x', version: '2.0.0', license, isPrivate: true, dependencies }),
    ]);
  });

  test('that is not TOML is not known, with the line', () => {
    expect([readCargoManifest('[package]\nname = \n'), readCargoManifest('a = 1\0')]).toEqual([
      unknown('line 2 is not valid TOML'),
      unknown('the file is not a text'),
    ]);
  });
});

describe('Cargo.lock', () => {
  test('pins each crate; what has no source lies in the repository, and what that asks for is direct', () => {
    const text = `version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = [
 "a 2.0.0",
 "g",
]

[[package]]
name = "a"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "a"
version = "2.0.0"
source = "sparse+https://index.crates.io/"

[[package]]
name = "g"
version = "3.0.0"
source = "git+https://github.com/o/g?branch=main#0a1b"

[[package]]
name = "h"
version = "4.0.0"
source = "sparse+https://crates.example.org/index/"
`;
    const g = { kind: 'repository', url: 'https://github.com/o/g', ref: '0a1b', path: null } as const;
    const example = { kind: 'registry', registry: 'https://crates.example.org/index/' } as const;
    expect(readCargoLock(text)).toEqual(
      known({
        ecosystem: 'cargo',
        packages: [
          crate('app', { version: '0.1.0', origin: { kind: 'own' }, line: 4 }),
          crate('a', { version: '1.0.0', isDirect: false, line: 12 }),
          crate('a', { version: '2.0.0', line: 17 }),
          crate('g', { version: '3.0.0', origin: g, line: 22 }),
          crate('h', { version: '4.0.0', origin: example, isDirect: false, line: 27 }),
        ],
      }),
    );
  });

  test('whose packages are no list is not known', () => {
    expect([readCargoLock('package = 1'), readCargoLock('[package]'), readCargoLock('version = 4')]).toEqual([
      unknown('"package" is no list of tables'),
      unknown('"package" is no list of tables'),
      known({ ecosystem: 'cargo', packages: [] }),
    ]);
  });
});

test("Cargo's files are known by their names, in any folder", () => {
  const read = (path: string): boolean => readers.some((reader) => reader.matches(path));
  expect(['Cargo.toml', 'a/Cargo.lock', 'cargo.toml', 'Cargo.toml.orig'].map(read)).toEqual([true, true, false, false]);
});
