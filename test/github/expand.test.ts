/** A group stands for every one of its subjects. */
import { describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { API, HEAD, answers, mints, platform, wired } from './wire.ts';

wired();

const numbered = (number: number) => ({ kind: 'pull-request', owner: 'acme', repo: 'rocket', number });
const expand = (group: Parameters<ReturnType<typeof platform>['platform']['expand']>[0]) => platform().platform.expand(group);

describe('a head commit', () => {
  const group = { kind: 'head', owner: 'acme', repo: 'rocket', sha: HEAD } as const;
  const pull = (number: number, more: object = {}) => ({
    number,
    state: 'open',
    head: { sha: HEAD },
    base: { repo: { full_name: 'acme/rocket' } },
    ...more,
  });

  test('stands for the open pull requests whose head it is', async () => {
    mints();
    nock(API)
      .get(`/repos/acme/rocket/commits/${HEAD}/pulls`)
      .query({ per_page: 100, page: 1 })
      .reply(200, [
        pull(1),
        pull(2, { state: 'closed' }),
        pull(3, { head: { sha: 'other' } }),
        pull(4, { base: { repo: { full_name: 'ada/rocket' } } }),
        pull(5),
      ]);
    expect(await expand(group)).toEqual([numbered(1), numbered(5)]);
  });

  test.each([404, 422])('that GitHub does not know (%d) stands for none', async (status) => {
    mints();
    nock(API).get(`/repos/acme/rocket/commits/${HEAD}/pulls`).query(true).reply(status, { message: 'No commit found' });
    expect(await expand(group)).toEqual([]);
  });
});

const open = (numbers: readonly number[], endCursor: string | null = null, more: object = {}) => ({
  name: 'rocket',
  owner: { login: 'acme' },
  isArchived: false,
  pullRequests: { pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes: numbers.map((number) => ({ number })) },
  ...more,
});

describe('the pull requests of a repository', () => {
  const group = { kind: 'pull-requests', owner: 'acme', repo: 'rocket' } as const;

  test('are all of them', async () => {
    mints();
    answers('RepositoryPullRequests', { repository: open([1, 2], 'a') });
    answers('RepositoryPullRequests', ({ after }) => (expect(after).toBe('a'), { repository: open([3]) }));
    expect(await expand(group)).toEqual([numbered(1), numbered(2), numbered(3)]);
  });

  test('are none where nothing can be written', async () => {
    mints();
    answers('RepositoryPullRequests', { repository: open([1], null, { isArchived: true }) });
    expect(await expand(group)).toEqual([]);
  });

  test('of a deleted repository are gone', async () => {
    mints();
    answers('RepositoryPullRequests', { repository: null }, [{ type: 'NOT_FOUND', path: ['repository'], message: 'none' }]);
    await expect(expand(group)).rejects.toMatchObject({ name: 'GoneError' });
  });
});

describe('an account', () => {
  const group = { kind: 'owner', owner: 'acme' } as const;
  const listed = (count: number, from = 0, more: object = {}) =>
    Array.from({ length: count }, (_, index) => ({
      node_id: `R_${from + index}`,
      name: `r${from + index}`,
      archived: false,
      disabled: false,
      ...more,
    }));
  const lists = (page: number, repositories: object[]) =>
    nock(API).get('/installation/repositories').query({ per_page: 100, page }).reply(200, { total_count: 0, repositories });

  test('stands for every repository that is not archived, and their open pull requests', async () => {
    mints();
    lists(1, listed(100));
    lists(2, [...listed(1, 100), ...listed(1, 101, { archived: true })]);
    const many =
      (numbers: number[]) =>
      ({ ids }: Record<string, unknown>) => ({
        nodes: (ids as string[]).map((id) => (id === 'R_7' ? open(numbers, 'a', { name: 'r7' }) : open([], null, { name: id }))),
      });
    for (let query = 0; query < 3; query += 1) answers('OpenPullRequests', many([1]));
    answers('RepositoryPullRequests', ({ repo, after }) => {
      expect([repo, after]).toEqual(['r7', 'a']);
      return { repository: open([2], null, { name: 'r7' }) };
    });
    const subjects = await expand(group);
    expect(subjects.filter(({ kind }) => kind === 'repository')).toHaveLength(101);
    expect(subjects.filter(({ kind }) => kind === 'pull-request')).toEqual([
      { ...numbered(1), repo: 'r7' },
      { ...numbered(2), repo: 'r7' },
    ]);
  });

  test('with a repository deleted meanwhile stands for the others; one that is refused is tried again', async () => {
    mints();
    lists(1, listed(1));
    answers('OpenPullRequests', { nodes: [null] }, [{ type: 'NOT_FOUND', path: ['nodes', 0], message: 'none' }]);
    expect(await expand(group)).toEqual([{ kind: 'repository', owner: 'acme', repo: 'r0' }]);
    mints();
    lists(1, listed(1));
    answers('OpenPullRequests', { nodes: [null] }, [{ type: 'FORBIDDEN', path: ['nodes', 0], message: 'no' }]);
    await expect(expand(group)).rejects.toMatchObject({ name: 'LaterError' });
  });
});
