/** What certifying contributions needs to know: co-authors, trees, times, the mail map and the history. */
import { expect, test } from '@jest/globals';
import { counting } from '../../src/github/calls.ts';
import { ALL, closesGitHub, installed, pullRequest, REPOSITORY } from './installed.ts';

closesGitHub();

const MAILMAP = 'Ada Lovelace <ada@example.com> <ada@work.example>\n';

test('a commit names its co-authors with the accounts of their addresses, its tree and its time, in the first call', async () => {
  const { world, rocket, platform } = await installed();
  const grace = world.user('Grace');
  const message = 'A change\n\nCo-authored-by: Grace <GRACE@example.com>\nco-authored-by: Nobody <nobody@nowhere.example>';
  const { sha } = world.push(rocket, 'thing', { author: 'ada', message, files: { a: '1\n' } });
  const { number } = world.openPullRequest(rocket, { head: 'thing', author: 'ada' });
  const { value, calls } = await counting(async () => {
    const reading = await platform.open(pullRequest(number), ALL);
    return { commits: await reading.commits(), contribution: await reading.contribution() };
  });
  expect(calls).toMatchObject({ graphql: 1, rest: 0 });
  const written = rocket.objects.commits.get(sha);
  expect(value.commits).toMatchObject({
    value: [
      {
        sha,
        tree: written?.tree,
        committedAt: written?.committer.date,
        coAuthors: [
          { name: 'Grace', email: 'GRACE@example.com', account: { login: 'grace', id: grace.id, kind: 'User' } },
          { name: 'Nobody', email: 'nobody@nowhere.example', account: null },
        ],
      },
    ],
  });
  expect(value.contribution).toMatchObject({ value: { createdAt: world.pullRequest(rocket, number).createdAt } });
});

/** A pull request of one commit that names so many co-authors, all with accounts. */
async function naming(count: number) {
  const { github, world, rocket, platform } = await installed();
  const people = Array.from({ length: count }, (_, index) => world.user(`person-${index}`));
  const trailers = people.map(({ login, email }) => `Co-authored-by: ${login} <${email}>`).join('\n');
  world.push(rocket, 'thing', { author: 'ada', message: `A change\n\n${trailers}`, files: { a: '1\n' } });
  const { number } = world.openPullRequest(rocket, { head: 'thing', author: 'ada' });
  return { github, people, reading: await platform.open(pullRequest(number), ALL) };
}

test('everybody whom a commit names is linked to their account, a hundred people a call', async () => {
  const { people, reading } = await naming(300);
  const { value: commits, calls } = await counting(() => reading.commits());
  const coAuthors = commits.known ? (commits.value[0]?.coAuthors ?? []) : [];
  expect(coAuthors.map(({ account }) => account?.id)).toEqual(people.map(({ id }) => id));
  expect(calls).toMatchObject({ graphql: 4, rest: 0 });
});

test('where GitHub does not tell everybody, or the list never ends, nobody is taken for a stranger', async () => {
  const { github, reading } = await naming(101);
  github.trouble({ kind: 'partial', path: ['repository', 'object', 'page'], on: 'graphql', skip: 1 });
  expect((await reading.commits()).known).toBe(false);
  const endless = await (await naming(2101)).reading.commits();
  expect(endless).toEqual({ known: false, reason: 'the commits name more people than can be looked up' });
});

test('the mail map is the one of the base branch, whatever the contribution does to it', async () => {
  const { world, rocket, platform } = await installed({ files: { '.mailmap': MAILMAP } });
  world.push(rocket, 'thing', { author: 'ada', files: { '.mailmap': 'Eve <eve@example.com> <ada@example.com>\n' } });
  const { number } = world.openPullRequest(rocket, { head: 'thing', author: 'ada' });
  expect(await (await platform.open(pullRequest(number), ALL)).mailmap()).toEqual({ known: true, value: MAILMAP });
  expect(await (await platform.open(REPOSITORY, ALL)).mailmap()).toEqual({ known: true, value: MAILMAP });
});

test('a mail map that was read before costs no call', async () => {
  const texts = new Map<string, string>();
  const blobs = {
    blob: (oid: string) => Promise.resolve(texts.get(oid) ?? null),
    keepBlob: (oid: string, text: string) => Promise.resolve(void texts.set(oid, text)),
  };
  const { platform } = await installed({ files: { '.mailmap': MAILMAP }, blobs });
  const read = () => counting(async () => (await platform.open(REPOSITORY, { commits: false, files: false })).mailmap());
  expect((await read()).calls).toMatchObject({ graphql: 2 });
  expect(await read()).toMatchObject({ value: { value: MAILMAP }, calls: { graphql: 1 } });
});

test.each([
  ['no mail map', {}, { known: true, value: null }],
  ['a symbolic link, which git does not follow', { '.mailmap': { symlink: 'README.md' } }, { known: true, value: null }],
  ['a folder of that name', { '.mailmap/one': 'x' }, { known: true, value: null }],
  ['an empty one', { '.mailmap': '' }, { known: true, value: '' }],
  ['a huge one', { '.mailmap': 'x'.repeat(1024 * 1024 + 1) }, { known: false, reason: 'the file is larger than 1 MiB' }],
  ['bytes', { '.mailmap': Buffer.from([1, 0, 2]) }, { known: false, reason: 'the file is not text' }],
])('%s', async (_name, files, expected) => {
  const { platform } = await installed({ files });
  expect(await (await platform.open(REPOSITORY, ALL)).mailmap()).toEqual(expected);
});

test('the history is every commit of the default branch since a time, newest first, a hundred a call', async () => {
  const { world, rocket, platform } = await installed();
  const first = rocket.branches.get('main');
  const list = Array.from({ length: 250 }, (_, index) => ({
    author: 'ada',
    message: `Change ${index}`,
    files: { a: `${index}` },
  }));
  world.push(rocket, 'main', list);
  const commits = [...rocket.objects.commits.values()];
  const since = commits.at(50)?.committer.date ?? '';
  const { value, calls } = await counting(async () => (await platform.open(REPOSITORY, ALL)).history(since));
  const expected = commits.filter(({ committer }) => committer.date >= since).map(({ oid }) => oid);
  expect(value.known && value.value.map(({ sha }) => sha)).toEqual(expected.reverse());
  expect(expected).not.toContain(first);
  expect(calls).toMatchObject({ graphql: 1 + 3 });
});

test('a repository without commits has an empty history', async () => {
  const { world, acme, platform } = await installed();
  world.repository({ owner: acme, name: 'empty' });
  const reading = await platform.open({ ...REPOSITORY, repo: 'empty' }, ALL);
  expect(await reading.history('2026-01-01T00:00:00Z')).toEqual({ known: true, value: [] });
});
