/** Faults of GitHub and of the network become patience, or are passed on as they are; nothing is sent twice. */
import { describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { counting } from '../../src/github/calls.ts';
import { appApi, installationApi, type Api, type Requested } from '../../src/github/client.ts';
import { LaterError } from '../../src/github/later.ts';
import { API, NOW, PEM, wired } from './wire.ts';

wired();

function api(more: Partial<Parameters<typeof installationApi>[0]> = {}): Api {
  return installationApi({
    owner: 'acme',
    installation: 42,
    pace: null,
    isPaced: true,
    token: () => Promise.resolve('ghs_token'),
    onRefused: () => undefined,
    now: () => NOW,
    ...more,
  });
}

const readIssues = (from: Api) => from.request('GET /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'rocket' });

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    const { name, after, owner, status } = error as LaterError & { status?: number };
    return error instanceof LaterError ? { name, after, owner } : { status };
  }
  return 'no failure';
}

const reset = String(NOW / 1000 + 90);

describe('a request that GitHub refuses', () => {
  test.each([
    ['429 with retry-after', 429, { 'retry-after': '30' }, 'slow down', { after: 30_000, owner: 'acme' }],
    ['429 without any time', 429, {}, 'slow down', { after: 60_000, owner: 'acme' }],
    [
      '403 at the end of the limit',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      'no',
      { after: 91_000, owner: 'acme' },
    ],
    ['403 by a secondary limit', 403, {}, 'You have exceeded a secondary rate limit.', { after: 60_000, owner: 'acme' }],
    ['a retry-after that nobody would wait for', 429, { 'retry-after': '99999999' }, 'no', { after: 3_660_000, owner: 'acme' }],
    ['502', 502, {}, 'Bad Gateway', { after: 10_000, owner: null }],
  ])('%s is tried again later', async (_name, status, headers, message, expected) => {
    nock(API).get('/repos/acme/rocket/issues').reply(status, { message }, headers);
    expect(await failure(readIssues(api()))).toEqual({ name: 'LaterError', ...expected });
  });

  test('an ordinary 403 is not', async () => {
    nock(API).get('/repos/acme/rocket/issues').reply(403, { message: 'Resource not accessible by integration' });
    expect(await failure(readIssues(api()))).toEqual({ status: 403 });
  });

  test('a broken connection is tried again later', async () => {
    nock(API).get('/repos/acme/rocket/issues').replyWithError('socket hang up');
    expect(await failure(readIssues(api()))).toEqual({ name: 'LaterError', after: 10_000, owner: null });
  });

  test('GraphQL over its limit answers 200, and is tried again after the reset', async () => {
    nock(API)
      .post('/graphql')
      .reply(
        200,
        { errors: [{ type: 'RATE_LIMITED', message: 'limit' }] },
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      );
    const asked = api().graphql('query { viewer { login } }');
    expect(await failure(asked)).toEqual({ name: 'LaterError', after: 91_000, owner: 'acme' });
  });

  test('a write that fails with 502 is sent once: GitHub may have done it', async () => {
    nock(API).post('/repos/acme/rocket/issues').reply(502, {});
    const write = api().request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'rocket', title: 'One' });
    expect(await failure(write)).toEqual({ name: 'LaterError', after: 10_000, owner: null });
  });

  test('a token that is refused is dropped', async () => {
    let dropped = 0;
    nock(API).get('/repos/acme/rocket/issues').reply(401, { message: 'Bad credentials' });
    const refused = readIssues(api({ onRefused: () => (dropped += 1) }));
    expect(await failure(refused)).toEqual({ name: 'LaterError', after: 5000, owner: null });
    expect(dropped).toBe(1);
  });
});

test('requests are counted by what they cost, and reported without names', async () => {
  nock(API).get('/repos/acme/rocket/issues').reply(200, [], { 'x-ratelimit-remaining': '4999' });
  nock(API)
    .post('/graphql')
    .reply(200, { data: { viewer: { login: 'steward' } } });
  nock(API).post('/repos/acme/rocket/issues').reply(201, { number: 3 });
  const requested: Requested[] = [];
  const { calls } = await counting(async () => {
    const both = api({ installation: 43, onRequest: (one) => requested.push(one) });
    await readIssues(both);
    await both.graphql('query { viewer { login } }');
    await both.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'rocket', title: 'One' });
  });
  expect(calls).toEqual({ graphql: 1, rest: 1, writes: 1, tokens: 0 });
  expect(requested).toEqual([
    { kind: 'rest', route: 'GET /repos/{owner}/{repo}/issues', owner: 'acme', status: 200, remaining: 4999 },
    { kind: 'graphql', route: 'POST /graphql', owner: 'acme', status: 200, remaining: null },
    { kind: 'writes', route: 'POST /repos/{owner}/{repo}/issues', owner: 'acme', status: 201, remaining: null },
  ]);
});

test('evaluations at the same time count apart', async () => {
  nock(API).get('/repos/acme/rocket/issues').times(3).reply(200, []);
  const [one, two] = await Promise.all([
    counting(() => readIssues(api())),
    counting(async () => Promise.all([readIssues(api()), readIssues(api())])),
  ]);
  expect([one.calls.rest, two.calls.rest]).toEqual([1, 2]);
});

test('an Enterprise server is asked at its own addresses', async () => {
  const baseUrl = 'https://ghe.example.com/api/v3';
  nock('https://ghe.example.com').get('/api/v3/repos/acme/rocket/issues').reply(200, []);
  nock('https://ghe.example.com')
    .post('/api/graphql')
    .reply(200, { data: { viewer: { login: 'steward' } } });
  const there = api({ baseUrl });
  const { calls } = await counting(async () => {
    await readIssues(there);
    await there.graphql('query { viewer { login } }');
  });
  expect(calls).toEqual({ graphql: 1, rest: 1, writes: 0, tokens: 0 });
});

test('the App itself speaks with a JWT', async () => {
  nock(API, { reqheaders: { authorization: /^bearer eyJ/ } })
    .get('/app')
    .reply(200, { slug: 'steward' });
  const { data } = await appApi({ appId: 7, privateKey: PEM }, 'app', {}).request('GET /app');
  expect(data?.slug).toBe('steward');
});
