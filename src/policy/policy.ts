/** What the organization wants: which rules, which options, how firmly, and where each value was written. */
import type { Clause, LayerKind, Level, Origin } from './origin.ts';
import type { Limits, NotCheckable, Paused, Pilot, Reached, WaiverTerms } from './managed.ts';

export { LEVELS, STRENGTHS, type Clause, type LayerKind, type Level, type Origin, type Strength } from './origin.ts';

/** A policy file as it was read. */
export interface PolicyFile {
  readonly layer: LayerKind;
  /** `OWNER/REPO:PATH`, with `@REF` where a shared file is named so, or the name of a preset: what people call the file. */
  readonly source: string;
  /** The commit it was read at; null for presets and files outside git. */
  readonly commit: string | null;
  /** Git blob id; null as for `commit`. */
  readonly oid: string | null;
  readonly text: string;
}

export interface RuleSetting {
  readonly enforce: Level;
  /** Complete and valid: defaults are filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly clause: Clause | null;
  /** `enforce`, `clause` and every option that a file set, by name. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** How far its roll-out has come here; left out: it has none. */
  readonly rollout?: Reached;
}

/**
 * How contributions are certified: which of the rules `dco` and `cla` are asked. `either`: each commit by one of them.
 * Null: nobody says, and each rule stands for itself.
 */
export const CERTIFICATIONS = ['none', 'either', 'dco', 'cla', 'both'] as const;
export type Certification = (typeof CERTIFICATIONS)[number];

/** Who may override a rule on a pull request: GitHub's role names, mildest last; a role includes those before it. */
export const OVERRIDERS = ['nobody', 'admin', 'maintain', 'write'] as const;
export type Overrider = (typeof OVERRIDERS)[number];

/** The values of a policy beside its rules, as its file calls them. */
export const TOP_KEYS = [
  ...['checkName', 'certification', 'mayOverride', 'paused', 'pilots', 'maxNewFailures', 'maxWritesPerHour'],
  ...['waivers.approvers', 'waivers.maxDays', 'notCheckable'],
] as const;
export type TopKey = (typeof TOP_KEYS)[number];

/** A policy in force: every known rule has a setting. */
export interface Policy {
  /** Name of the check run. */
  readonly checkName: string;
  readonly certification: Certification | null;
  readonly mayOverride: Overrider;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Names of the groups that the repository belongs to, in the order of the file. */
  readonly groups: readonly string[];
  /** Nothing is held against anybody, and nothing is written but check runs and answers to people; null: not paused. */
  readonly paused: Paused | null;
  readonly pilots: readonly Pilot[];
  readonly limits: Limits;
  readonly waivers: WaiverTerms;
  /** Sentences of a written policy that no rule can check, with the reason. */
  readonly notCheckable: readonly NotCheckable[];
  /** When it changes by itself for this subject: a step of a roll-out, the end of a pause. ISO 8601; null: it does not. */
  readonly until: string | null;
  /** Where `checkName`, `certification`, `paused` and the other values beside the rules were written; absent: nobody wrote it. */
  readonly origins: Readonly<Partial<Record<TopKey, Origin>>>;
  /** The files it was made from, lowest layer first, without their text. */
  readonly files: readonly Omit<PolicyFile, 'text'>[];
  /** True when no policy file exists anywhere: `baseline`, held at `observe`. */
  readonly isDefault: boolean;
}

/** What is wrong in a policy file, and what to do about it. */
export interface Problem {
  /** The file, as people call it. */
  readonly source: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1. */
  readonly column: number;
  /** Keys from the top: `rules.dco.enforce`; empty for the whole file. */
  readonly path: string;
  /** `error`: the file is not used. `notice`: the file is used, this value has no effect. */
  readonly severity: 'error' | 'notice';
  /** Of a notice: what it is about is in force as it was read last, and people should know. */
  readonly isStale?: true;
  /** What was found and what is wanted, in one sentence. Foreign text; views escape it. */
  readonly message: string;
  /** The next step: the nearest known word, the allowed values. */
  readonly hint: string | null;
}

/** The policies that come with Steward: name to text, handed in by the shell from the folder `policies`. */
export type Presets = ReadonlyMap<string, string>;

/** What a policy says of itself rather than of a rule, where it says nothing: no group, no pause, no pilot, no waiver. */
export const UNMANAGED = {
  groups: [],
  paused: null,
  pilots: [],
  limits: { maxNewFailures: null, maxWritesPerHour: 500 },
  waivers: { approvers: [], maxDays: null },
  notCheckable: [],
  until: null,
  origins: {},
} as const satisfies Partial<Policy>;
