/** How firmly a rule is held for a subject at a moment: its roll-out by date, cohort and share, and grace for newcomers. Pure. */
import type { Grace, Occasion, Reached, Step } from './managed.ts';
import type { Level } from './policy.ts';

export interface Rollout {
  readonly rule: string;
  /** The level before the first step. */
  readonly enforce: Level;
  readonly steps: readonly Step[];
  readonly grace: Grace | null;
  /** Names of the groups and pilots that the repository belongs to. */
  readonly cohorts: readonly string[];
}

export interface Firmness {
  readonly enforce: Level;
  readonly reached: Reached;
  /** When it changes by itself; ISO 8601, null: it does not. */
  readonly until: string | null;
}

/** The level in force. */
export function reached({ enforce }: Rollout, _occasion: Occasion): Firmness {
  return { enforce, reached: { step: null, aim: enforce, next: null, grace: null }, until: null };
}
