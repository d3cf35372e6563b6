/** What follows when a job fails: patience, or the end. The same in both modes. */
import { MAX_ATTEMPTS, RetryLater } from './jobs.ts';
import { patience, type Tuning } from './tuning.ts';

export type Consequence =
  | {
      readonly kind: 'later';
      /** Milliseconds to wait. */
      readonly delay: number;
      /** Attempts that count so far. */
      readonly attempts: number;
      /** The account, in lower case, that must wait as a whole. */
      readonly owner: string | null;
    }
  | { readonly kind: 'dead' };

/** Waiting because GitHub said so does not count as an attempt: the job did nothing wrong. */
export function consequence(error: unknown, attempt: number, tuning: Tuning): Consequence {
  if (error instanceof RetryLater) {
    const owner = error.owner?.toLowerCase() ?? null;
    return { kind: 'later', delay: patience(error.after, tuning), attempts: attempt - 1, owner };
  }
  if (attempt >= MAX_ATTEMPTS) return { kind: 'dead' };
  return { kind: 'later', delay: Math.round(tuning.backOff(attempt)), attempts: attempt, owner: null };
}

/** A job that was running each time the process ended is not started once more: it may be what ends it. */
export const ENDED_WITH_PROCESS = 'The process ended each time while this was being evaluated.';

/** The reason of a failure, short enough to be shown in a list. */
export function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return reason.replaceAll('\0', '').slice(0, 2_000);
}
