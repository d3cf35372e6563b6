/** What GitHub could not deliver is fetched, once, by the same door. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { githubPlatform } from '../../src/github/platform.ts';
import { createDoor } from '../../src/server/door.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import { createReconciler, nextCursor, type Reconciler } from '../../src/server/reconcile.ts';
import { aBareGithub, aConfig, aLog, type BareGithub, type Reply } from '../support/server.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();

const failed = (id: number, changes: object = {}): object => ({
  id,
  guid: `guid-${id}`,
  delivered_at: minutesAgo(30),
  redelivery: false,
  duration: 0.1,
  status: 'failed to connect to host',
  status_code: 502,
  event: 'pull_request',
  action: 'opened',
  installation_id: 99,
  repository_id: 1,
  ...changes,
});
const payload = (number: number): object => ({
  action: 'opened',
  repository: { name: 'rocket', owner: { login: 'acme' } },
  pull_request: { number, state: 'open' },
});
const fetched = (number: number): Reply => ({ status: 200, body: { request: { headers: {}, payload: payload(number) } } });

const config = aConfig();
const journal = aLog();
let memory: Memory;
let github: BareGithub;
let reconciler: Reconciler;

async function against(table: Parameters<typeof aBareGithub>[0], allowedOwners: readonly string[] | null = null): Promise<void> {
  github = await aBareGithub(table);
  const { appId, privateKey } = config.credentials;
  const now = (): Date => NOW;
  const { app } = githubPlatform({ appId, privateKey, baseUrl: github.url, isPaced: false }).connection;
  const door = createDoor({ store: memory, jobs: memory.jobs, appId, allowedOwners, now });
  reconciler = createReconciler({ app, door, store: memory, jobs: memory.jobs, allowedOwners, log: journal.log, now });
}

const detailCalls = (): readonly string[] => github.requests.filter((request) => request.startsWith('GET /app/hook/deliveries/'));
const waiting = async (): Promise<number> => (await memory.jobs.counts()).waiting;

beforeEach(async () => {
  memory = await openStore({ dataFolder: config.dataFolder, log: journal.log });
});
afterEach(async () => {
  github.close();
  await memory.close();
  rmSync(config.dataFolder, { recursive: true });
});

test('a round looks again where a sentence could not be decided on', async () => {
  await against({ 'GET /app/hook/deliveries': { status: 200, body: [] } });
  const subject = { kind: 'pull-request', owner: 'acme', repo: 'rocket', number: 1 } as const;
  await memory.transaction((transaction) =>
    memory.keepInput(transaction, {
      ...{ deliveryId: 'd', kind: 'sentence', subject, accountId: 5, login: 'ada', text: 'I sign.', at: minutesAgo(10) },
      ...{ commentId: 1, url: null, body: 'I sign.' },
    }),
  );
  await reconciler.round();
  expect(await waiting()).toBe(1);
});

describe('failed deliveries', () => {
  test('are recorded with their jobs, and fetched once', async () => {
    await against({
      'GET /app/hook/deliveries': { status: 200, body: [failed(2), failed(1)] },
      'GET /app/hook/deliveries/1': fetched(11),
      'GET /app/hook/deliveries/2': fetched(12),
    });
    await reconciler.round();
    await reconciler.round();
    expect(detailCalls()).toEqual(['GET /app/hook/deliveries/1', 'GET /app/hook/deliveries/2']);
    expect(await memory.hasDelivery('guid-1')).toBe(true);
    expect(await waiting()).toBe(2);
  });

  test('that mean nothing, or are known, are not fetched', async () => {
    await memory.transaction((transaction) =>
      memory.recordDelivery(transaction, {
        id: 'guid-2',
        event: 'pull_request',
        action: 'opened',
        owner: 'acme',
        at: minutesAgo(30),
      }),
    );
    await against({
      'GET /app/hook/deliveries': {
        status: 200,
        body: [failed(1, { event: 'star', action: 'created' }), failed(2), failed(3, { action: 'labeled' })],
      },
    });
    await reconciler.round();
    expect(detailCalls()).toEqual([]);
  });

  test('older than three days are left alone, and no page behind them is read', async () => {
    const old = failed(1, { delivered_at: minutesAgo(3 * 24 * 60 + 1) });
    await against({
      'GET /app/hook/deliveries': {
        status: 200,
        headers: { link: '<https://x/app/hook/deliveries?per_page=100&cursor=v1_2>; rel="next"' },
        body: [old],
      },
    });
    await reconciler.round();
    expect(github.requests.filter((request) => request === 'GET /app/hook/deliveries')).toHaveLength(1);
    expect(detailCalls()).toEqual([]);
  });

  test('on further pages are found by the cursor', async () => {
    await against({
      'GET /app/hook/deliveries': (url) =>
        url.searchParams.get('cursor') === 'v1_2'
          ? { status: 200, body: [failed(1)] }
          : { status: 200, headers: { link: '<https://x/?cursor=v1_2&per_page=100>; rel="next"' }, body: [failed(2)] },
      'GET /app/hook/deliveries/1': fetched(11),
      'GET /app/hook/deliveries/2': fetched(12),
    });
    await reconciler.round();
    expect(await waiting()).toBe(2);
  });

  test('that GitHub does not give out stand in the way of no other', async () => {
    await against({
      'GET /app/hook/deliveries': { status: 200, body: [failed(2), failed(1)] },
      'GET /app/hook/deliveries/2': fetched(12),
    });
    await reconciler.round();
    await reconciler.round();
    expect(await waiting()).toBe(1);
    expect(detailCalls().filter((request) => request.endsWith('/1'))).toHaveLength(1);
  });

  test('are tried again in the next round when GitHub has a fault', async () => {
    let isDown = true;
    await against({
      'GET /app/hook/deliveries': { status: 200, body: [failed(1)] },
      'GET /app/hook/deliveries/1': () => (isDown ? { status: 502, body: {} } : fetched(11)),
    });
    await reconciler.round();
    expect(await waiting()).toBe(0);
    isDown = false;
    await reconciler.round();
    expect(await waiting()).toBe(1);
  });

  test('of accounts that are not served leave no trace', async () => {
    await against({ 'GET /app/hook/deliveries': { status: 200, body: [failed(1)] }, 'GET /app/hook/deliveries/1': fetched(11) }, [
      'other',
    ]);
    await reconciler.round();
    expect(await memory.hasDelivery('guid-1')).toBe(false);
    expect(await waiting()).toBe(0);
  });
});

describe('installations', () => {
  const installation = (id: number, account: string, suspended: string | null = null): object => ({
    id,
    account: { login: account },
    suspended_at: suspended,
  });

  test("are made GitHub's: new ones are looked at as a whole, vanished ones forgotten", async () => {
    await memory.transaction((transaction) => memory.keepInstallation(transaction, { owner: 'gone', id: 1, isSuspended: false }));
    await against({
      'GET /app/installations': { status: 200, body: [installation(2, 'acme'), installation(3, 'quiet', minutesAgo(5))] },
    });
    await reconciler.round();
    await reconciler.round();
    expect([...(await memory.installations())].sort((a, b) => a.id - b.id)).toEqual([
      { owner: 'acme', id: 2, isSuspended: false },
      { owner: 'quiet', id: 3, isSuspended: true },
    ]);
    expect(await waiting()).toBe(1);
  });

  const known = (owner: string, id: number) =>
    memory.transaction((transaction) => memory.keepInstallation(transaction, { owner, id, isSuspended: false }));
  const say = (owner: string, text: string) =>
    memory.transaction((transaction) =>
      memory.keepInput(transaction, {
        ...{ deliveryId: text, kind: 'sentence', subject: on(owner), accountId: 5, login: 'ada', text },
        ...{ at: minutesAgo(1), commentId: 1, url: null, body: text },
      }),
    );
  const on = (owner: string) => ({ kind: 'pull-request', owner, repo: 'rocket', number: 1 }) as const;
  const said = async (owner: string) => (await memory.said(on(owner), 'head')).map(({ text }) => text);

  test('are followed to the new names of their accounts when nobody told of these, and looked at as a whole', async () => {
    await known('acme', 5);
    await say('acme', 'before');
    await say('zeta', 'after');
    await against({ 'GET /app/installations': { status: 200, body: [installation(5, 'Zeta')] } });
    await reconciler.round();
    expect(await memory.installations()).toEqual([{ owner: 'Zeta', id: 5, isSuspended: false }]);
    expect([await said('acme'), await said('zeta')]).toEqual([[], ['before', 'after']]);
    expect(await waiting()).toBe(1);
  });

  test.each([
    ['a name that another account leaves', ['zeta', 'eta']],
    ['the name of each other', ['zeta', 'acme']],
  ])('are followed to %s, and every account keeps its own', async (_what, [first = '', second = '']) => {
    await known('acme', 6);
    await known('zeta', 5);
    await say('acme', 'first');
    await say('zeta', 'second');
    await against({ 'GET /app/installations': { status: 200, body: [installation(6, first), installation(5, second)] } });
    await reconciler.round();
    expect([await said(first), await said(second)]).toEqual([['first'], ['second']]);
    expect((await memory.installations()).map(({ owner, id }) => `${owner} ${id}`).sort()).toEqual(
      [`${first} 6`, `${second} 5`].sort(),
    );
  });

  test('of accounts that are not served are not kept', async () => {
    await against({ 'GET /app/installations': { status: 200, body: [installation(2, 'Acme'), installation(3, 'other')] } }, [
      'acme',
    ]);
    await reconciler.round();
    expect((await memory.installations()).map(({ owner }) => owner.toLowerCase())).toEqual(['acme']);
  });
});

test('a round without GitHub is logged, and the next one works', async () => {
  await against({ 'GET /app/installations': { status: 503, body: {} } });
  await reconciler.round();
  expect(journal.text()).toContain('the next round tries again');
});

test('the cursor is read from the link to the next page only', () => {
  expect(nextCursor('<https://x/?cursor=v1_1>; rel="prev", <https://x/?per_page=1&cursor=v1_9>; rel="next"')).toBe('v1_9');
  expect(nextCursor('<https://x/?cursor=v1_1>; rel="prev"')).toBeUndefined();
  expect(nextCursor(undefined)).toBeUndefined();
});
