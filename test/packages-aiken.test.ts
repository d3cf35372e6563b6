/** Manifests and lock files of Aiken. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readers } from '../src/facts/packages/aiken/readers.ts';
import type { Package } from '../src/facts/packages/package.ts';

const read = (path: string, text: string): unknown => readers.find(({ matches }) => matches(path))!.read(text);

const aiken = (name: string, version: string, line: number, isDirect = true): Package => ({
  ecosystem: 'aiken',
  name,
  version,
  constraint: null,
  origin: { kind: 'repository', url: `https://github.com/${name}`, ref: version, path: null },
  usage: 'runtime',
  isDirect,
  license: null,
  line,
});

const MANIFEST = `name = "acme/escrow"
version = "1.0.0"
license = "Apache-2.0"
description = "Aiken contracts for project 'acme/escrow'"

[[dependencies]]
name = "aiken-lang/stdlib"
version = "v2.1.0"
source = "github"
`;

test('aiken.toml names packages on GitHub, by tag', () => {
  expect(read('contracts/aiken.toml', MANIFEST)).toEqual({
    known: true,
    value: {
      ecosystem: 'aiken',
      name: 'acme/escrow',
      version: '1.0.0',
      license: { text: 'Apache-2.0', expression: 'Apache-2.0', line: 3 },
      licenseFile: null,
      isPrivate: false,
      isScaffold: true,
      dependencies: [aiken('aiken-lang/stdlib', 'v2.1.0', 6)],
    },
  });
});

test('aiken.lock tells what the project requires from what that requires', () => {
  const text = `[[requirements]]
name = "aiken-lang/fuzz"
version = "v2.2.0"
source = "github"

[[packages]]
name = "aiken-lang/fuzz"
version = "v2.2.0"
requirements = []
source = "github"

[[packages]]
name = "aiken-lang/stdlib"
version = "v2.1.0"
source = "github"

[etags]
`;
  expect(read('aiken.lock', text)).toEqual({
    known: true,
    value: {
      ecosystem: 'aiken',
      packages: [aiken('aiken-lang/fuzz', 'v2.2.0', 6), aiken('aiken-lang/stdlib', 'v2.1.0', 12, false)],
    },
  });
});

test('a package without a name, and text that is no TOML, are not known', () => {
  expect(read('aiken.toml', '[[dependencies]]\nversion = "1"\n')).toEqual({
    known: false,
    reason: 'a package on line 1 has no name, where OWNER/REPOSITORY was wanted',
  });
  expect(read('aiken.lock', 'a = 1\nb = [')).toEqual({ known: false, reason: 'line 2 is not valid TOML' });
});

test('no text makes a reader of Aiken files throw', () => {
  const word = fc.constantFrom(
    '[[packages]]\n',
    '[[dependencies]]\n',
    'name = ',
    '"a/b"\n',
    '[[',
    '{',
    '__proto__',
    '= 1\n',
    '[1]\n',
  );
  const texts = fc.array(word, { maxLength: 20 }).map((words) => words.join(''));
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) =>
      readers.every((reader) => typeof reader.read(text).known === 'boolean'),
    ),
  );
});
