/** Every file of a tree, in one call, and texts that are too large for the first one. */
import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../../src/facts/answer.ts';
import { counting } from '../../src/github/calls.ts';
import type { Blobs } from '../../src/github/blobs.ts';
import type { Files } from '../support/github/world/commits.ts';
import { ALL, closesGitHub, installed, pullRequest, REPOSITORY } from './installed.ts';

closesGitHub();

const MIB = 1024 * 1024;

function shelf(): Blobs & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    blob: (oid) => Promise.resolve(kept.get(oid) ?? null),
    keepBlob: (oid, text) => Promise.resolve(void kept.set(oid, text)),
  };
}

const FILES: Files = {
  'README.md': '# Rocket\n',
  'src/deep/Main.hs': 'main\n',
  'src/run.sh': { executable: 'true\n' },
  link: { symlink: '/etc/passwd' },
  vendored: { submodule: '5'.repeat(40) },
};
const SEEN = ['file README.md', 'symlink link', 'file src/deep/Main.hs', 'file src/run.sh', 'submodule vendored'];
const LISTED = 'git/get-tree';

describe('the files of a tree', () => {
  test('are listed with their whole paths and kinds, in one call, and remembered by the id of the tree', async () => {
    const blobs = shelf();
    const { platform, rocket } = await installed({ files: FILES, blobs });
    const ask = () => counting(async () => (await platform.open(REPOSITORY, ALL)).files('head'));
    const first = await ask();
    const again = await ask();
    expect(first.value.known && first.value.value.map(({ kind, path }) => `${kind} ${path}`)).toEqual(SEEN);
    expect(again.value).toEqual(first.value);
    expect([first.calls.rest, again.calls.rest]).toEqual([1, 0]);
    const tree = rocket.objects.commits.get(rocket.branches.get('main') ?? '')?.tree ?? '';
    expect([...blobs.kept.keys()]).toEqual([`files:${tree}`]);
  });

  test('are those of the head, also of a fork, or of the base', async () => {
    const { platform, world, rocket } = await installed();
    const fork = world.fork(rocket, world.user('eve'));
    world.push(fork, 'thing', { author: 'eve', files: { 'NEW.md': 'x\n' } });
    const { number } = world.openPullRequest(rocket, { head: { repository: fork, ref: 'thing' }, author: 'eve' });
    const reading = await platform.open(pullRequest(number), ALL);
    const paths = async (tree: 'head' | 'base') => {
      const files = await reading.files(tree);
      return files.known && files.value.map(({ path }) => path);
    };
    expect([await paths('head'), await paths('base')]).toEqual([['NEW.md', 'README.md'], ['README.md']]);
  });

  test('of a repository without commits are none, and cost nothing', async () => {
    const { platform, world, acme } = await installed();
    world.repository({ owner: acme, name: 'empty' });
    const reading = await platform.open({ ...REPOSITORY, repo: 'empty' }, ALL);
    expect(await counting(() => reading.files('head'))).toMatchObject({ value: known([]), calls: { rest: 0 } });
  });

  test('that GitHub cuts are unknown: a part of them is never taken for the whole', async () => {
    const { platform, world } = await installed({ files: FILES });
    world.treeLimit = 3;
    expect(await (await platform.open(REPOSITORY, ALL)).files('head')).toEqual(
      unknown('GitHub lists at most 100,000 files or 7 MB of a tree, and this one has more'),
    );
  });

  test.each([
    [404, 'GitHub does not list the files of TREE (status 404)'],
    [409, 'GitHub does not list the files of TREE (status 409)'],
    [502, 'GitHub does not list the files just now'],
  ])('that cannot be had (%i) are unknown', async (status, reason) => {
    const { github, platform, rocket } = await installed();
    github.trouble({ kind: 'status', status, on: LISTED });
    const tree = rocket.objects.commits.get(rocket.branches.get('main') ?? '')?.tree ?? '';
    const answer = await (await platform.open(REPOSITORY, ALL)).files('head');
    expect(answer).toEqual(unknown(reason.replace('TREE', tree)));
  });

  test('are asked for later when the whole account has to wait', async () => {
    const { github, platform } = await installed();
    github.trouble({ kind: 'secondary', seconds: 30, on: LISTED });
    await expect((await platform.open(REPOSITORY, ALL)).files('head')).rejects.toMatchObject({ after: 30_000, owner: 'acme' });
  });

  test('are not remembered when there are very many of them', async () => {
    const blobs = shelf();
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`folder/file-${index}`, 'x\n']));
    const { platform } = await installed({ files: many, blobs });
    expect(await (await platform.open(REPOSITORY, ALL)).files('head')).toMatchObject({ known: true });
    expect([...blobs.kept.keys()]).toEqual([]);
  });
});

describe('a large text', () => {
  const large = 'a line of a lock file\n'.repeat(60_000);

  async function reading() {
    const blobs = shelf();
    const { platform, rocket } = await installed({ files: { 'large.lock': large, 'small.lock': 'x'.repeat(2048) }, blobs });
    const entries = await (await platform.open(REPOSITORY, ALL)).directory('head', '');
    const oid = (name: string) => (entries.known && entries.value?.find((one) => one.name === name)?.oid) || name;
    return { opened: await platform.open(REPOSITORY, ALL), oid, blobs, rocket };
  }

  test('is read where a rule needs it, once, and is not kept', async () => {
    const { opened, oid, blobs } = await reading();
    const ask = () => Promise.all([MIB * 2, MIB * 8].map((largest) => opened.text('head', oid('large.lock'), largest)));
    const { value, calls } = await counting(ask);
    expect(value).toEqual([known(large), known(large)]);
    expect(calls).toMatchObject({ rest: 1 });
    expect([...blobs.kept.keys()]).toEqual([]);
  });

  test('is too large otherwise', async () => {
    const { opened, oid } = await reading();
    expect(await opened.text('head', oid('large.lock'))).toEqual(unknown('the file is larger than 1 MiB'));
  });

  test('is measured against what was asked, also when it was kept', async () => {
    const { opened, oid, blobs } = await reading();
    const small = oid('small.lock');
    expect(await opened.text('head', small, 1024)).toEqual(unknown('the file is larger than 1 KiB'));
    expect(await opened.text('head', small)).toMatchObject({ known: true });
    expect([...blobs.kept.keys()]).toEqual([small]);
    expect(await opened.text('head', small, 1024)).toEqual(unknown('the file is larger than 1 KiB'));
  });
});
