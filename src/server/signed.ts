/** What follows when somebody signs: every pull request that waits for that, in every account, is looked at again. */
import type { Store } from '../store/store.ts';
import type { Jobs } from './jobs/jobs.ts';

/** A branch's pull requests wait as long: somebody may be waiting, but not for this one alone. */
const PRIORITY = 5;
/** PostgreSQL holds a lock for every subject that a transaction enqueues, and has room for some thousands. */
const PORTION = 500;

/** Enqueues the pull requests that wait for an account to sign, in portions; gives their number. */
export async function signed(
  accountId: number,
  { store, jobs }: { readonly store: Pick<Store, 'awaiting' | 'transaction'>; readonly jobs: Pick<Jobs, 'enqueue'> },
): Promise<number> {
  const subjects = await store.awaiting(accountId);
  for (let from = 0; from < subjects.length; from += PORTION) {
    const portion = subjects.slice(from, from + PORTION).map((subject) => ({ subject, priority: PRIORITY }));
    await store.transaction((transaction) => jobs.enqueue(transaction, portion));
  }
  return subjects.length;
}

/** A process can end between an entry and the jobs that follow from it: at start, what was signed within the last day is followed once more. */
export async function catchUp(
  now: Date,
  ports: {
    readonly store: Pick<Store, 'awaiting' | 'signedMeanwhile' | 'transaction'>;
    readonly jobs: Pick<Jobs, 'enqueue'>;
  },
): Promise<void> {
  const since = new Date(now.getTime() - DAY).toISOString();
  for (const accountId of await ports.store.signedMeanwhile(since)) await signed(accountId, ports);
}

const DAY = 24 * 3_600_000;
