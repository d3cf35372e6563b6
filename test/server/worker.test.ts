/** What comes of a job, whatever GitHub does. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Judged, Subject } from '../../src/facts/subject.ts';
import { GoneError, LaterError } from '../../src/github/later.ts';
import type { Platform, Reading } from '../../src/spine/govern.ts';
import type { Effect, Present } from '../../src/views/effects.ts';
import { known } from '../../src/facts/answer.ts';
import { rules } from '../../src/rules/index.ts';
import { MAX_ATTEMPTS, RetryLater, type Job } from '../../src/server/jobs/jobs.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import { readPresets } from '../../src/server/presets.ts';
import { offlineLicenses } from '../../src/server/licenses.ts';
import { createHandler, endOf, patience } from '../../src/server/worker.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { aConfig, aLog, until } from '../support/server.ts';

const pull: Judged = { kind: 'pull-request', owner: 'acme', repo: 'rocket', number: 1 };
const config = aConfig();
const outcomes: string[] = [];
let journal: ReturnType<typeof aLog>;
let memory: Memory;

beforeEach(async () => {
  journal = aLog();
  outcomes.length = 0;
  memory = await openStore({ dataFolder: config.dataFolder });
});
afterEach(async () => {
  await memory.close();
  rmSync(config.dataFolder, { recursive: true });
});

/** Runs one job on a platform of which only `parts` work. */
async function run(
  subject: Subject,
  parts: Partial<Platform>,
  more: { attempt?: number; allowedOwners?: readonly string[] } = {},
): Promise<void> {
  const unused = (): Promise<never> => Promise.reject(new Error('not asked for'));
  const platform: Platform = {
    open: unused,
    publish: unused,
    expand: unused,
    permission: unused,
    approvals: unused,
    inTeams: unused,
    missing: unused,
    withoutCalls: (work) => work(),
    agreementText: unused,
    ...parts,
  };
  const handler = createHandler({
    ports: {
      platform,
      memory,
      licenses: offlineLicenses(),
      rules,
      presets: readPresets(),
      now: () => new Date('2026-03-10T12:00:00Z'),
    },
    store: memory,
    jobs: memory.jobs,
    allowedOwners: more.allowedOwners ?? null,
    log: journal.log,
    metrics: { job: (_kind, outcome) => outcomes.push(outcome) },
  });
  const job: Job = { subject, attempt: more.attempt ?? 1, priority: 0, since: '2026-03-10T12:00:00Z' };
  await handler(job);
}

const failing = (error: Error): Partial<Platform> => ({ open: () => Promise.reject(error) });

/** Keys of everything that waits, by letting it run. */
async function queued(count: number): Promise<readonly string[]> {
  const seen: string[] = [];
  await memory.jobs.start(({ subject }) => {
    seen.push(subject.kind === 'pull-request' ? `${subject.owner}/${subject.repo}#${subject.number}` : subject.kind);
    return Promise.resolve();
  });
  await until(() => seen.length === count);
  return seen.sort();
}

test('a group is spread into its subjects', async () => {
  await run({ kind: 'owner', owner: 'acme' }, { expand: () => Promise.resolve([pull, { ...pull, number: 2 }]) });
  expect(outcomes).toEqual(['spread']);
  expect(await queued(2)).toEqual(['acme/rocket#1', 'acme/rocket#2']);
});

test('GitHub asking for patience is patience, for the whole account where it says so', async () => {
  const asked = run(pull, failing(new LaterError('limit', { after: 61_000, owner: 'acme' })));
  await expect(asked).rejects.toMatchObject({ name: 'RetryLater', after: 61_000, owner: 'acme' });
  await expect(asked).rejects.toBeInstanceOf(RetryLater);
  expect(outcomes).toEqual(['later']);
});

test('what is gone is done, quietly', async () => {
  await run(pull, failing(new GoneError('Steward is not installed on acme.')));
  expect(outcomes).toEqual(['gone']);
  expect(journal.text()).toContain('"level":"info"');
});

test('what moved is looked at in its new place', async () => {
  await run(pull, failing(new GoneError('moved', { movedTo: { owner: 'other', repo: 'rocket' } })));
  expect(await queued(1)).toEqual(['other/rocket#1']);
});

test('what came late under the old name of an account is looked at in its new place', async () => {
  const text = 'I sign.';
  const say = (owner: string) => ({
    ...{ deliveryId: owner, kind: 'sentence' as const, subject: { ...pull, owner }, accountId: 5, login: 'ada', text },
    ...{ at: '2026-03-10T11:59:00Z', commentId: 1, url: null, body: text },
  });
  await memory.transaction(async (transaction) => {
    await memory.keepInstallation(transaction, { owner: 'other', id: 7, isSuspended: false });
    await memory.keepInstallation(transaction, { owner: 'served', id: 8, isSuspended: false });
    for (const owner of ['acme', 'served']) await memory.keepInput(transaction, say(owner));
  });
  const moved = failing(new GoneError('moved', { movedTo: { owner: 'other', repo: 'rocket' } }));
  await run(pull, moved);
  // A repository that an account gave away takes nothing else of it along.
  await run({ ...pull, owner: 'served' }, moved);
  expect(await memory.said({ ...pull, owner: 'other' }, 'head')).toHaveLength(1);
  expect(await memory.said({ ...pull, owner: 'served' }, 'head')).toHaveLength(1);
});

test('what claims to have moved to where it was does not go round in circles', async () => {
  await run(pull, failing(new GoneError('moved', { movedTo: { owner: 'ACME', repo: 'Rocket' } })));
  expect((await memory.jobs.counts()).waiting).toBe(0);
});

test('a fault is handed to the queue, and loud only when it is the last', async () => {
  const fault = new Error('a bug of ours');
  await expect(run(pull, failing(fault))).rejects.toBe(fault);
  expect(journal.text()).toContain('"level":"warn"');
  await expect(run(pull, failing(fault), { attempt: MAX_ATTEMPTS })).rejects.toBe(fault);
  expect(journal.text()).toContain('"level":"error"');
});

test('a pull request whose every attempt failed gets a check that says so; one that was judged keeps its verdict', async () => {
  const posted: Effect[] = [];
  const platform = (checkRuns: Present['checkRuns']): Partial<Platform> => ({
    open: () =>
      Promise.resolve({
        repository: () => Promise.resolve(known({ isArchived: false })),
        contribution: () => Promise.resolve(known({ state: 'open', headSha: 'a'.repeat(40) })),
        policyFiles: () => Promise.reject(new Error('a bug of ours')),
        present: () => Promise.resolve({ checkRuns, comment: null, issue: null, siblings: [1] }),
      } as unknown as Reading),
    publish: (_subject, effects) => {
      posted.push(...effects);
      return Promise.resolve({ postponed: null });
    },
  });
  await expect(run(pull, platform([]))).rejects.toThrow('a bug of ours');
  expect(posted).toEqual([]);
  await expect(run(pull, platform([]), { attempt: MAX_ATTEMPTS })).rejects.toThrow('a bug of ours');
  expect(posted).toMatchObject([
    { name: 'Steward', sha: 'a'.repeat(40), conclusion: 'neutral', title: 'Steward could not judge this commit' },
  ]);
  const judged = { id: 1, name: 'Steward', sha: 'a'.repeat(40), isCompleted: true, externalId: 'steward:1:x' };
  await expect(run(pull, platform([judged]), { attempt: MAX_ATTEMPTS })).rejects.toThrow('a bug of ours');
  expect(posted).toHaveLength(1);
});

test('a job of an account that is not served any more asks GitHub nothing', async () => {
  await run(pull, {}, { allowedOwners: ['other'] });
  expect(outcomes).toEqual(['nothing']);
});

test('every job leaves one line with what it was, how long it took and what came of it', async () => {
  await run(pull, failing(new GoneError('gone')), { attempt: 3 });
  const lines = journal.text().trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    job: 'pull-request:acme/rocket#1',
    attempt: 3,
    outcome: 'gone',
    ms: expect.any(Number),
  });
});

test('what stays unknown is tried again ever more seldom', () => {
  const at = (minute: number, more: object = {}): Verdict =>
    ({ sha: 'a', isIncomplete: true, at: new Date(minute * 60_000).toISOString(), ...more }) as Verdict;
  const minutes = (before: Verdict | null, after: Verdict): number => patience(before, after) / 60_000;
  expect(minutes(null, at(0))).toBe(5);
  expect(minutes(at(0), at(5))).toBe(10);
  expect(minutes(at(5), at(45))).toBe(80);
  expect(minutes(at(0), at(45, { sha: 'b' }))).toBe(5);
  expect(minutes(at(0, { isIncomplete: false }), at(45))).toBe(5);
  expect(minutes(at(0), at(100_000))).toBe(24 * 60);
});

test('a verdict that ends by itself is looked at again when its first finding does', () => {
  const rules = (...ends: readonly (string | undefined)[]): Verdict['rules'] =>
    [{ findings: ends.map((end) => (end === undefined ? {} : { until: end })) }] as unknown as Verdict['rules'];
  const at = '2026-03-10T12:00:00Z';
  expect(endOf({ at, rules: rules('2026-03-15T00:00:00Z', undefined, '2026-03-11T00:00:00Z') })).toBe(12 * 3_600_000);
  expect(endOf({ at, rules: rules('2026-03-10T00:00:00Z', at) })).toBeNull();
  expect(endOf({ at, rules: rules(undefined) })).toBeNull();
  // What it is judged by changes: on that day, or at once where that was while facts were gathered.
  expect(endOf({ at, rules: rules('2026-03-15T00:00:00Z'), until: '2026-03-11T00:00:00Z' })).toBe(12 * 3_600_000);
  expect(endOf({ at, rules: [], until: '2026-03-10T11:59:58Z' })).toBe(1000);
  expect(endOf({ at, rules: [], until: '2026-03-01T00:00:00Z' })).toBeNull();
});
