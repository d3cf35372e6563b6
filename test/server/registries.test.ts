/** Licenses of packages: from every registry in its own form, kept once, and unknown with a reason where nobody tells. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../../src/facts/answer.ts';
import { NOTHING_FOUND, type Detector } from '../../src/facts/license/detection.ts';
import type { Ecosystem, Origin, Package, PackageLicense } from '../../src/facts/packages/package.ts';
import { registries } from '../../src/server/registries/registries.ts';
import { licenses } from '../../src/server/licenses.ts';
import type { KeptLicense } from '../../src/store/store.ts';
import { shelved, type Shelved } from '../support/registries.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const TOMORROW = '2026-03-02T12:00:00.000Z';

const double = shelved();
beforeEach(() => {
  double.clear();
});

const PUBLIC: Origin = { kind: 'registry', registry: null };

function aPackage(ecosystem: Ecosystem, name: string, version: string | null, origin: Origin = PUBLIC): Package {
  const rest = { constraint: null, usage: 'runtime', isDirect: true, license: null, line: null } as const;
  return { ecosystem, name, version, origin, ...rest };
}

const detect: Detector = (text) => ({
  ...NOTHING_FOUND,
  expression: text.startsWith('Apache') ? 'Apache-2.0' : text === 'MIT' ? 'MIT' : null,
  reason: text === 'Altered' ? 'the text of MIT was altered' : null,
});

/** Steward's knowledge with an empty store. */
function opened(options: { readonly patience?: number; readonly isOff?: boolean } = {}) {
  const kept = new Map<string, KeptLicense>();
  const store = {
    packageLicenses: (keys: readonly string[]) =>
      Promise.resolve(new Map(keys.flatMap((key) => (kept.has(key) ? [[key, kept.get(key)!.license] as const] : [])))),
    keepPackageLicenses: (all: readonly KeptLicense[]) => {
      for (const one of all) kept.set(one.key, one);
      return Promise.resolve();
    },
  };
  const asks = options.isOff === true ? null : registries(double.ask, detect, () => NOW);
  const { patience = 10_000 } = options;
  return { informed: licenses({ store, detect, registries: asks, now: () => new Date(NOW), patience }), kept };
}

/** What is told of one package, and until when it is kept; undefined: it is not. */
async function told(found: Package, shelves: Readonly<Record<string, Shelved>> = {}) {
  for (const [address, reply] of Object.entries(shelves)) double.shelves.set(address, reply);
  const { informed, kept } = opened();
  const [license] = await informed.packageLicenses([found], true);
  const [one] = kept.values();
  return { license, until: one?.until };
}

const forGood = (declared: string | null, expression: string | null, url: string): object => ({
  license: known({ declared, expression, source: 'registry', url } satisfies PackageLicense),
  until: null,
});
const forADay = (declared: string, expression: string, url: string): object => ({
  ...forGood(declared, expression, url),
  until: TOMORROW,
});

describe('npm', () => {
  const NPM = 'registry.npmjs.org/left-pad/1.0.0';
  const leftPad = aPackage('npm', 'left-pad', '1.0.0');
  const page = 'https://www.npmjs.com/package/left-pad/v/1.0.0';

  test.each([
    [{ license: 'MIT' }, 'MIT', 'MIT'],
    [{ license: { type: 'BSD-3-Clause', url: 'https://x.example' } }, 'BSD-3-Clause', 'BSD-3-Clause'],
    [{ licenses: [{ type: 'MIT' }, { type: 'ISC' }] }, '(MIT OR ISC)', 'MIT OR ISC'],
    [{ license: 'UNLICENSED' }, 'UNLICENSED', 'NONE'],
  ])('declares %j', async (document, declared, expression) => {
    expect(await told(leftPad, { [NPM]: { version: '1.0.0', ...document } })).toEqual(forGood(declared, expression, page));
  });

  test('scoped packages are asked for as one name, and shown with both', async () => {
    expect(
      await told(aPackage('npm', '@acme/tool', '2.0.0'), {
        'registry.npmjs.org/%40acme%2Ftool/2.0.0': { version: '2.0.0', license: 'ISC' },
      }),
    ).toEqual(forGood('ISC', 'ISC', 'https://www.npmjs.com/package/%40acme/tool/v/2.0.0'));
  });

  test('without an exact version the latest one is looked at: the address says so, and tomorrow it is asked again', async () => {
    expect(await told(aPackage('npm', 'left-pad', null), { 'registry.npmjs.org/left-pad/latest': { license: 'MIT' } })).toEqual(
      forADay('MIT', 'MIT', 'https://registry.npmjs.org/left-pad/latest'),
    );
  });

  test('what cannot be told today may be understood in a month', async () => {
    const answer = await told(leftPad, { [NPM]: { version: '1.0.0', license: 'see the wiki' } });
    expect(answer).toMatchObject({
      license: { value: { declared: 'see the wiki', expression: null } },
      until: '2026-03-31T12:00:00.000Z',
    });
    expect(await told(leftPad, { [NPM]: { version: '1.0.0' } })).toMatchObject({
      license: { value: { declared: null, expression: null } },
    });
  });

  test('that it does not know a package is kept for a day', async () => {
    const license = unknown('registry.npmjs.org does not know this package in this version');
    expect(await told(leftPad)).toEqual({ license, until: TOMORROW });
  });

  test.each<[string, Shelved]>([
    ['no JSON', '<html>'],
    ['a list', []],
    ['nothing', ''],
    ['deep nesting', '['.repeat(100_000)],
  ])('%s instead of a document is unknown, and not kept', async (_what, reply) => {
    expect(await told(leftPad, { [NPM]: reply })).toEqual({
      license: unknown('registry.npmjs.org answers in a form that is not known'),
      until: undefined,
    });
  });

  test.each([
    { license: 7 },
    { license: [{ type: {} }] },
    { license: { type: ['MIT'] } },
    JSON.parse('{"__proto__":{"license":"MIT"}}') as object,
  ])('wrong types declare nothing: %j', async (document) => {
    expect(await told(leftPad, { [NPM]: { version: '1.0.0', ...document } })).toMatchObject({
      license: { value: { declared: null, expression: null } },
    });
  });

  test.each(['..', '.', '', '\ud800'])('a name that would lead elsewhere is asked of nobody: %j', async (name) => {
    expect((await told(aPackage('npm', name, '1.0.0'))).license).toMatchObject({ known: false });
    expect((await told(aPackage('npm', 'left-pad', name || null))).license).toMatchObject({ known: false });
    expect(double.asked.filter((address) => !address.endsWith('/latest'))).toEqual([]);
  });
});

test('crates.io declares old forms with a slash; without an exact version the newest stable one counts', async () => {
  const version = { num: '1.0.0', license: 'MIT/Apache-2.0' };
  expect(await told(aPackage('cargo', 'serde', '1.0.0'), { 'crates.io/api/v1/crates/serde/1.0.0': { version } })).toEqual(
    forGood('MIT/Apache-2.0', 'MIT OR Apache-2.0', 'https://crates.io/crates/serde/1.0.0'),
  );
  const crate = { crate: { max_stable_version: '1.0.0' }, versions: [{ num: '2.0.0-rc', license: 'ISC' }, version] };
  expect(await told(aPackage('cargo', 'serde', null), { 'crates.io/api/v1/crates/serde': crate })).toEqual(
    forADay('MIT/Apache-2.0', 'MIT OR Apache-2.0', 'https://crates.io/crates/serde/'),
  );
});

test.each([
  [{ license_expression: 'MIT OR ISC', license: 'see LICENSE' }, 'MIT OR ISC', 'MIT OR ISC'],
  [
    { license_expression: null, license: 'Mine', classifiers: ['License :: OSI Approved :: MIT License'] },
    'License :: OSI Approved :: MIT License',
    'MIT',
  ],
  [{ license: 'Apache-2.0', classifiers: 'none' }, 'Apache-2.0', 'Apache-2.0'],
  [{ license: 'Mine' }, 'Mine', null],
])('PyPI declares %j', async (info, declared, expression) => {
  const answer = await told(aPackage('pypi', 'zope-interface', '5.0'), {
    'pypi.org/pypi/zope-interface/5.0/json': { info: { ...info, version: '5.0.0' } },
  });
  expect(answer.license).toEqual(
    known({ declared, expression, source: 'registry', url: 'https://pypi.org/project/zope-interface/5.0/' }),
  );
});

describe('deps.dev', () => {
  const GO = 'api.deps.dev/v3/systems/go/packages/github.com%2Facme%2Ftool';
  const page = 'https://deps.dev/go/github.com%2Facme%2Ftool/v1.2.3';

  const at = (version: string, ...all: readonly string[]): object => ({ versionKey: { version }, licenses: all });
  const MAVEN = 'api.deps.dev/v3/systems/maven/packages/org.example%3Atool/versions/1.0';
  const tool = aPackage('golang', 'github.com/acme/tool', 'v1.2.3');

  test.each<[readonly string[], string | null, string | null]>([
    [['MIT'], 'MIT', 'MIT'],
    [['MIT', 'MIT'], 'MIT', 'MIT'],
    [[], null, null],
    [['MIT', 'Apache-2.0'], 'MIT, Apache-2.0', null],
    [['non-standard'], 'non-standard', null],
  ])('tells of Go, where %j may hold together or be a choice', async (all, declared, expression) => {
    const answer = await told(tool, { [`${GO}/versions/v1.2.3`]: at('v1.2.3', ...all) });
    expect(answer.license).toEqual(known({ declared, expression, source: 'registry', url: page }));
  });

  test.each<[readonly string[], string, string | null]>([
    [['MIT'], 'MIT', 'MIT'],
    [['MIT', 'Apache-2.0 AND ISC'], 'MIT OR (Apache-2.0 AND ISC)', 'MIT OR Apache-2.0 AND ISC'],
    [['MIT', 'non-standard'], 'MIT OR non-standard', null],
  ])('tells of Maven, where %j is a choice', async (all, declared, expression) => {
    const answer = await told(aPackage('maven', 'org.example:tool', '1.0'), { [MAVEN]: at('1.0', ...all) });
    const url = 'https://deps.dev/maven/org.example%3Atool/1.0';
    expect(answer.license).toEqual(known({ declared, expression, source: 'registry', url }));
  });

  test('names the version that is taken where none is named', async () => {
    const versions = [{ versionKey: { version: 'v1.0.0' } }, { versionKey: { version: 'v1.2.3' }, isDefault: true }];
    const shelves = { [GO]: { versions }, [`${GO}/versions/v1.2.3`]: at('v1.2.3', 'MIT') };
    expect(await told(aPackage('golang', 'github.com/acme/tool', null), shelves)).toEqual(forADay('MIT', 'MIT', page));
  });
});

describe('Haskell', () => {
  const cabal = (license: string): string => `cabal-version: 2.4\nname: tool\nversion: 1.0\nlicense: ${license}\n`;
  const RAW = 'raw.githubusercontent.com';
  const SOURCES = `${RAW}/IntersectMBO/cardano-haskell-packages/main/_sources/tool`;
  const LIST = `${RAW}/IntersectMBO/cardano-haskell-packages/repo/foliage/packages.json`;
  const REV = '5'.repeat(40);
  const META = `timestamp = 2026-01-01T00:00:00Z\ngithub = { repo = "acme/tools", rev = "${REV}" }\nsubdir = 'tool'\n`;
  const FILE = `${RAW}/acme/tools/${REV}/tool/tool.cabal`;
  const page = `https://github.com/acme/tools/blob/${REV}/tool/tool.cabal`;
  const inChap: Origin = { kind: 'registry', registry: 'https://chap.intersectmbo.org/' };

  test('Hackage gives the .cabal file of a version, or of the newest', async () => {
    expect(
      await told(aPackage('hackage', 'tool', '1.0'), { 'hackage.haskell.org/package/tool-1.0/tool.cabal': cabal('MIT') }),
    ).toEqual(forGood('MIT', 'MIT', 'https://hackage.haskell.org/package/tool-1.0'));
    expect(
      await told(aPackage('hackage', 'tool', null), { 'hackage.haskell.org/package/tool/tool.cabal': cabal('ISC') }),
    ).toEqual(forADay('ISC', 'ISC', 'https://hackage.haskell.org/package/tool/tool.cabal'));
    expect(double.asked).toHaveLength(2);
  });

  test.each([
    ['a repository', META],
    ['a tarball', `url = 'https://github.com/acme/tools/tarball/${REV}'\nsubdir = "./tool/"\n`],
  ])('CHaP, asked first where a project names it, leads to the file in %s', async (_what, meta) => {
    const shelves = { [`${SOURCES}/1.0/meta.toml`]: meta, [FILE]: cabal('Apache-2.0') };
    expect(await told(aPackage('hackage', 'tool', '1.0', inChap), shelves)).toEqual(forGood('Apache-2.0', 'Apache-2.0', page));
    expect(double.asked).toEqual(Object.keys(shelves));
  });

  test('what Hackage does not know is looked for in CHaP, whose newest version comes from its list, read once', async () => {
    const entry = (name: string, version: string): object => ({ 'pkg-name': name, 'pkg-version': version });
    const list = [
      entry('tool', '1.9'),
      entry('tool', '1.10'),
      entry('tool', '1.2.3'),
      entry('tool', 'x'),
      entry('other', '3'),
      7,
    ];
    for (const [address, reply] of Object.entries({ [LIST]: list, [`${SOURCES}/1.10/meta.toml`]: META, [FILE]: cabal('MIT') })) {
      double.shelves.set(address, reply);
    }
    const { informed } = opened();
    const ask = (name: string) => informed.packageLicenses([aPackage('hackage', name, null)], true);
    expect(await ask('tool')).toMatchObject([{ value: { expression: 'MIT', url: page } }]);
    expect(await ask('stranger')).toEqual([unknown('neither Hackage nor CHaP knows this package in this version')]);
    expect(double.asked.filter((address) => address === LIST)).toHaveLength(1);
  });

  test.each([
    ['leads nowhere', 'timestamp = 2026-01-01T00:00:00Z\n'],
    ['is no TOML', '[[['],
    ['leads out of the repository', `github = { repo = "acme/tools", rev = "${REV}" }\nsubdir = '../../..'\n`],
    ['names another host', "url = 'https://evil.example/acme/tools/tarball/1'\n"],
  ])('a meta.toml that %s is no answer', async (_what, meta) => {
    expect(await told(aPackage('hackage', 'tool', '1.0', inChap), { [`${SOURCES}/1.0/meta.toml`]: meta })).toEqual({
      license: unknown('neither Hackage nor CHaP knows this package in this version'),
      until: TOMORROW,
    });
    expect(double.asked.filter((address) => !address.startsWith(SOURCES) && !address.startsWith('hackage'))).toEqual([]);
  });
});

describe('a repository on GitHub', () => {
  const REV = '6'.repeat(40);
  const RAW = 'raw.githubusercontent.com/aiken-lang/stdlib';
  const at = (ref: string | null, path: string | null = null): Origin => ({
    kind: 'repository',
    url: 'https://github.com/aiken-lang/stdlib',
    ref,
    path,
  });
  const text = (expression: string | null, path: string): Answer<PackageLicense> =>
    known({ declared: null, expression, source: 'text', url: `https://github.com/aiken-lang/stdlib/blob/${path}` });

  test('is known by its license text: at a commit for good, at a tag for a day', async () => {
    const license = 'Apache License\n';
    expect(await told(aPackage('nix', 'stdlib', null, at(REV)), { [`${RAW}/${REV}/LICENSE`]: license })).toEqual({
      license: text('Apache-2.0', `${REV}/LICENSE`),
      until: null,
    });
    expect(await told(aPackage('aiken', 'aiken-lang/stdlib', 'v2', at('v2')), { [`${RAW}/v2/COPYING`]: license })).toEqual({
      license: text('Apache-2.0', 'v2/COPYING'),
      until: TOMORROW,
    });
    expect(double.asked).toHaveLength(7);
  });

  test('a folder’s own text wins, and the root counts where it has none; a text that nobody knows is one', async () => {
    const shelves = { [`${RAW}/HEAD/lib/LICENSE.md`]: 'Apache', [`${RAW}/HEAD/LICENSE`]: 'Mine' };
    expect((await told(aPackage('npm', 'x', null, at(null, 'lib')), shelves)).license).toEqual(
      text('Apache-2.0', 'HEAD/lib/LICENSE.md'),
    );
    expect((await told(aPackage('npm', 'x', null, at(null, 'other')), shelves)).license).toEqual(
      unknown('its text is no license that is known (https://github.com/aiken-lang/stdlib/blob/HEAD/LICENSE)'),
    );
  });

  test('may be named by a branch of several parts, and by none that would lead out of it', async () => {
    const answer = await told(aPackage('nix', 'x', null, at('release/1.0')), { [`${RAW}/release/1.0/LICENSE`]: 'Apache' });
    expect(answer.license).toEqual(text('Apache-2.0', 'release/1.0/LICENSE'));
    double.asked.length = 0;
    expect((await told(aPackage('nix', 'x', null, at('../../acme/secret/main')))).license).toMatchObject({ known: false });
    expect(double.asked).toEqual([]);
  });

  test.each<[Readonly<Record<string, string>>, string, string]>([
    [{ 'LICENSE-APACHE': 'Apache', 'LICENSE-MIT': 'MIT' }, 'Apache-2.0 OR MIT', 'LICENSE-APACHE'],
    [{ 'LICENSE-APACHE': 'Apache' }, 'Apache-2.0', 'LICENSE-APACHE'],
    [{ 'LICENSE-MIT': 'MIT' }, 'MIT', 'LICENSE-MIT'],
    [{ 'LICENSE-APACHE': 'Apache', LICENSE: 'MIT' }, 'MIT', 'LICENSE'],
    [{ LICENCE: 'MIT' }, 'MIT', 'LICENCE'],
    [{ UNLICENSE: 'MIT' }, 'MIT', 'UNLICENSE'],
  ])('may have several texts: %j is %s', async (files, expression, name) => {
    const shelves = Object.fromEntries(Object.entries(files).map(([file, content]) => [`${RAW}/${REV}/${file}`, content]));
    expect(await told(aPackage('nix', 'x', null, at(REV)), shelves)).toEqual({
      license: text(expression, `${REV}/${name}`),
      until: null,
    });
  });

  test.each([
    { LICENSE: 'Altered' },
    { 'LICENSE-APACHE': 'Apache', 'LICENSE-MIT': 'Altered' },
    { 'LICENSE-APACHE': 'Altered', 'LICENSE-MIT': 'MIT' },
  ])('whose text was altered says so, and is read anew in a month: %j', async (files) => {
    const shelves = Object.fromEntries(Object.entries(files).map(([file, content]) => [`${RAW}/${REV}/${file}`, content]));
    const [name] = Object.entries(files).find(([, content]) => content === 'Altered') ?? [];
    expect(await told(aPackage('nix', 'x', null, at(REV)), shelves)).toEqual({
      license: unknown(`the text of MIT was altered (https://github.com/aiken-lang/stdlib/blob/${REV}/${name ?? ''})`),
      until: '2026-03-31T12:00:00.000Z',
    });
  });

  test.each(['https://github.com/a b/c', 'https://github.com/a/b%2e', 'https://github.com/\u212a/b'])(
    'of a name that GitHub does not give is asked of nobody: %s',
    async (url) => {
      const origin: Origin = { kind: 'repository', url, ref: null, path: null };
      expect((await told(aPackage('nix', 'x', null, origin))).license).toMatchObject({ known: false });
      expect(double.asked).toEqual([]);
    },
  );

  test('without a text is not known', async () => {
    expect(await told(aPackage('aiken', 'aiken-lang/stdlib', 'v2'))).toEqual({
      license: unknown('its repository shows no license text under a usual name at this version, or is not public'),
      until: TOMORROW,
    });
  });
});

describe('nobody is asked about', () => {
  test.each<[string, Origin, string]>([
    ['a part of the repository itself', { kind: 'own' }, 'it is part of the repository itself'],
    ['an archive', { kind: 'archive', url: 'https://x.example/a.tgz' }, 'it is an archive, of which no registry tells anything'],
    [
      'a package of a private registry',
      { kind: 'registry', registry: 'https://npm.acme.example' },
      'it comes from another registry than the public one, which is not asked',
    ],
    [
      'a repository elsewhere',
      { kind: 'repository', url: 'https://git.acme.example/a/b', ref: null, path: null },
      'it lies in a repository that is not on GitHub',
    ],
  ])('%s', async (_what, origin, reason) => {
    expect(await told(aPackage('npm', 'secret', '1.0.0', origin))).toEqual({ license: unknown(reason), until: undefined });
    expect(double.asked).toEqual([]);
  });

  test('packages that only a private repository names; what was kept for others is told all the same', async () => {
    double.shelves.set('registry.npmjs.org/left-pad/1.0.0', { version: '1.0.0', license: 'MIT' });
    const { informed } = opened();
    await informed.packageLicenses([aPackage('npm', 'left-pad', '1.0.0')], true);
    const both = [aPackage('npm', 'left-pad', '1.0.0'), aPackage('npm', 'secret', '1.0.0')];
    expect(await informed.packageLicenses(both, false)).toEqual([
      expect.objectContaining({ known: true }),
      unknown('registries are not asked about packages of this repository, and nothing was kept of it'),
    ]);
    expect(double.asked).toHaveLength(1);
  });

  test('anything where registries are switched off', async () => {
    const { informed } = opened({ isOff: true });
    expect(await informed.packageLicenses([aPackage('npm', 'left-pad', '1.0.0')], true)).toEqual([
      unknown('registries are not asked (REGISTRIES=off)'),
    ]);
  });

  test.each<[Ecosystem, string, string]>([
    ['npm', '@acme//b', 'an npm package'],
    ['npm', 'left-pad ', 'an npm package'],
    ['npm', '\u212aubernetes', 'an npm package'],
    ['npm', '.left-pad', 'an npm package'],
    ['npm', 'a/b', 'an npm package'],
    ['npm', 'a\ud800', 'an npm package'],
    ['npm', 'x'.repeat(215), 'an npm package'],
    ['cargo', '1a', 'a crate'],
    ['cargo', 'a/b', 'a crate'],
    ['pypi', 'a b', 'a Python package'],
    ['pypi', 'a-', 'a Python package'],
    ['hackage', 'a-1', 'a Haskell package'],
    ['hackage', 'a--b', 'a Haskell package'],
    ['golang', 'fmt', 'a Go module'],
    ['golang', 'github.com/a//b', 'a Go module'],
    ['golang', 'github.com/a/', 'a Go module'],
    ['golang', 'github.com/../b', 'a Go module'],
    ['maven', 'a', 'a Maven artifact'],
    ['maven', 'g:a:b', 'a Maven artifact'],
  ])('a name that cannot be: of %s %j', async (ecosystem, name, one) => {
    expect(await told(aPackage(ecosystem, name, '1.0.0'))).toEqual({
      license: unknown(`its name is no name of ${one}`),
      until: undefined,
    });
    expect(double.asked).toEqual([]);
  });

  test('a name as long as a book', async () => {
    expect((await told(aPackage('npm', 'x'.repeat(5000), '1.0.0'))).license).toEqual(
      unknown('its name is too long to be asked for'),
    );
  });
});

test('nothing that a file of a contribution states is kept for others', async () => {
  const stated = { ...aPackage('npm', 'left-pad', '1.0.0'), license: 'MIT' };
  double.shelves.set('registry.npmjs.org/left-pad/1.0.0', { version: '1.0.0', license: 'GPL-3.0-only' });
  const origins: readonly Origin[] = [
    { kind: 'registry', registry: 'https://registry.npmjs.org.evil.example' },
    { kind: 'registry', registry: 'https://evil.example/registry.npmjs.org' },
    { kind: 'archive', url: 'https://registry.npmjs.org/left-pad/-/left-pad-1.0.0.tgz' },
    { kind: 'own' },
  ];
  const { informed, kept } = opened();
  await informed.packageLicenses([...origins.map((origin) => ({ ...stated, origin })), stated], true);
  expect([...kept.values()]).toEqual([
    {
      key: '["npm","left-pad","1.0.0","registry",null]',
      license: expect.objectContaining({ value: expect.objectContaining({ expression: 'GPL-3.0-only' }) as object }) as object,
      until: null,
    },
  ]);
});

describe('names that can be are asked for', () => {
  test.each<[Ecosystem, string]>([
    ['npm', 'JSONStream'],
    ['npm', "@a_b.c/~x!y*z'(1)"],
    ['cargo', 'a_b-c1'],
    ['pypi', 'zope.interface'],
    ['hackage', '3d-graphics-examples'],
    ['hackage', 'base64-bytestring'],
    ['golang', 'gopkg.in/yaml.v3'],
    ['golang', 'github.com/Azure/go-autorest/autorest'],
    ['maven', 'org.slf4j:slf4j-api'],
  ])('%s: %s', async (ecosystem, name) => {
    await told(aPackage(ecosystem, name, null));
    expect(double.asked).not.toEqual([]);
  });
});

describe('a version', () => {
  test.each<[Ecosystem, string, string, string]>([
    ['npm', 'x', 'latest', 'registry.npmjs.org/x/latest'],
    ['npm', 'x', '^1.0.0', 'registry.npmjs.org/x/latest'],
    ['npm', 'x', '*', 'registry.npmjs.org/x/latest'],
    ['npm', 'x', '1.x', 'registry.npmjs.org/x/latest'],
    ['pypi', 'x', '1.*', 'pypi.org/pypi/x/json'],
    ['cargo', 'x', '1', 'crates.io/api/v1/crates/x'],
    ['golang', 'x.example/y', 'master', 'api.deps.dev/v3/systems/go/packages/x.example%2Fy'],
    ['maven', 'g:a', 'LATEST', 'api.deps.dev/v3/systems/maven/packages/g%3Aa'],
    ['maven', 'g:a', '1.+', 'api.deps.dev/v3/systems/maven/packages/g%3Aa'],
    ['maven', 'g:a', '1.0-SNAPSHOT', 'api.deps.dev/v3/systems/maven/packages/g%3Aa'],
    ['maven', 'g:a', '[1.0,2.0)', 'api.deps.dev/v3/systems/maven/packages/g%3Aa'],
    ['hackage', 'x', '1.*', 'hackage.haskell.org/package/x/x.cabal'],
  ])('that is not exact asks for the newest: of %s %s %s', async (ecosystem, name, version, address) => {
    expect(await told(aPackage(ecosystem, name, version))).toMatchObject({ until: TOMORROW });
    expect(double.asked[0]).toBe(address);
  });

  test.each<[Package, string, Shelved]>([
    [aPackage('npm', 'x', '1.0.0'), 'registry.npmjs.org/x/1.0.0', { version: '1.0.1', license: 'MIT' }],
    [aPackage('npm', 'x', '1.0.0'), 'registry.npmjs.org/x/1.0.0', { license: 'MIT' }],
    [aPackage('pypi', 'x', '1.0'), 'pypi.org/pypi/x/1.0/json', { info: { version: '1.0.1', license: 'MIT' } }],
    [aPackage('cargo', 'x', '1.0.0'), 'crates.io/api/v1/crates/x/1.0.0', { version: { num: '1.0.1', license: 'MIT' } }],
    [
      aPackage('golang', 'x.example/y', 'v1.0.0'),
      'api.deps.dev/v3/systems/go/packages/x.example%2Fy/versions/v1.0.0',
      { versionKey: { version: 'v1.0.1' }, licenses: ['MIT'] },
    ],
    [
      aPackage('hackage', 'x', '1.0'),
      'hackage.haskell.org/package/x-1.0/x.cabal',
      'cabal-version: 2.4\nname: x\nversion: 1.1\nlicense: MIT\n',
    ],
  ])('other than the one asked for is no answer, and not kept: of %j', async (found, address, reply) => {
    expect(await told(found, { [address]: reply })).toEqual({
      license: unknown(`${address.split('/')[0] ?? ''} answers about another version`),
      until: undefined,
    });
  });

  test.each([
    ['1.0.0', '1'],
    ['1.0.0-rc.1', '1.0rc1'],
    ['1!2.0', '1!2'],
  ])('of Python has several spellings: %s is %s', async (version, answered) => {
    const shelves = { [`pypi.org/pypi/x/${encodeURIComponent(version)}/json`]: { info: { version: answered, license: 'MIT' } } };
    expect(await told(aPackage('pypi', 'x', version), shelves)).toMatchObject({ license: { known: true }, until: null });
  });
});

describe('many packages', () => {
  test('that a package URL does not tell apart are told apart, in one question and in two', async () => {
    double.shelves.set('registry.npmjs.org/jsonstream/1.0.0', { version: '1.0.0', license: 'MIT' });
    double.shelves.set('registry.npmjs.org/JSONStream/1.0.0', { version: '1.0.0', license: 'GPL-3.0-only' });
    const [small, large] = [aPackage('npm', 'jsonstream', '1.0.0'), aPackage('npm', 'JSONStream', '1.0.0')];
    const [mit, gpl] = [{ value: { expression: 'MIT' } }, { value: { expression: 'GPL-3.0-only' } }];
    expect(await opened().informed.packageLicenses([large, small], true)).toMatchObject([gpl, mit]);
    const { informed } = opened();
    expect(await informed.packageLicenses([small], true)).toMatchObject([mit]);
    expect(await informed.packageLicenses([large], true)).toMatchObject([gpl]);
  });

  test('are asked for once each, and never again once they are kept', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `package-${index}`);
    for (const name of names) double.shelves.set(`registry.npmjs.org/${name}/1.0.0`, { version: '1.0.0', license: 'MIT' });
    const { informed } = opened();
    const packages = [...names, ...names].map((name) => aPackage('npm', name, '1.0.0'));
    const first = await informed.packageLicenses(packages, true);
    expect(first.filter((one) => one.known)).toHaveLength(24);
    expect(await informed.packageLicenses(packages, true)).toEqual(first);
    expect(double.asked).toHaveLength(12);
  });

  test('are asked for 200 at a time, the others the next time', async () => {
    const { informed } = opened();
    const packages = Array.from({ length: 210 }, (_, index) => aPackage('npm', `package-${index}`, '1.0.0'));
    const first = await informed.packageLicenses(packages, true);
    const left = unknown('registries are asked about 200 packages at a time; it is asked the next time');
    expect(first.slice(199, 201)).toEqual([unknown('registry.npmjs.org does not know this package in this version'), left]);
    expect(double.asked).toHaveLength(200);
    await informed.packageLicenses(packages, true);
    expect(double.asked).toHaveLength(210);
  });

  test('are told in the order asked, whatever each registry does; a registry that is down takes no others with it', async () => {
    double.shelves.set('registry.npmjs.org/a/1.0.0', () => Promise.resolve(unknown('it asks to wait')));
    double.shelves.set('crates.io/api/v1/crates/b/1.0.0', { version: { num: '1.0.0', license: 'MIT' } });
    const packages = [aPackage('npm', 'a', '1.0.0'), aPackage('cargo', 'b', '1.0.0'), aPackage('npm', 'c', '1', { kind: 'own' })];
    expect(await opened().informed.packageLicenses(packages, true)).toMatchObject([
      { known: false, reason: 'it asks to wait' },
      { known: true, value: { expression: 'MIT' } },
      { known: false, reason: 'it is part of the repository itself' },
    ]);
  });

  test('that take too long are asked for the next time, and what came in time is kept', async () => {
    double.shelves.set('registry.npmjs.org/slow/1.0.0', () => new Promise(() => undefined));
    double.shelves.set('pypi.org/pypi/quick/1/json', { info: { version: '1', license_expression: 'MIT' } });
    const { informed, kept } = opened({ patience: 20 });
    const packages = [aPackage('npm', 'slow', '1.0.0'), aPackage('pypi', 'quick', '1')];
    const [slow, quick] = await informed.packageLicenses(packages, true);
    expect(slow).toMatchObject({ known: false });
    expect(quick).toMatchObject({ known: true });
    expect([...kept.keys()]).toEqual(['["pypi","quick","1","registry",null]']);
  });
});

describe('the text of a license', () => {
  test('is read once, by its git id', async () => {
    let read = 0;
    const counting: Detector = (text) => {
      read += 1;
      return detect(text);
    };
    const { store } = {
      store: { packageLicenses: () => Promise.resolve(new Map()), keepPackageLicenses: () => Promise.resolve() },
    };
    const informed = licenses({ store, detect: counting, registries: null, now: () => new Date(NOW) });
    for (const oid of ['a', 'b', 'a', 'a']) await informed.detect(oid, 'Apache');
    expect(read).toBe(2);
    // Among so many others the one not needed for the longest time is forgotten, and read anew.
    for (let index = 0; index < 4999; index += 1) await informed.detect(String(index), '');
    await informed.detect('a', 'Apache');
    expect(read).toBe(2 + 4999);
    await informed.detect('b', 'Apache');
    expect(read).toBe(2 + 4999 + 1);
  });
});
