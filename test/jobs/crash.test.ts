/** Real processes, really killed: nothing that was accepted is lost, and nobody else has to wait for hours. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openStore, type Memory } from '../../src/server/jobs/open.ts';
import { describeOnPostgres, POSTGRESQL, SQLITE, type Kind, type Place } from '../support/databases.ts';
import { enqueue, gate, idle, IMPATIENT, pull, stage, until } from './stage.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

interface Killable {
  readonly process: ChildProcess;
  kill(): Promise<void>;
}

let place: Place;
const open: (Memory | Killable)[] = [];

/** Starts a process and waits until it runs `running` jobs. */
async function startChild(numbers: readonly number[], running: number): Promise<Killable> {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, JSON.stringify({ place, numbers })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  open.push({ process: child, kill });
  let told = 0;
  for await (const line of createInterface(child.stdout)) if (line && ++told === running) break;
  expect(told).toBe(running);
  return { process: child, kill };
}

async function openHere(): Promise<Memory> {
  const store = await openStore({ ...place, tuning: IMPATIENT });
  open.push(store);
  return store;
}

function around(kind: Kind): void {
  beforeEach(async () => {
    place = await kind.create();
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await ('kill' in each ? each.kill() : each.close());
    await place.remove();
  });
}

describe('a killed process on SQLite', () => {
  around(SQLITE);

  test('what it ran and what waited is run by the next one', async () => {
    const child = await startChild([1, 2, 3], 2);
    await child.kill();
    const store = await openHere();
    expect(await store.jobs.counts()).toMatchObject({ waiting: 1, running: 2 });
    const { handler, ran } = stage();
    await store.jobs.start(handler);
    await idle(store);
    expect(new Set(ran)).toEqual(new Set(['#1 try 2', '#2 try 2', '#3']));
  });

  test('while it lives, a second process on the same folder is refused, and told what to do', async () => {
    const child = await startChild([1], 1);
    await expect(openHere()).rejects.toThrow(/Another Steward is using the data folder .*DATABASE_URL/);
    await child.kill();
    await openHere();
  });

  test('a second opening within one process is refused as well', async () => {
    await openHere();
    await expect(openHere()).rejects.toThrow('Another Steward is using the data folder');
  });

  test('a job that was running each time the process ended is given up at last', async () => {
    for (let life = 0; life < 8; life++) await (await startChild(life === 0 ? [1] : [], 1)).kill();
    const store = await openHere();
    const { handler, ran } = stage();
    await store.jobs.start(handler);
    await idle(store);
    expect(ran).toEqual([]);
    expect((await store.jobs.dead()).map((job) => job.error)).toEqual([
      'Error: The process ended each time while this was being evaluated.',
    ]);
  });
});

describeOnPostgres('several processes', () => {
  around(POSTGRESQL);

  test('the jobs of a killed replica are run by the one that lives', async () => {
    const child = await startChild([1, 2], 2);
    const store = await openHere();
    const { handler, ran } = stage();
    await store.jobs.start(handler);
    await enqueue(store, pull(3));
    await until(() => ran.includes('#3'));
    expect(ran).toEqual(['#3']);
    await child.kill();
    await idle(store);
    expect(new Set(ran)).toEqual(new Set(['#3', '#1 try 2', '#2 try 2']));
  });

  test('a subject asked for again while a replica that is then killed runs it is run once', async () => {
    const child = await startChild([1], 1);
    const store = await openHere();
    const { handler, ran } = stage();
    await enqueue(store, pull(1));
    await store.jobs.start(handler);
    await child.kill();
    await idle(store);
    expect(ran).toHaveLength(1);
  });

  test('three replicas may start at once on an empty database', async () => {
    const stores = await Promise.all([openHere(), openHere(), openHere()]);
    for (const store of stores) await store.ping();
  });

  test('replicas share the work and never run a subject at the same time', async () => {
    const stores = [await openHere(), await openHere()] as const;
    const { handler, overlap, ran } = stage(() => new Promise((resolve) => setTimeout(resolve, 2)));
    for (const store of stores) await store.jobs.start(handler);
    await Promise.all(Array.from({ length: 200 }, (_, index) => enqueue(stores[index % 2 === 0 ? 0 : 1], pull(index % 5))));
    await idle(stores[0]);
    expect({ overlap: overlap(), subjects: new Set(ran).size }).toEqual({ overlap: 1, subjects: 5 });
  });

  test('replicas know how many they are, for they share what GitHub allows', async () => {
    const [one, other] = [await openHere(), await openHere()];
    await Promise.all([one, other].map(({ jobs }) => jobs.start(stage().handler)));
    await until(() => one.jobs.replicas?.() === 2 && other.jobs.replicas?.() === 2);
    await other.jobs.stop();
    await until(() => one.jobs.replicas?.() === 1);
  });

  test('a rate limit that one replica meets holds for the other', async () => {
    const stores = [await openHere(), await openHere()] as const;
    const { handler } = stage();
    const { RetryLater } = await import('../../src/server/jobs/jobs.ts');
    await stores[0].jobs.start(() => Promise.reject(new RetryLater('rate limit', { after: 3_600_000, owner: 'acme' })));
    await enqueue(stores[0], pull(1));
    await until(async () => {
      const { waiting, running, oldestReady } = await stores[0].jobs.counts();
      return waiting === 1 && running === 0 && oldestReady === 0;
    });
    await stores[1].jobs.start(handler);
    await enqueue(stores[1], pull(2));
    expect(await stores[1].jobs.counts()).toMatchObject({ waiting: 2, running: 0, oldestReady: 0 });
  });

  test('when every connection is cut, the process lives on, what it ran is finished and new work is taken', async () => {
    const store = await openHere();
    const running = gate();
    const hold = gate();
    const { handler, ran } = stage(async () => {
      running.open();
      await hold.opened;
    });
    await store.jobs.start(handler);
    await enqueue(store, pull(1));
    await running.opened;
    await cutConnections();
    hold.open();
    await until(() =>
      enqueue(store, pull(2)).then(
        () => true,
        () => false,
      ),
    );
    await until(() => ran.includes('#2'));
    await idle(store);
    expect(ran).toContain('#1');
  });
});

async function cutConnections(): Promise<void> {
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}
