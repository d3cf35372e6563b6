/** What Cabal and Stack say of a whole project: source repositories, pins and package repositories. */
import { expect, test } from '@jest/globals';
import { readFreeze, readProject, readProjectManifest } from '../src/facts/packages/haskell/project.ts';
import { readers } from '../src/facts/packages/haskell/readers.ts';
import { readStack, readStackLock } from '../src/facts/packages/haskell/stack.ts';
import type { Origin, Package } from '../src/facts/packages/package.ts';

const hackage = (name: string, version: string | null, line: number, origin?: Origin): Package => ({
  ecosystem: 'hackage',
  name,
  version,
  constraint: null,
  origin: origin ?? { kind: 'registry', registry: null },
  usage: 'runtime',
  isDirect: null,
  license: null,
  line,
});
const at = (url: string, ref: string | null, path: string | null): Origin => ({ kind: 'repository', url, ref, path });
const nothing = { name: null, version: null, license: null, licenseFile: null, isPrivate: false, isScaffold: false };

const PROJECT = `repository cardano-haskell-packages
  url: https://chap.example/
  secure: True
  root-keys:
    3e0c
index-state:
  , hackage.haskell.org 2026-04-17T09:20:55Z
  , cardano-haskell-packages 2026-05-27T09:43:46Z
packages:
  node
  -- not yet
  bench/locli
constraints:
  , any.happy < 2.2.1
  , foo +flag
extra-packages: alex, dmq-node >= 0.4
source-repository-package
  type: git
  location: https://github.com/acme/scls.git
  subdir: scls-cbor libs/scls-core
  tag: c0f4
  --sha256: abc
if impl(ghc >=9.14)
  source-repository-package
    type: git
    location: https://github.com/acme/alga/
    tag: d4e4
`;

test('cabal.project names source repositories with each of their folders, also those in conditions', () => {
  const direct = { isDirect: true };
  const sources = [
    { ...hackage('scls-cbor', null, 17, at('https://github.com/acme/scls', 'c0f4', 'scls-cbor')), ...direct },
    { ...hackage('scls-core', null, 17, at('https://github.com/acme/scls', 'c0f4', 'libs/scls-core')), ...direct },
    { ...hackage('alga', null, 24, at('https://github.com/acme/alga', 'd4e4', null)), ...direct },
  ];
  const extraPackages = [
    { ...hackage('alex', null, 16), ...direct },
    { ...hackage('dmq-node', null, 16), constraint: '>= 0.4', ...direct },
  ];
  expect(readProject(PROJECT)).toEqual({
    known: true,
    value: {
      packages: ['node', 'bench/locli'],
      sources,
      extraPackages,
      constraints: [{ name: 'happy', range: '< 2.2.1', line: 14 }],
      repositories: [{ name: 'cardano-haskell-packages', url: 'https://chap.example/', line: 1 }],
      indexStates: [
        { repository: 'hackage.haskell.org', time: '2026-04-17T09:20:55Z', line: 7 },
        { repository: 'cardano-haskell-packages', time: '2026-05-27T09:43:46Z', line: 8 },
      ],
    },
  });
  expect(readProjectManifest(PROJECT)).toEqual({
    known: true,
    value: { ecosystem: 'hackage', ...nothing, dependencies: [...sources, ...extraPackages] },
  });
});

test('a freeze file pins every package with one version', () => {
  const text =
    'active-repositories: hackage.haskell.org:merge\nconstraints: any.aeson ==2.2.3.0,\n             aeson +ordered-keymap,\n             any.base ==4.18.2.1\nindex-state: hackage.haskell.org 2026-01-01T00:00:00Z\n';
  expect(readFreeze(text)).toEqual({
    known: true,
    value: { ecosystem: 'hackage', packages: [hackage('aeson', '2.2.3.0', 2), hackage('base', '4.18.2.1', 4)] },
  });
});

test('stack.yaml names packages of Hackage, repositories, archives and folders', () => {
  const text = `snapshot: lts-24.1
packages: [.]
extra-deps:
- acme-missiles-0.3@sha256:2ba6,631
- git: https://github.com/acme/mono
  commit: abc1
  subdirs:
  - wai
  - libs/warp
- github: acme/one
  commit: abc2
- https://example.org/foo-1.2.tar.gz
- ./vendor/mine
`;
  expect(readStack(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'hackage',
      ...nothing,
      dependencies: [
        hackage('acme-missiles', '0.3', 4),
        hackage('wai', null, 8, at('https://github.com/acme/mono', 'abc1', 'wai')),
        hackage('warp', null, 9, at('https://github.com/acme/mono', 'abc1', 'libs/warp')),
        hackage('one', null, 10, at('https://github.com/acme/one', 'abc2', null)),
        hackage('foo-1.2', null, 12, { kind: 'archive', url: 'https://example.org/foo-1.2.tar.gz' }),
        hackage('mine', null, 13, { kind: 'own' }),
      ],
    },
  });
});

test('stack.yaml.lock pins with names and versions', () => {
  const text = `packages:
- completed:
    hackage: acme-missiles-0.3@sha256:2ba6,631
  original:
    hackage: acme-missiles-0.3
- completed:
    git: https://github.com/acme/mono.git
    commit: abc1
    name: wai
    version: 3.2.4
    subdir: wai
`;
  expect(readStackLock(text)).toEqual({
    known: true,
    value: {
      ecosystem: 'hackage',
      packages: [
        hackage('acme-missiles', '0.3', 3),
        hackage('wai', '3.2.4', 9, at('https://github.com/acme/mono', 'abc1', 'wai')),
      ],
    },
  });
});

test('each file has one reader, by its name', () => {
  const roleOf = (path: string): string | undefined => readers.find(({ matches }) => matches(path))?.role;
  expect(
    [
      'a/b.cabal',
      'package.yaml',
      'cabal.project',
      'cabal.project.local',
      'cabal.project.freeze',
      'stack.yaml',
      'stack-9.6.yaml',
      'stack.yaml.lock',
      '.cabal',
      'x.cabal.txt',
    ].map(roleOf),
  ).toEqual(['manifest', 'manifest', 'manifest', 'manifest', 'lock', 'manifest', 'manifest', 'lock', undefined, undefined]);
});
