/** Replicas show that they live; whoever lives frees the jobs of those that fell silent. All times are the database's. */
import { sql } from 'kysely';
import type { Query } from '../../store/database.ts';
import type { Log } from '../../store/store.ts';
import { reasonOf } from './consequence.ts';
import type { Tuning } from './tuning.ts';

const NOW = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Beats for the worker pool `id` and looks after the others, until stopped; `seen` is told how many there are. */
export function lifeSigns(
  query: () => Query,
  id: string,
  { log, tuning, seen }: { log: Log; tuning: Tuning; seen: (living: number) => void },
): { stop(): Promise<void> } {
  const beating = every(
    tuning.heartbeat,
    async () => {
      await beat(query(), id);
      seen(await living(query(), tuning.deadAfter));
    },
    log,
  );
  const rescuing = every(tuning.rescue, () => rescue(query(), tuning.deadAfter, log), log);
  return {
    stop: async () => {
      await Promise.all([beating.stop(), rescuing.stop()]);
      await query().deleteFrom('replicas').where('id', '=', id).execute();
    },
  };
}

async function beat(query: Query, id: string): Promise<void> {
  await sql`
    insert into replicas (id, beat) values (${id}, ${NOW})
    on conflict (id) do update set beat = excluded.beat`.execute(query);
}

async function living(query: Query, deadAfter: number): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select count(*)::int as many from replicas where beat > ${NOW} - ${deadAfter}::bigint`.execute(query);
  return rows[0]?.many ?? 1;
}

/**
 * graphile-worker itself frees the jobs of a killed worker after four hours only. A replica that was merely slow loses
 * nothing: its runs still hold their subjects' locks, and its next beat brings it back.
 */
async function rescue(query: Query, deadAfter: number, log: Log): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct locked_by as id from graphile_worker.jobs
    where locked_at < clock_timestamp() - ${deadAfter} * interval '1 millisecond'
      and locked_by not in (select id from replicas where beat > ${NOW} - ${deadAfter}::bigint)`.execute(query);
  if (rows.length > 0) {
    const dead = rows.map((row) => row.id);
    log.warn({ replicas: dead }, 'A replica fell silent; its jobs are given to the others');
    await sql`select graphile_worker.force_unlock_workers(${dead}::text[])`.execute(query);
  }
  await sweep(query, deadAfter);
}

/** Rows that lost their key to a newer one and then their worker have nothing left to do. */
async function sweep(query: Query, deadAfter: number): Promise<void> {
  await sql`
    select count(*) from graphile_worker.complete_jobs(array(
      select id from graphile_worker.jobs where key is null and locked_at is null))`.execute(query);
  await sql`delete from replicas where beat < ${NOW} - ${deadAfter * 10}::bigint`.execute(query);
  await sql`delete from parked_owners where until < ${NOW}`.execute(query);
}

/** Repeats `work` at once and then at an interval, never twice at the same time. */
function every(interval: number, work: () => Promise<void>, log: Log): { stop(): Promise<void> } {
  let current: Promise<void> | null = null;
  const tick = (): void => {
    current ??= work()
      .catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'The replicas could not be looked after; trying again shortly');
      })
      .finally(() => {
        current = null;
      });
  };
  tick();
  const timer = setInterval(tick, interval);
  return {
    stop: async () => {
      clearInterval(timer);
      await current;
    },
  };
}
