/** Pull requests, from the delivery to what people see, over real HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aStage, signedOff, unsigned, WELL, type Stage } from '../support/stage.ts';

const BLOCKING = 'rules: { dco: { enforce: block } }\n';
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  expect(await stage.close()).toEqual([]);
});

test('a commit without sign-off fails with the command that fixes it; the fix turns the check and edits the one comment', async () => {
  const acme = await stage.organization({ policy: BLOCKING });
  const widgets = await stage.repository(acme);
  const { number, sha, branch } = await stage.pullRequest(widgets, unsigned());

  expect(stage.checks(widgets, sha)).toEqual(['Steward: failure (The commit needs a sign-off)']);
  expect(stage.run(widgets, sha)).toMatchObject({ status: 'completed', writes: 1 });
  expect(stage.run(widgets, sha).summary).toContain('git commit --amend --signoff --no-edit\ngit push --force-with-lease');
  const [comment] = stage.comments(widgets, number);
  expect(comment?.body).toMatch(/^<!-- steward:comment -->\n### This pull request needs a fix\n/);

  const fixed = await stage.push(widgets, branch, signedOff(), { onto: widgets.branches.get('main') ?? null });
  expect(stage.checks(widgets, fixed)).toEqual(['Steward: success (The one rule passes)']);
  expect(stage.comments(widgets, number)).toEqual([comment]);
  expect(comment?.body).toMatch(/^<!-- steward:comment -->\n### ✅ All well\n/);
});

test('all well from the start is one check run and no comment', async () => {
  const acme = await stage.organization({ policy: BLOCKING });
  const widgets = await stage.repository(acme);
  const { number, sha } = await stage.pullRequest(widgets, signedOff());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (The one rule passes)']);
  expect(widgets.checkRuns.size).toBe(1);
  expect(stage.comments(widgets, number)).toEqual([]);
});

test('in the steady state a push costs two calls: one query and one check run', async () => {
  const acme = await stage.organization({ policy: BLOCKING });
  const widgets = await stage.repository(acme);
  const { branch } = await stage.pullRequest(widgets, signedOff());
  for (const commit of [signedOff({ message: 'Second' }), unsigned({ message: 'Third' }), signedOff({ message: 'Fourth' })]) {
    await stage.push(widgets, branch, commit);
  }
  const mark = stage.github.log.mark();
  await stage.push(widgets, branch, unsigned({ message: 'Fifth' }));
  await stage.push(widgets, branch, signedOff({ message: 'Sixth' }));
  expect(stage.calls(mark)).toEqual(['graphql', 'checks/create', 'graphql', 'checks/create']);
});

test('the steady state is as cheap when every rule is asked for', async () => {
  const policy =
    'rules: { dco: { enforce: block }, license-file: { enforce: block, allow: [MIT] }, required-files: { enforce: warn } }';
  const acme = await stage.organization({ policy });
  const widgets = await stage.repository(acme, { files: { ...WELL, 'CODE_OF_CONDUCT.md': 'Be kind.\n' } });
  const { branch, sha } = await stage.pullRequest(widgets, signedOff());
  expect(stage.checks(widgets, sha)).toEqual(['Steward: success (All 3 rules pass)']);
  const mark = stage.github.log.mark();
  await stage.push(widgets, branch, signedOff({ message: 'Second' }));
  expect(stage.calls(mark)).toEqual(['graphql', 'checks/create']);
});

test('twenty pushes that change nothing about the result are twenty checks, one comment and no edit', async () => {
  const acme = await stage.organization({ policy: BLOCKING });
  const widgets = await stage.repository(acme);
  const { number, sha, branch } = await stage.pullRequest(widgets, unsigned());
  const [before] = stage.comments(widgets, number).map((comment) => ({ ...comment }));
  const shas = [sha];
  const mark = stage.github.log.mark();
  for (let push = 1; push <= 20; push += 1) {
    shas.push(await stage.push(widgets, branch, unsigned({ message: `Push ${push}`, files: { [`src/${push}.ts`]: '1\n' } })));
  }
  expect(stage.comments(widgets, number)).toEqual([before]);
  expect(new Set(stage.calls(mark))).toEqual(new Set(['graphql', 'checks/create']));
  expect(stage.calls(mark)).toHaveLength(40);
  expect([...widgets.checkRuns.values()].map((run) => [run.headSha, run.conclusion, run.writes])).toEqual(
    shas.map((head) => [head, 'failure', 1]),
  );
});

test('the same delivery twice changes nothing', async () => {
  const acme = await stage.organization({ policy: BLOCKING });
  const widgets = await stage.repository(acme);
  stage.world.push(widgets, 'topic', unsigned());
  const opened = stage.world.openPullRequest(widgets, { head: 'topic', author: 'ada' });
  await stage.deliver(opened);
  const mark = stage.github.log.mark();
  const [again] = await stage.deliver(opened);
  expect(again).toMatchObject({ status: 200 });
  expect(stage.calls(mark)).toEqual([]);
  expect(widgets.checkRuns.size).toBe(1);
  expect(stage.comments(widgets, opened.number)).toHaveLength(1);
});

test('ten pushes in a row cost at most two evaluations', async () => {
  const acme = await stage.organization({ policy: BLOCKING });
  const widgets = await stage.repository(acme);
  const { branch, number } = await stage.pullRequest(widgets, unsigned());
  const pushes = Array.from({ length: 10 }, (_, index) =>
    stage.world.push(widgets, branch, unsigned({ message: `Push ${index}`, files: { [`${index}`]: '1\n' } })),
  );
  const mark = stage.github.log.mark();
  stage.world.latency = 300;
  await Promise.all(pushes.map(({ deliveries }) => stage.github.deliver(deliveries)));
  stage.world.latency = 0;
  await stage.settled();
  expect(stage.calls(mark).filter((call) => call === 'graphql').length).toBeLessThanOrEqual(2);
  expect(stage.checks(widgets, pushes.at(-1)?.sha ?? '')).toEqual(['Steward: failure (11 of 11 commits need a sign-off)']);
  expect(stage.comments(widgets, number)).toHaveLength(1);
});

test('deliveries that mean nothing cause no call at all', async () => {
  const acme = await stage.organization({ policy: BLOCKING });
  const widgets = await stage.repository(acme);
  const { number, sha } = await stage.pullRequest(widgets, unsigned());
  const issue = stage.world.openIssue(widgets, { title: 'A question', author: 'ada' });
  const { installation } = acme;
  const about = {
    repository: { name: widgets.name, full_name: `${acme.account.login}/${widgets.name}`, owner: { login: acme.account.login } },
    installation: { id: installation.id },
    sender: { login: 'ada', id: 1, type: 'User' },
  };
  const run = stage.run(widgets, sha);
  const foreign = stage.world.createCheckRun(widgets, { name: 'CI', head_sha: sha, status: 'queued' }, 99).run;
  const answers: number[] = [];
  const mark = stage.github.log.mark();
  const told = await stage.deliver(
    stage.world.editTitle(widgets, number, 'Another title'),
    stage.world.convertToDraft(widgets, number),
    stage.world.comment(widgets, number, 'ada', 'Looks good'),
    stage.world.comment(widgets, issue.number, 'ada', 'What about this?'),
    stage.world.push(widgets, 'another-branch', signedOff()),
    stage.world.deleteBranch(widgets, 'another-branch'),
    stage.world.archive(widgets),
  );
  answers.push(...told.map(({ status }) => status));
  for (const [event, payload] of Object.entries({
    ping: { zen: 'Keep it simple.', hook_id: 1, hook: {} },
    star: { action: 'created', starred_at: '2026-01-01T00:00:00Z', ...about },
    label: { action: 'created', label: { name: 'bug' }, ...about },
    pull_request: { action: 'labeled', number, pull_request: { number, state: 'open' }, ...about },
    check_run: { action: 'rerequested', check_run: { id: foreign.id, head_sha: sha, app: { id: 99 } }, ...about },
    check_suite: {
      action: 'completed',
      check_suite: { id: run.suite.id, head_sha: sha, app: { id: stage.world.app.id } },
      ...about,
    },
    issues: { action: 'opened', issue: { number: issue.number }, ...about },
    event_of_the_future: { action: 'imagined', ...about },
  }))
    answers.push((await stage.event(event, payload)).status);
  expect(answers.filter((status) => status !== 200 && status !== 202)).toEqual([]);
  expect(stage.calls(mark)).toEqual([]);
  expect(stage.github.log.since(mark, 'apps/create-installation-access-token')).toEqual([]);
});

test('reading uses tokens that can only read; only what is published is written with, one permission at a time', async () => {
  const policy = 'rules: { dco: { enforce: block }, required-files: { enforce: warn, files: [changelog] } }';
  const acme = await stage.organization({ policy });
  const widgets = await stage.repository(acme);
  await stage.pullRequest(widgets, unsigned());
  const { entries } = stage.github.log;
  const own = entries.filter((entry) => entry.installation === acme.installation.id);
  const levels = (operation: string) => [
    ...new Set(own.filter(({ operationId }) => operationId === operation).map(({ permissions }) => JSON.stringify(permissions))),
  ];
  const reading = own.filter(({ operationId, method }) => operationId === 'graphql' || method === 'GET');
  expect(reading.length).toBeGreaterThan(3);
  expect(reading.flatMap(({ permissions }) => Object.values(permissions ?? {})).filter((level) => level !== 'read')).toEqual([]);
  expect(levels('checks/create')).toEqual(['{"metadata":"read","checks":"write"}']);
  expect(levels('issues/create-comment')).toEqual(['{"metadata":"read","pull_requests":"write"}']);
  expect(levels('issues/create')).toEqual(['{"metadata":"read","issues":"write"}']);
});

test('where nothing is published no token that can write is minted', async () => {
  const acme = await stage.organization({ policy: BLOCKING });
  await stage.repository(acme);
  const minted = stage.github.log.calls(
    ({ operationId, url }) =>
      operationId === 'apps/create-installation-access-token' && url.includes(`/${acme.installation.id}/`),
  );
  expect(minted.map(({ body }) => (body as { permissions: object }).permissions)).toEqual([
    { checks: 'read', contents: 'read', issues: 'read', metadata: 'read', pull_requests: 'read' },
  ]);
});
