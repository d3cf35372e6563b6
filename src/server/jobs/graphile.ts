/** Jobs of the scale mode: graphile-worker on PostgreSQL, shared by any number of replicas. */
import type { JobHelpers, TaskList } from 'graphile-worker';
import { opened } from '../../store/database.ts';
import type { Postgres } from '../../store/postgres.ts';
import type { Log } from '../../store/store.ts';
import { asked } from './asked.ts';
import { consequence, ENDED_WITH_PROCESS, reasonOf } from './consequence.ts';
import { add, bury, nudge, park, putBack, TASK, type Claimed, type Payload } from './graphile-rows.ts';
import { deadJobs, graphileCounts, reviveJob } from './graphile-view.ts';
import { MAX_ATTEMPTS, type Handler, type Jobs } from './jobs.ts';
import { subjectLocks, type SubjectLocks } from './subject-locks.ts';
import type { Tuning } from './tuning.ts';
import { supervise, type Supervised } from './workers.ts';

interface Context {
  readonly database: Postgres;
  readonly locks: SubjectLocks;
  readonly log: Log;
  readonly tuning: Tuning;
}

/** The queue that replicas share. */
export function graphileJobs(database: Postgres, { log, tuning }: { log: Log; tuning: Tuning }): Jobs {
  let workers: Supervised | null = null;
  let locks: SubjectLocks | null = null;
  let replicas = 1;
  const seen = (living: number): void => {
    replicas = Math.max(1, living);
  };
  return {
    enqueue: (transaction, jobs) => add(opened(transaction), asked(jobs), database.now().toISOString()),
    start: async (handler) => {
      locks = subjectLocks(() => database.connect());
      const context = { database, locks, log, tuning };
      const tasks: TaskList = {
        [TASK]: (payload, helpers) => take(context, claimed(payload as Payload, helpers), helpers, handler),
      };
      workers = await supervise(database, tasks, { log, tuning, seen });
    },
    stop: async () => {
      await workers?.stop();
      await locks?.close();
      workers = locks = null;
    },
    counts: () => graphileCounts(database),
    replicas: () => replicas,
    dead: () => deadJobs(database),
    revive: (key) => reviveJob(database, key),
  };
}

function claimed(payload: Payload, { job }: JobHelpers): Claimed {
  const since = [payload.since, new Date(job.created_at).toISOString()].sort()[0] ?? payload.since;
  return { ...payload, since, id: job.id, key: job.key ?? '', priority: job.priority };
}

/** Runs a claimed row if its subject is free, else lets it step aside without counting that as an attempt. */
async function take(context: Context, job: Claimed, { job: row }: JobHelpers, handler: Handler): Promise<void> {
  // A row whose key was taken before this process looked at it has been replaced by a newer one.
  if (job.key === '') return;
  const { locks, tuning } = context;
  const outcome = await locks.take(job.key, job.subject.owner.toLowerCase());
  if (outcome !== 'taken') {
    await retry(context, job, { delay: outcome === 'busy' ? tuning.stepAside : 0, failed: job.failed + row.attempts - 1 });
    return;
  }
  try {
    await runOne(context, job, job.failed + row.attempts, handler);
  } finally {
    await locks.free(job.key);
  }
}

async function runOne(context: Context, job: Claimed, attempt: number, handler: Handler): Promise<void> {
  try {
    if (attempt > MAX_ATTEMPTS) throw new Error(ENDED_WITH_PROCESS);
    await handler({ subject: job.subject, attempt, priority: job.priority, since: job.since });
  } catch (error) {
    await settle(context, job, attempt, error);
  }
}

async function settle(context: Context, job: Claimed, attempt: number, error: unknown): Promise<void> {
  const { database, log, tuning } = context;
  const reason = reasonOf(error);
  const fields = { subject: job.key, attempt, reason };
  const next = consequence(error, attempt, tuning);
  if (next.kind === 'dead') {
    log.error(fields, 'An evaluation failed for the last time; it waits for a new delivery or to be revived');
    const death = { attempts: Math.min(attempt, MAX_ATTEMPTS), error: reason, at: database.now().toISOString() };
    await database.transaction((query) => bury(query, job, death));
    return;
  }
  log.warn({ ...fields, waitMs: next.delay }, 'An evaluation failed and is tried again');
  if (next.owner !== null) await park(database.query(), next.owner, next.delay);
  await retry(context, job, { delay: next.delay, failed: next.attempts });
}

async function retry({ database, log, tuning }: Context, job: Claimed, again: { delay: number; failed: number }): Promise<void> {
  await database.transaction((query) => putBack(query, job, again));
  // Idle workers look once a poll interval; a shorter wait needs a call of its own.
  if (again.delay >= tuning.poll) return;
  setTimeout(() => {
    nudge(database.query()).catch((error: unknown) => {
      log.warn({ reason: reasonOf(error) }, 'The workers could not be woken; they look by themselves shortly');
    });
  }, again.delay + 5).unref();
}
