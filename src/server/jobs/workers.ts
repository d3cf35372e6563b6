/** Starts graphile-worker, keeps it alive through restarts of the database, and stops it in order. */
import { EventEmitter } from 'node:events';
import { Logger, run, runMigrations, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Postgres } from '../../store/postgres.ts';
import type { Log } from '../../store/store.ts';
import { reasonOf } from './consequence.ts';
import { lifeSigns } from './replicas.ts';
import type { Tuning } from './tuning.ts';

export interface Supervised {
  /** Takes no more jobs and waits for the running ones. */
  stop(): Promise<void>;
}

interface Settings {
  readonly log: Log;
  readonly tuning: Tuning;
  /** Told how many replicas live, this one included. */
  readonly seen: (living: number) => void;
}

const BEFORE_RESTART = 1_000;

/** Brings graphile-worker's own tables to the present. */
export async function migrateWorker(pool: pg.Pool, log: Log): Promise<void> {
  await runMigrations({ pgPool: pool, logger: loggerOn(log) });
}

/** Runs the tasks until stopped. graphile-worker ends its pool when it cannot record an outcome; then a new one is started. */
export async function supervise(database: Postgres, tasks: TaskList, settings: Settings): Promise<Supervised> {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let current = await launch(database, tasks, settings);
  const ended = (async () => {
    for (;;) {
      const reason = await current.ended;
      if (isStopping()) return;
      settings.log.error({ reason }, 'The workers ended and are started again');
      await pause(BEFORE_RESTART, stopping.signal);
      current = await launchWithPatience(database, tasks, settings, stopping.signal, current);
      if (isStopping()) await current.stop();
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await current.stop();
      await ended;
    },
  };
}

interface Launched extends Supervised {
  /** Resolves when the pool has ended, with the reason. */
  readonly ended: Promise<string>;
}

async function launchWithPatience(
  database: Postgres,
  tasks: TaskList,
  settings: Settings,
  signal: AbortSignal,
  before: Launched,
): Promise<Launched> {
  while (!signal.aborted) {
    try {
      return await launch(database, tasks, settings);
    } catch (error) {
      settings.log.error({ reason: reasonOf(error) }, 'The workers cannot be started; trying again in a second');
      await pause(BEFORE_RESTART, signal);
    }
  }
  return before;
}

async function launch(database: Postgres, tasks: TaskList, settings: Settings): Promise<Launched> {
  const events = new EventEmitter() as WorkerEvents;
  let id = '';
  events.once('pool:create', ({ workerPool }) => {
    id = workerPool.id;
  });
  const runner = await run({ ...optionsOf(database.pool, settings), events, taskList: tasks });
  const signs = lifeSigns(() => database.query(), id, settings);
  const ended = runner.promise.then(() => 'stopped', reasonOf).finally(() => signs.stop().catch(() => undefined));
  return { ended, stop: () => stopRunner(runner, ended) };
}

function optionsOf(pool: pg.Pool, { log, tuning }: Settings) {
  return {
    pgPool: pool,
    logger: loggerOn(log),
    concurrency: tuning.concurrency,
    pollInterval: tuning.poll,
    noHandleSignals: true,
    parsedCronItems: [],
    // With batches a failed write is handled by the pool, and stopping waits for it; without, it is an unhandled rejection.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  };
}

async function stopRunner(runner: Runner, ended: Promise<string>): Promise<void> {
  // A runner that has ended by itself refuses to be stopped; its promise tells when it is done.
  await runner.stop().catch(() => undefined);
  await ended;
}

/** graphile-worker's warnings and errors by their message only: what it attaches may hold a payload. */
function loggerOn(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ from: 'graphile-worker' }, message);
    else if (level === 'warning') log.warn({ from: 'graphile-worker' }, message);
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
