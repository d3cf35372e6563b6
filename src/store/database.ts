/** One open database and its transactions. Knows Kysely; what runs beneath it is chosen by whoever opens it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Transaction as KyselyTransaction, type Kysely } from 'kysely';
import type { Transaction } from './store.ts';
import type { Tables } from './tables.ts';

export type Query = Kysely<Tables>;

export interface Database {
  /** Where to ask: the transaction this call belongs to, or the database itself. */
  query(): Query;
  transaction<T>(work: (transaction: Query) => Promise<T>): Promise<T>;
  /** Runs `work` as belonging to no transaction, for what only happens to be started inside one. */
  outside<T>(work: () => T): T;
  /** The time by the clock handed in at opening. */
  now(): Date;
  close(): Promise<void>;
}

/**
 * Ties a Kysely instance to the calls made inside its transactions. SQLite has one connection: a call inside a transaction
 * that asked for another would wait for ever, and on PostgreSQL a busy pool would do the same.
 */
export function databaseOn(kysely: Query, options: { now: () => Date; close: () => Promise<void> }): Database {
  const current = new AsyncLocalStorage<Query>();
  return {
    query: () => current.getStore() ?? kysely,
    now: options.now,
    close: options.close,
    outside: (work) => current.exit(work),
    transaction: async (work) => {
      const outer = current.getStore();
      if (outer) return work(outer);
      return kysely.transaction().execute((transaction) => current.run(transaction, () => work(transaction)));
    },
  };
}

/** The Kysely transaction behind the opaque value that `Store.transaction` hands out. */
export function opened(transaction: Transaction): Query {
  if (transaction instanceof KyselyTransaction) return transaction as KyselyTransaction<Tables>;
  throw new TypeError('This is not a transaction of the store. Pass on the value that Store.transaction hands to its work.');
}
