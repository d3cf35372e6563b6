/** Which waivers are in force at a moment: read, approved by somebody else, and not ended. */
import type { AnyRule } from '../../rules/rule.ts';
import type { WaiverTerms } from '../managed.ts';
import type { Problem } from '../policy.ts';
import type { Place } from '../positions.ts';
import { quoted } from '../problem.ts';
import { Bounds } from './bounds.ts';
import { dayOf, daysBefore, daysLeft, DAY, endOf, MARKS } from '../dates.ts';
import { entitled, noLonger } from './entitled.ts';
import { followed } from './followed.ts';
import { notApproved } from './not-approved.ts';
import { parseWaiver, quickly, type WaiverPlaces } from './parse.ts';
import type { Approval, Granted, KeptWaiver, Waiver, Waivers } from './waiver.ts';

/** A waiver that ended longer ago is history: nobody is told of it. */
export const REMEMBERED_DAYS = 30;

type Approved = Extract<Approval, { state: 'approved' }>;

/** A waiver that was approved, whether or not it has ended. */
interface Read {
  readonly waiver: Waiver;
  readonly places: WaiverPlaces;
  readonly approval: Approved;
}

interface Standing {
  readonly terms: WaiverTerms;
  readonly now: Date;
}

/** By the list that was sorted, the rules, and the terms and the day: nothing of it changes within a day. */
const sorted = new WeakMap<readonly KeptWaiver[], WeakMap<readonly AnyRule[], Map<string, Waivers>>>();
/** A list is sorted by the terms in force, and by those that are proposed. */
const MOST_SORTED = 4;

/**
 * Sorts the waiver files of an organization: what is granted, what has ended, and what administrators should know. The same list
 * on the same day gives the same waivers again, so that they are made ready for matching once.
 */
export function waiversInForce(kept: readonly KeptWaiver[], terms: WaiverTerms, rules: readonly AnyRule[], now: Date): Waivers {
  const byRules = sorted.get(kept) ?? new WeakMap<readonly AnyRule[], Map<string, Waivers>>();
  sorted.set(kept, byRules);
  const known = byRules.get(rules) ?? new Map<string, Waivers>();
  byRules.set(rules, known);
  const key = JSON.stringify([terms.approvers, terms.maxDays, dayOf(now)]);
  const waivers = known.get(key) ?? sort(kept, terms, rules, now);
  known.set(key, waivers);
  const [oldest] = known.keys();
  if (known.size > MOST_SORTED && oldest !== undefined) known.delete(oldest);
  return waivers;
}

function sort(kept: readonly KeptWaiver[], terms: WaiverTerms, rules: readonly AnyRule[], now: Date): Waivers {
  const problems: Problem[] = [];
  const tell = (found: readonly Problem[]): void => void problems.push(...found);
  const read = readAll(kept, rules, { terms, now }, tell);
  const [ended, lasting] = partition(read, ({ waiver }) => endOf(waiver.until) <= now.getTime());
  const granted = lasting.filter((one) => {
    const long = tooLong(one, { terms, now });
    tell(long);
    return long.length === 0;
  });
  tell(endingSoon(granted, now));
  tell(ended.filter(({ waiver }) => isRecent(waiver, now)).map(hasEnded));
  const past = ended.map(({ waiver }) => waiver).sort((a, b) => b.until.localeCompare(a.until) || a.id.localeCompare(b.id));
  return { granted: granted.map(grant), ended: past, problems };
}

/** Whether it ended so lately that people may wonder what has changed. */
export function isRecent(waiver: Pick<Waiver, 'until'>, now: Date): boolean {
  return historyFrom(waiver) > now.getTime();
}

/** The moment from which nobody is told of its end any more, in milliseconds. */
export function historyFrom({ until }: Pick<Waiver, 'until'>): number {
  return endOf(until) + REMEMBERED_DAYS * DAY;
}

/** The approved waivers; the others are told of. Of two files of one name the first counts, since findings name a waiver by it. */
function readAll(
  kept: readonly KeptWaiver[],
  rules: readonly AnyRule[],
  { terms, now }: Standing,
  tell: (found: readonly Problem[]) => void,
): readonly Read[] {
  const taken = new Map<string, string>();
  const bounds = new Bounds();
  const byName = kept.toSorted(({ file: one }, { file: other }) => (one.source < other.source ? -1 : 1));
  const all = byName.flatMap((one): readonly Read[] => {
    if (!bounds.admitsText(one)) return [];
    const { file, approval } = one;
    const parsed = bounds.readsMistakes ? parseWaiver(file, rules) : quickly(file, rules);
    if (!parsed?.waiver) {
      bounds.countBroken(one);
      tell(parsed?.problems ?? []);
      return [];
    }
    const { waiver, places } = parsed;
    if (!bounds.admitsScope(waiver)) return [];
    const other = taken.get(waiver.id);
    if (other !== undefined) return (tell([sameName(waiver, other)]), []);
    taken.set(waiver.id, waiver.source);
    const counted = countedOf(waiver, approval, terms);
    if (counted.state === 'approved') return [{ waiver, places, approval: counted }];
    if (endOf(waiver.until) > now.getTime()) tell([notApproved(waiver, places, counted)]);
    return [];
  });
  tell(bounds.problems());
  return all;
}

const OWN = { state: 'refused', reason: 'nobody waives for themselves' } as const;

/** The approval as it counts now. */
function countedOf(waiver: Waiver, approval: Approval, terms: WaiverTerms): Approval {
  if (approval.state !== 'approved') return approval;
  if (isOwn(waiver, approval)) return OWN;
  return entitled(approval, terms) === 'no' ? noLonger(approval) : approval;
}

/** Whoever approved it asked for it, brought it in, or is covered by it. */
function isOwn({ requestedBy, scope }: Waiver, { by, author }: Approved): boolean {
  return [requestedBy, author, ...(scope.people ?? [])].some((one) => one?.toLowerCase() === by.login.toLowerCase());
}

function grant({ waiver, approval }: Read): Granted {
  return { ...waiver, approvedBy: approval.by.login, url: approval.url, ends: new Date(endOf(waiver.until)).toISOString() };
}

function sameName({ source, id }: Waiver, other: string): Problem {
  const message = `Another waiver is called ${quoted(id)} already: ${quoted(other)}.`;
  return problem({ source }, { line: 1, column: 1 }, '', 'error', message, 'Rename one of the two files.');
}

function tooLong({ waiver, places, approval }: Read, { terms }: Standing): readonly Problem[] {
  if (terms.maxDays === null) return [];
  const merged = dayOf(new Date(approval.mergedAt));
  const last = daysBefore(merged, -terms.maxDays);
  if (waiver.until <= last) return [];
  const days = Math.round((endOf(waiver.until) - endOf(merged)) / DAY);
  const message = `This waiver does not count: it lasts ${days} days from its merge on ${merged}, and the policy allows ${terms.maxDays}.`;
  return [problem(waiver, places.until, 'until', 'error', message, `Set "until" to ${last} or an earlier day.`)];
}

/** Those that end soon and are followed by none of the same scope. The words hold no count of days, so that they stay for a while. */
function endingSoon(granted: readonly Read[], now: Date): readonly Problem[] {
  const isFollowed = followed(granted.map(({ waiver }) => waiver));
  return granted.flatMap(({ waiver, places }) => {
    const left = daysLeft(endOf(waiver.until), now);
    if (left > MARKS[0] || isFollowed(waiver)) return [];
    const soon = left <= MARKS[1] ? 'ends in a few days' : 'ends soon';
    const message = `This waiver ${soon}: ${waiver.until} is its last day. After that the rule ${quoted(waiver.rule)} holds again where it covers something.`;
    return [problem(waiver, places.until, 'until', 'notice', message, RENEW)];
  });
}

const RENEW = 'To keep it, set a later day in a pull request that somebody else approves.';

function hasEnded({ waiver, places }: Read): Problem {
  const message = `This waiver has ended: ${waiver.until} was its last day.`;
  return problem(waiver, places.until, 'until', 'notice', message, `Remove the file. ${RENEW}`);
}

function problem(
  { source }: Pick<Waiver, 'source'>,
  { line, column }: Place,
  path: string,
  severity: Problem['severity'],
  message: string,
  hint: string,
): Problem {
  return { source, line, column, path, severity, message, hint };
}

function partition<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
