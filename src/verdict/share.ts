/** Which share of some repositories passes a rule, and whether that reaches a target. Pure. */
import type { Measured } from './measurement.ts';
import type { Outcome } from './verdict.ts';

/** Of some repositories, how many pass a rule. */
export interface Share {
  /** `passed` of `counted` in percent, rounded half up; null: nothing was counted. */
  readonly percent: number | null;
  readonly passed: number;
  /** Those that pass, fail, are waived or overridden. */
  readonly counted: number;
  /** Of the counted: those that pass only because a waiver or a maintainer says so. They are no passes here. */
  readonly excused: number;
  readonly unknown: number;
  readonly notAsked: number;
}

/** `unknown`: what is not known decides, or nothing was counted. */
export type TargetState = 'met' | 'not-yet' | 'unknown';

/** The share of repositories that pass a rule. */
export function shareOf(repositories: readonly Pick<Measured, 'outcomes'>[], rule: string): Share {
  const outcomes = repositories.map(({ outcomes: all }) => (Object.hasOwn(all, rule) ? all[rule] : undefined));
  const of = (...wanted: readonly (Outcome | undefined)[]): number => outcomes.filter((one) => wanted.includes(one)).length;
  const [passed, excused, unknown, notAsked] = [of('pass', 'exempt'), of('waived', 'overridden'), of('unknown'), of(undefined)];
  const counted = passed + excused + of('fail');
  return { percent: percentOf(passed, counted), passed, counted, excused, unknown, notAsked };
}

/** Half up, without fractions that a computer cannot hold. */
function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((200 * part + whole) / (2 * whole));
}

/**
 * Whether a share reaches `passing` percent: met if it does even when all that is not known fails, not yet if it does not even when all
 * of that passes. `undecided` is how many more repositories may belong to it.
 */
export function targetState({ passed, counted, unknown }: Share, undecided: number, passing: number): TargetState {
  const open = unknown + undecided;
  const all = counted + open;
  if (counted === 0) return 'unknown';
  if (passed * 100 >= passing * all) return 'met';
  return (passed + open) * 100 < passing * all ? 'not-yet' : 'unknown';
}
