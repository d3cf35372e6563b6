/** The queue's rows in SQLite: one a subject; while it runs, the round asked for meanwhile waits in `next_…`. */
import { sql } from 'kysely';
import type { Query } from '../../store/database.ts';
import { pack } from '../../store/json.ts';
import type { JobRows } from '../../store/tables.ts';
import type { Asked } from './asked.ts';

/** Adds a subject, or brings a waiting one forward; a running one is marked for another round, a dead one starts afresh. */
export async function add(query: Query, job: Asked, now: Date): Promise<void> {
  const due = sql`max(${now.getTime() + job.delay}, coalesce((select until from parked_owners where owner_key = ${job.owner}), 0))`;
  const since = now.toISOString();
  await sql`
    insert into jobs (key, subject, owner_key, state, priority, attempts, due, since, at)
    values (${job.key}, ${pack(job.subject)}, ${job.owner}, 'waiting', ${job.priority}, 0, ${due}, ${since}, ${since})
    on conflict (key) do update set
      subject = excluded.subject,
      state = iif(state = 'running', 'running', 'waiting'),
      attempts = iif(state = 'running', attempts, 0),
      priority = case state when 'waiting' then min(priority, excluded.priority) when 'dead' then excluded.priority else priority end,
      due = case state when 'waiting' then min(due, excluded.due) when 'dead' then excluded.due else due end,
      since = iif(state = 'dead', excluded.since, since),
      next_due = iif(state = 'running', min(coalesce(next_due, excluded.due), excluded.due), null),
      next_priority = iif(state = 'running', min(coalesce(next_priority, excluded.priority), excluded.priority), null),
      next_since = iif(state = 'running', coalesce(next_since, excluded.since), null)`.execute(query);
}

/** Takes up to `limit` due jobs, the most urgent first. */
export async function claim(query: Query, limit: number, now: Date): Promise<readonly JobRows[]> {
  const rows = await query
    .updateTable('jobs')
    .set(({ eb }) => ({ state: 'running', attempts: eb('attempts', '+', 1), at: now.toISOString() }))
    .where('key', 'in', (from) =>
      from
        .selectFrom('jobs')
        .select('key')
        .where('state', '=', 'waiting')
        .where('due', '<=', now.getTime())
        .orderBy('priority')
        .orderBy('due')
        .limit(limit),
    )
    .returningAll()
    .execute();
  // SQLite returns changed rows in no particular order.
  return rows.sort((a, b) => a.priority - b.priority || a.due - b.due);
}

/** When the next waiting job becomes due; null: none waits. */
export async function nextDue(query: Query): Promise<number | null> {
  const row = await query
    .selectFrom('jobs')
    .select(({ fn }) => fn.min('due').as('due'))
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return row?.due ?? null;
}

/** The round is over: the row goes, or waits again when it was asked for meanwhile. */
export async function finish(query: Query, key: string): Promise<void> {
  const { numDeletedRows } = await query
    .deleteFrom('jobs')
    .where('key', '=', key)
    .where('next_due', 'is', null)
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) await startNextRound(query, key);
}

/** Puts a failed job back; when it was asked for meanwhile, that round replaces the retry. */
export async function putBack(query: Query, key: string, retry: { due: number; attempts: number; error: string }): Promise<void> {
  const { numUpdatedRows } = await query
    .updateTable('jobs')
    .set({ state: 'waiting', ...retry })
    .where('key', '=', key)
    .where('next_due', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) await startNextRound(query, key);
}

/** Gives a job up; when it was asked for meanwhile, it lives on. */
export async function bury(query: Query, key: string, death: { attempts: number; error: string; at: string }): Promise<void> {
  const { numUpdatedRows } = await query
    .updateTable('jobs')
    .set({ state: 'dead', ...death })
    .where('key', '=', key)
    .where('next_due', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) await startNextRound(query, key);
}

async function startNextRound(query: Query, key: string): Promise<void> {
  await sql`
    update jobs set state = 'waiting', attempts = 0, error = null,
      due = next_due, priority = next_priority, since = next_since, next_due = null, next_priority = null, next_since = null
    where key = ${key} and next_due is not null`.execute(query);
}

/** Lets a whole account wait: what waits now, what is asked for later, and the next rounds of what runs. */
export async function park(query: Query, owner: string, until: number): Promise<void> {
  await sql`
    insert into parked_owners (owner_key, until) values (${owner}, ${until})
    on conflict (owner_key) do update set until = max(until, excluded.until)`.execute(query);
  await sql`
    update jobs set due = iif(state = 'waiting', max(due, ${until}), due), next_due = max(next_due, ${until})
    where owner_key = ${owner} and state in ('waiting', 'running')`.execute(query);
}

/** After a crash nothing runs: every job that did waits again. Its attempts stay counted. */
export async function recover(query: Query): Promise<void> {
  await sql`
    update jobs set state = 'waiting', next_due = null, next_priority = null, next_since = null,
      attempts = iif(next_due is null, attempts, 0), priority = min(priority, coalesce(next_priority, priority))
    where state = 'running'`.execute(query);
}
