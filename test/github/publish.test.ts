/** Wished end states are sent once and in GitHub's portions; ordinary refusals are told, faults are thrown. */
import { describe, expect, test } from '@jest/globals';
import nock from 'nock';
import type { CheckRunEffect, CommentEffect, Effect, IssueEffect, Present } from '../../src/views/effect.ts';
import type { Skipped } from '../../src/github/refusal.ts';
import { counting } from '../../src/github/calls.ts';
import { API, HEAD, PULL, REPOSITORY, mints, platform, wired } from './wire.ts';

wired();

const NOTHING: Present = { checkRuns: [], comment: null, issue: null, siblings: [1] };

const run: CheckRunEffect = {
  kind: 'check-run',
  name: 'Steward',
  sha: HEAD,
  conclusion: 'failure',
  title: 'One step is left',
  summary: 'What is so',
  text: 'How to fix it',
  annotations: [],
  detailsUrl: 'https://steward.example.com/acme/rocket/1',
  externalId: 'steward:1:x:none',
};
const comment: CommentEffect = { kind: 'comment', number: 1, body: '<!-- steward:comment -->\nx', mode: 'upsert' };
const issue: IssueEffect = { kind: 'issue', title: 'What is left', body: '<!-- steward:issue -->\nx', state: 'open' };

async function send(effects: readonly Effect[], present = NOTHING) {
  const skipped: Skipped[] = [];
  const made = platform({ onSkipped: (_subject, one) => skipped.push(one) });
  const { calls } = await counting(() => made.platform.publish(PULL, effects, present));
  return { skipped, writes: calls.writes, requests: calls.writes + calls.rest + calls.graphql };
}

const annotations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    path: 'NOTICE',
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: 'failure' as const,
    message: 'm',
    title: 't',
  }));

test('a new check run is one request, completed at once', async () => {
  mints();
  let sent: unknown;
  nock(API)
    .post('/repos/acme/rocket/check-runs', (body) => ((sent = body), true))
    .reply(201, { id: 5 });
  expect(await send([run])).toEqual({ skipped: [], writes: 1, requests: 1 });
  expect(sent).toEqual({
    name: 'Steward',
    head_sha: HEAD,
    status: 'completed',
    conclusion: 'failure',
    completed_at: '2026-03-01T12:00:00.000Z',
    external_id: 'steward:1:x:none',
    details_url: 'https://steward.example.com/acme/rocket/1',
    actions: [],
    output: { title: 'One step is left', summary: 'What is so', text: 'How to fix it' },
  });
});

test('annotations go in portions of fifty, all of them once', async () => {
  mints();
  const sent: number[] = [];
  const portion = (body: { output: { annotations: { start_line: number }[] } }): boolean => {
    sent.push(...body.output.annotations.map((one) => one.start_line));
    return body.output.annotations.length <= 50;
  };
  nock(API).post('/repos/acme/rocket/check-runs', portion).reply(201, { id: 5 });
  nock(API).patch('/repos/acme/rocket/check-runs/5', portion).twice().reply(200, { id: 5 });
  expect((await send([{ ...run, annotations: annotations(120) }])).writes).toBe(3);
  expect(sent).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
});

test('what is shown already costs nothing', async () => {
  const there: Present = {
    checkRuns: [{ id: 5, name: 'Steward', sha: HEAD, isCompleted: true, externalId: run.externalId }],
    comment: { id: 3, body: comment.body },
    issue: { number: 8, title: issue.title, body: issue.body, state: 'open', stateReason: null, isClosedBySteward: false },
    siblings: [1],
  };
  expect(await send([run, comment, issue], there)).toEqual({ skipped: [], writes: 0, requests: 0 });
});

test('of two check runs of one name the newest is brought up to date', async () => {
  mints();
  nock(API).patch('/repos/acme/rocket/check-runs/6').reply(200, { id: 6 });
  const old = { name: 'Steward', sha: HEAD, isCompleted: true, externalId: 'steward:1:old:none' };
  const there = {
    ...NOTHING,
    checkRuns: [
      { id: 5, ...old },
      { id: 6, ...old },
    ],
  };
  expect((await send([run], there)).writes).toBe(1);
});

test('a new comment and a new issue are remembered by their numbers', async () => {
  mints();
  mints();
  nock(API).post('/repos/acme/rocket/issues/1/comments', { body: comment.body }).reply(201, { id: 3 });
  nock(API).post('/repos/acme/rocket/issues', { title: issue.title, body: issue.body }).reply(201, { number: 8 });
  const kept: unknown[] = [];
  const publications = {
    publication: () => Promise.resolve(null),
    keepPublication: (...all: unknown[]) => Promise.resolve(void kept.push(all)),
    noteWrite: (owner: string) => Promise.resolve(void kept.push(owner)),
    writesSince: () => Promise.resolve([]),
  };
  const made = platform({ publications }).platform;
  await made.publish(PULL, [{ ...comment, cause: 'o1' }], NOTHING);
  await made.publish(REPOSITORY, [issue], NOTHING);
  expect(kept).toEqual([
    [PULL, 'comment', 3, 'o1'],
    'acme',
    // Remembered before it is opened, so that a crash in between makes Steward look.
    [REPOSITORY, 'issue', -1, null],
    [REPOSITORY, 'issue', 8, null],
    'acme',
  ]);
});

test('an issue whose rules pass is closed as completed', async () => {
  mints();
  nock(API)
    .patch('/repos/acme/rocket/issues/8', { title: issue.title, body: issue.body, state: 'closed', state_reason: 'completed' })
    .reply(200, { number: 8 });
  const there = {
    number: 8,
    title: issue.title,
    body: issue.body,
    state: 'open',
    stateReason: null,
    isClosedBySteward: false,
  } as const;
  expect((await send([{ ...issue, state: 'closed' }], { ...NOTHING, issue: there })).writes).toBe(1);
});

describe('a refusal', () => {
  test.each([
    ['of issues that are switched off', 410, 'Issues has been disabled in this repository.', 'issues are switched off'],
    ['of an archived repository', 403, 'Repository was archived so is read-only.', 'the repository is archived'],
    ['of a locked conversation', 403, 'Unable to create comment because issue is locked.', 'the conversation is locked'],
  ])('%s is ordinary', async (_name, status, message, reason) => {
    mints();
    nock(API).post('/repos/acme/rocket/issues').reply(status, { message });
    expect(await send([issue])).toEqual({ skipped: [{ write: 'create-issue', reason }], writes: 1, requests: 1 });
  });

  test('of one effect does not keep the others back', async () => {
    mints(2);
    nock(API)
      .post('/repos/acme/rocket/check-runs')
      .reply(422, { message: `No commit found for SHA: ${HEAD}` });
    nock(API).post('/repos/acme/rocket/issues/1/comments').reply(201, { id: 3 });
    expect((await send([run, comment])).skipped).toEqual([
      { write: 'create-check-run', reason: 'the commit is not there any more' },
    ]);
  });

  test('because something was deleted a moment ago makes Steward look again', async () => {
    mints();
    nock(API).patch('/repos/acme/rocket/issues/comments/3').reply(404, { message: 'Not Found' });
    const there = { ...NOTHING, comment: { id: 3, body: 'old' } };
    await expect(send([comment], there)).rejects.toMatchObject({ name: 'LaterError', after: 1000 });
  });

  test('for want of permission is a fault', async () => {
    mints();
    nock(API).post('/repos/acme/rocket/check-runs').reply(403, { message: 'Resource not accessible by integration' });
    await expect(send([run])).rejects.toMatchObject({ status: 403 });
  });

  test('by a rate limit is tried again later', async () => {
    mints();
    nock(API).post('/repos/acme/rocket/check-runs').reply(403, { message: 'no' }, { 'retry-after': '60' });
    await expect(send([run])).rejects.toMatchObject({ name: 'LaterError', after: 60_000, owner: 'acme' });
  });
});

describe('what people can press, and what Steward answers with', () => {
  const actions = ['one', 'two', 'three', 'four'].map((label) => ({ label, description: `Does ${label}`, identifier: label }));

  test('a check run is sent with its first three buttons, at every update too', async () => {
    mints();
    const sent: unknown[] = [];
    nock(API)
      .post('/repos/acme/rocket/check-runs', (body: { actions: unknown }) => sent.push(body.actions) > 0)
      .reply(201, { id: 5 });
    nock(API)
      .patch('/repos/acme/rocket/check-runs/5', (body: { actions: unknown }) => sent.push(body.actions) > 0)
      .reply(200, {});
    await send([{ ...run, actions, annotations: annotations(60) }]);
    expect(sent).toEqual([actions.slice(0, 3), actions.slice(0, 3)]);
  });

  test('a reaction to a comment that was deleted meanwhile is no fault', async () => {
    mints();
    nock(API).post('/repos/acme/rocket/issues/comments/9/reactions', { content: '+1' }).reply(404, { message: 'Not Found' });
    expect(await send([{ kind: 'reaction', commentId: 9, content: '+1' }])).toMatchObject({
      skipped: [{ write: 'create-reaction', reason: 'the comment is not there any more' }],
    });
  });

  test.each([
    ['a locked conversation', 403, 'Unable to create comment because issue is locked.', 'the conversation is locked'],
    ['switched-off issues', 410, 'Issues has been disabled in this repository.', 'issues are switched off'],
    ['want of permission', 403, 'Not accessible.', 'GitHub takes no reaction there: Not accessible.'],
    ['an invalid comment', 422, 'Validation Failed', 'GitHub takes no reaction there: Validation Failed'],
  ] as const)('a reaction that GitHub refuses because of %s is no fault', async (_why, status, message, reason) => {
    mints();
    nock(API).post('/repos/acme/rocket/issues/comments/9/reactions').reply(status, { message });
    const sent = await send([{ kind: 'reaction', commentId: 9, content: '+1' }]);
    expect(sent.skipped).toEqual([{ write: 'create-reaction', reason }]);
  });

  test('a reaction that a rate limit refuses is tried again later', async () => {
    mints();
    nock(API).post('/repos/acme/rocket/issues/comments/9/reactions').reply(403, { message: 'no' }, { 'retry-after': '60' });
    await expect(send([{ kind: 'reaction', commentId: 9, content: '+1' }])).rejects.toMatchObject({ name: 'LaterError' });
  });

  test.each([
    ['pull request', PULL, { pull_requests: 'write' }],
    ['issue', REPOSITORY, { issues: 'write' }],
  ] as const)('a comment on the %s is answered with the permission that this takes', async (_where, subject, permission) => {
    nock(API)
      .post('/app/installations/42/access_tokens', { permissions: { metadata: 'read', ...permission } })
      .reply(201, { token: 't', expires_at: '2026-03-01T13:00:00Z', permissions: {} });
    nock(API).post('/repos/acme/rocket/issues/comments/9/reactions').reply(201, {});
    await platform().platform.publish(subject, [{ kind: 'reaction', commentId: 9, content: '+1' }], NOTHING);
  });
});
