/** What the queue on PostgreSQL shows of itself: how much waits, what was given up, and how that is taken up again. */
import { sql } from 'kysely';
import type { Subject } from '../../facts/subject.ts';
import type { Database } from '../../store/database.ts';
import { unpack } from '../../store/json.ts';
import { asked } from './asked.ts';
import { add, TASK } from './graphile-rows.ts';
import type { DeadJob, JobCounts } from './jobs.ts';

export async function graphileCounts(database: Database): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`
    select
      count(*) filter (where locked_at is null) as waiting,
      count(*) filter (where locked_at is not null) as running,
      (select count(*) from dead_jobs) as dead,
      coalesce(extract(epoch from clock_timestamp() - min(run_at) filter (where locked_at is null)), 0)::float8 as "oldestReady"
    from graphile_worker.jobs
    where task_identifier = ${TASK} and (key is not null or locked_at is not null)`.execute(database.query());
  const counts = rows[0] ?? { waiting: 0, running: 0, dead: 0, oldestReady: 0 };
  return { ...counts, oldestReady: Math.max(0, counts.oldestReady) };
}

export async function deadJobs(database: Database): Promise<readonly DeadJob[]> {
  const rows = await database.query().selectFrom('dead_jobs').selectAll().orderBy('at').execute();
  return rows.map(({ key, subject, attempts, error, at }) => ({ key, subject: unpack<Subject>(subject), attempts, error, at }));
}

/** Puts a dead job back to waiting. False: there is no such dead job. */
export async function reviveJob(database: Database, key: string): Promise<boolean> {
  return database.transaction(async (query) => {
    const dead = await query.deleteFrom('dead_jobs').where('key', '=', key).returningAll().executeTakeFirst();
    if (!dead) return false;
    const jobs = asked([{ subject: unpack<Subject>(dead.subject), priority: dead.priority }]);
    await add(query, jobs, database.now().toISOString());
    return true;
  });
}
