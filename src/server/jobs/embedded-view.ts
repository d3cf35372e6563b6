/** What the embedded queue shows of itself: how much waits, what was given up, and how that is taken up again. */
import { sql } from 'kysely';
import type { Subject } from '../../facts/subject.ts';
import type { Database } from '../../store/database.ts';
import { unpack } from '../../store/json.ts';
import type { DeadJob, JobCounts } from './jobs.ts';

export async function embeddedCounts(database: Database): Promise<JobCounts> {
  const now = database.now().getTime();
  const rows = await database
    .query()
    .selectFrom('jobs')
    .select(['state', ({ fn }) => fn.countAll<number>().as('count'), ({ fn }) => fn.min('due').as('due')])
    .groupBy('state')
    .execute();
  const of = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0;
  const oldest = rows.find((row) => row.state === 'waiting')?.due ?? now;
  return {
    waiting: of('waiting'),
    running: of('running'),
    dead: of('dead'),
    oldestReady: Math.max(0, (now - oldest) / 1000),
  };
}

export async function deadOf(database: Database): Promise<readonly DeadJob[]> {
  const rows = await database.query().selectFrom('jobs').selectAll().where('state', '=', 'dead').orderBy('at').execute();
  return rows.map((row) => ({
    key: row.key,
    subject: unpack<Subject>(row.subject),
    attempts: row.attempts,
    error: row.error ?? '',
    at: row.at,
  }));
}

/** Puts a dead job back to waiting. False: there is no such dead job. */
export async function reviveRow(database: Database, key: string): Promise<boolean> {
  const now = database.now();
  const { numUpdatedRows } = await database
    .query()
    .updateTable('jobs')
    .set({
      state: 'waiting',
      attempts: 0,
      error: null,
      since: now.toISOString(),
      due: sql<number>`max(${now.getTime()}, coalesce((select until from parked_owners p where p.owner_key = jobs.owner_key), 0))`,
    })
    .where('key', '=', key)
    .where('state', '=', 'dead')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
