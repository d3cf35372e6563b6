/** What a policy would have made of merged pull requests, counted: by pull request, by rule and by author. JSON only. */
import type { Verdict } from '../../verdict/verdict.ts';

/** What would have become of a pull request. `unknown`: a required rule cannot be told, and none fails. */
export type Fate = 'stopped' | 'unknown' | 'passed';

export interface LookedPull {
  /** `OWNER/REPO`. */
  readonly repository: string;
  /** Null: the merge does not say. */
  readonly number: number | null;
  /** The commit that the branch took; of stored facts, the last commit of the pull request. */
  readonly sha: string;
  /** When it was merged, as far as is known; ISO 8601. */
  readonly at: string;
  /** Name or login; never an address. */
  readonly author: string;
  readonly fate: Fate;
  /** Rules that fail, or are required and cannot be told. */
  readonly rules: readonly {
    readonly id: string;
    readonly enforce: 'block' | 'warn' | 'observe';
    readonly outcome: 'fail' | 'unknown';
  }[];
}

export interface LookBack {
  readonly version: 1;
  /** `OWNER/REPO`, or `OWNER`. */
  readonly place: string;
  /** The branch that was walked; null: stored facts were judged. */
  readonly branch: string | null;
  /** ISO 8601. */
  readonly since: string;
  readonly merged: number;
  readonly stopped: number;
  readonly unknown: number;
  /** Commits that no pull request is known to have brought; null: stored facts do not tell. */
  readonly direct: number | null;
  /** How many pull requests each rule stops, warns about, notes only, and cannot tell, the firmest first. */
  readonly rules: readonly RuleCount[];
  /** Those whose pull requests would have been stopped, most first. */
  readonly authors: readonly { readonly name: string; readonly merged: number; readonly stopped: number }[];
  /** Newest first. */
  readonly pulls: readonly LookedPull[];
}

export interface RuleCount {
  readonly id: string;
  readonly stops: number;
  readonly warns: number;
  readonly notes: number;
  readonly unknown: number;
}

/** What a verdict would have done to its pull request. */
export function lookedPull(verdict: Verdict, about: Pick<LookedPull, 'number' | 'sha' | 'at' | 'author'>): LookedPull {
  const rules = verdict.rules.flatMap(({ id, enforce, outcome }) =>
    outcome === 'fail' || (outcome === 'unknown' && enforce === 'block') ? [{ id, enforce, outcome }] : [],
  );
  const required = rules.filter(({ enforce }) => enforce === 'block');
  const isStopped = required.some(({ outcome }) => outcome === 'fail');
  const fate = isStopped ? 'stopped' : required.length > 0 ? 'unknown' : 'passed';
  return { repository: `${verdict.subject.owner}/${verdict.subject.repo}`, ...about, fate, rules };
}

/** Counts what was looked at. */
export function lookBack(pulls: readonly LookedPull[], about: Pick<LookBack, 'place' | 'branch' | 'since' | 'direct'>): LookBack {
  const { place, branch, since, direct } = about;
  const count = (fate: Fate): number => pulls.filter((pull) => pull.fate === fate).length;
  const [stopped, unknown] = [count('stopped'), count('unknown')];
  const [rules, authors] = [ruleCounts(pulls), authorCounts(pulls)];
  return { version: 1, place, branch, since, merged: pulls.length, stopped, unknown, direct, rules, authors, pulls };
}

function ruleCounts(pulls: readonly LookedPull[]): readonly RuleCount[] {
  const found = Map.groupBy(
    pulls.flatMap(({ rules }) => rules),
    ({ id }) => id,
  );
  const counts = [...found].map(([id, all]) => {
    const failing = (level: string): number =>
      all.filter(({ enforce, outcome }) => outcome === 'fail' && enforce === level).length;
    const unknown = all.filter(({ outcome }) => outcome === 'unknown').length;
    return { id, stops: failing('block'), warns: failing('warn'), notes: failing('observe'), unknown };
  });
  return counts.sort((a, b) => b.stops - a.stops || b.warns - a.warns || b.notes - a.notes || (a.id < b.id ? -1 : 1));
}

function authorCounts(pulls: readonly LookedPull[]): LookBack['authors'] {
  const counts = [...Map.groupBy(pulls, ({ author }) => author)].map(([name, all]) => ({
    name,
    merged: all.length,
    stopped: all.filter(({ fate }) => fate === 'stopped').length,
  }));
  return counts.filter(({ stopped }) => stopped > 0).sort((a, b) => b.stopped - a.stopped || (a.name < b.name ? -1 : 1));
}
