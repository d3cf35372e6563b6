/** One call gives a pull request; what is missing is told apart from what could not be read; lists are whole or unknown. */
import { describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { counting } from '../../src/github/calls.ts';
import {
  ALL,
  API,
  BASE,
  HEAD,
  NO_ORGANIZATION,
  PULL,
  REPOSITORY,
  TREE,
  aCommit,
  aLook,
  aPull,
  aState,
  answers,
  mints,
  page,
  platform,
  wired,
} from './wire.ts';

wired();

const open = async (more: Parameters<typeof platform>[0] = {}, wants: typeof ALL | { commits: false; files: false } = ALL) =>
  platform(more).platform.open(PULL, wants);

test.each([
  ['FIRST_TIMER', true],
  ['FIRST_TIME_CONTRIBUTOR', true],
  ['CONTRIBUTOR', false],
  ['MEMBER', false],
  // Of most newcomers GitHub says this on a pull request; only before it looked is nothing said.
  ['NONE', true],
  [undefined, undefined],
])(
  'of an author with the association %s it is told whether this is the first contribution: %p',
  async (authorAssociation, isFirst) => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull({ authorAssociation }) }), NO_ORGANIZATION);
    const contribution = await (await open()).contribution();
    expect(contribution.known && contribution.value.isFirst).toBe(isFirst);
  },
);

describe('the steady state', () => {
  test('a pull request costs one call', async () => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull() }), NO_ORGANIZATION);
    const { calls } = await counting(async () => {
      const reading = await open();
      await reading.repository();
      await reading.contribution();
      await reading.commits();
      await reading.changes();
      await Promise.all(['', '.github', 'docs'].map((path) => reading.directory('head', path)));
      await reading.directory('base', '');
      await reading.directory('defaults', '.github');
      await reading.policyFiles();
      await reading.present();
    });
    expect(calls).toEqual({ graphql: 1, rest: 0, writes: 0, tokens: 1 });
  });

  test('a reading that nobody asks anything costs nothing', async () => {
    const { calls } = await counting(() => open());
    expect(calls).toEqual({ graphql: 0, rest: 0, writes: 0, tokens: 0 });
  });

  test('the first call leaves out what is not wanted', async () => {
    mints();
    let asked: unknown;
    answers('PullRequest', (variables) => ((asked = variables), aLook({ pullRequest: aPull() })));
    await (await open({}, { commits: false, files: false })).contribution();
    expect(asked).toEqual({ owner: 'acme', repo: 'rocket', number: 1, appId: 7, commits: false, files: false });
  });
});

test('a pull request is told in the words of facts', async () => {
  mints();
  answers('PullRequest', aLook({ pullRequest: aPull({ isCrossRepository: true, state: 'MERGED' }) }));
  const reading = await open();
  expect(await reading.contribution()).toEqual({
    known: true,
    value: {
      number: 1,
      title: 'Add a thing',
      url: 'https://github.com/acme/rocket/pull/1',
      state: 'merged',
      isDraft: false,
      headSha: HEAD,
      headRef: 'thing',
      isFromSameRepository: false,
      baseRef: 'main',
      baseSha: BASE,
      author: { login: 'ada', id: 1, kind: 'User' },
      createdAt: '2026-06-01T12:30:00Z',
    },
  });
  expect(await reading.commits()).toEqual({
    known: true,
    value: [
      {
        sha: HEAD,
        message: 'Add a thing\n\nSigned-off-by: Ada <ada@example.com>',
        author: { name: 'Ada', email: 'ada@example.com' },
        committer: { name: 'Ada', email: 'ada@example.com' },
        authorAccount: { login: 'ada', id: 1, kind: 'User' },
        committerAccount: { login: 'ada', id: 1, kind: 'User' },
        parents: [BASE],
        signature: null,
        coAuthors: [],
        tree: TREE,
        committedAt: '2026-06-01T12:00:00Z',
      },
    ],
  });
});

describe('who is gone', () => {
  test.each([
    ['a deleted repository', { repository: null, organization: null }, ['repository']],
    ['a deleted pull request', aLook({ pullRequest: null }), ['repository', 'pullRequest']],
  ])('%s', async (_name, answer, path) => {
    mints();
    answers('PullRequest', answer, [{ type: 'NOT_FOUND', path, message: 'Could not resolve' }]);
    await expect((await open()).repository()).rejects.toMatchObject({ name: 'GoneError' });
  });

  test('a repository that moved to another account says where it is', async () => {
    mints();
    answers('PullRequest', aLook({ owner: { login: 'moon' }, pullRequest: aPull() }));
    await expect((await open()).repository()).rejects.toMatchObject({ movedTo: { owner: 'moon', repo: 'rocket' } });
  });

  test('a renamed repository is read by its present name', async () => {
    mints();
    answers('PullRequest', aLook({ name: 'rocket-2', pullRequest: aPull() }));
    expect(await (await open()).repository()).toMatchObject({ value: { owner: 'acme', name: 'rocket-2' } });
  });

  test('a repository that GitHub refuses to show is tried again, not taken for deleted', async () => {
    mints();
    const forbidden = [{ type: 'FORBIDDEN', path: ['repository'], message: 'Resource protected by SAML' }];
    answers('PullRequest', { repository: null, organization: null }, forbidden);
    await expect((await open()).repository()).rejects.toMatchObject({ name: 'LaterError' });
  });

  test('an answer with a general fault is no answer', async () => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull() }), [{ message: 'Something went wrong while executing your query.' }]);
    await expect((await open()).repository()).rejects.toMatchObject({ name: 'LaterError' });
  });

  test('a body that breaks off is no answer', async () => {
    mints();
    nock(API).post('/graphql').reply(200, '{"data": {"repos', { 'content-type': 'application/json' });
    await expect((await open()).repository()).rejects.toMatchObject({ name: 'LaterError' });
  });
});

describe('commits', () => {
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ commit: aCommit({ oid: String(from + index).padStart(40, '0') }) }));
  const more = (commits: object, headRefOid = HEAD) => ({ repository: { pullRequest: { headRefOid, page: commits } } });

  test('beyond a hundred are read to the end', async () => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull({ commits: page(many(0, 100), { totalCount: 230, endCursor: 'a' }) }) }));
    answers('MoreCommits', more(page(many(100, 100), { totalCount: 230, endCursor: 'b' })));
    answers('MoreCommits', ({ after }) => (expect(after).toBe('b'), more(page(many(200, 30), { totalCount: 230 }))));
    const commits = await (await open()).commits();
    expect(commits.known && commits.value.map(({ sha }) => Number(sha))).toEqual(
      Array.from({ length: 230 }, (_, index) => index),
    );
  });

  test.each([
    ['fewer than there should be', page(many(100, 10), { totalCount: 150 }), 'GitHub lists 110 of 150 commits'],
    ['a total that changes', page(many(100, 10), { totalCount: 110 }), "GitHub's list of commits changed while it was read"],
    ['a page that repeats', page(many(0, 50), { totalCount: 150 }), "GitHub's list of commits repeats itself"],
    [
      'a cursor that stands still',
      page(many(100, 20), { totalCount: 150, endCursor: 'a' }),
      "GitHub's list of commits does not advance",
    ],
    ['a page with a gap', page([null], { totalCount: 150 }), "GitHub's list of commits has gaps"],
    [
      'more pages without a cursor',
      page(many(100, 50), { totalCount: 150, hasNextPage: true }),
      "GitHub's list of commits does not advance",
    ],
  ])('with %s are unknown, never a part', async (_name, second, reason) => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull({ commits: page(many(0, 100), { totalCount: 150, endCursor: 'a' }) }) }));
    answers('MoreCommits', more(second));
    expect(await (await open()).commits()).toEqual({ known: false, reason });
  });

  test('are read again when the branch is pushed to meanwhile', async () => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull({ commits: page(many(0, 100), { totalCount: 150, endCursor: 'a' }) }) }));
    answers('MoreCommits', more(page(many(100, 50), { totalCount: 150 }), BASE));
    await expect((await open()).commits()).rejects.toMatchObject({ name: 'LaterError', after: 1000 });
  });

  test('with a fault inside are unknown', async () => {
    mints();
    const path = ['repository', 'pullRequest', 'commits', 'nodes', 0, 'commit', 'signature'];
    answers('PullRequest', aLook({ pullRequest: aPull() }), [{ type: 'SERVICE_UNAVAILABLE', path, message: 'no signatures' }]);
    expect(await (await open()).commits()).toEqual({ known: false, reason: 'GitHub answered "no signatures"' });
  });

  test('not asked for at first come with a call of their own', async () => {
    mints();
    answers('PullRequest', aLook({ pullRequest: { ...aPull(), commits: undefined } }));
    answers('MoreCommits', more(page(many(0, 1))));
    expect(await (await open({}, { commits: false, files: false })).commits()).toMatchObject({ known: true });
  });
});

describe('accounts', () => {
  const bot = { name: 'dependabot[bot]', email: '49699333+dependabot[bot]@users.noreply.github.com', user: null };
  const github = { name: 'GitHub', email: 'noreply@github.com', user: { login: 'web-flow', databaseId: 19864447 } };
  const own = { name: 'Eve', email: 'eve@example.com', user: { login: 'eve', databaseId: 9 } };
  const signed = { isValid: true, wasSignedByGitHub: true };
  const dependabot = { login: 'dependabot[bot]', id: 49699333, kind: 'Bot' };

  test.each([
    ['a bot whose commit GitHub signed is that bot', { author: bot, committer: github, signature: signed }, dependabot],
    ['a claimed bot without a signature is nobody', { author: bot, committer: github, signature: null }, null],
    [
      'a claimed bot signed by somebody else is nobody',
      { author: bot, committer: own, signature: { isValid: true, wasSignedByGitHub: false } },
      null,
    ],
    ['a claimed bot committed by somebody else is nobody', { author: bot, committer: own, signature: signed }, null],
    [
      'a claimed bot with a broken signature is nobody',
      { author: bot, committer: github, signature: { isValid: false, wasSignedByGitHub: true } },
      null,
    ],
    [
      'an account whose login ends in [bot] is a bot',
      { author: { ...bot, user: { login: 'Dependabot[bot]', databaseId: 49699333 } } },
      dependabot,
    ],
    ['an account without an id is nobody', { author: { ...own, user: { login: 'eve', databaseId: null } } }, null],
  ])('%s', async (_name, more, account) => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull({ commits: page([{ commit: aCommit(more) }]) }) }));
    const commits = await (await open()).commits();
    expect(commits.known && commits.value[0]?.authorAccount).toEqual(account);
  });

  test('an App that opens a pull request is a bot, with [bot] as GitHub shows it', async () => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull({ author: { __typename: 'Bot', login: 'renovate', databaseId: 5 } }) }));
    expect(await (await open()).contribution()).toMatchObject({
      value: { author: { login: 'renovate[bot]', id: 5, kind: 'Bot' } },
    });
  });
});

describe('changed files', () => {
  test('beyond a hundred are read to the end', async () => {
    mints();
    const files = Array.from({ length: 101 }, (_, index) => ({
      path: `${index}`,
      changeType: index === 100 ? 'DELETED' : 'MODIFIED',
    }));
    answers(
      'PullRequest',
      aLook({ pullRequest: aPull({ files: page(files.slice(0, 100), { totalCount: 101, endCursor: 'a' }) }) }),
    );
    answers('MoreFiles', {
      repository: { pullRequest: { headRefOid: HEAD, page: page(files.slice(100), { totalCount: 101 }) } },
    });
    const changes = await (await open()).changes();
    expect(changes.known && changes.value.at(-1)).toEqual({ path: '100', status: 'removed' });
  });

  test.each([
    ['at the limit of GitHub are unknown', page([], { totalCount: 3000 }), 'GitHub lists at most 3000 changed files'],
    ['that GitHub does not list are unknown', null, 'GitHub does not list the changed files; the change is probably too large'],
  ])('%s', async (_name, files, reason) => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull({ files }) }));
    expect(await (await open()).changes()).toEqual({ known: false, reason });
  });

  test('that were renamed are asked for by REST, and only then', async () => {
    mints();
    answers('PullRequest', aLook({ pullRequest: aPull() }));
    nock(API)
      .get('/repos/acme/rocket/pulls/1/files')
      .query({ per_page: 100, page: 1 })
      .reply(200, [{ status: 'renamed', filename: 'LICENSE', previous_filename: 'COPYING' }]);
    expect(await (await open()).renames()).toEqual({ known: true, value: [{ from: 'COPYING', to: 'LICENSE' }] });
  });
});

test('the facts of a repository by itself have no contribution', async () => {
  mints();
  answers('RepositoryState', aLook({ head: { target: aState({ oid: BASE }) } }));
  const reading = await platform().platform.open(REPOSITORY, ALL);
  const none = { known: false, reason: 'a repository by itself is no contribution' };
  expect([await reading.contribution(), await reading.commits(), await reading.changes()]).toEqual([none, none, none]);
});

test('a history of more than 5,000 commits is unknown, and says what to do', async () => {
  mints();
  answers('RepositoryState', aLook({ head: { target: aState() } }));
  answers('History', ({ since }) => {
    expect(since).toBe('2020-01-01T00:00:00Z');
    return { repository: { object: { history: page([aCommit()], { totalCount: 5001, endCursor: 'a' }) } } };
  });
  const reading = await platform().platform.open(REPOSITORY, ALL);
  expect(await reading.history('2020-01-01T00:00:00Z')).toEqual({
    known: false,
    reason: 'the default branch has 5,001 commits since 2020-01-01, and at most 5,000 are read; move the date forward',
  });
});
