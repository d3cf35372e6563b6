/** Where the license of an added package is known from, and of which packages a registry is told. */
import { expect, test } from '@jest/globals';
import { known, unknown } from '../src/facts/answer.ts';
import { interview } from '../src/facts/gather.ts';
import { licensedPackages, type Asking } from '../src/facts/packages/licensed.ts';
import type { PackageLicense } from '../src/facts/packages/package.ts';
import type { Repository, Source } from '../src/facts/source.ts';
import { aRepository, aSource } from './support/builders.ts';

const lockOf = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages });
const entry = (license?: string): object => ({ version: '1.0.0', license });
const REGISTRY: PackageLicense = { declared: 'MIT', expression: 'MIT', source: 'registry', url: 'https://registry.example/x' };

/** The licenses of what a contribution adds, and what was asked about whom: `NAMES may|may not`. */
async function told(files: Readonly<Record<string, string>>, asking: Asking = 'public', instead: Partial<Source> = {}) {
  const about: string[] = [];
  const packageLicenses: Source['packageLicenses'] = (packages, mayAsk) => {
    about.push(`${packages.map(({ name }) => name).join(' ')} ${mayAsk ? 'may' : 'may not'}`);
    return Promise.resolve(packages.map(() => (mayAsk ? known(REGISTRY) : unknown('nobody was asked'))));
  };
  const changes = Object.keys(files).map((path) => ({ path, status: 'added' as const }));
  const source = aSource({ base: {}, head: files, changes, instead: { packageLicenses, ...instead } });
  const answer = await interview(source)(licensedPackages(asking));
  if (!answer.known) throw new Error(answer.reason);
  return { licenses: answer.value.packages.map(({ name, licensed }) => [name, licensed]), about, asked: source.asked };
}

const seenAs = (changes: Partial<Repository>): Partial<Source> => ({
  repository: () => Promise.resolve(known(aRepository(changes))),
});
const SILENT = { 'package-lock.json': lockOf({ 'node_modules/secret': entry() }) };

test('what the lock file states is taken from there, in SPDX’s words, and nobody is asked', async () => {
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
  expect(about).toEqual([]);
});

test('what the lock file does not state is looked up, and only that', async () => {
  const files = { 'package-lock.json': lockOf({ 'node_modules/a': entry('MIT'), 'node_modules/b': entry() }) };
  const { licenses, about } = await told(files);
  expect(licenses[1]).toEqual(['b', known(REGISTRY)]);
  expect(about).toEqual(['b may']);
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
