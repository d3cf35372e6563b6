/** What files say together, laid over each other, before it is known when and for whom. */
import { NO_LOCKS, type Held, type Locks } from './held.ts';
import type { Grace, Step } from './managed.ts';
import type { Certification, Clause, Level, Problem } from './policy.ts';
import type { Refusal } from './refusals.ts';

/** How firmly a rule is held. An undefined value: back to what it is by default. */
export interface Firmness {
  readonly enforce: Held<Level | undefined> | null;
  readonly rollout: Held<readonly Held<Step>[] | undefined> | null;
  readonly grace: Held<Grace | undefined> | null;
}

/** What files say together about one rule. */
export interface LaidRule {
  readonly firmness: Firmness;
  /** What later layers could only tighten: the rule is held at least as firmly as each of these says. */
  readonly floors: readonly Firmness[];
  readonly clause: Held<Clause | undefined> | null;
  /** An undefined value: back to the default. */
  readonly options: ReadonlyMap<string, Held<unknown>>;
}

export interface Laid {
  readonly certification: Held<Certification> | null;
  readonly rules: ReadonlyMap<string, LaidRule>;
  readonly locks: Locks;
  /** Wishes without effect, because a lower layer binds them. */
  readonly refusals: readonly Refusal[];
  /** Locks without effect. */
  readonly problems: readonly Problem[];
}

const UNSAID: Firmness = { enforce: null, rollout: null, grace: null };
export const NO_LAID_RULE: LaidRule = { firmness: UNSAID, floors: [], clause: null, options: new Map() };
export const NOTHING_LAID: Laid = { certification: null, rules: new Map(), locks: NO_LOCKS, refusals: [], problems: [] };
