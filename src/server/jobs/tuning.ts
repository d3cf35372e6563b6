/** The patience of the queue, in one place; tests shorten it. */
import { backOff } from './jobs.ts';

export interface Tuning {
  /** Jobs at once in this process; always one at a time a subject. */
  readonly concurrency: number;
  /** Milliseconds before the next attempt. */
  readonly backOff: (attempt: number) => number;
  /** Shortest wait after RetryLater, in milliseconds: a reset time in the past must not turn into a busy loop. */
  readonly shortestRetry: number;
  /** Scale mode: how often a replica shows that it lives. */
  readonly heartbeat: number;
  /** Scale mode: silence after which a replica counts as dead. */
  readonly deadAfter: number;
  /** Scale mode: how often replicas look for dead ones. */
  readonly rescue: number;
  /** Scale mode: how often an idle worker looks for jobs that became due. */
  readonly poll: number;
  /** Scale mode: how long a job steps aside when its subject runs elsewhere. */
  readonly stepAside: number;
}

export const TUNING: Tuning = {
  concurrency: 8,
  backOff: (attempt) => backOff(attempt, Math.random()),
  shortestRetry: 250,
  heartbeat: 5_000,
  deadAfter: 20_000,
  rescue: 10_000,
  poll: 1_000,
  stepAside: 200,
};

/** Longest wait that is believed: GitHub's windows last an hour, so a longer one is a wrong clock or a hostile header. */
const LONGEST_RETRY = 6 * 3_600_000;

/** A wait within reason, in whole milliseconds. */
export function patience(after: number, tuning: Tuning): number {
  if (!Number.isFinite(after)) return LONGEST_RETRY;
  return Math.round(Math.min(LONGEST_RETRY, Math.max(tuning.shortestRetry, after)));
}
