/** Manifests and lock files of Haskell: Cabal, hpack and Stack. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../src/facts/answer.ts';
import { readCabal } from '../src/facts/packages/haskell/cabal.ts';
import { readHpack } from '../src/facts/packages/haskell/hpack.ts';
import type { Manifest, Package } from '../src/facts/packages/package.ts';
import { readers } from '../src/facts/packages/haskell/readers.ts';

const hackage = (name: string, line: number | null, rest: Partial<Package> = {}): Package => ({
  ecosystem: 'hackage',
  name,
  version: null,
  constraint: null,
  origin: { kind: 'registry', registry: null },
  usage: 'runtime',
  isDirect: true,
  license: null,
  line,
  ...rest,
});

const own = { origin: { kind: 'own' } } as const;
const development = { usage: 'development' } as const;

function value<T>(answer: Answer<T>): T {
  if (!answer.known) throw new Error(answer.reason);
  return answer.value;
}

const dependenciesOf = (text: string): Manifest['dependencies'] => value(readCabal(text)).dependencies;
const licenseOf = (text: string): Manifest['license'] => value(readCabal(text)).license;
const named = (packages: readonly Package[]): readonly string[] =>
  packages.map(({ name, version, constraint }) => [name, version ?? constraint ?? ''].join(' ').trim());

test('a .cabal file says what the package is and everything that its components need', () => {
  const text = `cabal-version: 3.8
NAME:          ledger
version:       1.2.0
License:
  Apache-2.0
license-files: LICENSE
               NOTICE

common shared
  build-depends: base >= 4.14 && < 5

library
  import:        shared
  build-depends:
    , text ^>= 2.0
    , io-classes:{io-classes, si-timers} ^>= 1.8
    , ledger:internal
    -- only for old ones
    , stm <2.5.2 || >=2.5.3

  if os(windows)
    build-depends: Win32
  elif flag(systemd)
    build-depends: systemd == 2.3.0
  else
    build-depends: unix
  mixins: foo (Foo as Bar)

library internal
  build-depends: text, containers

executable tool
  build-depends: ledger, optparse-applicative

test-suite tests
  import:             shared
  build-tool-depends: hspec-discover:hspec-discover >= 2, ledger:tool
  build-depends:      hspec, stm == 2.5.0
`;
  expect(readCabal(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'hackage',
      name: 'ledger',
      version: '1.2.0',
      license: { text: 'Apache-2.0', expression: 'Apache-2.0', line: 5 },
      licenseFile: 'LICENSE',
      isPrivate: false,
      isScaffold: false,
      dependencies: [
        hackage('base', 10, { constraint: '>= 4.14 && < 5' }),
        hackage('text', 15, { constraint: '^>= 2.0' }),
        hackage('io-classes', 16, { constraint: '^>= 1.8' }),
        hackage('ledger', 17, own),
        hackage('stm', 19, { constraint: '(<2.5.2 || >=2.5.3) && == 2.5.0' }),
        hackage('Win32', 22),
        hackage('systemd', 24, { version: '2.3.0' }),
        hackage('unix', 26),
        hackage('containers', 30),
        hackage('optparse-applicative', 33),
        hackage('hspec-discover', 37, { constraint: '>= 2', ...development }),
        hackage('hspec', 38, development),
      ],
    },
  });
});

test('braces, tabs and Windows line ends are layout as well', () => {
  const text =
    'name: x\r\nlibrary {\r\n\tbuild-depends: {\r\n\t\ta >= 1,\r\n\t\tb }\r\n\tif flag(x) { build-depends: c } else { build-depends: d }\r\n}\r\nbenchmark y\r\n\tbuild-depends:\te\r\n\t\t,f\r\n';
  expect(dependenciesOf(text)).toEqual([
    hackage('a', 4, { constraint: '>= 1' }),
    hackage('b', 5),
    hackage('c', 6),
    hackage('d', 6),
    hackage('e', 9, development),
    hackage('f', 10, development),
  ]);
});

test('a shared stanza counts where it is imported, through others too, and nowhere else', () => {
  const text = `common a
  import: b
common b
  import: a
  build-depends: x
common c
  build-depends: y
common d
  build-depends: z
test-suite t
  import: a, d
library
  import: d
`;
  expect(dependenciesOf(text)).toEqual([hackage('x', 5, development), hackage('z', 9)]);
});

test.each([
  ['any set of versions', 'a ^>= {1.0, 2.1}', ['a ^>= {1.0, 2.1}']],
  ['a version with stars', 'a == 1.2.*', ['a == 1.2.*']],
  ['any version', 'a -any, b', ['a', 'b']],
  ['parentheses', 'a (>= 1 && < 2) || == 3, b(>=4)', ['a (>= 1 && < 2) || == 3', 'b (>=4)']],
  ['a sublibrary', 'a:b, c : {d, e} >= 1', ['a', 'c >= 1']],
  ['commas before and after', ', a , b ,', ['a', 'b']],
])('reads %s', (_, written, expected) => {
  expect(named(dependenciesOf(`library\n  build-depends: ${written}\n`))).toEqual(expected);
});

test.each([
  ['BSD3', '>= 1.10', 'BSD-3-Clause'],
  ['GPL-2', '2.0', 'GPL-2.0-only'],
  ['GPL', '1.12', null],
  ['PublicDomain', '1.12', 'LicenseRef-PublicDomain'],
  ['AllRightsReserved', '1.12', 'NONE'],
  ['OtherLicense', '1.12', null],
  ['BSD-3-Clause', '1.12', 'BSD-3-Clause'],
  ['BSD3', '2.2', null],
  ['Apache-2.0 OR MIT', '3.0', 'Apache-2.0 OR MIT'],
  ['NONE', '3.0', 'NONE'],
  ['apache-2.0', '2.2', null],
  ['apache-2.0', '2.0', 'Apache-2.0'],
  ['GPL-2.0-or-later WITH classpath-exception-2.0', '3.0', null],
])('license %s in format %s means %s', (text, version, expression) => {
  expect(licenseOf(`cabal-version: ${version}\nlicense: ${text}\n`)).toEqual({ text, expression, line: 2 });
});

test.each([
  ['NOTICE, LICENSE', 'LICENSE'],
  ['COPYRIGHT', 'COPYRIGHT'],
])('of the files %s, %s is the license text', (files, expected) => {
  expect(value(readCabal(`cabal-version: 3.0\nlicense-files: ${files}\n`)).licenseFile).toBe(expected);
});

test('an empty license never takes the value of the next field', () => {
  expect(licenseOf('cabal-version: 3.0\nlicense:\nlicense-file: LICENSE\n')).toBeNull();
});

test('a license and an author as `stack new` writes them are a scaffold', () => {
  expect(value(readCabal('license: BSD3\nauthor: Author name here\n')).isScaffold).toBe(true);
  expect(value(readCabal('license: BSD3\nauthor: Ada\n')).isScaffold).toBe(false);
});

test.each([
  ['library\n  build-depends: a, >= 2\n', 'line 2: found ">= 2" where a package was wanted'],
  [
    'library\n  build-depends: a\n  b: c\n\n  build-depends:\n    x y\n',
    'line 6: found "y" after x, where a version range was wanted',
  ],
  ['name: x\n}\n', 'line 2: found } without its {'],
  ['library {\n  build-depends: a\n', 'the { of line 1 is never closed'],
  ['name: x\n<xml>\n', 'line 2: found "<xml>" where a field or a section was wanted'],
  ['a{'.repeat(200), 'line 1: sections are nested more than 100 deep'],
])('%j is not known: %s', (text, reason) => {
  expect(readCabal(text)).toEqual({ known: false, reason });
});

test('package.yaml names the same packages, in all of its forms', () => {
  const text = `name: tool
license: BSD3
license-file: LICENSE
dependencies:
- base >= 4 && < 5
- name: text
  version: ^>= 2.0
library:
  dependencies:
    lens: ">= 5"
    fork:
      github: acme/fork/sub
      ref: abc
  when:
  - condition: os(windows)
    then:
      dependencies: Win32
    else:
      dependencies: [unix]
tests:
  spec:
    build-tools: hspec-discover
    dependencies: [tool, hspec == 2.11.0]
`;
  expect(readHpack(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'hackage',
      name: 'tool',
      version: null,
      license: { text: 'BSD3', expression: 'BSD-3-Clause', line: 2 },
      licenseFile: 'LICENSE',
      isPrivate: false,
      isScaffold: false,
      dependencies: [
        hackage('base', 5, { constraint: '>= 4 && < 5' }),
        hackage('text', 6, { constraint: '^>= 2.0' }),
        hackage('lens', 10, { constraint: '>= 5' }),
        hackage('fork', 11, { origin: { kind: 'repository', url: 'https://github.com/acme/fork', ref: 'abc', path: null } }),
        hackage('Win32', 17),
        hackage('unix', 19),
        hackage('tool', 1, { ...own, ...development }),
        hackage('hspec', 23, { version: '2.11.0', ...development }),
        hackage('hspec-discover', 22, development),
      ],
    },
  });
});

test('no text makes a reader of Haskell files throw', () => {
  const word = fc.constantFrom(
    'library',
    'build-depends:',
    'if',
    'a',
    '{',
    '}',
    '>=',
    '1.0',
    ',',
    '\n',
    '\n  ',
    ': ',
    '- ',
    '--',
    '(',
    '__proto__',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
  );
  fc.assert(fc.property(texts, (text) => readers.every((reader) => typeof reader.read(text).known === 'boolean')));
});
