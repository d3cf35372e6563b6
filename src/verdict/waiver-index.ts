/** Waivers by rule and repository, ready to be matched. A list is read once, however many repositories are judged with it. */
import { isMatch, readGlob, type Glob } from '../facts/license/glob.ts';
import type { Waiver } from '../policy/waivers/waiver.ts';
import { globOf } from '../policy/where.ts';

/** A waiver, ready to be matched. A key that is null is not given. */
export interface Candidate<W extends Waiver = Waiver> {
  readonly waiver: W;
  readonly paths: readonly Glob[] | null;
  readonly packages: readonly string[] | null;
  /** In lower case. */
  readonly people: ReadonlySet<string> | null;
  /** Those who approve it, in lower case. */
  readonly approvers: ReadonlySet<string>;
}

/** The waivers of one rule: by the names of repositories, and those with patterns for them, each pattern once. */
interface OfRule<W extends Waiver> {
  readonly named: Map<string, Set<Candidate<W>>>;
  readonly patterned: Map<string, { readonly glob: Glob; readonly candidates: Set<Candidate<W>> }>;
  /** What was picked last, by repository: a rule asks several times. */
  readonly picked: Map<string, readonly Candidate<W>[]>;
}

type Index<W extends Waiver> = ReadonlyMap<string, OfRule<W>>;

/** So many repositories are remembered for a rule. */
const PICKED = 50;
const NONE: readonly never[] = [];

const made = new WeakMap<readonly Waiver[], Index<Waiver>>();

/** The waivers of a rule for a repository (its name without the owner), the one that ends last first. */
export function candidatesFor<W extends Waiver>(
  waivers: readonly W[],
  rule: string,
  repository: string,
): readonly Candidate<W>[] {
  const ofRule = (made.get(waivers) ?? indexed(waivers)).get(rule) as OfRule<W> | undefined;
  if (!ofRule) return NONE;
  const name = repository.toLowerCase();
  const known = ofRule.picked.get(name);
  if (known) return known;
  const found = pick(ofRule, name);
  const [oldest] = ofRule.picked.keys();
  if (ofRule.picked.size >= PICKED && oldest !== undefined) ofRule.picked.delete(oldest);
  ofRule.picked.set(name, found);
  return found;
}

function pick<W extends Waiver>({ named, patterned }: OfRule<W>, name: string): readonly Candidate<W>[] {
  const all = new Set(named.get(name));
  for (const { glob, candidates } of patterned.values()) {
    if (isMatch(glob, name)) for (const one of candidates) all.add(one);
  }
  return [...all].sort((a, b) => b.waiver.until.localeCompare(a.waiver.until) || a.waiver.id.localeCompare(b.waiver.id));
}

function indexed<W extends Waiver>(waivers: readonly W[]): Index<W> {
  const index = new Map<string, OfRule<W>>();
  const globs = new Map<string, readonly Glob[]>();
  for (const waiver of waivers) {
    const ofRule: OfRule<W> = index.get(waiver.rule) ?? { named: new Map(), patterned: new Map(), picked: new Map() };
    index.set(waiver.rule, ofRule);
    const candidate = candidateOf(waiver, globs);
    for (const pattern of waiver.scope.repositories) add(pattern.toLowerCase(), candidate, ofRule);
  }
  made.set(waivers, index);
  return index;
}

function add<W extends Waiver>(name: string, candidate: Candidate<W>, { named, patterned }: OfRule<W>): void {
  if (!/[*?]/.test(name)) {
    named.set(name, (named.get(name) ?? new Set()).add(candidate));
    return;
  }
  const known = patterned.get(name);
  const glob = known ? null : globOf(name);
  if (known) known.candidates.add(candidate);
  else if (glob?.known) patterned.set(name, { glob: glob.value, candidates: new Set([candidate]) });
}

/** `read`: patterns of paths that were read already; an equal one is the same for whoever matches it. */
function candidateOf<W extends Waiver>(waiver: W, read: Map<string, readonly Glob[]>): Candidate<W> {
  const { paths, people, packages } = waiver.scope;
  const approvers = [waiver.approver, ...('approvedBy' in waiver ? [String(waiver.approvedBy)] : [])];
  let globs: readonly Glob[] | undefined;
  return {
    waiver,
    // Read when they are asked about: most waivers of an organization are for other repositories.
    get paths() {
      return paths ? (globs ??= paths.flatMap((path) => globsOf(path, read))) : null;
    },
    packages: packages ?? null,
    people: people ? new Set(people.map((login) => login.toLowerCase())) : null,
    approvers: new Set(approvers.map((login) => login.toLowerCase())),
  };
}

function globsOf(path: string, read: Map<string, readonly Glob[]>): readonly Glob[] {
  const known = read.get(path);
  if (known) return known;
  const glob = readGlob(path, 'path');
  const globs = glob.known ? [glob.value] : [];
  read.set(path, globs);
  return globs;
}
