/** What a signature of an earlier version is worth today. */
import { majorOf } from '../../facts/versions.ts';
import type { Agreement } from './options.ts';

/** `current`: it counts. `grace`: it counts until the days of grace are over. `outdated`: sign again. */
export type Worth = 'current' | 'grace' | 'outdated';

/** A signature counts for its major version and for those before; for a later one as long as the days of grace last. */
export function worthOf(signed: string, agreement: Agreement, now: string): Worth {
  if (majorOf(signed) >= majorOf(agreement.version)) return 'current';
  return Date.parse(now) < Date.parse(graceEnd(agreement)) ? 'grace' : 'outdated';
}

/** The day, in UTC, with which signatures of earlier major versions stop to count. */
export function graceEnd({ since, graceDays }: Agreement): string {
  return new Date(Date.parse(`${since}T00:00:00Z`) + graceDays * 86_400_000).toISOString().slice(0, 10);
}
