/** The cap on issues and comments that are made for an account in an hour, so that a bad policy cannot flood it. */
import type { WriteCap } from '../spine/govern.ts';
import type { Turns } from './turns.ts';

/** What is remembered of what was made. */
export interface Writes {
  /** Notes that an issue or a comment was made now. */
  noteWrite(owner: string): Promise<void>;
  /** When issues and comments were made for the account since a time (ISO 8601), oldest first. */
  writesSince(owner: string, since: string): Promise<readonly string[]>;
}

export interface CapOptions {
  readonly owner: string;
  /** Left out: nothing is left out. */
  readonly cap: WriteCap | undefined;
  /** Null: nothing is remembered, and nothing left out. */
  readonly writes: Writes | null;
  readonly now: () => number;
  readonly inTurn: Turns;
}

/**
 * Makes an issue or a comment if there is room, and notes it if `make` says that it was made.
 * The milliseconds to wait when there is no room, at least a second; null: it was made, or was there.
 */
export type Capped = (make: () => Promise<boolean>) => Promise<number | null>;

const SECOND = 1000;
const HOUR = 3_600_000;

/** Everything that is made for one account goes through here one at a time, so that two subjects do not share the last place. */
export function capped({ owner, cap, writes, now, inTurn }: CapOptions): Capped {
  const wait = async (): Promise<number> => {
    if (!cap || !writes) return 0;
    const made = await writes.writesSince(owner, new Date(now() - HOUR).toISOString());
    if (made.length < cap.perHour) return 0;
    // There is room when so many are an hour old that fewer than the cap are left.
    const next = made[made.length - cap.perHour];
    return next === undefined ? HOUR : Math.max(SECOND, Date.parse(next) + HOUR - now());
  };
  return (make) =>
    inTurn(`made for ${owner.toLowerCase()}`, async () => {
      const postponed = await wait();
      if (postponed > 0) return postponed;
      if (await make()) await writes?.noteWrite(owner);
      return null;
    });
}
