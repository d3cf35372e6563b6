/** What follows when somebody signs: every pull request that waits for that, in every account, is looked at again. */
import { subjectKey, type Judged } from '../facts/subject.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { Enqueue, Jobs } from './jobs/jobs.ts';

/** A branch's pull requests wait as long: somebody may be waiting, but not for this one alone. */
const PRIORITY = 5;
/** PostgreSQL holds a lock for every subject that a transaction enqueues, and has room for some thousands. */
const PORTION = 500;

interface Queue {
  readonly store: Pick<Store, 'transaction'>;
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

interface Waiting extends Queue {
  readonly store: Pick<Store, 'awaiting' | 'transaction'>;
}

/**
 * Enqueues pull requests that wait for an account to sign, within the transaction that enters the signature: where the process
 * ends, both are there or neither. The keys of the first portion; `signed` follows for the rest after the transaction.
 */
export async function signing(
  accountId: number,
  transaction: Transaction,
  { store, jobs }: Waiting,
): Promise<ReadonlySet<string>> {
  const subjects = (await store.awaiting(accountId)).slice(0, PORTION);
  await jobs.enqueue(transaction, subjects.map(wish));
  return new Set(subjects.map(subjectKey));
}

/** Enqueues the pull requests that wait for an account to sign and are not followed yet, in portions; gives their number. */
export async function signed(accountId: number, ports: Waiting, followed: ReadonlySet<string> = new Set()): Promise<number> {
  // Asked once more: a verdict that was kept during the transaction could not see the signature, nor be seen from it.
  const subjects = (await ports.store.awaiting(accountId)).filter((subject) => !followed.has(subjectKey(subject)));
  await enqueue(subjects, ports);
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

/**
 * Looks again where a sentence could not be decided on, because the text that it signs could not be read. The last day's only,
 * or all of them.
 */
export async function hearAgain(
  now: Date,
  which: 'recent' | 'all',
  { store, jobs }: { readonly store: Pick<Store, 'undecided' | 'transaction'>; readonly jobs: Pick<Jobs, 'enqueue'> },
): Promise<void> {
  const ago = (span: number): string => new Date(now.getTime() - span).toISOString();
  await enqueue(await store.undecided(which === 'all' ? '' : ago(DAY), ago(PATIENCE)), { store, jobs });
}

const DAY = 24 * 3_600_000;
/** What was said just now is being decided on. */
const PATIENCE = 5 * 60_000;

function wish(subject: Judged): Enqueue {
  return { subject, priority: PRIORITY };
}

async function enqueue(subjects: readonly Judged[], { store, jobs }: Queue): Promise<void> {
  for (let from = 0; from < subjects.length; from += PORTION) {
    const portion = subjects.slice(from, from + PORTION).map(wish);
    await store.transaction((transaction) => jobs.enqueue(transaction, portion));
  }
}
