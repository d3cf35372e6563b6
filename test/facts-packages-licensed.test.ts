/** Where the license of an added package is known from, and of which packages a registry is told. */
import { expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../src/facts/answer.ts';
import { interview } from '../src/facts/gather.ts';
import { licensedPackages, type Asking } from '../src/facts/packages/licensed.ts';
import type { PackageLicense } from '../src/facts/packages/package.ts';
import type { Repository, Source } from '../src/facts/source.ts';
import { aRepository, aSource } from './support/builders.ts';

const lockOf = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages });
const entry = (license?: string): object => ({ version: '1.0.0', license });
const REGISTRY: PackageLicense = { declared: 'MIT', expression: 'MIT', source: 'registry', url: 'https://registry.example/x' };

/** The licenses of what a contribution adds, and what was asked about whom: `NAMES may|may not`. */
async function told(
  files: Readonly<Record<string, string>>,
  asking: Asking = 'public',
  instead: Partial<Source> = {},
  { isConfirmed = false, base = {} }: { isConfirmed?: boolean; base?: Readonly<Record<string, string>> } = {},
) {
  const about: string[] = [];
  const packageLicenses: Source['packageLicenses'] = (packages, mayAsk) => {
    about.push(`${packages.map(({ name }) => name).join(' ')} ${mayAsk ? 'may' : 'may not'}`);
    return Promise.resolve(packages.map(() => (mayAsk ? known(REGISTRY) : unknown('nobody was asked'))));
  };
  const changes = Object.keys(files).map((path) => ({ path, status: path in base ? ('modified' as const) : ('added' as const) }));
  const source = aSource({ base, head: files, changes, instead: { packageLicenses, ...instead } });
  const answer = await interview(source)(licensedPackages(asking, isConfirmed));
  if (!answer.known) throw new Error(answer.reason);
  const { packages } = answer.value;
  return { packages, licenses: packages.map(({ name, licensed }) => [name, licensed]), about, asked: source.asked };
}

const seenAs = (changes: Partial<Repository>): Partial<Source> => ({
  repository: () => Promise.resolve(known(aRepository(changes))),
});
const SILENT = { 'package-lock.json': lockOf({ 'node_modules/secret': entry() }) };

test('what the lock file states is taken from there, in SPDX’s words, and no registry is asked', async () => {
  const { licenses, about } = await told({
    'package-lock.json': lockOf({
      'node_modules/a': entry('(mit or apache-2.0)'),
      'node_modules/b': entry('UNLICENSED'),
      'node_modules/c': entry('SEE LICENSE IN LICENSE'),
    }),
  });
  const stated = (declared: string, expression: string | null): object =>
    known({ declared, expression, source: 'lock file', url: null } satisfies PackageLicense);
  expect(licenses).toEqual([
    ['a', stated('(mit or apache-2.0)', 'MIT OR Apache-2.0')],
    ['b', stated('UNLICENSED', 'NONE')],
    ['c', stated('SEE LICENSE IN LICENSE', null)],
  ]);
  // Only what is kept of registries already, with one question for all.
  expect(about).toEqual(['a b c may not']);
});

test('what the lock file does not state is looked up, and only that', async () => {
  const files = { 'package-lock.json': lockOf({ 'node_modules/a': entry('MIT'), 'node_modules/b': entry() }) };
  const { licenses, about } = await told(files);
  expect(licenses[1]).toEqual(['b', known(REGISTRY)]);
  expect(about).toEqual(['a may not', 'b may']);
});

const GPL: PackageLicense = { ...REGISTRY, declared: 'GPL-3.0-only', expression: 'GPL-3.0-only' };
const saying = (answer: Answer<PackageLicense>): Partial<Source> => ({
  packageLicenses: (packages) => Promise.resolve(packages.map(() => answer)),
});

test.each([
  ['MIT', GPL, 'MIT', 'GPL-3.0-only'],
  ['MIT', REGISTRY, 'MIT', null],
  ['Apache-2.0 OR MIT', { ...REGISTRY, declared: 'MIT/Apache-2.0', expression: 'MIT OR Apache-2.0' }, 'Apache-2.0 OR MIT', null],
  ['SEE LICENSE IN X', GPL, 'GPL-3.0-only', null],
  ['MIT', { ...REGISTRY, declared: null, expression: null }, 'MIT', null],
])('a lock file that says %s is held against what is kept of the registry', async (stated, kept, license, otherwise) => {
  const files = { 'package-lock.json': lockOf({ 'node_modules/a': entry(stated) }) };
  const { packages } = await told(files, 'public', saying(known(kept)));
  expect(packages.map((one) => [one.licensed.known && one.licensed.value.expression, one.otherwise?.expression ?? null])).toEqual(
    [[license, otherwise]],
  );
});

test('where a policy wants it confirmed, registries are asked for that too, and their silence leaves it open', async () => {
  const files = { 'package-lock.json': lockOf({ 'node_modules/a': entry('MIT') }) };
  const { licenses, about } = await told(files, 'public', {}, { isConfirmed: true });
  expect(licenses).toEqual([['a', known({ declared: 'MIT', expression: 'MIT', source: 'lock file', url: null })]]);
  expect(about).toEqual(['a may']);
  const silent = await told(files, 'public', saying(unknown('it was silent')), { isConfirmed: true });
  expect(silent.licenses).toEqual([['a', unknown('its lock file says MIT, and that is not confirmed: it was silent')]]);
});

test('a lock file is believed of no package from a repository, an archive or another registry', async () => {
  const from = (resolved: string): object => ({ version: '1.0.0', license: 'MIT', resolved });
  const { about } = await told({
    'package-lock.json': lockOf({
      'node_modules/a': from('git+ssh://git@github.com/evil/gpl.git#abc'),
      'node_modules/b': from('https://evil.example/b.zip'),
    }),
  });
  expect(about).toEqual(['a b may']);
});

test('of a package that was there before it is told which version, and under which license', async () => {
  const version = (number: string, license?: string): object => ({
    'package-lock.json': lockOf({ 'node_modules/a': { version: number, license } }),
  });
  const before = async (base: object): Promise<unknown> => {
    const { packages, about } = await told(version('1.0.1', 'MIT') as never, 'public', saying(known(GPL)), {
      base: base as never,
    });
    expect(about).toEqual([]);
    return packages.map((one) => one.before);
  };
  expect(await before(version('1.0.0', 'ISC'))).toEqual([{ version: '1.0.0', expression: 'ISC' }]);
  expect(await before(version('1.0.0'))).toEqual([{ version: '1.0.0', expression: 'GPL-3.0-only' }]);
});

test.each<[Asking, Partial<Repository>, string]>([
  ['public', { isPrivate: false }, 'secret may'],
  ['public', { isPrivate: true }, 'secret may not'],
  // A clone does not know whether its repository is public.
  ['public', { isPrivate: false, isFromGitHub: false }, 'secret may not'],
  ['always', { isPrivate: true }, 'secret may'],
  ['never', { isPrivate: false }, 'secret may not'],
])('registries: %s, in a repository that is %j: %s be told', async (asking, changes, wanted) => {
  expect((await told(SILENT, asking, seenAs(changes))).about).toEqual([wanted]);
});

test('where it cannot be told whether a repository is public, no name leaves it', async () => {
  const instead = { repository: () => Promise.resolve(unknown('GitHub is down')) };
  expect((await told(SILENT, 'public', instead)).about).toEqual(['secret may not']);
});

test('Maven is looked up in GitHub’s dependency graph first, whose other ecosystems are not asked for', async () => {
  const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version>
    <dependencies><dependency><groupId>org.x</groupId><artifactId>y</artifactId><version>1.0</version></dependency></dependencies></project>`;
  const row = { packageUrl: 'pkg:maven/org.x/y@1.0', manifest: 'pom.xml', usage: 'runtime', license: 'Apache-2.0' } as const;
  const { licenses, about } = await told({ 'pom.xml': pom }, 'public', { graphed: () => Promise.resolve(known([row])) });
  expect(licenses).toEqual([
    ['org.x:y', known({ declared: 'Apache-2.0', expression: 'Apache-2.0', source: 'dependency graph', url: null })],
  ]);
  expect(about).toEqual([]);
  expect((await told(SILENT)).asked).not.toContain('graphed');
});
