/** What a signature of an earlier version is worth today. */
import { majorOf } from '../../facts/versions.ts';
import type { Agreement } from './options.ts';

/**
 * `current`: it counts. `kept`: it keeps counting for this contribution. `grace`: it counts until the days of grace are over.
 * `outdated`: sign again.
 */
export type Worth = 'current' | 'kept' | 'grace' | 'outdated';

/** From the least to the best. */
export const WORTH: readonly Worth[] = ['outdated', 'grace', 'kept', 'current'];

/** When a signature has to count. */
export interface Times {
  readonly openedAt: string;
  readonly now: string;
}

/**
 * A signature counts for its major version and for those before; for the next one where the contribution was opened before the
 * days of grace were over, for then nobody could know better; for any later one as long as those days last.
 */
export function worthOf(signed: string, agreement: Agreement, { openedAt, now }: Times): Worth {
  const [has, needs] = [majorOf(signed), majorOf(agreement.version)];
  if (has >= needs) return 'current';
  const end = Date.parse(graceEnd(agreement));
  if (has >= 0 && has === needs - 1 && Date.parse(openedAt) < end) return 'kept';
  return Date.parse(now) < end ? 'grace' : 'outdated';
}

/** The day, in UTC, with which signatures of earlier major versions stop to count for what is opened then. */
export function graceEnd({ since, graceDays }: Agreement): string {
  return new Date(Date.parse(`${since}T00:00:00Z`) + graceDays * 86_400_000).toISOString().slice(0, 10);
}
