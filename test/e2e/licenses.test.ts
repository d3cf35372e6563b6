/** Licenses of what pull requests add and alter, from a push to what the check says, over real HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Repository } from '../support/github/model.ts';
import type { Files } from '../support/github/world/commits.ts';
import { startRegistries, type Registries } from '../support/registries.ts';
import { aStage, APACHE, MIT, signedOff, unsigned, WELL, type Stage } from '../support/stage.ts';

const PERMISSIVE = `{ enforce: block, allow: ['category:permissive'] }`;
const DEPENDENCIES = `rules: { dependency-licenses: ${PERMISSIVE} }\n`;
const ALL = `rules:
  license-file: ${PERMISSIVE}
  license-consistency: { enforce: block }
  notice: { enforce: block }
  license-headers: { enforce: block }
  dependency-licenses: ${PERMISSIVE}
`;
const OVERRIDE = '/steward override dependency-licenses because the lawyers agreed to it';

let registries: Registries;
let stage: Stage;
beforeAll(async () => {
  registries = await startRegistries(Date.parse('2026-03-01T12:00:00Z'));
  stage = await aStage({ registries });
});
beforeEach(() => {
  registries.clear();
});
afterAll(async () => {
  const violations = await stage.close();
  await registries.close();
  expect(violations).toEqual([]);
});

/** A lock file of npm: each package with the license that it states; null: it states none. */
function lock(packages: Readonly<Record<string, string | null>>): string {
  const entries = Object.entries(packages).map(([name, license]) => [
    `node_modules/${name}`,
    {
      version: '1.0.0',
      resolved: `https://registry.npmjs.org/${name}/-/${name}-1.0.0.tgz`,
      ...(license !== null && { license }),
    },
  ]);
  const root = { name: 'widgets', dependencies: Object.fromEntries(Object.keys(packages).map((name) => [name, '^1.0.0'])) };
  return JSON.stringify({ name: 'widgets', lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(entries) } }, null, 2);
}

const manifest = (license: string): string => JSON.stringify({ name: 'widgets', version: '1.0.0', license }, null, 2);
const NPM = {
  ...WELL,
  'package.json': manifest('MIT'),
  'package-lock.json': lock({ fine: 'MIT' }),
  'src/thing.ts': '// SPDX-License-Identifier: MIT\n',
};

async function aPlace(policy: string, files: Files = NPM, isPrivate = false): Promise<Repository> {
  const repository = await stage.repository(await stage.organization({ policy }), { files, isPrivate });
  repository.collaborators.set('mia', 'maintain');
  return repository;
}

/** A pull request with these files, what its check says, and what it cost. */
async function proposed(one: Repository, files: Files) {
  const mark = stage.github.log.mark();
  const { number, sha, branch } = await stage.pullRequest(one, signedOff({ files }));
  const { conclusion, title, summary, text } = stage.run(one, sha);
  return { number, sha, branch, conclusion, says: [title, summary, text].join('\n'), calls: stage.calls(mark) };
}

/** How often each operation was asked for. */
const counted = (calls: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(calls, (one) => one)].map(([operation, all]) => [operation, all.length]));

const adding = (name: string, license: string | null): Files => ({ 'package-lock.json': lock({ fine: 'MIT', [name]: license }) });

describe('a pull request that adds a dependency', () => {
  test('under the GPL fails where only permissive licenses are allowed, and names package, license and source', async () => {
    const { conclusion, says } = await proposed(await aPlace(DEPENDENCIES), adding('viral', 'GPL-3.0-only'));
    expect(conclusion).toBe('failure');
    for (const part of ['A dependency needs another license', 'viral', '1.0.0', 'GPL-3.0-only', 'as its lock file says']) {
      expect(says).toContain(part);
    }
    expect(says).toContain('pkg:npm/viral@1.0.0');
    expect(registries.asked).toEqual([]);
  });

  test('under a permissive license passes, and no registry is asked for what the lock file states', async () => {
    expect(await proposed(await aPlace(DEPENDENCIES), adding('kind', 'ISC'))).toMatchObject({ conclusion: 'success' });
    expect(registries.asked).toEqual([]);
  });

  test('whose license the lock file does not state is looked up in its registry, once for everybody', async () => {
    registries.shelves.set('registry.npmjs.org/quiet/1.0.0', { version: '1.0.0', license: 'AGPL-3.0-only' });
    const { conclusion, says } = await proposed(await aPlace(DEPENDENCIES), adding('quiet', null));
    expect(conclusion).toBe('failure');
    for (const part of ['quiet', 'AGPL-3.0-only', 'as its registry says']) expect(says).toContain(part);
    expect(registries.asked).toEqual(['registry.npmjs.org/quiet/1.0.0']);
    expect(await proposed(await aPlace(DEPENDENCIES), adding('quiet', null))).toMatchObject({ conclusion: 'failure' });
    expect(registries.asked).toHaveLength(1);
  });

  test('whose license the lock file states otherwise than is known of its registry is not confirmed', async () => {
    registries.shelves.set('registry.npmjs.org/two-faced/1.0.0', { version: '1.0.0', license: 'AGPL-3.0-only' });
    await proposed(await aPlace(DEPENDENCIES), adding('two-faced', null));
    const { conclusion, says } = await proposed(await aPlace(DEPENDENCIES), adding('two-faced', 'MIT'));
    expect(conclusion).toBe('failure');
    for (const part of ['two-faced', 'is not confirmed', 'MIT', 'AGPL-3.0-only']) expect(says).toContain(part);
    expect(registries.asked).toHaveLength(1);
  });

  test('that an exception of the policy names passes, and the reason is shown', async () => {
    const exceptions = `[{ package: 'pkg:npm/viral', license: GPL-3.0-only, reason: It runs as its own process }]`;
    const policy = `rules: { dependency-licenses: { enforce: block, allow: ['category:permissive'], exceptions: ${exceptions} } }\n`;
    const { conclusion, says } = await proposed(await aPlace(policy), adding('viral', 'GPL-3.0-only'));
    expect(conclusion).toBe('success');
    expect(says).toContain('It runs as its own process');
  });

  test('is let through by a maintainer, until it adds another one', async () => {
    const one = await aPlace(DEPENDENCIES);
    const { number, sha, branch } = await proposed(one, adding('viral', 'GPL-3.0-only'));
    await stage.deliver(stage.world.comment(one, number, 'mia', OVERRIDE));
    expect(stage.run(one, sha)).toMatchObject({ conclusion: 'neutral' });
    const more = lock({ fine: 'MIT', viral: 'GPL-3.0-only', worse: 'AGPL-3.0-only' });
    const next = await stage.push(one, branch, signedOff({ message: 'More', files: { 'package-lock.json': more } }));
    expect(stage.run(one, next)).toMatchObject({ conclusion: 'failure' });
  });

  test('from a fork is judged alike', async () => {
    const one = await aPlace(DEPENDENCIES);
    const fork = stage.world.fork(one, 'ada');
    const files = adding('viral', 'GPL-3.0-only');
    const { sha } = await stage.pullRequest(one, signedOff({ files }), { head: { repository: fork, ref: 'topic' } });
    expect(stage.run(one, sha)).toMatchObject({ conclusion: 'failure' });
  });
});

describe('a pull request to a Cabal project', () => {
  const cabal = (name: string, license: string, ...depends: readonly string[]): string =>
    `cabal-version: 3.0\nname: ${name}\nversion: 1\nlicense: ${license}\nlibrary\n  build-depends: ${['base', ...depends].join(', ')}\n`;
  const FILES = {
    ...WELL,
    'cabal.project': 'repository chap\n  url: https://chap.intersectmbo.org/\npackages: lib app\n',
    'lib/widgets-lib.cabal': cabal('widgets-lib', 'MIT'),
    'app/widgets.cabal': cabal('widgets', 'MIT'),
  };
  const RAW = 'raw.githubusercontent.com';
  const CHAP = `${RAW}/IntersectMBO/cardano-haskell-packages`;
  const REV = 'a'.repeat(40);

  test('is told each dependency with its constraint and what CHaP and Hackage say; its own packages are told to nobody', async () => {
    registries.shelves.set(`${CHAP}/repo/foliage/packages.json`, [{ 'pkg-name': 'plutus-thing', 'pkg-version': '1.2.0.0' }]);
    registries.shelves.set(
      `${CHAP}/main/_sources/plutus-thing/1.2.0.0/meta.toml`,
      `github = { repo = "acme/p", rev = "${REV}" }\n`,
    );
    registries.shelves.set(`${RAW}/acme/p/${REV}/plutus-thing.cabal`, cabal('plutus-thing', 'Apache-2.0'));
    registries.shelves.set('hackage.haskell.org/package/viral-thing/viral-thing.cabal', cabal('viral-thing', 'GPL-3.0-only'));
    const depends = ['widgets-lib', 'plutus-thing ^>=1.2', 'viral-thing >=0.3 && <0.4'];
    const { conclusion, says, calls } = await proposed(await aPlace(DEPENDENCIES, FILES), {
      'app/widgets.cabal': cabal('widgets', 'MIT', ...depends),
    });
    expect(conclusion).toBe('failure');
    for (const part of ['viral-thing', 'GPL-3.0-only', 'as its registry says']) expect(says).toContain(part);
    expect(says).toMatch(/0\.3.*0\.4/);
    expect(registries.asked.filter((address) => address.includes('widgets'))).toEqual([]);
    expect([...registries.asked].sort()).toEqual([...registries.shelves.keys()].sort());
    // The pull request; the folder on both sides; the texts of both sides; and the list of files, which tells its own packages.
    expect(counted(calls)).toEqual({ graphql: 3, 'git/get-tree': 1, 'checks/create': 1, 'issues/create-comment': 1 });
  });
});

describe('a private repository', () => {
  const policyOf = (asking: string): string =>
    `rules: { dependency-licenses: { enforce: block, allow: ['category:permissive'], registries: ${asking} } }\n`;

  test('tells no registry what it depends on, and the check says that the license is not known', async () => {
    registries.shelves.set('registry.npmjs.org/hidden/1.0.0', { version: '1.0.0', license: 'MIT' });
    const { conclusion, says } = await proposed(await aPlace(policyOf('public'), NPM, true), adding('hidden', null));
    expect(conclusion).not.toBe('success');
    expect(says).toContain('registries are not asked about packages of this repository');
    expect(registries.asked).toEqual([]);
  });

  test('asks registries where its policy allows it', async () => {
    registries.shelves.set('registry.npmjs.org/shown/1.0.0', { version: '1.0.0', license: 'MIT' });
    expect(await proposed(await aPlace(policyOf('always'), NPM, true), adding('shown', null))).toMatchObject({
      conclusion: 'success',
    });
    expect(registries.asked).toEqual(['registry.npmjs.org/shown/1.0.0']);
  });
});

describe('with every rule on licenses', () => {
  test('a push that touches no file which they read costs two calls', async () => {
    const one = await aPlace(ALL);
    const { branch } = await proposed(one, { 'src/thing.ts': '// Another\n' });
    const mark = stage.github.log.mark();
    const sha = await stage.push(one, branch, signedOff({ message: 'On', files: { 'src/thing.ts': '// One more\n' } }));
    expect(stage.run(one, sha)).toMatchObject({ conclusion: 'success' });
    expect(counted(stage.calls(mark))).toEqual({ graphql: 1, 'checks/create': 1 });
  });

  test('a lock file costs one call more, for the texts of both sides', async () => {
    const one = await aPlace(ALL, { ...NPM, 'package-lock.json': lock({ own: 'MIT' }) });
    const { branch, calls } = await proposed(one, { 'package-lock.json': lock({ own: 'MIT', more: 'ISC' }) });
    expect(counted(calls)).toEqual({ graphql: 2, 'checks/create': 1 });
    const mark = stage.github.log.mark();
    const files = { 'package-lock.json': lock({ own: 'MIT', more: 'ISC', last: 'BSD-3-Clause' }) };
    const sha = await stage.push(one, branch, signedOff({ message: 'On', files }));
    expect(stage.run(one, sha)).toMatchObject({ conclusion: 'success' });
    expect(counted(stage.calls(mark))).toEqual({ graphql: 2, 'checks/create': 1 });
  });
});

describe('a pull request that alters what is said of the license', () => {
  test('in package.json fails, for the text says otherwise', async () => {
    const { conclusion, says } = await proposed(await aPlace('rules: { license-consistency: { enforce: block } }\n'), {
      'package.json': manifest('Apache-2.0'),
    });
    expect(conclusion).toBe('failure');
    for (const part of ['package.json', 'Apache-2.0', 'LICENSE', 'MIT']) expect(says).toContain(part);
  });

  test('by a "not" in the LICENSE fails, and the check shows the word', async () => {
    const altered = MIT.replace('hereby granted', 'hereby not granted');
    expect(altered).not.toBe(MIT);
    const { conclusion, says } = await proposed(await aPlace(`rules: { license-file: ${PERMISSIVE} }\n`), { LICENSE: altered });
    expect(conclusion).toBe('failure');
    expect(says).toMatch(/\bnot\b/);
    expect(says).toContain('LICENSE');
  });

  test('by a line less in the NOTICE fails, and names the predecessor', async () => {
    const files = { ...WELL, LICENSE: APACHE, NOTICE: 'Widgets\nCopyright 2019 First Makers\nCopyright 2024 Acme\n' };
    const one = await aPlace('rules: { notice: { enforce: block } }\n', files);
    const { conclusion, says } = await proposed(one, { NOTICE: 'Widgets\nCopyright 2024 Acme\n' });
    expect(conclusion).toBe('failure');
    expect(says).toContain('First Makers');
  });
});

test('where registries are switched off the license is not known, and the check says that they are', async () => {
  const off = await aStage();
  const one = await off.repository(await off.organization({ policy: DEPENDENCIES }), { files: NPM });
  const { sha } = await off.pullRequest(one, unsigned({ files: adding('quiet', null) }));
  const { conclusion, summary } = off.run(one, sha);
  expect(conclusion).not.toBe('success');
  expect(summary).toContain('registries are not asked (REGISTRIES=off)');
  expect(await off.close()).toEqual([]);
});
