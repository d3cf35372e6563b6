/** What a maintainer would expect of forks, drafts, queues, shared commits and people who ask again. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aStage, signedOff, unsigned, type Stage } from '../support/stage.ts';

const BLOCKING = 'rules: { dco: { enforce: block } }\n';
const UNSIGNED = 'Steward: failure (The commit needs a sign-off)';
const WELL_DONE = 'Steward: success (The one rule passes)';
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

async function aPlace() {
  const acme = await stage.organization({ policy: BLOCKING });
  return { acme, widgets: await stage.repository(acme), owner: acme.account.login };
}

async function aFork() {
  const place = await aPlace();
  const fork = stage.world.fork(place.widgets, stage.world.user(`eve-of-${place.owner}`));
  return { ...place, fork };
}

test('a pull request from a fork is judged, shown and told how to fix in the words of a fork', async () => {
  const { widgets, fork } = await aFork();
  const { number, sha, branch } = await stage.pullRequest(widgets, [unsigned(), signedOff()], {
    head: { repository: fork, ref: 'topic' },
  });
  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (1 of 2 commits needs a sign-off)']);
  // Nothing is fetched: `origin` of a fork is the fork, and its branches may be old.
  expect(stage.run(widgets, sha).summary).toMatch(/git rebase --signoff [0-9a-f]{40}\ngit push --force-with-lease/);
  expect(stage.comments(widgets, number)).toHaveLength(1);
  const fixed = stage.world.push(fork, branch, signedOff(), { onto: fork.branches.get('main') ?? null });
  await stage.deliver(fixed);
  expect(stage.checks(widgets, fixed.sha)).toEqual([WELL_DONE]);
});

test('a check on a fork asked for again is found by its commit, for GitHub names no pull request', async () => {
  const { widgets, fork } = await aFork();
  const { number, sha } = await stage.pullRequest(widgets, unsigned(), { head: { repository: fork, ref: 'topic' } });
  const [comment] = stage.comments(widgets, number);
  if (comment) await stage.deliver(stage.world.deleteComment(widgets, comment, 'ada'));
  const asked = stage.world.rerequestCheckRun(widgets, stage.run(widgets, sha), 'ada');
  expect(asked.deliveries[0]?.payload).toMatchObject({ check_run: { pull_requests: [] } });
  const mark = stage.github.log.mark();
  await stage.deliver(asked);
  expect(stage.calls(mark)).toEqual(['repos/list-pull-requests-associated-with-commit', 'graphql', 'issues/create-comment']);
  expect(stage.comments(widgets, number)).toHaveLength(1);
});

test('asking for all checks again looks again, and changes nothing that is right', async () => {
  const { widgets } = await aPlace();
  const { sha } = await stage.pullRequest(widgets, unsigned());
  const mark = stage.github.log.mark();
  await stage.deliver(stage.world.rerequestSuite(widgets, sha, 'ada'));
  expect(stage.calls(mark)).toEqual(['repos/list-pull-requests-associated-with-commit', 'graphql']);
  expect(stage.run(widgets, sha).writes).toBe(1);
});

test('"/steward recheck" looks again; other words and other bots do not', async () => {
  const { widgets } = await aPlace();
  const { number } = await stage.pullRequest(widgets, unsigned());
  const mark = stage.github.log.mark();
  for (const body of ['steward recheck', 'please /steward recheck', '> /steward recheck', '`/steward recheck`']) {
    await stage.deliver(stage.world.comment(widgets, number, 'ada', body));
  }
  await stage.deliver(stage.world.comment(widgets, number, stage.world.bot('other'), '/steward recheck'));
  expect(stage.calls(mark)).toEqual([]);
  await stage.deliver(stage.world.comment(widgets, number, 'ada', 'Now signed.\n\n/steward recheck'));
  expect(stage.calls(mark)).toEqual(['graphql']);
});

test('what people say by button or command is kept with who said it', async () => {
  const { widgets, owner } = await aPlace();
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  const ada = stage.world.user('ada');
  await stage.deliver(stage.world.requestAction(widgets, stage.run(widgets, sha), 'override-dco', ada));
  await stage.deliver(stage.world.comment(widgets, number, ada, '/steward override dco because it is a typo'));
  const { memory } = stage.running.services;
  const repo = widgets.name;
  const by = { accountId: ada.id, login: 'ada' };
  expect(await memory.inputs({ kind: 'pull-request', owner, repo, number })).toMatchObject([
    { kind: 'command', text: 'override dco because it is a typo', ...by },
  ]);
  expect(await memory.inputs({ kind: 'head', owner, repo, sha })).toMatchObject([
    { kind: 'action', text: 'override-dco', ...by },
  ]);
});

test('a draft is judged like any other, and its being ready changes nothing', async () => {
  const { widgets } = await aPlace();
  const { number, sha } = await stage.pullRequest(widgets, unsigned(), { isDraft: true });
  expect(stage.checks(widgets, sha)).toEqual([UNSIGNED]);
  const mark = stage.github.log.mark();
  await stage.deliver(stage.world.readyForReview(widgets, number));
  expect(stage.calls(mark)).toEqual(['graphql']);
});

test('a pull request that was closed before it was looked at is not judged; reopened, it is', async () => {
  const { widgets } = await aPlace();
  const pushed = stage.world.push(widgets, 'topic', unsigned());
  const opened = stage.world.openPullRequest(widgets, { head: 'topic', author: 'ada' });
  const closed = stage.world.closePullRequest(widgets, opened.number);
  await stage.deliver(pushed, opened, closed);
  expect(stage.checks(widgets, pushed.sha)).toEqual([]);
  expect(stage.comments(widgets, opened.number)).toEqual([]);
  await stage.deliver(stage.world.reopenPullRequest(widgets, opened.number));
  expect(stage.checks(widgets, pushed.sha)).toEqual([UNSIGNED]);
});

test('closing a pull request that was judged costs nothing', async () => {
  const { widgets } = await aPlace();
  const { number } = await stage.pullRequest(widgets, unsigned());
  const mark = stage.github.log.mark();
  await stage.deliver(stage.world.closePullRequest(widgets, number));
  expect(stage.calls(mark)).toEqual([]);
});

test('another base is another judgment: its policy and its files count', async () => {
  const { widgets } = await aPlace();
  await stage.push(widgets, 'strict', {
    author: 'ada',
    message: 'Ask for a changelog',
    files: {
      '.github/steward.yml': 'rules: { required-files: { enforce: block, files: [changelog] } }\n',
      'CHANGELOG.md': '1.0\n',
    },
  });
  const { number, sha } = await stage.pullRequest(widgets, signedOff());
  expect(stage.checks(widgets, sha)).toEqual([WELL_DONE]);
  await stage.deliver(stage.world.changeBase(widgets, number, 'strict'));
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (Both rules pass)']);
});

test('where two pull requests share a commit its check shows the worst; when that one is closed, the check turns', async () => {
  const { widgets } = await aPlace();
  const { sha: first } = stage.world.push(widgets, 'lower', unsigned());
  await stage.deliver(stage.world.push(widgets, 'topic', signedOff(), { onto: first }));
  const sha = widgets.branches.get('topic') ?? '';
  const good = stage.world.openPullRequest(widgets, { head: 'topic', base: 'lower', author: 'ada' });
  await stage.deliver(good);
  expect(stage.checks(widgets, sha)).toEqual([WELL_DONE]);
  const bad = stage.world.openPullRequest(widgets, { head: 'topic', base: 'main', author: 'ada' });
  await stage.deliver(bad);
  expect(stage.checks(widgets, sha)).toEqual([`Steward: failure (#${bad.number}: 1 of 2 commits needs a sign-off)`]);
  expect(stage.run(widgets, sha).summary).toContain('2 open pull requests share this commit, and so this check.');
  expect([good, bad].map(({ number }) => stage.comments(widgets, number).length)).toEqual([0, 1]);
  await stage.deliver(stage.world.closePullRequest(widgets, bad.number));
  expect(stage.checks(widgets, sha)).toEqual([WELL_DONE]);
  expect(widgets.checkRuns.size).toBe(1);
});

test('a push that leaves a shared commit behind gives the check on it back to the pull request that stays', async () => {
  const { widgets } = await aPlace();
  const { number, sha, branch } = await stage.pullRequest(widgets, unsigned());
  stage.world.push(widgets, 'other', [], { onto: sha });
  const other = stage.world.openPullRequest(widgets, { head: 'other', author: 'ada', title: 'The other' });
  await stage.deliver(other);
  expect(stage.run(widgets, sha).summary).toContain('2 open pull requests share this commit, and so this check.');
  await stage.push(widgets, branch, unsigned({ message: 'Second' }));
  expect(stage.run(widgets, sha).summary).not.toContain('share this commit');
  expect([stage.comments(widgets, number).length, stage.comments(widgets, other.number).length]).toEqual([1, 1]);
});

test('two pull requests that share a commit and are told of at the same time end in one check with the worst', async () => {
  const { widgets } = await aPlace();
  const { sha: first } = stage.world.push(widgets, 'lower', unsigned());
  const { sha } = stage.world.push(widgets, 'topic', signedOff(), { onto: first });
  const both = ['lower', 'main'].map((base) => stage.world.openPullRequest(widgets, { head: 'topic', base, author: 'ada' }));
  stage.world.latency = 50;
  await Promise.all(both.map(({ deliveries }) => stage.github.deliver(deliveries)));
  await stage.settled();
  stage.world.latency = 0;
  await stage.later(1);
  expect(stage.checks(widgets, sha)).toEqual([`Steward: failure (#${both[1]?.number ?? 0}: 1 of 2 commits needs a sign-off)`]);
  expect(stage.world.checkRunsAt(widgets, sha)).toHaveLength(1);
  expect(both.map(({ number }) => stage.comments(widgets, number).length)).toEqual([0, 1]);
});

test('in a merge queue the pull request is judged, and the check stands on the commit of the group', async () => {
  const { widgets } = await aPlace();
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  const queued = stage.world.enqueuePullRequest(widgets, number);
  const mark = stage.github.log.mark();
  await stage.deliver(queued);
  expect(stage.checks(widgets, queued.sha)).toEqual([UNSIGNED]);
  expect(stage.checks(widgets, sha)).toEqual([UNSIGNED]);
  expect(stage.comments(widgets, number)).toHaveLength(1);
  expect(stage.calls(mark).filter((call) => call !== 'graphql')).toEqual(['checks/create']);
});

test('a merge queue on a base with slashes and unicode is understood', async () => {
  const { widgets } = await aPlace();
  await stage.push(widgets, 'release/ünïcode/1', signedOff());
  const { number } = await stage.pullRequest(widgets, signedOff({ message: 'Other' }), { base: 'release/ünïcode/1' });
  const queued = stage.world.enqueuePullRequest(widgets, number);
  await stage.deliver(queued);
  expect(stage.run(widgets, queued.sha).conclusion).toBe('success');
});

test('the check of a merge group asked for again is looked at again', async () => {
  const { widgets } = await aPlace();
  const { number } = await stage.pullRequest(widgets, unsigned());
  const queued = stage.world.enqueuePullRequest(widgets, number);
  await stage.deliver(queued);
  const mark = stage.github.log.mark();
  await stage.deliver(stage.world.rerequestCheckRun(widgets, stage.run(widgets, queued.sha)));
  expect(stage.calls(mark).filter((call) => call === 'graphql').length).toBeGreaterThan(0);
  expect(stage.github.log.writes(mark)).toEqual([]);
});

test('merging settles the pull request and looks at the repository', async () => {
  const { widgets } = await aPlace();
  const { number, sha } = await stage.pullRequest(widgets, signedOff());
  const mark = stage.github.log.mark();
  await stage.deliver(stage.world.mergePullRequest(widgets, number));
  expect(stage.calls(mark)).toEqual(['graphql', 'git/get-tree']);
  expect(stage.checks(widgets, sha)).toEqual([WELL_DONE]);
});

test('a comment that somebody deleted comes back only when it is needed', async () => {
  const { widgets } = await aPlace();
  const { number, branch } = await stage.pullRequest(widgets, unsigned());
  const [comment] = stage.comments(widgets, number);
  if (comment) await stage.deliver(stage.world.deleteComment(widgets, comment, 'ada'));
  await stage.push(widgets, branch, unsigned({ message: 'More' }));
  expect(stage.comments(widgets, number)).toHaveLength(1);
});

test('the comment is found among more than a hundred others', async () => {
  const { widgets } = await aPlace();
  const { number, branch } = await stage.pullRequest(widgets, signedOff());
  for (let index = 0; index < 130; index += 1) stage.world.comment(widgets, number, 'ada', `Comment ${index}`);
  await stage.push(widgets, branch, unsigned({ message: 'More' }));
  expect(stage.comments(widgets, number)).toHaveLength(1);
  await stage.push(widgets, branch, signedOff(), { onto: widgets.branches.get('main') ?? null });
  expect(stage.comments(widgets, number).map(({ body }) => body.includes('All well'))).toEqual([true]);
});

test('a comment that GitHub refuses does not stand in the way of the check', async () => {
  const { widgets, acme } = await aPlace();
  stage.github.trouble({ kind: 'status', status: 403, on: 'issues/create-comment', installation: acme.installation.id });
  const { sha } = await stage.pullRequest(widgets, unsigned());
  expect(stage.checks(widgets, sha)).toEqual([UNSIGNED]);
});
