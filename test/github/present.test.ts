/** What Steward already shows is found in one call, and never taken from somebody else. */
import { describe, expect, test } from '@jest/globals';
import nock from 'nock';
import type { PlatformOptions } from '../../src/github/platform.ts';
import type { PullRequestShape } from '../../src/github/shapes.ts';
import {
  ALL,
  API,
  BASE,
  HEAD,
  PULL,
  REPOSITORY,
  aLook,
  aPull,
  aState,
  answers,
  mints,
  page,
  platform,
  saysWho,
  wired,
} from './wire.ts';

wired();

const body = '<!-- steward:comment -->\nOne step is left.';
const steward = { __typename: 'Bot', login: 'steward' };
const someone = { __typename: 'User', login: 'ada' };
const said = (databaseId: number, text: string, author: object | null = steward) => ({ databaseId, body: text, author });

async function pullWith(pull: Partial<PullRequestShape>, more: Partial<PlatformOptions> = {}) {
  mints();
  answers('PullRequest', aLook({ pullRequest: aPull(pull) }));
  return platform(more).platform.open(PULL, ALL);
}

function remembering(id: number | null) {
  const kept: unknown[] = [];
  const publications = {
    publication: (_subject: unknown, kind: string) => Promise.resolve(kind === 'policy-issue' ? null : id),
    keepPublication: (...all: unknown[]) => Promise.resolve(void kept.push(all)),
    noteWrite: () => Promise.resolve(),
    writesSince: () => Promise.resolve([]),
  };
  return { kept, publications };
}

describe('the comment', () => {
  test('is the one with the mark, written by the App', async () => {
    saysWho();
    const comments = page([said(1, body, someone), said(2, 'no mark'), said(3, body)]);
    expect((await (await pullWith({ comments: comments as never })).present()).comment).toEqual({ id: 3, body });
  });

  test.each([
    ['somebody who copies the mark', said(1, body, someone)],
    ['another App of a similar name', said(1, body, { __typename: 'Bot', login: 'steward-2' })],
    ['a person with the name of the App', said(1, body, { __typename: 'User', login: 'steward' })],
    ['a deleted account', said(1, body, null)],
  ])('is not that of %s', async (_name, comment) => {
    saysWho();
    expect((await (await pullWith({ comments: page([comment]) as never })).present()).comment).toBeNull();
  });

  test('with the mark further down is none of ours, and asking who we are is not needed', async () => {
    const comments = page([said(1, `> ${body}`)]);
    expect((await (await pullWith({ comments: comments as never })).present()).comment).toBeNull();
  });

  test('is looked for on further pages only when there are some', async () => {
    saysWho();
    const reading = await pullWith({ comments: page([said(1, 'hi', someone)], { totalCount: 101, endCursor: 'a' }) as never });
    answers('MoreComments', {
      repository: { pullRequest: { headRefOid: HEAD, page: page([said(2, body)], { totalCount: 101 }) } },
    });
    expect((await reading.present()).comment).toEqual({ id: 2, body });
  });

  const remembered = { user: { type: 'Bot', login: 'steward[bot]' }, issue_url: `${API}/repos/acme/rocket/issues/1` };

  test('that is remembered is asked for before many others are read', async () => {
    saysWho();
    const { publications } = remembering(9);
    const comments = page([said(1, 'hi', someone)], { totalCount: 900, endCursor: 'a' });
    const reading = await pullWith({ comments: comments as never }, { publications });
    nock(API)
      .get('/repos/acme/rocket/issues/comments/9')
      .reply(200, { id: 9, body, ...remembered });
    expect((await reading.present()).comment).toEqual({ id: 9, body });
  });

  test.each([
    ['was deleted', 404, {}],
    ['belongs to another pull request', 200, { id: 9, body, ...remembered, issue_url: `${API}/repos/acme/rocket/issues/11` }],
  ])('that is remembered but %s is looked for on the further pages', async (_name, status, answer) => {
    if (status === 200) saysWho();
    const { publications } = remembering(9);
    const comments = page([said(1, 'hi', someone)], { totalCount: 101, endCursor: 'a' });
    const reading = await pullWith({ comments: comments as never }, { publications });
    nock(API).get('/repos/acme/rocket/issues/comments/9').reply(status, answer);
    answers('MoreComments', { repository: { pullRequest: { headRefOid: HEAD, page: page([], { totalCount: 101 }) } } });
    expect((await reading.present()).comment).toBeNull();
  });

  test('is remembered once it is found', async () => {
    saysWho();
    const { kept, publications } = remembering(null);
    await (await pullWith({ comments: page([said(3, body)]) as never }, { publications })).present();
    expect(kept).toEqual([[PULL, 'comment', 3]]);
  });

  test('that could not be read makes Steward come back, rather than comment twice', async () => {
    mints();
    const path = ['repository', 'pullRequest', 'comments', 'nodes', 0, 'body'];
    answers('PullRequest', aLook({ pullRequest: aPull() }), [{ type: 'FORBIDDEN', message: 'no', path }]);
    const reading = await platform().platform.open(PULL, ALL);
    await expect(reading.present()).rejects.toMatchObject({ name: 'LaterError' });
  });
});

describe('check runs and siblings', () => {
  const run = { databaseId: 5, name: 'Steward', status: 'COMPLETED', externalId: 'steward:1:x' };
  const checkSuites = {
    nodes: [{ checkRuns: { nodes: [run, { ...run, databaseId: 6, status: 'IN_PROGRESS', externalId: null }] } }],
  };

  test('are those of the head', async () => {
    const { checkRuns } = await (await pullWith({ head: { nodes: [{ commit: aState({ checkSuites }) }] } })).present();
    expect(checkRuns).toEqual([
      { id: 5, name: 'Steward', sha: HEAD, isCompleted: true, externalId: 'steward:1:x' },
      { id: 6, name: 'Steward', sha: HEAD, isCompleted: false, externalId: null },
    ]);
  });

  test('that are completed are awaited all the same while GitHub holds their suite as queued: somebody pressed Re-run', async () => {
    const queued = { nodes: checkSuites.nodes.map((suite) => ({ ...suite, status: 'QUEUED' })) };
    const reading = await pullWith({ head: { nodes: [{ commit: aState({ checkSuites: queued }) }] } });
    expect((await reading.present()).checkRuns.map(({ id, isAwaited }) => [id, isAwaited ?? false])).toEqual([
      [5, true],
      [6, false],
    ]);
  });

  test('of a merge group are those of its own commit', async () => {
    mints();
    const headSha = 'f'.repeat(40);
    answers('PullRequest', aLook({ pullRequest: aPull() }));
    answers(
      'CommitState',
      ({ oid }) => (expect(oid).toBe(headSha), { repository: { object: aState({ oid: headSha, checkSuites }) } }),
    );
    const reading = await platform().platform.open({ ...PULL, kind: 'merge-group', headSha }, ALL);
    const { checkRuns, siblings } = await reading.present();
    expect([checkRuns.map(({ sha }) => sha), siblings]).toEqual([[headSha, headSha], []]);
  });

  test('siblings are the open pull requests of this repository with the same head, itself included', async () => {
    const here = { nameWithOwner: 'Acme/Rocket' };
    const nodes = [
      { number: 2, state: 'OPEN', headRefOid: HEAD, baseRepository: here },
      { number: 3, state: 'CLOSED', headRefOid: HEAD, baseRepository: here },
      { number: 4, state: 'OPEN', headRefOid: BASE, baseRepository: here },
      { number: 5, state: 'OPEN', headRefOid: HEAD, baseRepository: { nameWithOwner: 'ada/rocket' } },
    ];
    const head = { nodes: [{ commit: aState({ associatedPullRequests: { nodes } }) }] };
    expect((await (await pullWith({ head })).present()).siblings).toEqual([1, 2]);
  });
});

describe('the issue', () => {
  const text = '<!-- steward:issue -->\nWhat is left.';
  const issue = {
    number: 8,
    title: 'What is left',
    body: text,
    state: 'CLOSED',
    stateReason: 'COMPLETED',
    author: steward,
    timelineItems: { nodes: [{ actor: steward }] },
  };
  const expected = {
    number: 8,
    title: 'What is left',
    body: text,
    state: 'closed',
    stateReason: 'completed',
    isClosedBySteward: true,
  };

  async function repositoryWith(more: object, id: number | null, errors?: readonly object[]) {
    mints();
    answers('RepositoryState', aLook({ head: { target: aState() }, ...more }), errors);
    return platform({ publications: remembering(id).publications }).platform.open(REPOSITORY, ALL);
  }

  test('that is remembered comes with the first call', async () => {
    saysWho();
    expect((await (await repositoryWith({ issue }, 8)).present()).issue).toEqual(expected);
  });

  test('closed by a person is told so', async () => {
    saysWho();
    const closed = { ...issue, stateReason: 'NOT_PLANNED', timelineItems: { nodes: [{ actor: someone }] } };
    const present = await (await repositoryWith({ issue: closed }, 8)).present();
    expect(present.issue).toMatchObject({ stateReason: 'not_planned', isClosedBySteward: false });
  });

  test('that was forgotten is found among what the App has opened: an open one first', async () => {
    saysWho();
    const reading = await repositoryWith({}, null);
    nock(API)
      .get('/repos/acme/rocket/issues')
      .query({ creator: 'steward[bot]', state: 'all', per_page: 100 })
      .reply(200, [
        { number: 11, state: 'closed', body: text },
        { number: 9, state: 'open', body: text, pull_request: {} },
        { number: 8, state: 'open', body: text },
        { number: 7, state: 'open', body: 'no mark' },
      ]);
    answers('RemediationIssue', ({ number }) => (expect(number).toBe(8), { repository: { issue } }));
    expect((await reading.present()).issue).toEqual(expected);
  });

  test('that was deleted or moved away is looked for again', async () => {
    saysWho();
    const gone = [{ type: 'NOT_FOUND', path: ['repository', 'issue'], message: 'Could not resolve' }];
    const reading = await repositoryWith({ issue: null }, 8, gone);
    nock(API).get('/repos/acme/rocket/issues').query(true).reply(200, []);
    expect((await reading.present()).issue).toBeNull();
  });

  test('is not looked for where issues are switched off', async () => {
    expect((await (await repositoryWith({ hasIssuesEnabled: false }, null)).present()).issue).toBeNull();
  });
});
