/** What a policy says of its own governance: groups, roll-outs, pilots, pauses, limits, and who may waive. Types only. */
import type { Clause, Level, Origin } from './origin.ts';

/** Which repositories are meant. All keys that are given must match; each matches by one of its entries. Without a key: none. */
export interface Where {
  /** Globs of repository names, without the owner: `cardano-*`. Case does not count. */
  readonly names?: readonly string[];
  readonly topics?: readonly string[];
  /** GitHub custom properties, by name: one of the values. */
  readonly properties?: Readonly<Record<string, readonly string[]>>;
  readonly visibility?: readonly Visibility[];
  /** The main language, as GitHub names it. */
  readonly languages?: readonly string[];
  /** Stages of the lifecycle, as `lifecycle` of the policy tells them. */
  readonly stages?: readonly string[];
}

export const VISIBILITIES = ['public', 'private', 'internal'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** How a repository's stage in the lifecycle is told: by a list first, then by a custom property. */
export interface Lifecycle {
  /** The custom property that names the stage. */
  readonly property?: string;
  /** Stage → globs of repository names. */
  readonly stages?: Readonly<Record<string, readonly string[]>>;
}

/** One step of a rule's roll-out. The last step that applies decides; before the first, `enforce` of the rule. */
export interface Step {
  readonly enforce: Level;
  /** From the start of this day, UTC: YYYY-MM-DD. Left out: from the beginning. */
  readonly from?: string;
  /** Names of groups and pilots; left out: every repository. */
  readonly cohorts?: readonly string[];
  /** 1 to 100: the share of repositories, chosen by a hash of repository and rule that never changes. */
  readonly percent?: number;
}

/** Who is spared for a while: held at most at `level`. */
export interface Grace {
  /** Days since the repository was created. */
  readonly newRepositories?: number;
  /** A person's first contribution to a repository, as GitHub says. */
  readonly firstContributions?: boolean;
  readonly level: 'observe' | 'warn';
}

/** How far a roll-out has come for a subject. */
export interface Reached {
  /** Index of the step in force; null: none yet. */
  readonly step: number | null;
  /** The firmest level that the roll-out leads to. */
  readonly aim: Level;
  /** What comes next for this subject; null: nothing. `from` is ISO 8601. */
  readonly next: { readonly enforce: Level; readonly from: string } | null;
  /** Why it is held less firmly than the roll-out says; null: it is not. `until` is ISO 8601, null where it is not a matter of time. */
  readonly grace: { readonly reason: 'new-repository' | 'first-contribution'; readonly until: string | null } | null;
}

export interface Paused {
  readonly because: string;
  /** The last day, inclusive, UTC: YYYY-MM-DD; null: until the key is removed. */
  readonly until: string | null;
  readonly origin: Origin;
}

export interface Limits {
  /** How many repositories may newly fail by a change of the policy; null: any number. */
  readonly maxNewFailures: number | null;
  /** How many issues and comments Steward makes in an hour for the whole organization. */
  readonly maxWritesPerHour: number;
}

export interface WaiverTerms {
  /** Logins, or `team:SLUG` of the organization; empty: whoever may write in the policy repository. */
  readonly approvers: readonly string[];
  /** The longest a waiver may last, in days from its merge; null: any time. */
  readonly maxDays: number | null;
}

/** A trial of the open source strategy: some repositories, for a time, with targets. */
export interface Pilot {
  readonly name: string;
  readonly title: string | null;
  readonly owner: string;
  readonly where: Where;
  /** First and last day, inclusive, UTC: YYYY-MM-DD. */
  readonly start: string;
  readonly end: string;
  /** The share of the pilot's repositories that pass the rule at the end, in percent. */
  readonly targets: readonly { readonly rule: string; readonly passing: number }[];
  readonly exitCriteria: readonly string[];
  readonly origin: Origin;
}

export interface NotCheckable extends Clause {
  /** Why no rule can check it. */
  readonly why: string;
}

/** What groups, cohorts and roll-outs are told apart by. A key that is left out is not known here; null: there is none. */
export interface Traits {
  readonly owner: string;
  readonly name: string;
  readonly topics?: readonly string[];
  readonly properties?: Readonly<Record<string, string | readonly string[]>>;
  readonly visibility?: Visibility;
  readonly language?: string | null;
  /** ISO 8601. */
  readonly createdAt?: string;
}

/** For whom and when a policy is resolved. */
export interface Occasion {
  readonly now: Date;
  /** Null: no repository in particular. No group holds then, and roll-outs have not begun. */
  readonly traits: Traits | null;
  /** Whether the contribution is its author's first to the repository; null: not known, or no contribution. */
  readonly isFirst: boolean | null;
  /** Groups and pilots that the repository is supposed to belong to where that cannot be told; left out: none. */
  readonly supposed?: readonly string[];
}
