/** Repositories: the one issue of each, and what becomes of it when they are renamed, archived, installed on or left. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Repository } from '../support/github/model.ts';
import { aStage, MIT, signedOff, unsigned, WELL, without, type Stage } from '../support/stage.ts';

const POLICY = `rules:
  dco: { enforce: block }
  license-file: { enforce: block, allow: [MIT] }
  required-files: { enforce: warn, files: [readme, security] }
`;
const NO_SECURITY = without(WELL, 'SECURITY.md');
const BARE = without(NO_SECURITY, 'LICENSE');
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

const shown = (one: Repository) =>
  stage.issues(one).map(({ state, stateReason, body }) => [state, stateReason, /^\*\*(.*?)\.?\*\*/m.exec(body ?? '')?.[1]]);
const commit = (files: Readonly<Record<string, string>>) => ({ author: 'ada', message: 'A push', files });

test('one issue is opened, kept current in place, closed when all is settled, and opened again', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme, { files: BARE });
  expect(shown(widgets)).toEqual([['open', null, '1 to fix, 1 to consider']]);
  expect(stage.issues(widgets)[0]).toMatchObject({ title: `Open source upkeep for ${widgets.name}` });

  await stage.push(widgets, 'main', commit({ LICENSE: MIT }));
  expect(shown(widgets)).toEqual([['open', null, '1 to consider']]);
  await stage.push(widgets, 'main', commit({ 'docs/SECURITY.md': 'Write to us.\n' }));
  expect(shown(widgets)).toEqual([['closed', 'completed', 'All settled']]);
  await stage.push(widgets, 'main', { author: 'ada', message: 'Oh', remove: ['docs/SECURITY.md'] });
  expect(shown(widgets)).toEqual([['open', 'reopened', '1 to consider']]);
});

test('a push that changes nothing about the result costs two calls, one for the names of all files, and touches no issue', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme, { files: NO_SECURITY });
  const before = stage.issues(widgets).map((issue) => ({ ...issue }));
  await stage.push(widgets, 'main', commit({ 'src/a.ts': '1\n' }));
  const mark = stage.github.log.mark();
  for (const name of ['b', 'c', 'd']) await stage.push(widgets, 'main', commit({ [`src/${name}.ts`]: '1\n' }));
  const push = ['graphql', 'git/get-tree'];
  expect(stage.calls(mark)).toEqual([...push, ...push, ...push]);
  expect(stage.issues(widgets)).toEqual(before);
});

test('an issue that a person closed as not planned is left alone for good', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme, { files: NO_SECURITY });
  await stage.deliver(stage.world.closeIssue(widgets, 1, 'ada', 'not_planned'));
  const before = { ...stage.issues(widgets)[0] };
  await stage.push(widgets, 'main', { author: 'ada', message: 'Worse', remove: ['LICENSE'] });
  await stage.push(widgets, 'main', commit({ LICENSE: MIT, 'SECURITY.md': 'Write to us.\n' }));
  expect(stage.issues(widgets)).toEqual([before]);
});

test('an issue that a person closed as completed too early is opened again once, and then left alone', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme, { files: NO_SECURITY });
  await stage.deliver(stage.world.closeIssue(widgets, 1, 'ada'));
  await stage.push(widgets, 'main', commit({ a: '1\n' }));
  expect(shown(widgets)).toEqual([['open', 'reopened', '1 to consider']]);
  await stage.deliver(stage.world.closeIssue(widgets, 1, 'ada'));
  await stage.push(widgets, 'main', commit({ a: '2\n' }));
  expect(shown(widgets)).toMatchObject([['closed', 'completed', '1 to consider']]);
});

test('where issues are switched off none is opened, and nothing is asked again and again', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme, { files: NO_SECURITY, hasIssues: false });
  expect(widgets.issues.size).toBe(0);
  const mark = stage.github.log.mark();
  await stage.later(24 * 60);
  expect(stage.calls(mark, acme.installation)).toEqual([]);
  expect(await stage.running.services.memory.jobs.counts()).toMatchObject({ waiting: 0, dead: 0 });
});

test('an archived repository is left as it is, and looked at again when it comes back', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme, { files: NO_SECURITY, isArchived: true });
  const { number, deliveries } = stage.world.openIssue(widgets, { title: 'Hello', author: 'ada' });
  await stage.deliver({ deliveries }, stage.world.comment(widgets, number, 'ada', '/steward recheck'));
  expect(stage.issues(widgets)).toEqual([]);
  await stage.deliver(stage.world.unarchive(widgets));
  expect(shown(widgets)).toEqual([['open', null, '1 to consider']]);
});

test('a repository without commits is nothing to judge, until its first commit', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const { repository: empty, deliveries } = stage.world.createRepository({ owner: acme.account, name: 'empty' });
  const answers = await stage.deliver({ deliveries });
  expect(answers.map(({ status }) => status)).toEqual([200]);
  expect(empty.issues.size).toBe(0);
  await stage.push(empty, 'main', commit({ 'README.md': '# Empty no more\n', LICENSE: MIT }));
  expect(shown(empty)).toEqual([['open', null, '1 to consider']]);
  expect(await stage.running.services.memory.jobs.counts()).toMatchObject({ dead: 0 });
});

test('a default branch with slashes and unicode works, for the repository and for its pull requests', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const defaultBranch = 'release/ünïcode/日本語#1 & "more"'.replaceAll(' ', '-');
  const widgets = await stage.repository(acme, { files: NO_SECURITY, defaultBranch });
  expect(shown(widgets)).toEqual([['open', null, '1 to consider']]);
  await stage.push(widgets, defaultBranch, commit({ 'SECURITY.md': 'Write to us.\n' }));
  expect(shown(widgets)).toEqual([['closed', 'completed', 'All settled']]);
  const { sha } = await stage.pullRequest(widgets, [unsigned(), signedOff()], { head: "fix/it's-ok/ñ/$(touch-x)" });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (1 of 2 commits needs a sign-off)']);
  expect(stage.run(widgets, sha).summary).toMatch(/git rebase --signoff [0-9a-f]{40}\n/);
});

test('another default branch is judged as soon as it is one', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme);
  await stage.push(widgets, 'next', { author: 'ada', message: 'Leaner', remove: ['SECURITY.md'] });
  expect(shown(widgets)).toEqual([]);
  await stage.deliver(stage.world.changeDefaultBranch(widgets, 'next'));
  expect(shown(widgets)).toEqual([['open', null, '1 to consider']]);
});

test('installing looks at every repository and every open pull request', async () => {
  const { world } = stage;
  const account = world.organization('newcomer');
  const widgets = world.repository({ owner: account, name: 'widgets', files: NO_SECURITY });
  const gadgets = world.repository({ owner: account, name: 'gadgets', files: WELL });
  world.repository({ owner: account, name: '.github', files: { '.github/steward.yml': POLICY } });
  world.repository({ owner: account, name: 'attic', files: BARE, isArchived: true });
  world.repository({ owner: account, name: 'empty' });
  const { sha } = world.push(gadgets, 'topic', unsigned());
  const { number } = world.openPullRequest(gadgets, { head: 'topic', author: 'ada' });
  const closed = world.push(gadgets, 'old', unsigned());
  world.closePullRequest(gadgets, world.openPullRequest(gadgets, { head: 'old', author: 'ada' }).number);

  await stage.deliver(world.install(account));
  expect(shown(widgets)).toEqual([['open', null, '1 to consider']]);
  expect(shown(gadgets)).toEqual([]);
  expect(stage.checks(gadgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  expect(stage.comments(gadgets, number)).toHaveLength(1);
  expect(stage.checks(gadgets, closed.sha)).toEqual([]);
});

test('repositories that are added later are looked at, those that were not chosen are not', async () => {
  const { world } = stage;
  const account = world.organization('chooser');
  const first = world.repository({ owner: account, name: 'first', files: WELL });
  const second = world.repository({ owner: account, name: 'second', files: NO_SECURITY });
  const policies = world.repository({ owner: account, name: '.github', files: { '.github/steward.yml': POLICY, ...WELL } });
  const { sha } = world.push(second, 'topic', unsigned());
  const { number } = world.openPullRequest(second, { head: 'topic', author: 'ada' });
  const { installation, deliveries } = world.install(account, { repositories: [first, policies] });
  await stage.deliver({ deliveries });
  expect([shown(second), stage.checks(second, sha)]).toEqual([[], []]);
  await stage.deliver(world.addRepositories(installation, [second]));
  expect(stage.checks(second, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  expect(stage.comments(second, number)).toHaveLength(1);
});

test('where Steward was removed nothing more happens, not even for deliveries under way', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme);
  const pushed = stage.world.push(widgets, 'topic', unsigned());
  const late = stage.world.openPullRequest(widgets, { head: 'topic', author: 'ada' });
  await stage.deliver(stage.world.uninstall(acme.installation));
  const mark = stage.github.log.mark();
  await stage.deliver(pushed, late);
  await stage.later(60);
  expect(stage.github.log.writes(mark)).toEqual([]);
  expect(widgets.checkRuns.size).toBe(0);
  expect(await stage.running.services.memory.jobs.counts()).toMatchObject({ waiting: 0, dead: 0 });
});

test('while it is suspended nothing happens; taken up again, everything is looked at', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme);
  await stage.deliver(stage.world.suspend(acme.installation));
  const mark = stage.github.log.mark();
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.calls(mark)).toEqual([]);
  await stage.deliver(stage.world.unsuspend(acme.installation));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
});

test('a renamed repository keeps its issue, its comment and what is remembered of it', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme, { files: NO_SECURITY });
  const { number, branch } = await stage.pullRequest(widgets, unsigned());
  const before = widgets.name;
  await stage.deliver(stage.world.rename(widgets, 'gizmos-renamed'));
  await stage.push(widgets, branch, unsigned({ message: 'Another' }));
  expect(stage.comments(widgets, number).map(({ body }) => body.includes(before))).toEqual([false]);
  const mark = stage.github.log.mark();
  const sha = await stage.push(widgets, branch, unsigned({ message: 'A third' }));
  expect(stage.calls(mark)).toEqual(['graphql', 'checks/create']);
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (3 of 3 commits need a sign-off)']);
  expect(stage.issues(widgets).map(({ title }) => title)).toEqual(['Open source upkeep for gizmos-renamed']);
  expect(
    await stage.running.services.memory.lastVerdict({ kind: 'repository', owner: acme.account.login, repo: before }),
  ).toBeNull();
});

test('a job that still has the old name finds the repository under its new one', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme);
  stage.world.push(widgets, 'topic', unsigned());
  const opened = stage.world.openPullRequest(widgets, { head: 'topic', author: 'ada' });
  stage.world.rename(widgets, `moved-${widgets.name}`);
  await stage.deliver(opened);
  expect(stage.checks(widgets, opened.pull.head.sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  expect(stage.comments(widgets, opened.number)).toHaveLength(1);
});

test('a transferred repository is judged by the policy of its new owner, with the issue it had', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const moon = await stage.organization({ policy: 'rules: { dco: { enforce: warn } }' });
  const widgets = await stage.repository(acme, { files: NO_SECURITY });
  const { number, branch, sha: before } = await stage.pullRequest(widgets, unsigned());
  await stage.deliver(stage.world.transfer(widgets, moon.account));
  expect(stage.checks(widgets, before)).toEqual(['Steward: neutral (The commit needs a sign-off)']);
  expect(shown(widgets)).toEqual([['closed', 'completed', 'All settled']]);
  const sha = await stage.push(widgets, branch, unsigned({ message: 'Another' }));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: neutral (2 of 2 commits need a sign-off)']);
  expect(stage.comments(widgets, number)).toHaveLength(1);
});

test('a repository that is deleted while it waits is dropped quietly', async () => {
  const acme = await stage.organization({ policy: POLICY });
  const widgets = await stage.repository(acme);
  const pushed = stage.world.push(widgets, 'main', commit({ a: '1\n' }));
  const deleted = stage.world.deleteRepository(widgets);
  await stage.deliver(pushed, deleted);
  expect(await stage.running.services.memory.jobs.counts()).toMatchObject({ waiting: 0, dead: 0 });
});
