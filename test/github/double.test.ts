/** The whole room over real HTTP, against a GitHub that executes queries and refuses what tokens may not do. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { counting } from '../../src/github/calls.ts';
import { auditOwner } from '../../src/github/owner-audit.ts';
import { githubPlatform } from '../../src/github/platform.ts';
import type { CheckRunEffect, CommentEffect, Effect, IssueEffect } from '../../src/views/effect.ts';
import type { Permissions } from '../support/github/model.ts';
import { startGitHub, type GitHub } from '../support/github/server.ts';

const app = load(readFileSync('app.yml', 'utf8')) as { default_permissions: Permissions };
const ALL = { commits: true, files: true };
let github: GitHub | null = null;

afterEach(async () => {
  const { violations = [] } = github ?? {};
  await github?.close();
  github = null;
  expect(violations).toEqual([]);
});

async function started() {
  github = await startGitHub({ app: { permissions: app.default_permissions } });
  const { world } = github;
  world.organization('acme');
  const { installation } = world.install('acme');
  const rocket = world.repository({
    owner: 'acme',
    name: 'rocket',
    files: { 'README.md': '# Rocket\n', '.github/steward.yml': 'rules: {}\n', 'docs/guide.md': 'Guide\n' },
  });
  const kept = new Map<string, number>();
  let forgets = false;
  const publications = {
    publication: (subject: object, kind: string) => Promise.resolve(kept.get(JSON.stringify([subject, kind])) ?? null),
    keepPublication: (subject: object, kind: string, id: number) => {
      if (id > 0 && forgets) forgets = false;
      else kept.set(JSON.stringify([subject, kind]), id);
      return Promise.resolve();
    },
    noteWrite: () => Promise.resolve(),
    writesSince: () => Promise.resolve([]),
  };
  const installations = { installation: () => Promise.resolve({ id: installation.id, isSuspended: false }) };
  const { id: appId, privateKey } = world.app;
  const platform = githubPlatform({ appId, privateKey, baseUrl: github.url, isPaced: false, publications, installations });
  return { github, world, rocket, platform, forgetNext: () => (forgets = true) };
}

function aPullRequest({ world, rocket }: Awaited<ReturnType<typeof started>>, commits = 1): { number: number; sha: string } {
  const list = Array.from({ length: commits }, (_, index) => ({
    author: 'ada',
    message: `Change ${index}\n\nSigned-off-by: Ada <ada@example.com>`,
    files: { 'src/thing.ts': `${index}\n`, LICENSE: 'Apache\n' },
  }));
  const { sha } = world.push(rocket, 'thing', list);
  const { number } = world.openPullRequest(rocket, { head: 'thing', author: 'ada' });
  return { number, sha };
}

const run = (sha: string, externalId: string): CheckRunEffect => ({
  kind: 'check-run',
  name: 'Steward',
  sha,
  conclusion: 'failure',
  title: 'One step is left',
  summary: 'What is so',
  text: '',
  annotations: [],
  detailsUrl: null,
  externalId,
});
const comment = (number: number): CommentEffect => ({
  kind: 'comment',
  number,
  body: '<!-- steward:comment -->\nOne step',
  mode: 'upsert',
});
const issue = (state: IssueEffect['state']): IssueEffect => ({
  kind: 'issue',
  title: 'What is left',
  body: '<!-- steward:issue -->\nx',
  state,
});

test('a pull request is read by one call and shown by one; applied twice, nothing is sent', async () => {
  const all = await started();
  const { number, sha } = aPullRequest(all);
  const subject = { kind: 'pull-request', owner: 'acme', repo: 'rocket', number } as const;
  const evaluate = (effects: readonly Effect[]) =>
    counting(async () => {
      const reading = await all.platform.open(subject, ALL);
      const root = await reading.directory('head', '');
      const files = await reading.policyFiles();
      const [commits, changes, base] = [await reading.commits(), await reading.changes(), await reading.directory('base', '')];
      const present = await reading.present();
      await all.platform.publish(subject, effects, present);
      return { root, files, commits, changes, base, present };
    });

  const first = await evaluate([run(sha, 'steward:1:a:none'), comment(number)]);
  expect(first.calls).toMatchObject({ graphql: 1, rest: 0, writes: 2 });
  expect(first.value).toMatchObject({
    root: { known: true },
    files: { hasPolicyRepository: false, repository: { value: { text: 'rules: {}\n' } }, proposed: null },
    commits: { value: [{ sha, authorAccount: { login: 'ada', kind: 'User' } }] },
    changes: {
      value: [
        { path: 'LICENSE', status: 'added' },
        { path: 'src/thing.ts', status: 'added' },
      ],
    },
    present: { checkRuns: [], comment: null, siblings: [number] },
  });
  expect(first.value.root.known && first.value.root.value?.map(({ name }) => name)).toContain('LICENSE');
  expect(first.value.base.known && first.value.base.value?.map(({ name }) => name)).not.toContain('LICENSE');

  const second = await evaluate([run(sha, 'steward:1:a:none'), comment(number)]);
  expect(second.calls).toMatchObject({ graphql: 1, rest: 0, writes: 0 });
  expect(second.value.present).toMatchObject({
    checkRuns: [{ externalId: 'steward:1:a:none', isCompleted: true }],
    comment: { body: comment(number).body },
  });

  const third = await evaluate([run(sha, 'steward:1:b:none'), comment(number)]);
  expect(third.calls).toEqual({ graphql: 1, rest: 0, writes: 1, tokens: 0 });
  expect(all.world.checkRunsAt(all.rocket, sha)).toHaveLength(1);
});

test('a pull request of 230 commits is read whole', async () => {
  const all = await started();
  const { number } = aPullRequest(all, 230);
  const reading = await all.platform.open({ kind: 'pull-request', owner: 'acme', repo: 'rocket', number }, ALL);
  const { value, calls } = await counting(() => reading.commits());
  expect(value.known && new Set(value.value.map(({ sha }) => sha)).size).toBe(230);
  expect(value.known && value.value[0]?.message).toMatch(/^Change 0\n/);
  expect(calls.graphql).toBe(3);
});

test('texts come in one call, also those of default files, and folders that are not fetched at first come by themselves', async () => {
  const all = await started();
  all.world.repository({
    owner: 'acme',
    name: '.github',
    files: { 'SECURITY.md': 'Write to us\n', 'profile/README.md': 'Hi\n' },
  });
  const reading = await all.platform.open({ kind: 'repository', owner: 'acme', repo: 'rocket' }, ALL);
  const oidOf = async (tree: 'head' | 'defaults', path: string, name: string) => {
    const answer = await reading.directory(tree, path);
    return (answer.known && answer.value?.find((entry) => entry.name === name)?.oid) || 'missing';
  };
  const [readme, guide, security] = [
    await oidOf('head', '', 'README.md'),
    await oidOf('head', 'docs', 'guide.md'),
    await oidOf('defaults', '', 'SECURITY.md'),
  ];
  const { value, calls } = await counting(() =>
    Promise.all([reading.text('head', readme), reading.text('head', guide), reading.text('defaults', security)]),
  );
  expect(value.map((answer) => answer.known && answer.value)).toEqual(['# Rocket\n', 'Guide\n', 'Write to us\n']);
  expect(calls.graphql).toBe(2);
  expect(await reading.directory('defaults', 'profile')).toMatchObject({ value: [{ name: 'README.md', kind: 'file' }] });
  expect(await reading.directory('head', 'nowhere')).toEqual({ known: true, value: null });
});

test('the issue of a repository is opened, closed and reopened in place', async () => {
  const { platform, rocket } = await started();
  const subject = { kind: 'repository', owner: 'acme', repo: 'rocket' } as const;
  const apply = async (state: IssueEffect['state']) => {
    const reading = await platform.open(subject, ALL);
    const present = await reading.present();
    await platform.publish(subject, [issue(state)], present);
    return (await (await platform.open(subject, ALL)).present()).issue;
  };
  expect(await apply('open')).toMatchObject({ state: 'open', isClosedBySteward: false });
  expect(await apply('closed')).toMatchObject({ state: 'closed', stateReason: 'completed', isClosedBySteward: true });
  expect(await apply('open')).toMatchObject({ state: 'open', stateReason: 'reopened' });
  expect(rocket.issues.size).toBe(1);
});

test('a repository without an issue is searched for one only once', async () => {
  const all = await started();
  const subject = { kind: 'repository', owner: 'acme', repo: 'rocket' } as const;
  const evaluate = (state: IssueEffect['state']) =>
    counting(async () => {
      const reading = await all.platform.open(subject, ALL);
      await all.platform.publish(subject, [issue(state)], await reading.present());
    });
  expect((await evaluate('closed')).calls).toMatchObject({ graphql: 1, rest: 1, writes: 0 });
  expect((await evaluate('closed')).calls).toMatchObject({ graphql: 1, rest: 0, writes: 0 });

  expect((await evaluate('open')).calls).toMatchObject({ rest: 0, writes: 1 });
  expect((await evaluate('open')).calls).toMatchObject({ graphql: 1, rest: 0, writes: 0 });
});

test.each(['open', 'closed'] as const)(
  'an issue that was opened just before a crash is found again and left %s',
  async (state) => {
    const all = await started();
    const subject = { kind: 'repository', owner: 'acme', repo: 'rocket' } as const;
    const evaluate = async (wished: IssueEffect['state']) => {
      const reading = await all.platform.open(subject, ALL);
      await all.platform.publish(subject, [issue(wished)], await reading.present());
    };
    await evaluate('closed');
    // The crash: GitHub has the issue, and its number was not remembered.
    all.forgetNext();
    await evaluate('open');
    await evaluate(state);
    expect([...all.rocket.issues.values()].map((one) => one.state)).toEqual([state]);
  },
);

test('a repository where nothing can be written is left alone', async () => {
  const all = await started();
  const { number, sha } = aPullRequest(all);
  const subject = { kind: 'pull-request', owner: 'acme', repo: 'rocket', number } as const;
  const present = await (await all.platform.open(subject, ALL)).present();
  all.world.archive(all.rocket);
  await all.platform.publish(subject, [run(sha, 'steward:1:a:none'), comment(number)], present);
  expect(all.world.checkRunsAt(all.rocket, sha)).toEqual([]);
});

test('a group stands for its subjects; only a commit does not lead GitHub to pull requests from forks', async () => {
  const all = await started();
  const { world, rocket, platform } = all;
  const { number, sha } = aPullRequest(all);
  const fork = world.fork(rocket, 'eve');
  const pushed = world.push(fork, 'other', { author: 'eve', message: 'Other', files: { other: '1\n' } });
  const other = world.openPullRequest(rocket, { head: { repository: fork, ref: 'other' }, author: 'eve' });
  const at = (name: number) => ({ kind: 'pull-request', owner: 'acme', repo: 'rocket', number: name });
  const repo = { owner: 'acme', repo: 'rocket' } as const;
  expect(await platform.expand({ kind: 'head', ...repo, sha })).toEqual([at(number)]);
  expect(await platform.expand({ kind: 'head', ...repo, sha: pushed.sha })).toEqual([]);
  expect(await platform.expand({ kind: 'pull-requests', ...repo })).toEqual([at(number), at(other.number)]);
  expect(await platform.expand({ kind: 'owner', owner: 'acme' })).toEqual([
    { kind: 'repository', ...repo },
    at(number),
    at(other.number),
  ]);
});

test('an earlier policy and a shared one are read at commits that are recorded', async () => {
  const { world, rocket, platform } = await started();
  world.push(rocket, 'main', { author: 'ada', message: 'Break the policy', files: { '.github/steward.yml': 'rules: [\n' } });
  world.organization('moon');
  world.repository({ owner: 'moon', name: 'policies', files: { 'strict.yml': 'extends: baseline\n' } });
  const reading = await platform.open({ kind: 'repository', owner: 'acme', repo: 'rocket' }, ALL);
  expect((await reading.policyHistory('repository')).map(({ text }) => text)).toEqual(['rules: [\n', 'rules: {}\n']);
  const shared = await reading.sharedPolicy({ owner: 'moon', repo: 'policies', path: 'strict.yml', ref: null });
  expect(shared).toMatchObject({ known: true, value: { text: 'extends: baseline\n', source: 'moon/policies:strict.yml' } });
  expect(shared.known && shared.value.commit).toMatch(/^[0-9a-f]{40}$/);
});

test('an audit with a personal token reads every repository of an organization', async () => {
  const { github: running, world } = await started();
  world.repository({ owner: 'acme', name: 'attic', files: { a: '1' }, isArchived: true });
  world.repository({ owner: 'acme', name: 'empty' });
  const token = world.personalToken('ada');
  const names = [];
  for await (const { repo, reading } of auditOwner({ token, owner: 'acme', baseUrl: running.url })) {
    const answer = await reading.directory('head', '');
    names.push(`${repo}: ${answer.known ? (answer.value?.length ?? 'no commit') : answer.reason}`);
  }
  expect(names).toEqual(['empty: no commit', 'rocket: 3']);
});
