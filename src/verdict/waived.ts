/** Which findings a waiver covers: of its rule, in its repositories, and of the paths, packages and people that it names. */
import { isMatch, readGlob, type Glob } from '../facts/license/glob.ts';
import { momentsOf } from '../policy/waivers/dates.ts';
import { isRecent } from '../policy/waivers/in-force.ts';
import type { Granted, Waiver, Waivers } from '../policy/waivers/waiver.ts';
import { globOf } from '../policy/where.ts';
import type { Asked } from '../rules/rule.ts';
import { isPackageNamed } from '../rules/licensing/package-pattern.ts';
import { isBad } from './overridden.ts';
import type { JudgedFinding } from './verdict.ts';

/** Where findings were made: by which rule, in which repository (its name without the owner). */
export interface WaiverPlace {
  readonly rule: { readonly id: string; readonly on: Asked };
  readonly repository: string;
}

/** Marks what waivers cover of what fails or is unknown, and is neither there before nor answered for. Of several the one that ends last. */
export function waived(
  findings: readonly JudgedFinding[],
  { granted }: Pick<Waivers, 'granted'>,
  place: WaiverPlace,
): readonly JudgedFinding[] {
  if (granted.length === 0 || !findings.some(isOpen)) return findings;
  const candidates = candidatesFor(granted, place);
  if (candidates.length === 0) return findings;
  return findings.map((finding) => {
    const cover = isOpen(finding) ? candidates.find((one) => isCovered(finding, one, place)) : undefined;
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
  return candidatesFor(ended, place)
    .filter((one) => isRecent(one.waiver, now) && open.some((finding) => isCovered(finding, one, place)))
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

/** A waiver, ready to be matched. A key that is null is not given. */
interface Candidate {
  readonly waiver: Waiver;
  readonly paths: readonly Glob[] | null;
  readonly people: ReadonlySet<string> | null;
}

/** The waivers of one rule: by the names of repositories, and those with patterns for them. */
interface OfRule {
  readonly named: Map<string, Candidate[]>;
  readonly patterned: { readonly glob: Glob; readonly candidate: Candidate }[];
}

/** A list of waivers is judged with for many repositories. */
const made = new WeakMap<readonly Waiver[], ReadonlyMap<string, OfRule>>();

function candidatesFor(waivers: readonly Waiver[], { rule, repository }: WaiverPlace): readonly Candidate[] {
  const known = made.get(waivers) ?? indexOf(waivers);
  made.set(waivers, known);
  const ofRule = known.get(rule.id);
  if (!ofRule) return [];
  const name = repository.toLowerCase();
  const matching = ofRule.patterned.filter(({ glob }) => isMatch(glob, name)).map(({ candidate }) => candidate);
  const all = new Set([...(ofRule.named.get(name) ?? []), ...matching]);
  return [...all].sort((a, b) => b.waiver.until.localeCompare(a.waiver.until) || a.waiver.id.localeCompare(b.waiver.id));
}

function indexOf(waivers: readonly Waiver[]): ReadonlyMap<string, OfRule> {
  const index = new Map<string, OfRule>();
  for (const waiver of waivers) {
    const ofRule = index.get(waiver.rule) ?? { named: new Map<string, Candidate[]>(), patterned: [] };
    index.set(waiver.rule, ofRule);
    const candidate = candidateOf(waiver);
    for (const pattern of waiver.scope.repositories) add(pattern, candidate, ofRule);
  }
  return index;
}

function add(pattern: string, candidate: Candidate, { named, patterned }: OfRule): void {
  const name = pattern.toLowerCase();
  if (!/[*?]/.test(name)) named.set(name, [...(named.get(name) ?? []), candidate]);
  const glob = globOf(pattern);
  if (/[*?]/.test(name) && glob.known) patterned.push({ glob: glob.value, candidate });
}

function candidateOf(waiver: Waiver): Candidate {
  const { paths, people } = waiver.scope;
  const globs = paths?.flatMap((path) => {
    const glob = readGlob(path, 'path');
    return glob.known ? [glob.value] : [];
  });
  return { waiver, paths: globs ?? null, people: people ? new Set(people.map((login) => login.toLowerCase())) : null };
}

/** Every key that is given matches. What could not be checked is about nothing in particular, so only a waiver without keys covers it. */
function isCovered(finding: JudgedFinding, { waiver, paths, people }: Candidate, { rule }: WaiverPlace): boolean {
  const { packages } = waiver.scope;
  const { login, packageUrl } = finding;
  if (paths && !pathsOf(finding, rule).some((path) => paths.some((glob) => isMatch(glob, path)))) return false;
  if (packages && !(packageUrl !== undefined && packages.some((pattern) => isPackageNamed(pattern, packageUrl)))) return false;
  return !people || (login !== undefined && people.has(login.toLowerCase()));
}

/** The paths that a finding is about. What rules on contributions are about are commits, people and packages, and no files. */
function pathsOf({ about, location, create }: JudgedFinding, { id, on }: WaiverPlace['rule']): readonly string[] {
  const file = on === 'contribution' || about === id ? [] : [about];
  return [...file, ...(location ? [location.path] : []), ...(create === undefined ? [] : [create])];
}
