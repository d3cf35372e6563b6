/** What a pull request adds to GitHub's dependency graph, and every way of not being told. */
import { expect, test } from '@jest/globals';
import { known, unknown } from '../../src/facts/answer.ts';
import { counting } from '../../src/github/calls.ts';
import type { PackageChange } from '../support/github/model.ts';
import { ALL, closesGitHub, installed, pullRequest, REPOSITORY, type InstalledOptions } from './installed.ts';

closesGitHub();

const OPERATION = 'dependency-graph/diff-range';

function aChange(change: Partial<PackageChange> = {}): PackageChange {
  return {
    change_type: 'added',
    manifest: 'pom.xml',
    ecosystem: 'maven',
    name: 'org.example:tool',
    version: '1.0',
    package_url: 'pkg:maven/org.example/tool@1.0',
    license: 'MIT',
    scope: 'runtime',
    ...change,
  };
}

async function pull(changes: readonly PackageChange[], options: InstalledOptions = {}) {
  const all = await installed(options);
  const { world, rocket, platform } = all;
  const fork = world.fork(rocket, world.user('eve'));
  const { sha } = world.push(fork, 'thing', { author: 'eve', files: { 'pom.xml': '<project/>\n' } });
  rocket.graph?.changes.set(sha, changes);
  const { number } = world.openPullRequest(rocket, { head: { repository: fork, ref: 'thing' }, author: 'eve' });
  return { ...all, reading: await platform.open(pullRequest(number), ALL) };
}

test('what a fork adds is told with its license and its use; what it removes is not', async () => {
  const { reading } = await pull([
    aChange(),
    aChange({ change_type: 'removed', version: '0.9' }),
    aChange({ package_url: 'pkg:maven/org.example/test@2', license: null, scope: 'development' }),
    aChange({ package_url: null, ecosystem: 'NuGet', name: 'Some/Thing', version: '3', scope: 'unknown' }),
  ]);
  const { value, calls } = await counting(() => reading.graphed());
  const common = { manifest: 'pom.xml', usage: 'runtime', license: 'MIT' };
  expect(value).toEqual(
    known([
      { ...common, packageUrl: 'pkg:maven/org.example/tool@1.0' },
      { ...common, packageUrl: 'pkg:maven/org.example/test@2', usage: 'development', license: null },
      { ...common, packageUrl: 'pkg:nuget/Some%2FThing@3' },
    ]),
  );
  expect(calls).toMatchObject({ rest: 1 });
});

test('a license of 255 characters may be cut, and is none', async () => {
  const licenses = ['x'.repeat(254), 'x'.repeat(255)];
  const { reading } = await pull(licenses.map((license) => aChange({ license })));
  expect(await reading.graphed()).toMatchObject({ value: [{ license: licenses[0] }, { license: null }] });
});

test('further pages are read as far as GitHub links them', async () => {
  const { reading } = await pull(Array.from({ length: 65 }, (_, index) => aChange({ version: String(index) })));
  const { value, calls } = await counting(() => reading.graphed());
  expect(value.known && value.value?.length).toBe(65);
  expect(calls).toMatchObject({ rest: 3 });
});

test('a graph with a gap is unknown: what it does not list may be there all the same', async () => {
  const { reading, rocket } = await pull([aChange()]);
  rocket.graph!.warnings = 'No snapshots were found for the head SHA.\n';
  expect(await reading.graphed()).toEqual(
    unknown('GitHub’s dependency graph has a gap between these commits: No snapshots were found for the head SHA.'),
  );
});

test('a private repository without Advanced Security has no graph', async () => {
  const { reading } = await pull([], { isPrivate: true });
  expect(await reading.graphed()).toEqual(known(null));
});

test.each([
  [404, known(null)],
  [403, known(null)],
  [400, unknown('GitHub does not compare these commits (status 400)')],
  [500, unknown('GitHub’s dependency graph does not answer just now')],
  [503, unknown('GitHub’s dependency graph does not answer just now')],
])('status %i is an answer', async (status, expected) => {
  const { github, reading } = await pull([aChange()]);
  github.trouble({ kind: 'status', status, on: OPERATION });
  expect(await reading.graphed()).toEqual(expected);
});

test('it is asked for later when the whole account has to wait', async () => {
  const { github, reading } = await pull([aChange()]);
  github.trouble({ kind: 'secondary', seconds: 30, on: OPERATION });
  await expect(reading.graphed()).rejects.toMatchObject({ after: 30_000, owner: 'acme' });
});

test('a repository by itself adds nothing', async () => {
  const { platform } = await installed();
  const reading = await platform.open(REPOSITORY, ALL);
  expect(await reading.graphed()).toEqual(unknown('a repository by itself is no contribution'));
});

test('nobody asks for it who does not need it', async () => {
  const { github, reading } = await pull([aChange()]);
  await reading.files('head');
  await reading.commits();
  expect(github.log.entries.filter(({ operationId }) => operationId === OPERATION)).toEqual([]);
});
