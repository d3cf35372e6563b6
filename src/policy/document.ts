/** A policy file that parsed: every value with its place. */
import type { GovernanceText, GroupText } from './governance-schema.ts';
import type { Grace, Lifecycle, NotCheckable, Pilot, Step, WaiverTerms, Where } from './managed.ts';
import type { Certification, Clause, Level, Overrider, PolicyFile } from './policy.ts';
import type { Path, Positions } from './positions.ts';
import { readExtends, type Extends } from './reference.ts';
import type { RuleText } from './rule-schema.ts';
import type { PolicyText } from './schema.ts';

/** A value and the place of its key. */
export interface Written<T> {
  readonly value: T;
  readonly line: number;
  readonly column: number;
}

/** What a file says about one rule, and the place of its key; null and absent: nothing. */
export interface WrittenRule {
  readonly line: number;
  readonly column: number;
  readonly enforce: Written<Level> | null;
  readonly clause: Written<Clause> | null;
  /** What goes back to the rule's own default, whatever the layers before said. */
  readonly unset: readonly Written<string>[];
  readonly rollout: Written<readonly Written<Step>[]> | null;
  readonly grace: Written<Grace> | null;
  readonly options: Readonly<Record<string, Written<unknown>>>;
}

/** What a file says for some repositories; it stands in the file of its layer. */
export interface WrittenGroup {
  readonly name: string;
  readonly where: Where;
  readonly line: number;
  readonly column: number;
  readonly certification: Written<Certification> | null;
  readonly rules: Readonly<Record<string, WrittenRule>>;
}

/** What a file says of its own governance; null and empty lists of names: nothing. */
export interface Governance {
  readonly locked: readonly Written<string>[];
  readonly mayOnlyTighten: readonly Written<string>[];
  readonly lifecycle: Written<Lifecycle> | null;
  readonly groups: readonly WrittenGroup[];
  readonly pilots: Written<readonly Written<Omit<Pilot, 'origin'>>[]> | null;
  readonly paused: Written<{ readonly because: string; readonly until: string | null }> | null;
  readonly maxNewFailures: Written<number> | null;
  readonly maxWritesPerHour: Written<number> | null;
  readonly approvers: Written<WaiverTerms['approvers']> | null;
  readonly maxDays: Written<number> | null;
  readonly notCheckable: Written<readonly NotCheckable[]> | null;
}

/** A policy file that parsed. JSON only. */
export interface Document {
  readonly file: Omit<PolicyFile, 'text'>;
  readonly extends: Written<Extends> | null;
  readonly checkName: Written<string> | null;
  readonly mayLoosen: Written<readonly string[]> | null;
  readonly mayOverride: Written<Overrider> | null;
  readonly certification: Written<Certification> | null;
  /** Accounts that may extend this policy although its repository is private. */
  readonly readers: readonly string[];
  readonly rules: Readonly<Record<string, WrittenRule>>;
  readonly governance: Governance;
}

/** Puts the text of a file and the places of its keys together. */
export function documentOf(file: PolicyFile, text: PolicyText, positions: Positions): Document {
  const { layer, source, commit, oid } = file;
  const places = new Places(positions);
  const base = text.extends === undefined ? null : readExtends(text.extends);
  return {
    file: { layer, source, commit, oid },
    extends: places.written(base ?? undefined, ['extends']),
    checkName: places.written(text.checkName, ['checkName']),
    mayLoosen: places.written(text.mayLoosen, ['mayLoosen']),
    mayOverride: places.written(text.mayOverride, ['mayOverride']),
    certification: places.written(text.certification, ['certification']),
    readers: (text.readers ?? []).map((name) => name.toLowerCase()),
    rules: rulesOf(text.rules, ['rules'], places),
    governance: governanceOf(text, places),
  };
}

/** Gives values their places. */
class Places {
  readonly positions: Positions;

  constructor(positions: Positions) {
    this.positions = positions;
  }

  written<T>(value: T | undefined, path: Path): Written<T> | null {
    return value === undefined ? null : { value, ...this.positions.key(path) };
  }

  /** Each entry of a list with its own place. */
  entries<T>(values: readonly T[] | undefined, path: Path): readonly Written<T>[] {
    return (values ?? []).map((value, index) => ({ value, ...this.positions.key([...path, index]) }));
  }

  list<T>(values: readonly T[] | undefined, path: Path): Written<readonly Written<T>[]> | null {
    return values === undefined ? null : this.written(this.entries(values, path), path);
  }
}

function rulesOf(text: PolicyText['rules'], path: Path, places: Places): Document['rules'] {
  const present = Object.entries(text ?? {}).filter(([, rule]) => (rule as RuleText | undefined) !== undefined);
  return Object.fromEntries(present.map(([id, rule]) => [id, ruleOf(rule, [...path, id], places)]));
}

function ruleOf({ enforce, clause, unset, rollout, grace, ...options }: RuleText, path: Path, places: Places): WrittenRule {
  const own = Object.entries(options).flatMap(([name, value]) => {
    const option = places.written(value, [...path, name]);
    return option ? [[name, option] as const] : [];
  });
  return {
    ...places.positions.key(path),
    enforce: places.written(enforce, [...path, 'enforce']),
    clause: places.written(clause, [...path, 'clause']),
    unset: places.entries(unset, [...path, 'unset']),
    rollout: places.list(rollout, [...path, 'rollout']),
    grace: places.written(grace, [...path, 'grace']),
    options: Object.fromEntries(own),
  };
}

function governanceOf(text: GovernanceText, places: Places): Governance {
  const { paused, pilots, waivers } = text;
  const whole = pilots?.map((pilot) => ({
    ...pilot,
    title: pilot.title ?? null,
    targets: pilot.targets ?? [],
    exitCriteria: pilot.exitCriteria ?? [],
  }));
  return {
    locked: places.entries(text.locked, ['locked']),
    mayOnlyTighten: places.entries(text.mayOnlyTighten, ['mayOnlyTighten']),
    lifecycle: places.written(text.lifecycle, ['lifecycle']),
    groups: (text.groups ?? []).map((group, index) => groupOf(group, ['groups', index], places)),
    pilots: places.list(whole, ['pilots']),
    paused: places.written(paused && { because: paused.because, until: paused.until ?? null }, ['paused']),
    maxNewFailures: places.written(text.maxNewFailures, ['maxNewFailures']),
    maxWritesPerHour: places.written(text.maxWritesPerHour, ['maxWritesPerHour']),
    approvers: places.written(waivers?.approvers, ['waivers', 'approvers']),
    maxDays: places.written(waivers?.maxDays, ['waivers', 'maxDays']),
    notCheckable: places.written(text.notCheckable, ['notCheckable']),
  };
}

function groupOf({ name, where, certification, rules }: GroupText, path: Path, places: Places): WrittenGroup {
  return {
    ...{ name, where },
    ...places.positions.key(path),
    certification: places.written(certification, [...path, 'certification']),
    rules: rulesOf(rules, [...path, 'rules'], places),
  };
}
