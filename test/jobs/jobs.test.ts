/** The queue keeps its promises, on both databases alike. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { MAX_ATTEMPTS, RetryLater } from '../../src/server/jobs/jobs.ts';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import type { Tuning } from '../../src/server/jobs/tuning.ts';
import { describeOnBoth, type Place } from '../support/databases.ts';
import { enqueue, gate, idle, IMPATIENT, pull, stage, until } from './stage.ts';

const LONG = 3_600_000;

describeOnBoth('jobs', (kind) => {
  let place: Place;
  let store: Memory;

  beforeAll(async () => {
    place = await kind.create();
  });
  beforeEach(async () => {
    await place.empty();
    await open();
  });
  afterEach(() => store.close());
  afterAll(() => place.remove());

  async function open(tuning: Partial<Tuning> = {}): Promise<void> {
    store = await openStore({ ...place, tuning: { ...IMPATIENT, ...tuning } });
  }
  async function reopen(tuning: Partial<Tuning>): Promise<void> {
    await store.close();
    await open(tuning);
  }

  test('a subject asked for ten times before it runs is run once, in whatever spelling it was asked for', async () => {
    for (let push = 0; push < 9; push++) await enqueue(store, pull(1));
    await enqueue(store, pull(1, 'ACME'), pull(1));
    expect(await store.jobs.counts()).toMatchObject({ waiting: 1 });
    const { handler, ran } = stage();
    await store.jobs.start(handler);
    await idle(store);
    expect(ran).toEqual(['#1']);
  });

  test('a subject asked for ten times while it runs is run once more', async () => {
    const running = gate();
    const hold = gate();
    const { handler, ran, overlap } = stage(async () => {
      running.open();
      await hold.opened;
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await running.opened;
    for (let push = 0; push < 10; push++) await enqueue(store, pull(1));
    hold.open();
    await idle(store);
    expect({ ran, overlap: overlap() }).toEqual({ ran: ['#1', '#1'], overlap: 1 });
  });

  test('different subjects run side by side, one subject never does', async () => {
    const both = gate();
    const seen = new Set<number>();
    const { handler, overlap } = stage(async ({ subject }) => {
      if (subject.kind === 'pull-request') seen.add(subject.number);
      if (seen.size >= 2) both.open();
      await both.opened;
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await enqueue(store, pull(1), pull(2));
    await idle(store);
    expect({ seen: seen.size, overlap: overlap() }).toEqual({ seen: 2, overlap: 1 });
  });

  test('a job says since when its subject has been waited for', async () => {
    await enqueue(store, pull(1));
    const first = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await enqueue(store, pull(1));
    const { handler, jobs } = stage();
    await store.jobs.start(handler);
    await idle(store);
    expect((jobs[0]?.since ?? '') <= first).toBe(true);
  });

  test('the more urgent runs first', async () => {
    await reopen({ concurrency: 1 });
    await enqueue(
      store,
      { subject: pull(3), priority: 10 },
      { subject: pull(2), priority: 5 },
      { subject: pull(1), priority: 10 },
    );
    await enqueue(store, { subject: pull(1), priority: 0 });
    const { handler, ran } = stage();
    await store.jobs.start(handler);
    await idle(store);
    expect(ran).toEqual(['#1', '#2', '#3']);
  });

  test('a delayed subject waits, and one that is asked for at once does not', async () => {
    const { handler, ran } = stage();
    await store.jobs.start(handler);
    await enqueue(store, { subject: pull(1), delay: LONG }, { subject: pull(2), delay: LONG });
    expect(await store.jobs.counts()).toEqual({ waiting: 2, running: 0, dead: 0, oldestReady: 0 });
    await enqueue(store, pull(1));
    await until(async () => ran.length > 0 && (await store.jobs.counts()).running === 0);
    expect(ran).toEqual(['#1']);
    expect(await store.jobs.counts()).toMatchObject({ waiting: 1 });
  });

  test('asking for a later time does not put off a subject that waits already', async () => {
    await enqueue(store, pull(1));
    await enqueue(store, { subject: pull(1), delay: LONG });
    const { handler, ran } = stage();
    await store.jobs.start(handler);
    await idle(store);
    expect(ran).toEqual(['#1']);
  });

  test('a failed job is tried again until it succeeds', async () => {
    const { handler, ran } = stage(({ attempt }) => {
      if (attempt < 3) throw new Error('GitHub is down');
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await idle(store);
    expect(ran).toEqual(['#1', '#1 try 2', '#1 try 3']);
    expect(await store.jobs.dead()).toEqual([]);
  });

  test('a failure that waits for its next attempt is found waiting, and a new delivery does not wait for it', async () => {
    await reopen({ backOff: () => LONG });
    let isDown = true;
    const { handler, ran } = stage(() => {
      if (isDown) throw new Error('GitHub is down');
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await until(async () => ran.length === 1 && (await store.jobs.counts()).running === 0);
    expect(await store.jobs.counts()).toEqual({ waiting: 1, running: 0, dead: 0, oldestReady: 0 });
    isDown = false;
    await enqueue(store, pull(1));
    await idle(store);
    expect(ran).toEqual(['#1', '#1']);
  });

  test('a job that fails eight times is dead, tells why, and comes back when it is revived', async () => {
    let isBroken = true;
    const { handler, ran } = stage(() => {
      if (isBroken) throw new TypeError('x is not a function');
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await until(async () => (await store.jobs.counts()).dead === 1);
    expect(ran).toHaveLength(MAX_ATTEMPTS);
    expect(await store.jobs.dead()).toEqual([
      {
        key: 'pull-request:acme/widget#1',
        subject: pull(1),
        attempts: MAX_ATTEMPTS,
        error: 'TypeError: x is not a function',
        at: expect.stringMatching(/^\d{4}-/),
      },
    ]);
    isBroken = false;
    expect(await store.jobs.revive('pull-request:acme/widget#1')).toBe(true);
    await idle(store);
    expect(ran.at(-1)).toBe('#1');
    expect(await store.jobs.counts()).toMatchObject({ dead: 0 });
    expect(await store.jobs.revive('pull-request:acme/widget#1')).toBe(false);
  });

  test('a new delivery takes up a dead job afresh', async () => {
    let isBroken = true;
    const { handler, ran } = stage(() => {
      if (isBroken) throw new Error('no');
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await until(async () => (await store.jobs.counts()).dead === 1);
    isBroken = false;
    await enqueue(store, pull(1));
    await idle(store);
    expect(ran.at(-1)).toBe('#1');
    expect(await store.jobs.dead()).toEqual([]);
  });

  test('a job asked for again while its last attempt fails lives on with attempts of its own', async () => {
    let isBroken = true;
    const { handler, ran } = stage(async ({ attempt }) => {
      if (attempt === MAX_ATTEMPTS) {
        await enqueue(store, pull(1));
        isBroken = false;
        throw new Error('the last time');
      }
      if (isBroken) throw new Error('no');
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await idle(store);
    expect(ran.at(-1)).toBe('#1');
    expect(await store.jobs.dead()).toEqual([]);
  });

  test('waiting because GitHub said so does not count as an attempt', async () => {
    let answers = 0;
    const { handler, ran } = stage(() => {
      if (++answers <= MAX_ATTEMPTS + 2) throw new RetryLater('secondary rate limit', { after: 1 });
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await idle(store);
    expect(ran).toEqual(Array.from({ length: MAX_ATTEMPTS + 3 }, () => '#1'));
  });

  test('a rate limit of an account lets all its subjects wait, and nobody else', async () => {
    await reopen({ concurrency: 1 });
    const { handler, ran } = stage(({ subject }) => {
      if (subject.owner === 'acme') throw new RetryLater('rate limit', { after: LONG, owner: 'Acme' });
    });
    await enqueue(
      store,
      { subject: pull(1), priority: 0 },
      { subject: pull(2), priority: 1 },
      { subject: pull(8, 'zeta'), priority: 2 },
    );
    await store.jobs.start(handler);
    await until(() => ran.includes('#8'));
    await enqueue(store, pull(3), { subject: pull(9, 'zeta'), priority: 3 });
    await until(async () => ran.includes('#9') && (await store.jobs.counts()).running === 0);
    expect(ran).toEqual(['#1', '#8', '#9']);
    expect(await store.jobs.counts()).toEqual({ waiting: 3, running: 0, dead: 0, oldestReady: 0 });
  });

  test('when the rate limit is over, all subjects of the account run', async () => {
    let isLimited = true;
    const { handler, ran } = stage(() => {
      if (isLimited) throw new RetryLater('rate limit', { after: 30, owner: 'acme' });
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await until(() => ran.length > 0);
    isLimited = false;
    await enqueue(store, pull(2));
    await idle(store);
    expect(new Set(ran)).toEqual(new Set(['#1', '#2']));
  });

  test('stopping waits for what runs and takes nothing more', async () => {
    const running = gate();
    const hold = gate();
    const told: string[] = [];
    const { handler, ran } = stage(async () => {
      running.open();
      await hold.opened;
      told.push('finished');
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await running.opened;
    const stopped = store.jobs.stop().then(() => told.push('stopped'));
    await enqueue(store, pull(2));
    hold.open();
    await stopped;
    expect({ told, ran }).toEqual({ told: ['finished', 'stopped'], ran: ['#1'] });
    expect(await store.jobs.counts()).toMatchObject({ waiting: 1, running: 0 });
    await store.jobs.start(handler);
    await idle(store);
    expect(ran).toEqual(['#1', '#2']);
  });

  test('a handler may use the store and ask for further subjects', async () => {
    const { handler, ran } = stage(async ({ subject }) => {
      if (subject.kind !== 'owner') return;
      await store.keepBlob('o1', 'text');
      await enqueue(store, ...Array.from({ length: 1_200 }, (_, number) => ({ subject: pull(number), priority: 10 })));
    });
    await store.jobs.start(handler);
    await enqueue(store, { kind: 'owner', owner: 'acme' });
    await idle(store);
    expect(ran).toHaveLength(1_201);
  });

  test('many deliveries at once lose nothing and never run a subject twice at the same time', async () => {
    const { handler, ran, overlap } = stage(() => new Promise((resolve) => setImmediate(resolve)));
    await store.jobs.start(handler);
    await Promise.all(Array.from({ length: 300 }, (_, index) => enqueue(store, pull(index % 7), pull((index * 3) % 7))));
    await idle(store);
    expect(new Set(ran).size).toBe(7);
    expect(overlap()).toBe(1);
    expect(await store.jobs.dead()).toEqual([]);
  });
});
