/** A pilot in words, for the terminal; and the words that its page shares. */
import { visible } from '../facts/words.ts';
import { PILOT_METHOD, type PilotStanding, type RuleStanding, type Sides, type TargetStanding } from '../verdict/pilot.ts';
import type { Share } from '../verdict/share.ts';
import { counted } from './words.ts';

/** Whether a target is reached. */
export const TARGET_NAMES: Readonly<Record<TargetStanding['state'], string>> = {
  met: 'met',
  'not-yet': 'not yet met',
  unknown: 'cannot be told',
};

/** `80% (4 of 5)`; where nothing is counted, no number. */
export function shareText({ percent, passed, counted: all }: Share): string {
  return percent === null ? 'nothing to count' : `${percent}% (${passed} of ${all})`;
}

/** What stands behind a share: what it leaves out, and what passes by somebody's word only; empty where nothing does. */
export function besideText({ excused, unknown, notAsked }: Share): string {
  const parts = [
    ...(excused > 0 ? [`${excused} waived or overridden, counted as no pass`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(notAsked > 0 ? [`${notAsked} not asked`] : []),
  ];
  return parts.join(', ');
}

/** Where a pilot is in its time. */
export function timeText({ pilot, state, daysLeft }: PilotStanding): string {
  const span = `${pilot.start} to ${pilot.end}`;
  if (state === 'planned') return `planned for ${span}, ${counted(daysLeft, 'day')}`;
  return state === 'ended' ? `ended; it ran from ${span}` : `running from ${span}, ${counted(daysLeft, 'day')} left`;
}

/** When the numbers are from. */
export function measuredText({ at, baseline, pilot }: PilotStanding): string {
  const now = `Measured on ${dayOf(at)}.`;
  if (baseline === null) return `${now} There is no measurement of the start.`;
  const start = `The start was measured on ${dayOf(baseline.at)}`;
  return `${now} ${start}${baseline.isLate ? `, later than the first day, ${pilot.start}` : ''}.`;
}

/** How many repositories are on which side. */
export function sidesText({ repositories, rest, undecided }: PilotStanding): string {
  const sides = `${counted(repositories.length, 'repository', 'repositories')} in the pilot, ${rest} beside it`;
  return undecided === 0 ? sides : `${sides}, ${undecided} where this cannot be told`;
}

/** A pilot as the terminal shows it. */
export function pilotText(standing: PilotStanding): string {
  const { pilot, repositories, rules, targets } = standing;
  const lines = [
    `${pilot.name}${pilot.title === null ? '' : `: ${pilot.title}`}`,
    `  ${timeText(standing)}; owner: ${pilot.owner}`,
    `  ${sidesText(standing)}`,
    `  ${measuredText(standing)}`,
    ...repositories.map(({ repository, isPrivate }) => `  - ${repository}${isPrivate ? ' (private)' : ''}`),
    ...rules.flatMap((rule) => ruleLines(rule, targets)),
    ...(pilot.exitCriteria.length === 0 ? [] : ['  For people to decide at the end:']),
    ...pilot.exitCriteria.map((criterion) => `  - ${criterion}`),
  ];
  return lines.map((line) => `${visible(line)}\n`).join('');
}

/** How the numbers come about, below all pilots. */
export function methodText(): string {
  return `How this is counted:\n${PILOT_METHOD.map((line) => `- ${line}\n`).join('')}`;
}

function ruleLines({ rule, now, start }: RuleStanding, targets: readonly TargetStanding[]): readonly string[] {
  const own = targets.filter((target) => target.rule === rule);
  const aims = own.map(({ passing, state }) => `target ${passing}%: ${TARGET_NAMES[state]}`);
  return [
    `  ${[rule, ...aims].join(', ')}`,
    ...(['pilot', 'rest'] as const).map((side) => `    ${side.padEnd(6)}${sideText(side, now, start)}`),
  ];
}

function sideText(side: keyof Sides, now: Sides, start: Sides | null): string {
  const beside = besideText(now[side]);
  const before = start === null ? '' : `${shareText(start[side])} → `;
  return `${before}${shareText(now[side])}${beside === '' ? '' : `; ${beside}`}`;
}

function dayOf(moment: string): string {
  return moment.slice(0, 10);
}
