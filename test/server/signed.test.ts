/** When somebody signs, every pull request that waits for it is looked at again, behind those that people wait at. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { subjectKey, type Judged } from '../../src/facts/subject.ts';
import type { Enqueue } from '../../src/server/jobs/jobs.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import { hearAgain, signed, signing } from '../../src/server/signed.ts';
import { aConfig } from '../support/server.ts';
import { aFinding, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const config = aConfig();
let memory: Memory;
beforeEach(async () => {
  memory = await openStore({ dataFolder: config.dataFolder });
});
afterEach(async () => {
  await memory.close();
  rmSync(config.dataFolder, { recursive: true });
});

const pull = (owner: string, number: number): Judged => ({ kind: 'pull-request', owner, repo: 'rocket', number });

/** A verdict that waits for these accounts to sign. */
const waitsFor = (subject: Judged, ...accountIds: readonly number[]): Promise<void> => {
  const findings = accountIds.map((accountId) => aFinding({ about: `account:${accountId}`, accountId, isLasting: true }));
  return memory.keepVerdict(aVerdict({ subject, rules: [aRuleVerdict({ id: 'cla', findings })] }));
};

test('those of every account, and nobody else’s', async () => {
  await waitsFor(pull('acme', 1), 5);
  await waitsFor(pull('other', 1), 5, 6);
  await waitsFor(pull('acme', 2), 6);
  const enqueued: Enqueue[] = [];
  const jobs = { enqueue: (_: unknown, more: readonly Enqueue[]) => Promise.resolve(void enqueued.push(...more)) };
  expect(await signed(5, { store: memory, jobs })).toBe(2);
  expect(enqueued.map(({ subject, priority }) => [subjectKey(subject), priority]).sort()).toEqual([
    ['pull-request:acme/rocket#1', 5],
    ['pull-request:other/rocket#1', 5],
  ]);
});

test('where a sentence could not be decided on it is tried again: in a round what came within a day, and everything once a day', async () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const said = (number: number, at: string) =>
    memory.transaction((transaction) =>
      memory.keepInput(transaction, {
        ...{ deliveryId: `d${number}`, kind: 'sentence', subject: pull('acme', number), accountId: 5, login: 'ada' },
        ...{ text: 'I sign.', at, commentId: number, url: null, body: 'I sign.' },
      }),
    );
  await said(1, '2026-02-10T12:00:00.000Z');
  await said(2, '2026-03-10T11:54:00.000Z');
  await said(3, '2026-03-10T11:56:00.000Z');
  const again = async (which: 'recent' | 'all') => {
    const found: string[] = [];
    const jobs = {
      enqueue: (_: unknown, more: readonly Enqueue[]) =>
        Promise.resolve(void found.push(...more.map(({ subject }) => subjectKey(subject)))),
    };
    await hearAgain(now, which, { store: memory, jobs });
    return found;
  };
  expect(await again('recent')).toEqual(['pull-request:acme/rocket#2']);
  expect(await again('all')).toEqual(['pull-request:acme/rocket#1', 'pull-request:acme/rocket#2']);
});

test('the first of them with the signature itself or not at all, and the rest after it', async () => {
  await waitsFor(pull('acme', 1), 5);
  await waitsFor(pull('acme', 2), 5);
  const enter = (fail: boolean) =>
    memory.transaction(async (transaction) => {
      const followed = await signing(5, transaction, { store: memory, jobs: memory.jobs });
      if (fail) throw new Error('the disk is full');
      return followed;
    });
  await expect(enter(true)).rejects.toThrow('the disk is full');
  expect((await memory.jobs.counts()).waiting).toBe(0);
  const followed = await enter(false);
  expect((await memory.jobs.counts()).waiting).toBe(2);
  await waitsFor(pull('acme', 3), 5);
  expect(await signed(5, { store: memory, jobs: memory.jobs }, followed)).toBe(1);
  expect((await memory.jobs.counts()).waiting).toBe(3);
});

test('hundreds in portions that a database has room for', async () => {
  const portions: number[] = [];
  const jobs = { enqueue: (_: unknown, more: readonly Enqueue[]) => Promise.resolve(void portions.push(more.length)) };
  const awaiting = () => Promise.resolve(Array.from({ length: 1201 }, (_, index) => pull('acme', index + 1)));
  await signed(5, { store: { awaiting, transaction: (work) => memory.transaction(work) }, jobs });
  expect(portions).toEqual([500, 500, 201]);
});
