/** How firmly a rule is held for a subject at a moment: its roll-out by date, cohort and share, and grace for newcomers. Pure. */
import { DAY } from './dates.ts';
import { sha256 } from '../facts/digest.ts';
import type { Grace, Occasion, Reached, Step, Traits } from './managed.ts';
import { LEVELS, type Level } from './policy.ts';

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
  /** When the level changes by itself; ISO 8601, null: it does not. The same moment as `reached.next`. */
  readonly until: string | null;
}

/** A step that concerns the repository, sooner or later. Times are milliseconds since 1970. */
interface Own {
  readonly index: number;
  readonly enforce: Level;
  readonly from: number;
}

/** Whom grace spares, and until when; at Infinity it does not end for this subject. */
interface Spared {
  readonly reason: 'new-repository' | 'first-contribution';
  readonly level: Level;
  readonly until: number;
}

/** What holds at a moment. */
interface Standing {
  readonly step: number | null;
  /** What the steps say. */
  readonly asked: Level;
  /** That, or less where grace spares. */
  readonly held: Level;
}

/** Dates end here: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_MOMENT = 8.64e15;

/**
 * The level in force. The last step of the list that has begun, and means the repository, decides; before any, `enforce`.
 * A later step stands for all the time from its day on, so steps need no order by date.
 */
export function reached(rollout: Rollout, occasion: Occasion): Firmness {
  const { traits } = occasion;
  if (!traits) return notBegun(rollout);
  const now = occasion.now.getTime();
  const own = ownSteps(rollout, traits);
  const spared = sparedBy(rollout.grace, traits, occasion);
  const at = (moment: number): Standing => standingAt(moment, rollout.enforce, own, spared);
  const present = at(now);
  const moments = [...new Set([...own.map(({ from }) => from), spared?.until ?? Infinity])];
  const coming = moments.filter((moment) => moment > now && moment <= LAST_MOMENT).sort((a, b) => a - b);
  const change = coming.find((moment) => at(moment).held !== present.held);
  const next = change === undefined ? null : { enforce: at(change).held, from: new Date(change).toISOString() };
  return {
    enforce: present.held,
    reached: {
      step: present.step,
      aim: firmest([present.asked, ...coming.map((moment) => at(moment).asked)]),
      next,
      grace: spared && present.held !== present.asked ? { reason: spared.reason, until: isoOf(spared.until) } : null,
    },
    until: next?.from ?? null,
  };
}

/** Where a repository lies in the roll-out of a rule, 0 to 99, always the same: a step for `percent` means those below it. */
export function shareOf({ owner, name }: Pick<Traits, 'owner' | 'name'>, rule: string): number {
  return Number.parseInt(sha256(`${owner}/${name} ${rule}`.toLowerCase()).slice(0, 8), 16) % 100;
}

function notBegun({ enforce, steps }: Rollout): Firmness {
  const aim = firmest([enforce, ...steps.map((step) => step.enforce)]);
  return { enforce, reached: { step: null, aim, next: null, grace: null }, until: null };
}

function ownSteps({ rule, steps, cohorts }: Rollout, traits: Traits): readonly Own[] {
  const share = shareOf(traits, rule);
  return steps.flatMap(({ enforce, from, cohorts: meant, percent = 100 }, index): readonly Own[] => {
    const isMeant = meant === undefined || meant.some((name) => cohorts.includes(name));
    const begins = from === undefined ? -Infinity : Date.parse(from);
    return isMeant && share < percent && !Number.isNaN(begins) ? [{ index, enforce, from: begins }] : [];
  });
}

function standingAt(moment: number, enforce: Level, own: readonly Own[], spared: Spared | null): Standing {
  const step = own.findLast(({ from }) => from <= moment);
  const asked = step?.enforce ?? enforce;
  const held = spared && moment < spared.until ? mildest(asked, spared.level) : asked;
  return { step: step?.index ?? null, asked, held };
}

/** A first contribution is spared as long as it is open; so that reason comes first where both are so. */
function sparedBy(grace: Grace | null, { createdAt }: Traits, { now, isFirst }: Occasion): Spared | null {
  if (!grace) return null;
  const { newRepositories, firstContributions, level } = grace;
  if (firstContributions && isFirst === true) return { reason: 'first-contribution', level, until: Infinity };
  if (newRepositories === undefined || createdAt === undefined) return null;
  const until = Date.parse(createdAt) + newRepositories * DAY;
  return now.getTime() < until ? { reason: 'new-repository', level, until } : null;
}

function isoOf(moment: number): string | null {
  return moment <= LAST_MOMENT ? new Date(moment).toISOString() : null;
}

function mildest(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) < LEVELS.indexOf(b) ? a : b;
}

function firmest(levels: readonly Level[]): Level {
  return levels.reduce((a, b) => (LEVELS.indexOf(b) > LEVELS.indexOf(a) ? b : a));
}
