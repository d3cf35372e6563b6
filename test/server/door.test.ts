/** One door for deliveries, before a real database. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createDoor, type Admitted, type Door } from '../../src/server/door.ts';
import { MAX_ATTEMPTS, type Job } from '../../src/server/jobs/jobs.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import type { Judged, Subject } from '../../src/facts/subject.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { aConfig, until } from '../support/server.ts';
import { aFinding, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const SHA = 'a'.repeat(40);
const NOW = new Date('2026-03-10T12:00:00Z');
const repository = { name: 'rocket', owner: { login: 'acme' }, default_branch: 'main' };
const pull = (action: string, number = 1): object => ({
  action,
  repository,
  pull_request: { number, state: action === 'closed' ? 'closed' : 'open', head: { sha: SHA } },
});
const onPull = (number: number): Judged => ({ kind: 'pull-request', owner: 'acme', repo: 'rocket', number });

const config = aConfig();
let memory: Memory;
let door: Door;
let attempts: Job[];

beforeEach(async () => {
  memory = await openStore({ dataFolder: config.dataFolder, tuning: { backOff: () => 0, shortestRetry: 0 } });
  door = createDoor({ store: memory, jobs: memory.jobs, appId: 5, allowedOwners: null, now: () => NOW });
  attempts = [];
});
afterEach(async () => {
  await memory.close();
  rmSync(config.dataFolder, { recursive: true });
});

const deliver = (id: string, event: string, payload: object): Promise<Admitted> => door({ id, event, payload });
const waiting = async (): Promise<number> => (await memory.jobs.counts()).waiting;

/** A verdict that stands on the commit of the tests. */
const standing = (subject: Judged): Promise<void> =>
  memory.keepVerdict({
    version: 1,
    subject,
    sha: SHA,
    at: NOW.toISOString(),
    policy: { checkName: 'Steward', isDefault: true, files: [] },
    circumstances: { title: null, url: null, author: null, baseRef: null, isDraft: false, defaultBranch: null },
    conclusion: 'success',
    rules: [],
    isIncomplete: false,
    problems: [],
  } as unknown as Verdict);

test('ten pushes in a row wait as one job', async () => {
  for (let push = 0; push < 10; push += 1) await deliver(`d${push}`, 'pull_request', pull('synchronize'));
  expect(await waiting()).toBe(1);
});

test('a delivery that comes again while its job waits changes nothing', async () => {
  expect(await deliver('d1', 'pull_request', pull('opened'))).toBe('recorded');
  expect(await deliver('d1', 'pull_request', pull('opened'))).toBe('known');
  expect(await waiting()).toBe(1);
});

test('a delivery that comes again brings its dead job back to life', async () => {
  let isBroken = true;
  await deliver('d1', 'pull_request', pull('opened'));
  await memory.jobs.start((job) => {
    attempts.push(job);
    return isBroken ? Promise.reject(new Error('broken')) : Promise.resolve();
  });
  await until(async () => (await memory.jobs.counts()).dead === 1);
  expect(attempts).toHaveLength(MAX_ATTEMPTS);
  isBroken = false;
  expect(await deliver('d1', 'pull_request', pull('opened'))).toBe('known');
  await until(async () => attempts.length === MAX_ATTEMPTS + 1 && (await memory.jobs.counts()).running === 0);
  expect((await memory.jobs.counts()).dead).toBe(0);
});

test('a closed pull request means its commit only where another one stands on it', async () => {
  await standing(onPull(1));
  await deliver('d1', 'pull_request', pull('closed'));
  expect(await waiting()).toBe(0);
  await standing(onPull(2));
  await deliver('d2', 'pull_request', pull('closed'));
  expect(await waiting()).toBe(1);
});

test('a pull request that waits is looked at once more when it is told to be closed: told late, it may be open again', async () => {
  const findings = [aFinding({ about: 'account:42', accountId: 42 })];
  await memory.keepVerdict(aVerdict({ subject: onPull(1), sha: SHA, rules: [aRuleVerdict({ id: 'cla', findings })] }));
  await deliver('d1', 'pull_request', pull('closed'));
  expect(await waiting()).toBe(1);
});

test('a comment that comes late was written about what stood then', async () => {
  await standing(onPull(1));
  const comment = (created_at: unknown) => ({
    action: 'created',
    repository,
    issue: { number: 1, pull_request: {} },
    comment: { id: 9, body: '/steward recheck', created_at, user: { id: 42, login: 'mona', type: 'User' } },
    sender: { id: 42 },
  });
  await deliver('d1', 'issue_comment', comment('2026-03-10T11:59:59Z'));
  await deliver('d2', 'issue_comment', comment('2026-03-10T12:00:00Z'));
  await deliver('d3', 'issue_comment', comment('yesterday'));
  const said = await memory.said(onPull(1), SHA);
  expect(said.map(({ seen }) => seen?.sha ?? null)).toEqual([null, SHA, SHA]);
});

test('a command is kept with its delivery, and with nothing when the delivery cannot be recorded', async () => {
  const payload = {
    action: 'created',
    repository,
    issue: { number: 1, pull_request: {} },
    comment: { id: 9, body: '/steward recheck', user: { id: 42, login: 'mona', type: 'User' } },
    sender: { id: 42 },
  };
  const failing = createDoor({
    store: memory,
    jobs: { ...memory.jobs, enqueue: () => Promise.reject(new Error('disk full')) },
    appId: 5,
    allowedOwners: null,
    now: () => NOW,
  });
  await expect(failing({ id: 'd1', event: 'issue_comment', payload })).rejects.toThrow('disk full');
  expect(await memory.inputs(onPull(1))).toEqual([]);
  expect(await memory.hasDelivery('d1')).toBe(false);
  await deliver('d1', 'issue_comment', payload);
  expect(await memory.inputs(onPull(1))).toEqual([
    expect.objectContaining({ deliveryId: 'd1', kind: 'command', accountId: 42, login: 'mona', text: 'recheck' }),
  ]);
});

test('every delivery teaches which installation serves an account', async () => {
  await deliver('d1', 'pull_request', { ...pull('opened'), installation: { id: 7 } });
  expect(await memory.installation('acme')).toEqual({ owner: 'acme', id: 7, isSuspended: false });
});

test('a delivery that comes late does not bring back an installation that was replaced', async () => {
  await deliver('d2', 'pull_request', { ...pull('opened'), installation: { id: 8 } });
  expect(await deliver('d1', 'pull_request', { ...pull('synchronize'), installation: { id: 7 } })).toBe('recorded');
  expect(await memory.installation('acme')).toMatchObject({ id: 8 });
  await deliver('d3', 'pull_request', { ...pull('synchronize'), installation: { id: 9 } });
  expect(await memory.installation('acme')).toMatchObject({ id: 9 });
});

test('an installation that a delivery teaches is looked at as a whole, once', async () => {
  await deliver('d1', 'pull_request', { ...pull('opened'), installation: { id: 7 } });
  await deliver('d2', 'pull_request', { ...pull('synchronize'), installation: { id: 7 } });
  const seen: Subject[] = [];
  await memory.jobs.start(({ subject }) => Promise.resolve(void seen.push(subject)));
  await until(async () => seen.length === 2 && (await memory.jobs.counts()).running === 0);
  expect(seen).toEqual([onPull(1), { kind: 'owner', owner: 'acme' }]);
});

test('a removal that comes late does not remove the installation that followed', async () => {
  const installation = (action: string, id: number): object => ({ action, installation: { id, account: { login: 'acme' } } });
  await deliver('d2', 'installation', installation('created', 2));
  await deliver('d1', 'installation', installation('deleted', 1));
  expect(await memory.installation('acme')).toMatchObject({ id: 2 });
  await deliver('d3', 'installation', installation('suspend', 2));
  expect(await memory.installation('acme')).toMatchObject({ isSuspended: true });
  await deliver('d4', 'installation', installation('deleted', 2));
  expect(await memory.installation('acme')).toBeNull();
});

test('of two names of one installation neither is learned on the way: a comment can come late, and a rename early', async () => {
  const under = (login: string, id: string) =>
    deliver(id, 'pull_request', { ...pull('opened'), repository: { ...repository, owner: { login } }, installation: { id: 7 } });
  const renamed = {
    action: 'renamed',
    organization: { login: 'zeta' },
    changes: { login: { from: 'acme' } },
    installation: { id: 7 },
  };
  await under('acme', 'd1');
  await under('zeta', 'd2');
  expect(await memory.installations()).toEqual([{ owner: 'acme', id: 7, isSuspended: false }]);
  await deliver('d3', 'organization', renamed);
  await under('acme', 'd4');
  await deliver('d5', 'installation_target', { ...renamed, account: { login: 'zeta' } });
  expect(await memory.installations()).toEqual([{ owner: 'zeta', id: 7, isSuspended: false }]);
});

test('what is told late of an installation changes neither a newer one nor the name of its account', async () => {
  const installation = (action: string, id: number, login: string): object => ({
    action,
    installation: { id, account: { login } },
  });
  await deliver('d3', 'installation', installation('created', 8, 'acme'));
  await deliver('d1', 'installation', installation('created', 7, 'acme'));
  await deliver('d2', 'installation', installation('suspend', 7, 'acme'));
  expect(await memory.installations()).toEqual([{ owner: 'acme', id: 8, isSuspended: false }]);
  await deliver('d4', 'installation', installation('suspend', 8, 'zeta'));
  expect(await memory.installations()).toEqual([{ owner: 'acme', id: 8, isSuspended: true }]);
  await deliver('d5', 'installation', installation('deleted', 8, 'zeta'));
  expect(await memory.installations()).toEqual([]);
});
