/** The double's world: git ids, histories, and webhook payloads that are GitHub's. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { HANDLED } from '../src/server/webhooks.ts';
import { entryAt } from './support/github/git.ts';
import { commitsBetween, changesBetween, historyOf } from './support/github/history.ts';
import type { Account, Delivery, Repository } from './support/github/model.ts';
import { checkPayload } from './support/github/described.ts';
import type { Outcome } from './support/github/world/state.ts';
import { World } from './support/github/world/world.ts';

const UGLY = 'docs/a "b" \\ c\n.md';

function aWorld(): { world: World; ada: Account; widgets: Repository } {
  const world = new World();
  world.install('acme');
  const ada = world.user('ada', { name: 'Ada Lovelace' });
  return { world, ada, widgets: world.repository({ owner: 'acme', name: 'widgets', files: { 'README.md': '# Widgets\n' } }) };
}

test('trees have the ids that git gives them', () => {
  const world = new World();
  const files = {
    'README.md': '# hi\n',
    [UGLY]: 'ü\n',
    'a/b/c': '1',
    'a.b': '2',
    run: { executable: '#!/bin/sh\n' },
    link: { symlink: 'README.md' },
  };
  const one = world.repository({ owner: 'ada', name: 'x', files });
  const folder = mkdtempSync(join(tmpdir(), 'double-'));
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '-q');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (typeof content === 'string') writeFileSync(join(folder, path), content);
    else if ('symlink' in content) symlinkSync(content.symlink, join(folder, path));
    else writeFileSync(join(folder, path), content.executable, { mode: 0o755 });
  }
  git('add', '.');
  const head = one.objects.commits.get(one.branches.get('main')!);
  expect(head?.tree).toBe(git('write-tree'));
  rmSync(folder, { recursive: true });
});

test('the same world has the same commit ids in every run', () => {
  expect(aWorld().widgets.branches).toEqual(aWorld().widgets.branches);
});

test('a pull request adds the commits its base has not, and a merge of the base adds only itself', () => {
  const { world, ada, widgets } = aWorld();
  const base = widgets.branches.get('main')!;
  const first = world.push(widgets, 'topic', { author: ada, files: { a: '1' } }).sha;
  const main = world.push(widgets, 'main', { files: { b: '2' } }).sha;
  const merge = world.push(widgets, 'topic', { author: ada, merge: [main] }).sha;
  expect(commitsBetween(widgets.objects, main, merge).map(({ oid }) => oid)).toEqual([first, merge]);
  expect(commitsBetween(widgets.objects, base, merge).map(({ oid }) => oid)).toEqual([first, main, merge]);
});

test('changes tell added, modified, removed and renamed files', () => {
  const { world, widgets } = aWorld();
  const from = world.push(widgets, 'main', { files: { a: '1\n', b: '2\n', c: '3\n' } }).sha;
  const to = world.push(widgets, 'main', { files: { a: '9\n', [UGLY]: '2\n', d: '4\n' }, remove: ['b', 'c'] }).sha;
  expect(changesBetween(widgets.objects, from, to).map(({ path, from, status }) => [path, from, status])).toEqual([
    ['a', null, 'modified'],
    ['c', null, 'removed'],
    ['d', null, 'added'],
    [UGLY, 'b', 'renamed'],
  ]);
});

test('the history of a path holds only commits that changed it, newest first', () => {
  const { world, widgets } = aWorld();
  const first = world.push(widgets, 'main', { files: { 'docs/x': '1' } }).sha;
  world.push(widgets, 'main', { files: { y: '1' } });
  const last = world.push(widgets, 'main', { files: { 'docs/x': '2' } }).sha;
  expect(historyOf(widgets.objects, last, 'docs/x').map(({ oid }) => oid)).toEqual([last, first]);
  expect(entryAt(widgets.objects, widgets.objects.commits.get(last)!.tree, 'docs')?.type).toBe('tree');
});

test('a push to a fork tells only of the pull request, in the repository that has the App', () => {
  const { world, ada, widgets } = aWorld();
  const fork = world.fork(widgets, ada);
  world.push(fork, 'topic/ü', { author: ada, files: { a: '1' } });
  world.openPullRequest(widgets, { head: { repository: fork, ref: 'topic/ü' } });
  const { deliveries } = world.push(fork, 'topic/ü', { author: ada, files: { a: '2' } });
  expect(deliveries.map(({ event, action }) => [event, action])).toEqual([['pull_request', 'synchronize']]);
  expect(deliveries[0]?.payload.repository).toMatchObject({ full_name: 'acme/widgets' });
});

test('nothing is told of repositories that are not covered, nor to a suspended installation', () => {
  const { world, widgets } = aWorld();
  const elsewhere = world.repository({ owner: 'other', name: 'x', files: {} });
  expect(world.archive(elsewhere).deliveries).toEqual([]);
  world.suspend(world.installationOf(widgets.owner)!);
  expect(world.archive(widgets).deliveries).toEqual([]);
});

/** Everything that can happen in the world, once. */
function everything(): Delivery[] {
  const { world, ada, widgets: one } = aWorld();
  const happened: Outcome[] = [];
  const add = <T extends Outcome>(outcome: T): T => {
    happened.push(outcome);
    return outcome;
  };
  add(
    world.push(one, 'topic/ü', [
      { author: ada, files: { [UGLY]: '1' } },
      { author: ada, remove: [UGLY], merge: [] },
    ]),
  );
  const { number } = add(world.openPullRequest(one, { head: 'topic/ü', author: ada, isDraft: true }));
  add(world.push(one, 'topic/ü', { author: ada, files: { a: '2' } }, { onto: null }));
  for (const act of ['readyForReview', 'convertToDraft', 'closePullRequest', 'reopenPullRequest'] as const)
    add(world[act](one, number));
  world.push(one, 'next', { files: { n: '' } });
  add(world.changeBase(one, number, 'next'));
  add(world.editTitle(one, number, 'Another title'));
  add(world.enqueuePullRequest(one, number));
  const { comment } = add(world.comment(one, number, ada, 'Hello'));
  add(world.editComment(one, comment, 'Hello!', ada));
  add(world.deleteComment(one, comment, ada));
  const { number: issue } = add(world.openIssue(one, { title: 'An issue', author: ada }));
  add(world.closeIssue(one, issue, ada, 'not_planned'));
  add(world.reopenIssue(one, issue, ada));
  add(world.editIssue(one, issue, { title: 'Still' }, ada));
  const { run } = add(world.createCheckRun(one, { name: 'Steward', head_sha: one.branches.get('main')! }));
  add(world.updateCheckRun(one, run, { conclusion: 'neutral', output: { title: 't', summary: 's' } }));
  add(world.rerequestCheckRun(one, run, ada));
  add(world.requestAction(one, run, 'recheck', ada));
  add(world.rerequestSuite(one, run.headSha, ada));
  add(world.mergePullRequest(one, number));
  add(world.deleteBranch(one, 'topic/ü'));
  for (const act of ['archive', 'unarchive', 'privatize', 'publicize'] as const) add(world[act](one));
  add(world.rename(one, 'gadgets'));
  add(world.changeDefaultBranch(one, 'next'));
  add(world.describe(one, 'Widgets of all kinds'));
  add(world.transfer(one, world.organization('acme')));
  const { repository } = add(world.createRepository({ owner: 'acme', name: 'new' }));
  add(world.deleteRepository(repository));
  const installation = world.installationOf(one.owner)!;
  for (const act of ['suspend', 'unsuspend'] as const) add(world[act](installation, ada));
  add(world.acceptPermissions(installation));
  add(world.removeRepositories(installation, [one]));
  add(world.addRepositories(installation, [one]));
  add(world.renameAccount(installation.account, 'renamed'));
  add(world.uninstall(installation));
  return [...happened.flatMap(({ deliveries }) => deliveries), ...world.install('later').deliveries];
}

const recorded = JSON.parse(
  readFileSync(new URL('../node_modules/@octokit/webhooks-examples/api.github.com/index.json', import.meta.url), 'utf8'),
) as { name: string; examples: Record<string, unknown>[] }[];

test('every payload is valid against GitHub’s schema and has the parts of a recorded one', () => {
  const poor = everything().flatMap(({ event, action, payload }) => {
    const examples =
      recorded.find(({ name }) => name === event)?.examples.filter((one) => action === null || one.action === action) ?? [];
    const always = Object.keys(examples[0] ?? {}).filter((key) => examples.every((one) => key in one));
    const missing = always.filter((key) => !(key in payload));
    return [...checkPayload(event, action, payload), ...missing].map((problem) => `${event} ${action ?? ''}: ${problem}`);
  });
  expect(poor).toEqual([]);
});

test('the world can tell of every event that Steward listens to', () => {
  const told = new Set(everything().map(({ event, action }) => (action === null ? event : `${event}.${action}`)));
  const others = [
    'pull_request.closed',
    'installation_repositories.removed',
    'repository.archived',
    'repository.deleted',
    'issue_comment.edited',
  ];
  const wanted = [...HANDLED, ...others];
  expect(wanted.filter((name) => !told.has(name))).toEqual([]);
});
