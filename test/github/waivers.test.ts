/** The folder of waivers comes with the first call; its files by twenties, and what a contribution would have likewise. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../../src/facts/answer.ts';
import { counting } from '../../src/github/calls.ts';
import type { Blobs } from '../../src/github/blobs.ts';
import { A_FOLDER, NOT_A_FILE } from '../../src/policy/waivers/waiver.ts';
import type { WaiverFiles } from '../../src/spine/ports.ts';
import { entryAt, type Content } from '../support/github/git.ts';
import type { Repository } from '../support/github/model.ts';
import { ALL, closesGitHub, installed, REPOSITORY } from './installed.ts';

closesGitHub();

const FOLDER = '.github/steward/waivers';
const within = (files: Readonly<Record<string, Content>>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${FOLDER}/${name}`, content]));

function memory(): Blobs {
  const kept = new Map<string, string>();
  return {
    blob: (oid) => Promise.resolve(kept.get(oid) ?? null),
    keepBlob: (oid, text) => Promise.resolve(void kept.set(oid, text)),
  };
}

async function withWaivers(files: Readonly<Record<string, Content>> | null, isPrivate = false) {
  const place = await installed({ blobs: memory() });
  const { world, acme } = place;
  if (files) {
    const all = { '.github/steward.yml': 'rules: {}\n', ...within(files) };
    world.repository({ owner: acme, name: '.github', isPrivate, files: all });
  }
  return place;
}

const oidOf = (home: Repository | undefined, name: string) => {
  const tree = home?.objects.commits.get(home.branches.get('main') ?? '')?.tree ?? '';
  return home && entryAt(home.objects, tree, `${FOLDER}/${name}`)?.oid;
};

const filesIn = (answer: Answer<WaiverFiles>) => (answer.known && 'files' in answer.value ? answer.value.files : []);

describe('the waivers of an organization', () => {
  test('lie in a folder whose tree comes with the first call, also from a private policy repository', async () => {
    const { platform } = await withWaivers({ 'a.yml': 'rule: dco\n' }, true);
    const reading = await platform.open(REPOSITORY, ALL);
    const { value, calls } = await counting(() => reading.waiverFolder());
    expect(value).toMatchObject({ known: true, value: { repository: 'acme/.github' } });
    expect(value.known && value.value?.tree).toMatch(/^[0-9a-f]{40}$/);
    expect(calls).toMatchObject({ graphql: 1, rest: 0 });
  });

  test('without the folder there are none', async () => {
    const { platform } = await withWaivers({});
    const reading = await platform.open(REPOSITORY, ALL);
    expect([await reading.waiverFolder(), await reading.waiverFiles()]).toEqual([known(null), known({ files: [] })]);
  });

  test('are not known while no policy repository is seen: it may have been there', async () => {
    const { platform } = await withWaivers(null);
    const reading = await platform.open(REPOSITORY, ALL);
    const nothing = unknown('Steward sees no policy repository');
    expect([await reading.waiverFolder(), await reading.waiverFiles()]).toEqual([nothing, nothing]);
  });

  test('cannot be told where a file is in the place of the folder, which costs no call', async () => {
    const place = await installed();
    place.world.repository({ owner: place.acme, name: '.github', files: { [FOLDER]: 'rule: dco\n' } });
    const { value, calls } = await counting(async () => (await place.platform.open(REPOSITORY, ALL)).waiverFiles());
    expect(value.known && 'flaw' in value.value && value.value.flaw).toContain('is no folder');
    expect(calls).toMatchObject({ graphql: 1 });
  });

  test('a folder that GitHub did not tell is unknown', async () => {
    const { github, platform } = await withWaivers({ 'a.yml': 'rule: dco\n' });
    github.trouble({ kind: 'partial', on: 'graphql', path: ['organization', 'defaultBranchRef', 'target', 'waivers'] });
    const reading = await platform.open(REPOSITORY, ALL);
    expect([(await reading.waiverFolder()).known, (await reading.waiverFiles()).known]).toEqual([false, false]);
  });

  test('45 files cost one call for their names and three for their texts, and nothing of texts the second time', async () => {
    const many = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`w${index}.yml`, `rule: dco # ${index}\n`]));
    const { platform, world } = await withWaivers(many);
    const ask = () =>
      counting(async () => {
        const answer = await (await platform.open(REPOSITORY, ALL)).waiverFiles();
        return filesIn(answer);
      });
    const first = await ask();
    expect(first.calls).toMatchObject({ graphql: 1 + 1 + 3, rest: 0 });
    const home = world.find('acme', '.github');
    expect(first.value).toHaveLength(45);
    expect(first.value.find(({ source }) => source.endsWith('/w7.yml'))).toEqual({
      layer: 'organization',
      source: `acme/.github:${FOLDER}/w7.yml`,
      commit: home?.branches.get('main'),
      oid: oidOf(home, 'w7.yml'),
      text: 'rule: dco # 7\n',
    });
    expect((await ask()).calls).toMatchObject({ graphql: 2, rest: 0 });
  });

  test('are regular files that end in .yml or .yaml; links, folders and others are told and not followed', async () => {
    const { platform } = await withWaivers({
      'a.yml': 'rule: dco\n',
      'b.yaml': { executable: 'rule: dco\n' },
      'c.yml': { symlink: '../../../secret.yml' },
      'd.yml/e.yml': 'rule: dco\n',
      'f.yml': { submodule: 'f'.repeat(40) },
      'README.md': 'Waivers\n',
    });
    const answer = await (await platform.open(REPOSITORY, ALL)).waiverFiles();
    expect(filesIn(answer).map(({ source, text }) => [source.split('/').at(-1), text])).toEqual([
      ['a.yml', 'rule: dco\n'],
      ['b.yaml', 'rule: dco\n'],
      ['c.yml', NOT_A_FILE],
      ['d.yml', A_FOLDER],
      ['f.yml', NOT_A_FILE],
    ]);
  });

  test('that are not text, or larger than a policy may be, come with a NUL and are not fetched', async () => {
    const { platform } = await withWaivers({
      'binary.yml': new Uint8Array([0, 1, 2]),
      'late.yml': `${'a'.repeat(9000)}\0`,
      'large.yml': 'x'.repeat(300 * 1024),
      'empty.yml': '',
    });
    const answer = await (await platform.open(REPOSITORY, ALL)).waiverFiles();
    const texts = filesIn(answer).map(({ source, text }) => [source.split('/').at(-1), text]);
    expect(Object.fromEntries(texts) as unknown).toEqual({
      'binary.yml': '\0',
      'late.yml': '\0',
      'large.yml': '\0',
      'empty.yml': '',
    });
  });

  test('more than 2,000 are not read, with the next step', async () => {
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`w${index}.yml`, 'rule: dco\n']));
    const { platform } = await withWaivers(many);
    const { value, calls } = await counting(async () => (await platform.open(REPOSITORY, ALL)).waiverFiles());
    expect(value).toEqual(
      known({ flaw: 'There are 2,001 waivers, and at most 2,000 are read.', hint: 'Delete those that have ended.' }),
    );
    expect(calls).toMatchObject({ graphql: 2 });
  });
});

test('what a pull request to the policy repository would have is read by twenties too', async () => {
  const { platform, world } = await withWaivers({ 'a.yml': 'rule: dco\n' });
  const home = world.find('acme', '.github');
  if (!home) throw new Error('There is no policy repository.');
  const fork = world.fork(home, 'ada');
  const added = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`n${index}.yml`, `rule: dco # ${index}\n`]));
  const tests = { '.github/steward/tests/a.test.yml': 'tests: []\n', '.github/steward/b.test.yml': 'tests: []\n' };
  world.push(fork, 'waive', { author: world.user('ada'), message: 'Waive', files: { ...within(added), ...tests } });
  const { number } = world.openPullRequest(home, { head: { repository: fork, ref: 'waive' }, author: 'ada' });
  const subject = { kind: 'pull-request', owner: 'acme', repo: '.github', number } as const;
  const { value, calls } = await counting(async () => {
    const reading = await platform.open(subject, ALL);
    const folders = ['.github/steward', FOLDER, '.github/steward/tests'].map((path) => reading.directory('head', path));
    const listed = (await Promise.all(folders)).flatMap((answer) => (answer.known ? (answer.value ?? []) : []));
    const files = listed.filter(({ kind }) => kind === 'file');
    const texts = await Promise.all(files.map(({ oid }) => reading.text('head', oid)));
    return texts.filter((text) => text.known).length;
  });
  expect(value).toBe(1 + 24 + 2);
  // The first call, one for the three folders, and two for 27 texts, of which two are equal.
  expect(calls).toMatchObject({ graphql: 1 + 1 + 2, rest: 0 });
});
