/** Directories and texts: absent, unknown and known are three things; blobs are asked for together and once. */
import { describe, expect, test } from '@jest/globals';
import nock from 'nock';
import type { Fault } from '../../src/github/reply.ts';
import { ALL, API, BASE, HEAD, PULL, REPOSITORY, aLook, aPull, aState, answers, mints, platform, wired } from './wire.ts';

wired();

async function pullWith(head: object, faults?: readonly Fault[], organization: Parameters<typeof aLook>[1] = null) {
  mints();
  answers('PullRequest', aLook({ pullRequest: aPull({ head: { nodes: [{ commit: aState(head) }] } }) }, organization), faults);
  return platform().platform.open(PULL, ALL);
}

const at = (key: string) => ['repository', 'pullRequest', 'head', 'nodes', 0, 'commit', key];

describe('a directory', () => {
  test('is listed with the kinds that git knows', async () => {
    const entries = [
      { name: 'a', mode: 0o100644, oid: '1' },
      { name: 'b', mode: 0o100755, oid: '2' },
      { name: 'c', mode: 0o120000, oid: '3' },
      { name: 'd', mode: 0o160000, oid: '4' },
      { name: 'e', mode: 0o040000, oid: '5' },
    ];
    const answer = await (await pullWith({ tree: { entries } })).directory('head', '');
    expect(answer.known && answer.value?.map(({ kind }) => kind)).toEqual(['file', 'file', 'symlink', 'submodule', 'directory']);
  });

  test.each([
    ['that does not exist is absent', { f0: null }, [], { known: true, value: null }],
    [
      'that GitHub says is not there is absent',
      { f0: null },
      [{ type: 'NOT_FOUND', message: 'none', path: at('f0') }],
      { known: true, value: null },
    ],
    ['that is a file is absent', { f0: { mode: 0o100644, object: {} } }, [], { known: true, value: null }],
    ['that is a submodule is absent', { f0: { mode: 0o160000, object: null } }, [], { known: true, value: null }],
    [
      'that GitHub may not show is unknown',
      { f0: null },
      [{ type: 'FORBIDDEN', message: 'no', path: at('f0') }],
      { known: false, reason: 'GitHub answered "no"' },
    ],
    [
      'without a listing is unknown',
      { f0: { mode: 0o040000, object: { entries: null } } },
      [],
      { known: false, reason: 'GitHub did not list the directory' },
    ],
  ])('%s', async (_name, head, faults, expected) => {
    expect(await (await pullWith(head, faults)).directory('head', '.github')).toEqual(expected);
  });

  test('that the first call does not fetch is asked for by itself', async () => {
    const reading = await pullWith({});
    answers('Directories', ({ e0 }) => {
      expect(e0).toBe(`${HEAD}:LICENSES`);
      return { repository: { d0: { entries: [] } } };
    });
    expect(await reading.directory('head', 'LICENSES')).toEqual({ known: true, value: [] });
  });

  test('and others of the same moment come in one call, the same tree only once', async () => {
    const entries = [
      { name: 'wallet', mode: 0o040000, oid: '7' },
      { name: 'wallet-cli', mode: 0o040000, oid: '8' },
    ];
    const reading = await pullWith({ tree: { entries } });
    answers('Directories', ({ e0, e1 }) => {
      expect([e0, e1]).toEqual(['7', '8']);
      return { repository: { d0: { entries: [] }, d1: null } };
    });
    const asked = ['wallet', 'wallet-cli', 'wallet'].map((path) => reading.directory('head', path));
    expect(await Promise.all(asked)).toEqual([[], null, []].map((value) => ({ known: true, value })));
  });

  test('of a tree that was left out at first costs one call for all of them', async () => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull() }));
    answers('CommitState', { repository: { object: aState({ f1: { mode: 0o040000, object: { entries: [] } } }) } });
    const reading = await platform().platform.open(PULL, { commits: false, files: false });
    expect(await Promise.all([reading.directory('head', 'docs'), reading.directory('head', 'ISSUE_TEMPLATE')])).toEqual([
      { known: true, value: [] },
      { known: true, value: null },
    ]);
  });

  test('of a repository without commits is absent', async () => {
    mints();
    answers('RepositoryState', aLook({ head: null, defaultBranchRef: null }));
    const reading = await platform().platform.open(REPOSITORY, ALL);
    expect(await reading.directory('head', '')).toEqual({ known: true, value: null });
    expect(await reading.repository()).toMatchObject({ value: { defaultBranch: null, headSha: null } });
  });

  const organization = {
    name: '.github',
    owner: { login: 'acme' },
    isPrivate: false,
    defaultBranchRef: { target: aState({ tree: { entries: [] } }) },
  };

  test.each([
    ['come from the public .github repository', organization, [], { known: true, value: [] }],
    ['do not come from a private one', { ...organization, isPrivate: true }, [], { known: true, value: null }],
    [
      'are absent without one',
      null,
      [{ type: 'NOT_FOUND', message: 'none', path: ['organization'] }],
      { known: true, value: null },
    ],
    [
      'are unknown when GitHub refuses it',
      null,
      [{ type: 'FORBIDDEN', message: 'no', path: ['organization'] }],
      { known: false, reason: 'GitHub answered "no"' },
    ],
  ])('default files %s', async (_name, owned, faults, expected) => {
    expect(await (await pullWith({}, faults, owned)).directory('defaults', '')).toEqual(expected);
  });
});

test('a head that the list of commits does not end with is asked for by its id', async () => {
  mints();
  answers('PullRequest', aLook({ pullRequest: aPull({ head: { nodes: [] } }) }));
  answers('CommitState', ({ oid }) => (expect(oid).toBe(HEAD), { repository: { object: aState() } }));
  expect(await (await platform().platform.open(PULL, ALL)).directory('head', '')).toMatchObject({ known: true });
});

test('a base branch that was deleted is read at its last commit', async () => {
  mints();
  answers('PullRequest', aLook({ pullRequest: aPull({ baseRef: null }) }));
  answers('CommitState', ({ oid }) => (expect(oid).toBe(BASE), { repository: { object: aState({ oid: BASE }) } }));
  expect(await (await platform().platform.open(PULL, ALL)).directory('base', '')).toMatchObject({ known: true });
});

describe('a text', () => {
  const blob = (text: string | null, more: object = {}) => ({
    byteSize: text?.length ?? 10,
    isBinary: false,
    isTruncated: false,
    text,
    ...more,
  });
  const oids = ['c', 'd'].map((letter) => letter.repeat(40));

  async function reading(kept: Record<string, string> = {}) {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull() }));
    const blobs = {
      blob: (oid: string) => Promise.resolve(kept[oid] ?? null),
      keepBlob: (oid: string, text: string) => Promise.resolve(void (kept[oid] = text)),
    };
    return platform({ blobs }).platform.open(PULL, ALL);
  }

  test('seen before costs nothing', async () => {
    const blobs = { blob: () => Promise.resolve('kept'), keepBlob: () => Promise.resolve() };
    const opened = await platform({ blobs }).platform.open(PULL, ALL);
    expect(await opened.text('head', 'c'.repeat(40))).toEqual({ known: true, value: 'kept' });
  });

  test('and another of the same moment are asked for together, and remembered', async () => {
    const kept: Record<string, string> = {};
    const opened = await reading(kept);
    answers('Blobs', ({ o0, o1 }) => {
      expect([o0, o1]).toEqual(oids);
      return { repository: { b0: blob('one'), b1: blob('two') } };
    });
    expect(await Promise.all(oids.map((oid) => opened.text('head', oid)))).toEqual([
      { known: true, value: 'one' },
      { known: true, value: 'two' },
    ]);
    expect(Object.values(kept)).toEqual(['one', 'two']);
  });

  test.each([
    ['that is binary', blob(null, { isBinary: true }), 'the file is not text'],
    ['that hides a NUL', blob('a\0b'), 'the file is not text'],
    ['over 1 MiB', blob('cut', { isTruncated: true, byteSize: 1024 * 1024 + 1 }), 'the file is larger than 1 MiB'],
    ['that is not there', null, 'the file is not there any more'],
  ])('%s is unknown', async (_name, answer, reason) => {
    const opened = await reading();
    answers('Blobs', { repository: { b0: answer } });
    expect(await opened.text('head', oids[0]!)).toEqual({ known: false, reason });
  });

  test('that GraphQL cuts is read whole by REST', async () => {
    const opened = await reading();
    answers('Blobs', { repository: { b0: blob('cut', { isTruncated: true, byteSize: 600_000 }) } });
    const content = Buffer.from('the whole text').toString('base64');
    nock(API).get(`/repos/acme/rocket/git/blobs/${oids[0]!}`).reply(200, { encoding: 'base64', content });
    expect(await opened.text('head', oids[0]!)).toEqual({ known: true, value: 'the whole text' });
  });

  test('that is empty is known', async () => {
    const opened = await reading();
    answers('Blobs', { repository: { b0: blob(null, { byteSize: 0 }) } });
    expect(await opened.text('head', oids[0]!)).toEqual({ known: true, value: '' });
  });

  test('of the default files is read from the .github repository', async () => {
    const opened = await reading();
    answers('Blobs', ({ repo }) => (expect(repo).toBe('.github'), { repository: { b0: blob('shared') } }));
    expect(await opened.text('defaults', oids[0]!)).toEqual({ known: true, value: 'shared' });
  });
});
