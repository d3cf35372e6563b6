/** Jobs of the embedded mode: rows beside the store in SQLite, run by this one process. */
import type { Subject } from '../../facts/subject.ts';
import { opened, type Query } from '../../store/database.ts';
import { unpack } from '../../store/json.ts';
import type { Sqlite } from '../../store/sqlite.ts';
import type { Log } from '../../store/store.ts';
import type { JobRows } from '../../store/tables.ts';
import { asked } from './asked.ts';
import { consequence, ENDED_WITH_PROCESS, reasonOf } from './consequence.ts';
import { add, bury, claim, finish, nextDue, park, putBack, recover } from './embedded-rows.ts';
import { MAX_ATTEMPTS, type Handler, type Jobs } from './jobs.ts';
import { deadOf, embeddedCounts, reviveRow } from './embedded-view.ts';
import { pump } from './pump.ts';
import type { Tuning } from './tuning.ts';

/**
 * The queue of one process. `start` first puts back what a crash left running. Only asking for a subject waits for the disk:
 * if a power cut undoes what happened since, a job runs once more, and every run may.
 */
export function embeddedJobs(database: Sqlite, { log, tuning }: { log: Log; tuning: Tuning }): Jobs {
  let handler: Handler | null = null;
  const engine = pump({
    concurrency: tuning.concurrency,
    claim: (free) => database.relaxed((query) => claim(query, free, database.now())),
    nextDue: async () => waitFor(await nextDue(database.query()), database.now()),
    run: (row) => runOne(row),
    log,
  });
  // Started inside a transaction, the claim must not become a part of it.
  const wake = (): void => {
    database.outside(() => {
      engine.wake();
    });
  };

  async function runOne(row: JobRows): Promise<void> {
    let error: unknown = null;
    if (row.attempts > MAX_ATTEMPTS) error = new Error(ENDED_WITH_PROCESS);
    else {
      try {
        await handler?.({
          subject: unpack<Subject>(row.subject),
          attempt: row.attempts,
          priority: row.priority,
          since: row.since,
        });
      } catch (thrown) {
        error = thrown ?? new Error('unknown error');
      }
    }
    await insist(() => database.relaxed((query) => (error === null ? finish(query, row.key) : settle(query, row, error))), log);
  }

  async function settle(query: Query, row: JobRows, error: unknown): Promise<void> {
    const now = database.now();
    const reason = reasonOf(error);
    const next = consequence(error, row.attempts, tuning);
    const fields = { subject: row.key, attempt: row.attempts, reason };
    if (next.kind === 'dead') {
      log.error(fields, 'An evaluation failed for the last time; it waits for a new delivery or to be revived');
      await bury(query, row.key, {
        attempts: Math.min(row.attempts, MAX_ATTEMPTS),
        error: reason,
        at: now.toISOString(),
      });
      return;
    }
    log.warn({ ...fields, waitMs: next.delay }, 'An evaluation failed and is tried again');
    const due = now.getTime() + next.delay;
    await query.transaction().execute(async (transaction) => {
      await putBack(transaction, row.key, { due, attempts: next.attempts, error: reason });
      if (next.owner !== null) await park(transaction, next.owner, due);
    });
  }

  return {
    enqueue: async (transaction, jobs) => {
      const query = opened(transaction);
      for (const job of asked(jobs)) await add(query, job, database.now());
      wake();
    },
    start: async (given) => {
      await recover(database.query());
      handler = given;
      engine.start();
    },
    stop: () => engine.stop(),
    counts: () => embeddedCounts(database),
    dead: () => deadOf(database),
    revive: async (key) => {
      const revived = await reviveRow(database, key);
      wake();
      return revived;
    },
  };
}

function waitFor(due: number | null, now: Date): number | null {
  return due === null ? null : Math.max(0, due - now.getTime());
}

/** What happened must be written down, or the job would stay running for ever: a full disk is waited out. */
async function insist(write: () => Promise<void>, log: Log): Promise<void> {
  for (;;) {
    try {
      await write();
      return;
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'The outcome of a job cannot be written; trying again in a second');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
