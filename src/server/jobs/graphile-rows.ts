/**
 * The queue's rows in PostgreSQL, reached by graphile-worker's public functions and its `jobs` view only. Every change of a
 * subject's waiting job happens under a lock on its key, so that whoever comes second sees what the first one did.
 */
import { sql } from 'kysely';
import type { Query } from '../../store/database.ts';
import { pack } from '../../store/json.ts';
import type { Subject } from '../../facts/subject.ts';
import type { Asked } from './asked.ts';

export const TASK = 'govern';

export interface Payload {
  readonly subject: Subject;
  readonly since: string;
  /** Attempts of earlier rows of this round that count. */
  readonly failed: number;
}

/** A row as its task sees it. */
export interface Claimed extends Payload {
  readonly id: string;
  readonly key: string;
  readonly priority: number;
}

interface Added extends Omit<Asked, 'subject'> {
  readonly payload: Payload;
}

/** Attempts are counted in the payload, where waiting for a rate limit can be left out; graphile-worker itself never gives up. */
const NEVER = 32_767;
const ROWS_AT_ONCE = 500;

/** Adds subjects, or brings waiting ones forward; a running one gets a row for another round, a dead one starts afresh. */
export async function add(query: Query, jobs: readonly Asked[], since: string): Promise<void> {
  for (let from = 0; from < jobs.length; from += ROWS_AT_ONCE) {
    const rows = jobs
      .slice(from, from + ROWS_AT_ONCE)
      .map(({ subject, ...rest }) => ({ ...rest, payload: { subject, since, failed: 0 } }));
    await lockKeys(
      query,
      rows.map((row) => row.key),
    );
    await insert(query, rows);
  }
}

/** Takes the keys until the end of the transaction. What they stand for is read by later statements only: each sees anew. */
async function lockKeys(query: Query, keys: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(key, 1)) from unnest(${keys}::text[]) as key`.execute(query);
}

async function insert(query: Query, rows: readonly Added[]): Promise<void> {
  let left = rows;
  // A waiting row that a worker takes between graphile-worker's two statements is neither replaced nor joined by a new one:
  // nothing is returned for it, and the second try sees it running.
  for (let round = 0; round < 5; round++) {
    const added = await addJobs(query, left);
    left = left.filter((row) => !added.has(row.key));
    if (left.length === 0) return;
  }
  throw new Error(`${left.length} subjects could not be added to the queue; the delivery has to be sent again.`);
}

async function addJobs(query: Query, rows: readonly Added[]): Promise<ReadonlySet<string>> {
  const added = await sql<{ key: string; id: number | null }>`
    with risen as (delete from dead_jobs where key = any(${rows.map((row) => row.key)}::text[]))
    select asked.key, job.id
    from json_to_recordset(${pack(rows)}::json) as asked(key text, payload json, owner text, priority int, delay float8)
    left join graphile_worker.jobs as waiting on waiting.key = asked.key and waiting.locked_at is null
    left join parked_owners as parked on parked.owner_key = asked.owner
    cross join lateral graphile_worker.add_job(
      identifier => ${TASK}::text,
      payload => asked.payload,
      run_at => greatest(
        least(clock_timestamp() + asked.delay * interval '1 millisecond', waiting.run_at),
        to_timestamp(parked.until / 1000.0)),
      max_attempts => ${NEVER}::int,
      job_key => asked.key,
      priority => least(asked.priority, waiting.priority)::int
    ) as job`.execute(query);
  return new Set(added.rows.filter((row) => row.id !== null).map((row) => row.key));
}

/** Writes a retry in place of the running row. False: the subject was asked for meanwhile, and that row does the work. */
export async function putBack(query: Query, job: Claimed, retry: { delay: number; failed: number }): Promise<boolean> {
  if (!(await isStillOurs(query, job))) return false;
  const { subject, since, key, priority } = job;
  const payload = { subject, since, failed: retry.failed };
  await insert(query, [{ key, owner: subject.owner.toLowerCase(), priority, delay: retry.delay, payload }]);
  return true;
}

/** Gives a job up, unless its subject was asked for meanwhile. */
export async function bury(query: Query, job: Claimed, death: { attempts: number; error: string; at: string }): Promise<void> {
  if (!(await isStillOurs(query, job))) return;
  const row = { key: job.key, subject: pack(job.subject), priority: job.priority, ...death };
  await query
    .insertInto('dead_jobs')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}

/** graphile-worker takes the key from a running row when its subject is asked for again. */
async function isStillOurs(query: Query, job: Claimed): Promise<boolean> {
  await lockKeys(query, [job.key]);
  const { rows } = await sql`select 1 from graphile_worker.jobs where id = ${job.id} and key = ${job.key}`.execute(query);
  return rows.length > 0;
}

/** Lets a whole account wait: later rows are added with that time, waiting ones step aside when a worker takes them. */
export async function park(query: Query, owner: string, delay: number): Promise<void> {
  await sql`
    insert into parked_owners (owner_key, until)
    values (${owner}, (extract(epoch from clock_timestamp()) * 1000)::bigint + ${delay}::bigint)
    on conflict (owner_key) do update set until = greatest(parked_owners.until, excluded.until)`.execute(query);
}

/** Wakes the workers of all replicas, as graphile-worker does it itself when a job is added. */
export async function nudge(query: Query): Promise<void> {
  await sql`select pg_notify('jobs:insert', ${`{"r":${Math.random()},"count":1}`})`.execute(query);
}
