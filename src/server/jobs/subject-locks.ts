/** One run of a subject at a time among all replicas: advisory locks on a connection that lives as long as this process does. */
import type pg from 'pg';

export interface SubjectLocks {
  /** Takes a subject unless it runs somewhere or its account is parked. */
  take(key: string, owner: string): Promise<'taken' | 'busy' | 'parked'>;
  free(key: string): Promise<void>;
  close(): Promise<void>;
}

const TAKE = `
  select case
    when exists (select from parked_owners where owner_key = $2 and until > extract(epoch from clock_timestamp()) * 1000) then 'parked'
    when pg_try_advisory_lock(hashtextextended($1, 2)) then 'taken'
    else 'busy' end as outcome`;

/** The server frees the locks when the connection ends, so a killed replica holds nothing. */
export function subjectLocks(connect: () => Promise<pg.Client>): SubjectLocks {
  // Within one connection PostgreSQL grants the same lock again, and each grant has to be given back: this process keeps its own list.
  const held = new Set<string>();
  const asked = new Set<string>();
  let connection: Promise<pg.Client> | null = null;

  const client = (): Promise<pg.Client> => {
    connection ??= open();
    return connection;
  };

  async function open(): Promise<pg.Client> {
    try {
      const opened = await connect();
      opened.once('end', () => {
        connection = null;
      });
      // After a lost connection: what still runs here is taken again before anything else.
      for (const key of held) await opened.query('select pg_try_advisory_lock(hashtextextended($1, 2))', [key]);
      return opened;
    } catch (error) {
      connection = null;
      throw error;
    }
  }

  async function ask(key: string, owner: string): Promise<'taken' | 'busy' | 'parked'> {
    const { rows } = await (await client()).query<{ outcome: 'taken' | 'busy' | 'parked' }>(TAKE, [key, owner]);
    return rows[0]?.outcome ?? 'busy';
  }

  return {
    take: async (key, owner) => {
      if (held.has(key) || asked.has(key)) return 'busy';
      asked.add(key);
      try {
        const outcome = await ask(key, owner);
        if (outcome === 'taken') held.add(key);
        return outcome;
      } finally {
        asked.delete(key);
      }
    },
    free: async (key) => {
      // A lock on a lost connection is free already.
      const current = await connection?.catch(() => null);
      await current?.query('select pg_advisory_unlock(hashtextextended($1, 2))', [key]).catch(() => undefined);
      held.delete(key);
    },
    close: async () => {
      const current = await connection?.catch(() => null);
      connection = null;
      await current?.end();
    },
  };
}
