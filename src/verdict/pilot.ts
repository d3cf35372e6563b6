/** How a pilot goes: which share of its repositories passes each rule, beside the rest of them and beside the start. Pure; JSON only. */
import { DAY } from '../policy/dates.ts';
import type { Pilot } from '../policy/managed.ts';
import type { Measured, Measurement } from './measurement.ts';
import { shareOf, targetState, type Share, type TargetState } from './share.ts';

export interface Sides {
  readonly pilot: Share;
  readonly rest: Share;
}

export interface RuleStanding {
  readonly rule: string;
  readonly now: Sides;
  /** The same repositories at the start; null: they were not measured then. */
  readonly start: Sides | null;
}

export interface TargetStanding {
  readonly rule: string;
  /** In percent. */
  readonly passing: number;
  readonly state: TargetState;
}

export interface PilotStanding {
  readonly pilot: Omit<Pilot, 'where' | 'origin'>;
  readonly state: 'planned' | 'running' | 'ended';
  /** Days to the end of the last day, today included; all of them before the start. */
  readonly daysLeft: number;
  /** When the repositories were found like this; ISO 8601. After the end it stays the measurement at the end, where there is one. */
  readonly at: string;
  /** The measurement at the start; null: there is none. */
  readonly baseline: { readonly at: string; readonly isLate: boolean } | null;
  /** Of the pilot, by name. */
  readonly repositories: readonly { readonly repository: string; readonly isPrivate: boolean }[];
  readonly rest: number;
  /** Repositories of which cannot be told whether they belong to the pilot. */
  readonly undecided: number;
  /** Rules with a target first, then the others by name. */
  readonly rules: readonly RuleStanding[];
  readonly targets: readonly TargetStanding[];
}

/** How the numbers come about, for whoever reads them. */
export const PILOT_METHOD = [
  'A repository passes a rule when its last verdict says “pass” or “exempt”. A rule about contributions passes when it does on every open pull request of the repository.',
  'The share is the number of repositories that pass, divided by those that are counted, in whole percent, rounded half up. Where a rule is unknown or not asked, the repository is not counted; how many these are is told.',
  'What only a waiver or the word of a maintainer lets through is counted, and is no pass.',
  'A target is compared before rounding. It is met, or not yet met, only where the repositories that are unknown could not change that.',
  'The start is counted over the repositories that belong to each side now.',
] as const;

/** Sums up a pilot. `measured` is how the repositories are at `measured.at`, `baseline` how they were at the start. */
export function pilotStanding(pilot: Pilot, measured: Measurement, baseline: Measurement | null, now: Date): PilotStanding {
  const { name, title, owner, start, end, targets, exitCriteria } = pilot;
  const { repositories } = measured;
  const inPilot = repositories.filter(({ isIn }) => isIn === true);
  const rest = repositories.filter(({ isIn }) => isIn === false);
  const undecided = repositories.length - inPilot.length - rest.length;
  const before = baseline ? formerly(baseline) : null;
  const rules = rulesOf(pilot, [...inPilot, ...rest]).map((rule): RuleStanding => ({
    rule,
    now: { pilot: shareOf(inPilot, rule), rest: shareOf(rest, rule) },
    start: before && { pilot: shareOf(before(inPilot), rule), rest: shareOf(before(rest), rule) },
  }));
  return {
    pilot: { name, title, owner, start, end, targets, exitCriteria },
    state: stateOf(pilot, now),
    daysLeft: daysLeft(pilot, now),
    at: measured.at,
    baseline: baseline && { at: baseline.at, isLate: dayOf(baseline.at) > pilot.start },
    repositories: inPilot.map(({ repository, isPrivate }) => ({ repository, isPrivate })).sort(byName),
    rest: rest.length,
    undecided,
    rules,
    targets: targets.map(({ rule, passing }) => ({
      ...{ rule, passing },
      state: targetState(shareOf(inPilot, rule), undecided, passing),
    })),
  };
}

/** Whether a pilot is yet to come, under way, or over. Its first and last day belong to it. */
export function stateOf({ start, end }: Pick<Pilot, 'start' | 'end'>, now: Date): PilotStanding['state'] {
  const today = dayOf(now.toISOString());
  if (today < start) return 'planned';
  return today > end ? 'ended' : 'running';
}

/** Finds repositories as they were; those that were not there are left out. */
function formerly({ repositories }: Measurement): (now: readonly Measured[]) => readonly Measured[] {
  const byKey = new Map(repositories.map((one) => [one.repository.toLowerCase(), one]));
  return (now) => now.flatMap(({ repository }) => byKey.get(repository.toLowerCase()) ?? []);
}

function rulesOf({ targets }: Pilot, measured: readonly Measured[]): readonly string[] {
  const others = new Set(measured.flatMap(({ outcomes }) => Object.keys(outcomes)));
  return [...new Set([...targets.map(({ rule }) => rule), ...[...others].sort()])];
}

function daysLeft({ start, end }: Pilot, now: Date): number {
  const today = dayOf(now.toISOString());
  const from = today < start ? start : today;
  return Math.max(0, Math.round((Date.parse(end) - Date.parse(from)) / DAY) + 1);
}

function dayOf(moment: string): string {
  return moment.slice(0, 10);
}

function byName(a: { readonly repository: string }, b: { readonly repository: string }): number {
  return a.repository < b.repository ? -1 : 1;
}
