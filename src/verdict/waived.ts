/** Which findings a waiver covers: of its rule, in its repositories, and of the paths, packages and people that it names. */
import { momentsOf } from '../policy/dates.ts';
import { isRecent } from '../policy/waivers/in-force.ts';
import type { Granted, Waiver, Waivers } from '../policy/waivers/waiver.ts';
import type { Asked } from '../rules/rule.ts';
import { matching, type Matching } from './matching.ts';
import { isBad } from './overridden.ts';
import type { JudgedFinding } from './verdict.ts';
import { candidatesFor, type Candidate } from './waiver-index.ts';

/** Where findings were made: by which rule, in which repository (its name without the owner), on whose pull request. */
export interface WaiverPlace {
  readonly rule: { readonly id: string; readonly on: Asked };
  readonly repository: string;
  /** The login of who opened the pull request; null: it is none, or nobody is known. */
  readonly author: string | null;
}

/** Marks what waivers cover of what fails or is unknown, and is neither there before nor answered for. Of several the one that ends last. */
export function waived(
  findings: readonly JudgedFinding[],
  { granted }: Pick<Waivers, 'granted'>,
  place: WaiverPlace,
): readonly JudgedFinding[] {
  if (granted.length === 0 || !findings.some(isOpen)) return findings;
  const candidates = candidatesFor(granted, place.rule.id, place.repository);
  if (candidates.length === 0) return findings;
  const at = { ...place, matching: matching() };
  return findings.map((finding) => {
    const cover = isOpen(finding) ? candidates.find((one) => isCovered(finding, one, at)) : undefined;
    return cover ? { ...finding, waivedBy: cover.waiver.id } : finding;
  });
}

/** The waivers that cover something of these findings. */
export function inUse(findings: readonly JudgedFinding[], { granted }: Pick<Waivers, 'granted'>): readonly Granted[] {
  const used = new Set(findings.flatMap(({ waivedBy }) => (waivedBy === undefined ? [] : [waivedBy])));
  return used.size === 0 ? [] : granted.filter(({ id }) => used.has(id));
}

/** The waivers that ended lately and would cover something that stands open now, last end first. */
export function lapsed(
  findings: readonly JudgedFinding[],
  { ended }: Pick<Waivers, 'ended'>,
  place: WaiverPlace,
  now: Date,
): readonly Waiver[] {
  const open = findings.filter(isOpen);
  if (ended.length === 0 || open.length === 0) return [];
  const at = { ...place, matching: matching() };
  return candidatesFor(ended, place.rule.id, place.repository)
    .filter((one) => isRecent(one.waiver, now) && open.some((finding) => isCovered(finding, one, at)))
    .map(({ waiver }) => waiver);
}

/** The waivers that would cover something that stands open if it were not their approver's own, last end first. */
export function withheld(
  findings: readonly JudgedFinding[],
  { granted }: Pick<Waivers, 'granted'>,
  place: WaiverPlace,
): readonly Granted[] {
  const open = findings.filter(isOpen);
  if (granted.length === 0 || open.length === 0) return [];
  const at = { ...place, matching: matching() };
  return candidatesFor(granted, place.rule.id, place.repository)
    .filter((one) => open.some((finding) => isOwn(finding, one, at) && isInScope(finding, one, at)))
    .map(({ waiver }) => waiver);
}

/** The next moment at which one of the waivers ends or is warned about, ISO 8601; null: there is none. */
export function nextMoment(waivers: readonly Granted[], now: Date): string | null {
  const moments = waivers.flatMap(({ ends }) => momentsOf(ends, now));
  return moments.reduce<string | null>(
    (first, one) => (first === null || Date.parse(one) < Date.parse(first) ? one : first),
    null,
  );
}

/** It fails or is unknown, and nobody answers for it. */
function isOpen(finding: JudgedFinding): boolean {
  return isBad(finding) && !finding.isExisting && !finding.isOverridden && finding.waivedBy === undefined;
}

interface At extends WaiverPlace {
  readonly matching: Matching;
}

function isCovered(finding: JudgedFinding, candidate: Candidate, place: At): boolean {
  return !isOwn(finding, candidate, place) && isInScope(finding, candidate, place);
}

/** Nobody waives for themselves: it is about the approver, or a contribution rule found it on a pull request of the approver's. */
function isOwn({ login }: JudgedFinding, { approvers }: Candidate, { rule, author }: WaiverPlace): boolean {
  if (login !== undefined && approvers.has(login.toLowerCase())) return true;
  return rule.on === 'contribution' && author !== null && approvers.has(author.toLowerCase());
}

/** Every key that is given matches. What could not be checked is about nothing in particular, so only a waiver without keys covers it. */
function isInScope(finding: JudgedFinding, { paths, packages, people }: Candidate, { rule, matching: match }: At): boolean {
  const { login, packageUrl } = finding;
  if (people && (login === undefined || !people.has(login.toLowerCase()))) return false;
  if (packages && (packageUrl === undefined || !packages.some((pattern) => match.package(pattern, packageUrl)))) return false;
  return !paths || pathsOf(finding, rule).some((path) => paths.some((glob) => match.path(glob, path)));
}

/** The paths that a finding is about. What rules on contributions are about are commits, people and packages, and no files. */
function pathsOf({ about, location, create }: JudgedFinding, { id, on }: WaiverPlace['rule']): readonly string[] {
  const file = on === 'contribution' || about === id ? [] : [about];
  return [...file, ...(location ? [location.path] : []), ...(create === undefined ? [] : [create])];
}
