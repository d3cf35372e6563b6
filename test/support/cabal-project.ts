/** A Cabal project of the size of a node: fourteen packages that need each other and 160 others, in every way to write that. */
import type { Files } from './builders.ts';
import type { Reply } from './registries.ts';

/** One package of elsewhere, as the project names it. */
export interface Needed {
  readonly name: string;
  /** As Steward tells it; null: any version. */
  readonly range: string | null;
  /** Exactly this version. */
  readonly version: string | null;
  readonly usage: 'runtime' | 'development';
  /** What its registry declares; null: no registry knows it. */
  readonly license: string | null;
  readonly registry: 'CHaP' | 'Hackage' | null;
}

export const EXTERNAL = 160;
/** The first so many are in CHaP, the last ones nowhere. */
const IN_CHAP = 48;
const NOWHERE = 6;

const PACKAGES = Array.from({ length: 14 }, (_, index) => `widget-${index === 0 ? 'node' : `part-${letter(index)}`}`);
const LICENSES = ['Apache-2.0', 'BSD-3-Clause', 'MIT', 'MPL-2.0', 'BSD-2-Clause', 'ISC', 'GPL-3.0-or-later'];

/** How a dependency can be written, and what it means. */
const FORMS: readonly ((name: string) => readonly [written: string, range: string | null, version: string | null])[] = [
  (name) => [name, null, null],
  (name) => [`${name} ^>=1.2`, '^>=1.2', null],
  (name) => [`${name} >= 1.2 && < 2`, '>= 1.2 && < 2', null],
  (name) => [`${name} ==1.2.3`, null, '1.2.3'],
  (name) => [`${name} ==1.2.*`, '==1.2.*', null],
  (name) => [`${name} ^>= { 1.2, 2.0 }`, '^>= { 1.2, 2.0 }', null],
  (name) => [`${name} (>=1 && <1.5) || >=2`, '(>=1 && <1.5) || >=2', null],
  (name) => [`${name}\n        >= 1.0\n        && < 3`, '>= 1.0 && < 3', null],
  (name) => [`${name} -any`, null, null],
  (name) => [`${name}:extra ^>=1.2`, '^>=1.2', null],
  (name) => [`${name}:{${name}, testlib} >1`, '>1', null],
  (name) => [`${name}:{testlib}`, null, null],
  (name) => [`${name}<2`, '<2', null],
];

/** Everything that the project needs of elsewhere. */
export const NEEDED: readonly Needed[] = Array.from({ length: EXTERNAL }, (_, index) => {
  const name = nameOf(index);
  const [, range, version] = formOf(index)(name);
  const registry = index < IN_CHAP ? 'CHaP' : index < EXTERNAL - NOWHERE ? 'Hackage' : null;
  const license = registry === null ? null : (LICENSES[index % LICENSES.length] ?? null);
  return { name, range, version, usage: isForTests(index) ? 'development' : 'runtime', license, registry };
});

/** The files of the project; `isEmpty`: as it was before it needed anything of elsewhere. */
export function cabalProject({ isEmpty = false } = {}): Files {
  const packages = PACKAGES.map((name, index) => [`${name}/${name}.cabal`, cabalFile(name, index, isEmpty)] as const);
  return { 'cabal.project': PROJECT, ...Object.fromEntries(packages) };
}

const PROJECT = `repository cardano-haskell-packages
  url: https://chap.intersectmbo.org/
  secure: True
  root-keys:
    3e0cce471cf09815f930210f7827266fd09045445d65923e6d0238a6cd15126f

index-state:
  , hackage.haskell.org 2026-01-01T00:00:00Z
  , cardano-haskell-packages 2026-01-02T00:00:00Z

packages:
${PACKAGES.map((name) => `  ${name}`).join('\n')}

tests: True
`;

function cabalFile(name: string, index: number, isEmpty: boolean): string {
  const mine = NEEDED.map((_, number) => number).filter((number) => !isEmpty && number % PACKAGES.length === index);
  const all = mine.map((number) => ({ number, text: formOf(number)(nameOf(number))[0] }));
  const siblings = PACKAGES.slice(index + 1).map((one) => `${one} ^>=1.0`);
  const [shared = [], conditional = [], library = []] = [0, 1, 2].map((part) =>
    all.filter(({ number }) => !isForTests(number) && number % 3 === part).map(({ text }) => text),
  );
  const tests = all.filter(({ number }) => isForTests(number)).map(({ text }) => text);
  return `cabal-version:      3.8
name:               ${name}
version:            1.0.0
license:            Apache-2.0
-- build-depends: commented-out

common shared
  default-language: Haskell2010
  build-depends:
${leading(shared)}

library
  import:        shared
  hs-source-dirs: src
  if os(windows)
    build-depends: ${conditional.join(', ') || 'base'}
  build-depends:
    base >=4.18 && <5,
    ${[...siblings, ...library].join(',\n    ') || 'base'}

test-suite tests
  import:        shared
  type:          exitcode-stdio-1.0
  main-is:       Main.hs
  build-depends: base, ${name}
${leading(tests)}
`;
}

/** With the commas in front, as many write them. */
function leading(items: readonly string[]): string {
  return ['base', ...items].map((one) => `    , ${one}`).join('\n');
}

function isForTests(index: number): boolean {
  return index % 11 === 5;
}

function formOf(index: number): (typeof FORMS)[number] {
  const form = FORMS[index % FORMS.length];
  if (!form) throw new Error('There is no such form.');
  return form;
}

function nameOf(index: number): string {
  return `thing-${letter(Math.floor(index / 26))}${letter(index % 26)}`;
}

function letter(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + index);
}

/** What the registries have of it, in the form of their own documents. */
export function shelves(): ReadonlyMap<string, Reply> {
  const raw = 'raw.githubusercontent.com';
  const chap = `${raw}/IntersectMBO/cardano-haskell-packages`;
  const inChap = NEEDED.filter(({ registry }) => registry === 'CHaP');
  const versionOf = ({ version }: Needed): string => version ?? '9.1.0.0';
  const meta = inChap.flatMap((one, index) => {
    const rev = index.toString(16).padStart(40, '0');
    return [
      [
        `${chap}/main/_sources/${one.name}/${versionOf(one)}/meta.toml`,
        `timestamp = 2026-01-01T00:00:00Z\ngithub = { repo = "acme/things", rev = "${rev}" }\nsubdir = '${one.name}'\n`,
      ],
      [`${raw}/acme/things/${rev}/${one.name}/${one.name}.cabal`, described(one)],
    ] as const;
  });
  const hackage = NEEDED.filter(({ registry }) => registry === 'Hackage').map((one) => {
    const id = one.version === null ? one.name : `${one.name}-${one.version}`;
    return [`hackage.haskell.org/package/${id}/${one.name}.cabal`, described(one)] as const;
  });
  const list = inChap.map((one) => ({ 'pkg-name': one.name, 'pkg-version': versionOf(one) }));
  return new Map<string, Reply>([[`${chap}/repo/foliage/packages.json`, list], ...meta, ...hackage]);
}

function described({ name, version, license }: Needed): string {
  return `cabal-version: 2.4\nname: ${name}\nversion: ${version ?? '9.1.0.0'}\nlicense: ${license ?? ''}\n`;
}
