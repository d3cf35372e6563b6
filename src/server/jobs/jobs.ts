/** The queue of subjects to look at again. Durable, one waiting job a subject, retried with patience. */
import type { Subject } from '../../facts/subject.ts';

export type { Transaction } from '../../store/store.ts';
import type { Transaction } from '../../store/store.ts';

export interface Enqueue {
  readonly subject: Subject;
  /** Lower runs earlier. Webhooks 0, sweeps 10. */
  readonly priority?: number;
  /** Not before this many milliseconds from now. */
  readonly delay?: number;
}

/** A failure that says when it is worth trying again (`retry-after`, `x-ratelimit-reset`). */
export class RetryLater extends Error {
  /** Milliseconds to wait at least. */
  readonly after: number;
  /** Set when the whole account must wait, not only this subject. */
  readonly owner: string | null;

  constructor(message: string, options: { after: number; owner?: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'RetryLater';
    this.after = options.after;
    this.owner = options.owner ?? null;
  }
}

export interface Job {
  readonly subject: Subject;
  /** Counts from 1. */
  readonly attempt: number;
  /** As it was asked for: the lower of those that came together. */
  readonly priority: number;
  /** When the subject was first asked for in this round; ISO 8601. */
  readonly since: string;
}

/** Runs one job. Throwing means: try again later, after 8 attempts the job is dead. */
export type Handler = (job: Job) => Promise<void>;

export interface DeadJob {
  readonly key: string;
  readonly subject: Subject;
  readonly attempts: number;
  readonly error: string;
  readonly at: string;
}

export interface JobCounts {
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  /** Age in seconds of the oldest job that could run now; 0 when none. */
  readonly oldestReady: number;
}

export interface Jobs {
  /** Adds subjects within the transaction that records their delivery. A subject already waiting is not added twice. */
  enqueue(transaction: Transaction, jobs: readonly Enqueue[]): Promise<void>;
  start(handler: Handler): Promise<void>;
  /** Stops taking jobs and waits for the running ones. */
  stop(): Promise<void>;
  counts(): Promise<JobCounts>;
  /** Processes that run jobs of this queue, as it was last seen; left out: only this one. */
  readonly replicas?: () => number;
  dead(): Promise<readonly DeadJob[]>;
  /** Puts a dead job back to waiting. False: there is no such dead job. */
  revive(key: string): Promise<boolean>;
}

export const MAX_ATTEMPTS = 8;

/** Back-off in milliseconds before the next attempt: 2^attempt seconds, jittered by `random` in [0, 1), at most an hour. */
export function backOff(attempt: number, random: number): number {
  return Math.min(3_600_000, 2 ** attempt * 1000 * (0.5 + random));
}
