/** What a contribution adds to the packages of a repository, from the files of both sides. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../src/facts/answer.ts';
import { interview } from '../src/facts/gather.ts';
import { addedPackages, type NamedPackage } from '../src/facts/packages/added.ts';
import type { LockReader } from '../src/facts/packages/package.ts';
import { readPackages, type PackageFile } from '../src/facts/packages/package-files.ts';
import type { Change, Rename } from '../src/facts/source.ts';
import { aContribution, aSource, type Files, type Literal } from './support/builders.ts';

/** What GitHub lists as changed between two trees. */
function changed(base: Files, head: Files, renames: readonly Rename[]): readonly Change[] {
  const from = new Set(renames.map((one) => one.from));
  const to = new Set(renames.map((one) => one.to));
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter((path) => base[path] !== head[path]);
  return paths
    .filter((path) => !from.has(path))
    .map((path) => {
      const status = to.has(path) ? 'renamed' : !(path in base) ? 'added' : !(path in head) ? 'removed' : 'modified';
      return { path, status };
    });
}

async function asked(base: Files, head: Files, literal: Literal = {}) {
  const { renames = [] } = literal;
  const source = aSource({ base, head, changes: changed(base, head, renames), ...literal });
  return { answer: await interview(source)(addedPackages()), asked: source.asked };
}

/** `PATH: NAME VERSION`, and every file that could not be read. */
async function told(base: Files, head: Files, literal: Literal = {}): Promise<readonly string[]> {
  const { answer } = await asked(base, head, literal);
  if (!answer.known) return [`unknown: ${answer.reason}`];
  const name = ({ path, name, version, constraint }: NamedPackage): string => `${path}: ${name} ${version ?? constraint ?? '*'}`;
  const { packages, unread, unnamed, left, moved } = answer.value;
  return [
    ...packages.map(name),
    ...unread.map(({ path, reason }) => `${path}? ${reason}`),
    ...unnamed.map(({ path, what, line }) => `${path}:${line ?? ''}? ${what}`),
    ...left.map((path) => `${path}: left alone`),
    ...moved.map(({ path, from, to }) => `${path}: ${from} → ${to}`),
  ];
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const manifest = (dependencies: object, rest: object = {}): string =>
  json({ name: 'widget', version: '1.0.0', ...rest, dependencies });

/** A lock file of npm with these packages below `node_modules`. */
function lock(packages: Readonly<Record<string, string>>, rest: object = {}): string {
  const installed = Object.entries(packages).map(([name, version]) => [
    `node_modules/${name}`,
    { version, resolved: `https://registry.npmjs.org/${name}/-/${name}-${version}.tgz`, license: 'MIT' },
  ]);
  const root = { name: 'widget', dependencies: Object.fromEntries(Object.keys(packages).map((name) => [name, '*'])) };
  return json({ name: 'widget', lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(installed), ...rest } });
}

const A = { 'package.json': manifest({ a: '^1.0.0' }), 'package-lock.json': lock({ a: '1.0.0' }) };

describe('a contribution to an npm project', () => {
  test('that changes the manifest and the lock file adds what the lock file pins anew, exactly once', async () => {
    const head = {
      'package.json': manifest({ a: '^1.0.0', b: '^2.0.0' }),
      'package-lock.json': lock({ a: '1.0.0', b: '2.1.0', c: '3.0.0' }),
    };
    const { answer } = await asked(A, head);
    expect(answer.known && answer.value.packages[0]).toEqual({
      ...{ ecosystem: 'npm', name: 'b', version: '2.1.0', constraint: null, origin: { kind: 'registry', registry: null } },
      ...{ usage: 'runtime', isDirect: true, license: 'MIT', line: expect.any(Number) },
      ...{ path: 'package-lock.json', packageUrl: 'pkg:npm/b@2.1.0', before: null },
    });
    expect(await told(A, head)).toEqual(['package-lock.json: b 2.1.0', 'package-lock.json: c 3.0.0']);
  });

  test('that raises a version changes that package', async () => {
    const head = { ...A, 'package-lock.json': lock({ a: '1.0.1' }) };
    expect(await told(A, head)).toEqual(['package-lock.json: a 1.0.1']);
  });

  test('without a lock file adds what the manifest names, by its range', async () => {
    const base = { 'package.json': manifest({ a: '^1.0.0' }) };
    expect(await told(base, { 'package.json': manifest({ a: '^1.0.0', b: '^2.0.0' }) })).toEqual(['package.json: b ^2.0.0']);
  });

  test('that names in a manifest what the unchanged lock file pins already adds nothing', async () => {
    const base = { 'package.json': manifest({}), 'package-lock.json': lock({ a: '1.0.0' }) };
    expect(await told(base, { ...base, 'package.json': manifest({ a: '^1.0.0' }) })).toEqual([]);
  });

  test('is not covered by a lock file of another folder', async () => {
    const base = {
      'web/package.json': manifest({}),
      'web/package-lock.json': lock({ b: '1.0.0' }),
      'tool/package.json': manifest({}),
    };
    const head = { ...base, 'web/package.json': manifest({}, { private: true }), 'tool/package.json': manifest({ b: '^1' }) };
    expect(await told(base, head)).toEqual(['tool/package.json: b ^1']);
  });

  test('that names another range than before, or another place, than the unchanged lock file pins, adds that', async () => {
    const base = { 'package.json': manifest({ a: '^1.0.0' }), 'package-lock.json': lock({ a: '1.0.0', b: '1.0.0' }) };
    const named = (dependencies: object): Promise<readonly string[]> =>
      told(base, { ...base, 'package.json': manifest(dependencies) });
    expect(await named({ a: '^1.1.0' })).toEqual(['package.json: a ^1.1.0']);
    expect(await named({ a: '^1.0.0', b: '^9.0.0' })).toEqual(['package.json: b ^9.0.0']);
    expect(await named({ a: 'github:evil/gpl' })).toEqual([expect.stringMatching(/^package.json: a /)]);
    // A lock file that is touched and still pins the old one pins nothing that is new.
    const touched = {
      'package.json': manifest({ a: '^1.0.0', b: '^9.0.0' }),
      'package-lock.json': `${base['package-lock.json']}\n`,
    };
    expect(await told(base, touched)).toEqual(['package.json: b ^9.0.0']);
  });

  test('that needs at run time what was there for development adds it, and not the other way round', async () => {
    const needs = (some: object): Files => ({ 'package.json': json({ name: 'widget', ...some }) });
    const [runtime, development] = [needs({ dependencies: { a: '^1' } }), needs({ devDependencies: { a: '^1' } })];
    expect(await told(development, runtime)).toEqual(['package.json: a ^1']);
    expect(await told(runtime, development)).toEqual([]);
  });

  test('tells what was there before of a package, for the same use and from the same place', async () => {
    const before = async (base: Files, head: Files): Promise<unknown> => {
      const { answer } = await asked(base, head);
      return answer.known && answer.value.packages.map(({ before: old }) => old?.version ?? null);
    };
    expect(await before(A, { 'package-lock.json': lock({ a: '1.0.1', b: '1.0.0' }) })).toEqual(['1.0.0', null]);
    const registry = A['package-lock.json'].replaceAll('registry.npmjs.org', 'npm.example.com');
    expect(await before({ 'package-lock.json': registry }, { 'package-lock.json': lock({ a: '1.0.1' }) })).toEqual([null]);
  });

  test('states licenses for no package that another file pins', async () => {
    const yarn = 'b@^1:\n  version "1.0.0"\n  resolved "https://registry.npmjs.org/b/-/b-1.0.0.tgz"\n';
    const licenses = async (head: Files): Promise<unknown> => {
      const { answer } = await asked({}, head);
      return answer.known && answer.value.packages.map(({ name, license }) => [name, license]);
    };
    expect(await licenses({ 'yarn.lock': yarn, 'demo/package-lock.json': lock({ b: '1.0.0' }) })).toEqual([['b', null]]);
    expect(await licenses({ 'demo/package-lock.json': lock({ b: '1.0.0' }) })).toEqual([['b', 'MIT']]);
  });

  test('that changes no file which names packages adds nothing, and no text is read', async () => {
    const found = await asked({ ...A, 'src/x.ts': '1' }, { ...A, 'src/x.ts': '2' });
    expect(found.answer).toEqual(known({ packages: [], unread: [], unnamed: [], left: [], moved: [] }));
    expect(found.asked).not.toContain('text');
    expect(found.asked).not.toContain('files');
  });

  test('that moves a package from one workspace to another adds nothing', async () => {
    const base = { 'one/package.json': manifest({ a: '^1' }), 'two/package.json': manifest({}) };
    const head = { 'one/package.json': manifest({}), 'two/package.json': manifest({ a: '^1' }) };
    expect(await told(base, head)).toEqual([]);
  });

  test('that names packages of its own workspaces adds nothing, even where these need each other', async () => {
    const workspaces = {
      'node_modules/one': { resolved: 'one', link: true },
      'node_modules/two': { resolved: 'two', link: true },
      one: { name: 'one', version: '1.0.0', dependencies: { two: '*' } },
      two: { name: 'two', version: '1.0.0', dependencies: { one: '*' } },
    };
    const head = { ...A, 'package-lock.json': lock({ a: '1.0.0' }, workspaces) };
    expect(await told(A, head)).toEqual([]);
  });

  test('that moves the lock file to another folder adds what is new in it', async () => {
    const base = { 'package-lock.json': lock({ a: '1.0.0' }), 'src/x': '1' };
    const head = { 'web/package-lock.json': lock({ a: '1.0.0', b: '1.0.0' }), 'src/x': '1' };
    const renames = [{ from: 'package-lock.json', to: 'web/package-lock.json' }];
    expect(await told(base, head, { renames })).toEqual(['web/package-lock.json: b 1.0.0']);
    const back = renames.map(({ from, to }) => ({ from: to, to: from }));
    expect(await told(head, base, { renames: back })).toEqual([]);
    const deep = { 'old/deep/package-lock.json': lock({ a: '1.0.0' }) };
    const away = [{ from: 'old/deep/package-lock.json', to: 'web/package-lock.json' }];
    expect(await told(deep, head, { renames: away })).toEqual(['web/package-lock.json: b 1.0.0']);
  });

  test('whose moved files GitHub does not tell adds all that they name', async () => {
    const literal = { renames: [{ from: 'old/package-lock.json', to: 'web/package-lock.json' }] };
    const instead = { renames: () => Promise.resolve(unknown('GitHub is down')) };
    const head = { 'web/package-lock.json': lock({ a: '1.0.0' }) };
    expect(await told({ 'old/package-lock.json': lock({ a: '1.0.0' }) }, head, { ...literal, instead })).toEqual([
      'web/package-lock.json: a 1.0.0',
    ]);
  });

  test('that goes over to another package manager adds nothing that was there in that version', async () => {
    const pnpm = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a: { specifier: ^1.0.0, version: 1.0.0 }
      b: { specifier: ^1.0.0, version: 1.2.0 }
packages:
  a@1.0.0: { resolution: { integrity: sha512-x } }
  b@1.2.0: { resolution: { integrity: sha512-y } }
snapshots:
  a@1.0.0: {}
  b@1.2.0: {}
`;
    const head = { 'package.json': manifest({ a: '^1.0.0', b: '^1.0.0' }), 'pnpm-lock.yaml': pnpm };
    expect(await told(A, head)).toEqual(['pnpm-lock.yaml: b 1.2.0']);
  });

  test('that deletes the lock file adds nothing', async () => {
    expect(await told(A, { 'package.json': A['package.json'] })).toEqual([]);
  });

  test('tells a lock file that it cannot read, with what is wrong, and still what the manifest names', async () => {
    const head = { 'package.json': manifest({ a: '^1.0.0', b: '^2' }), 'package-lock.json': '{"packages": ' };
    expect(await told(A, head)).toEqual(['package.json: b ^2', expect.stringMatching(/^package-lock\.json\? line 1/)]);
    const instead = { text: () => Promise.resolve(unknown('the file has more than 10 MiB')) };
    expect(await told(A, { ...A, 'package-lock.json': lock({ b: '1.0.0' }) }, { instead })).toEqual([
      'package-lock.json? the file has more than 10 MiB',
    ]);
  });

  test('may call packages like properties of every object, which pollutes none', async () => {
    const entry = '{ "version": "1.0.0", "license": "GPL-3.0-only" }';
    const text = `{ "lockfileVersion": 3, "__proto__": { "polluted": true }, "packages": {
      "__proto__": ${entry}, "node_modules/__proto__": ${entry}, "node_modules/constructor": ${entry} } }`;
    expect(await told({}, { 'package-lock.json': text })).toEqual(
      expect.arrayContaining(['package-lock.json: constructor 1.0.0', expect.stringMatching(/^package-lock.json:.*__proto__/)]),
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('from a fork is read alike', async () => {
    const head = { ...A, 'package-lock.json': lock({ a: '1.0.0', b: '1.0.0' }) };
    const instead = { contribution: () => Promise.resolve(known(aContribution({ isFromSameRepository: false }))) };
    expect(await told(A, head, { instead })).toEqual(['package-lock.json: b 1.0.0']);
  });

  test('that changes more files than anybody would read is not known', async () => {
    const names = Array.from({ length: 301 }, (_, index) => [`requirements-${index}.txt`, `a==${index}\n`] as const);
    expect(await told({}, Object.fromEntries(names))).toEqual([
      'unknown: the contribution changes 301 files that name packages, and no more than 300 are read',
    ]);
  });

  test('of copied packages is none, for what lies in node_modules or vendor is theirs, and that is told', async () => {
    expect(
      await told({}, { 'node_modules/x/package.json': manifest({ a: '1' }), 'vendor/y/go.mod': 'module y', 'vendor/y/y.go': '' }),
    ).toEqual(['node_modules/x/package.json: left alone', 'vendor/y/go.mod: left alone']);
  });

  test('that moves a copied lock file to where it counts adds all that it names', async () => {
    const renames = [{ from: 'vendor/p/package-lock.json', to: 'app/package-lock.json' }];
    expect(
      await told(
        { 'vendor/p/package-lock.json': lock({ a: '1.0.0' }) },
        { 'app/package-lock.json': lock({ a: '1.0.0' }) },
        { renames },
      ),
    ).toEqual(['app/package-lock.json: a 1.0.0']);
  });
});

test('what stands in a file for packages that nobody knows is told where it is new', async () => {
  const base = { 'requirements.txt': 'a==1\n-r hidden.lst\n' };
  expect(await told(base, { 'requirements.txt': 'a==2\n-r hidden.lst\n-r other.lst\n' })).toEqual([
    'requirements.txt: a 2',
    expect.stringMatching(/^requirements\.txt:3\? .*other\.lst/),
  ]);
});

test('what a reader cannot name is told with it, and a reader that throws has read nothing', async () => {
  const file = (path: string, read: LockReader['read']): PackageFile => {
    const reader: LockReader = { role: 'lock', ecosystem: 'npm', matches: () => true, read };
    return { path, reader, unseen: null, entry: { name: path, kind: 'file', oid: path, tree: 'head' } };
  };
  const part = { line: 3, what: 'includes "hidden.lst", which is not looked into' };
  const files = [
    file('a', () => known({ ecosystem: 'npm', packages: [], unread: [part] })),
    file('b', () => {
      throw new RangeError('Maximum call stack size exceeded');
    }),
  ];
  const source = aSource({ instead: { text: () => Promise.resolve(known('')) } });
  const answer = await interview(source)({
    ...{ key: 'read', permissions: [] },
    answer: async (_, ask) => known(await readPackages(files, ask)),
  });
  expect(answer).toEqual(
    known({ packages: [], unread: [{ path: 'b', reason: 'Steward could not read it' }], unnamed: [{ path: 'a', ...part }] }),
  );
});

describe('a link in the place of a lock file', () => {
  const inside = { 'locks/npm.json': lock({ a: '1.0.0' }), 'package-lock.json': '→ locks/npm.json' };

  test('is followed inside the repository, whichever of the two changes', async () => {
    const head = { ...inside, 'locks/npm.json': lock({ a: '1.0.0', b: '1.0.0' }) };
    expect(await told(inside, head)).toEqual(['package-lock.json: b 1.0.0']);
    expect(await told({ 'locks/npm.json': head['locks/npm.json'] }, head)).toEqual([
      'package-lock.json: a 1.0.0',
      'package-lock.json: b 1.0.0',
    ]);
  });

  test.each(['../secret/package-lock.json', '/etc/passwd', 'nowhere.json', 'package-lock.json', 'locks'])(
    'to %s is not followed, and told',
    async (target) => {
      const head = { ...inside, 'package-lock.json': `→ ${target}` };
      expect(await told(inside, head)).toEqual(['package-lock.json? it is a link that leads to no file of this repository']);
    },
  );
});

test('a link of another folder to a file of any other name is read, and told, for nobody would see that file change', async () => {
  const head = { 'app/package-lock.json': '→ ../locks/npm.json', 'locks/npm.json': lock({ a: '1.0.0' }) };
  expect(await told({}, head)).toEqual([
    'app/package-lock.json: a 1.0.0',
    'app/package-lock.json? it is a link to locks/npm.json, and a change of that file would not be seen',
  ]);
});

const CHAP = `repository cardano-haskell-packages
  url: https://chap.intersectmbo.org/
  secure: True
`;
const cabal = (name: string, ...depends: readonly string[]): string =>
  `cabal-version: 3.0\nname: ${name}\nversion: 1\nlibrary\n  build-depends:\n    ${depends.join(',\n    ')}\n`;

describe('a contribution to a Cabal project', () => {
  const PROJECT = {
    'cabal.project': `packages: lib app\nindex-state: 2026-01-01T00:00:00Z\n`,
    'lib/widget-lib.cabal': cabal('widget-lib', 'base >=4 && <5'),
    'app/widget.cabal': cabal('widget', 'base >=4 && <5', 'widget-lib'),
  };

  test('adds what build-depends names anew; packages of the same project are its own', async () => {
    const head = { ...PROJECT, 'app/widget.cabal': cabal('widget', 'base >=4 && <5', 'widget-lib ^>=1', 'aeson ^>=2.2') };
    expect(await told(PROJECT, head)).toEqual(['app/widget.cabal: aeson ^>=2.2']);
  });

  test('is judged by the freeze file where there is one', async () => {
    const base = { ...PROJECT, 'cabal.project.freeze': 'constraints: any.aeson ==2.2.1.0\n' };
    const head = { ...base, 'app/widget.cabal': cabal('widget', 'aeson ^>=2.2', 'text') };
    expect(await told(base, head)).toEqual(['app/widget.cabal: text *']);
  });

  test('gets packages from CHaP where its project names that, and from Hackage elsewhere', async () => {
    const head = { ...PROJECT, 'app/widget.cabal': cabal('widget', 'plutus-core') };
    const origins = async (project: Files): Promise<unknown> => {
      const { answer } = await asked({ ...PROJECT, ...project }, { ...head, ...project });
      return answer.known && answer.value.packages.map(({ origin, packageUrl }) => [origin, packageUrl]);
    };
    const chap = 'https://chap.intersectmbo.org/';
    const fromChap = [
      [{ kind: 'registry', registry: chap }, `pkg:hackage/plutus-core?repository_url=${encodeURIComponent(chap)}`],
    ];
    expect(await origins({})).toEqual([[{ kind: 'registry', registry: null }, 'pkg:hackage/plutus-core']]);
    expect(await origins({ 'cabal.project': CHAP })).toEqual(fromChap);
    const old = CHAP.replace('chap.intersectmbo.org', 'input-output-hk.github.io/cardano-haskell-packages');
    expect(await origins({ 'cabal.project': old })).toEqual(fromChap);
    expect(await origins({ 'cabal.project': '→ nix/project', 'nix/project': CHAP })).toEqual(fromChap);
    expect(await origins({ 'cabal.project': '→ ../project' })).toEqual(await origins({}));
    const other = CHAP.replace('chap.intersectmbo.org', 'chap.intersectmbo.org.example');
    expect(await origins({ 'cabal.project': other })).toEqual(await origins({}));
  });

  test('changes a package that is fetched from a repository when its tag moves', async () => {
    const at = (tag: string): string =>
      `${PROJECT['cabal.project']}source-repository-package\n  type: git\n  location: https://github.com/acme/fork\n  tag: ${tag}\n`;
    const { answer } = await asked({ 'cabal.project': at('0a') }, { 'cabal.project': at('1b') });
    expect(answer.known && answer.value.packages.map(({ name, origin }) => [name, origin])).toEqual([
      ['fork', { kind: 'repository', url: 'https://github.com/acme/fork', ref: '1b', path: null }],
    ]);
  });

  test('that looks at Hackage up to another time says so, and judges no package again', async () => {
    const head = { ...PROJECT, 'cabal.project': PROJECT['cabal.project'].replace('2026-01', '2026-02') };
    expect(await told(PROJECT, head)).toEqual(['cabal.project: 2026-01-01T00:00:00Z → 2026-02-01T00:00:00Z']);
  });

  test('has as its own packages those that its project lists, and no other file of such a name', async () => {
    const named = async (files: Files, project: object = {}): Promise<readonly string[]> => {
      const base = { ...PROJECT, ...project };
      return told(base, { ...base, ...files, 'app/widget.cabal': cabal('widget', 'base >=4 && <5', 'widget-lib', 'gpl-lib') });
    };
    const foreign = ['app/widget.cabal: gpl-lib *'];
    const described = cabal('gpl-lib', 'base >=4 && <5');
    expect(await named({ 'docs/gpl-lib.cabal': described })).toEqual(foreign);
    expect(await named({ 'lib/gpl-lib.cabal': described })).toEqual([]);
    expect(await named({ 'lib/gpl-lib.cabal': cabal('other', 'base >=4 && <5') })).toEqual(foreign);
    expect(await named({ 'libs/a/gpl-lib.cabal': described }, { 'cabal.project': 'packages: */*.cabal libs/{a,b}/\n' })).toEqual(
      [],
    );
    expect(await named({ 'docs/gpl-lib.cabal': 'x' }, { 'cabal.project': '' })).toEqual(foreign);
  });
});
