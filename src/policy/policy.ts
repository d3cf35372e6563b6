/** What the organization wants: which rules, which options, how firmly, and where each value was written. */

/** How firmly a rule is held, from not at all to blocking the merge. Order matters: later is firmer. */
export const LEVELS = ['off', 'observe', 'warn', 'block'] as const;
export type Level = (typeof LEVELS)[number];

export type LayerKind = 'built-in' | 'preset' | 'shared' | 'organization' | 'repository';

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

/** Where a value was written. Lines count from 1. */
export interface Origin {
  readonly layer: LayerKind;
  readonly source: string;
  readonly line: number | null;
}

/** A sentence of a written policy that a rule carries out. */
export interface Clause {
  readonly says: string;
  readonly url?: string;
}

export interface RuleSetting {
  readonly enforce: Level;
  /** Complete and valid: defaults are filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly clause: Clause | null;
  /** `enforce`, `clause` and every option that a file set, by name. */
  readonly origins: Readonly<Record<string, Origin>>;
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

/** A policy in force: every known rule has a setting. */
export interface Policy {
  /** Name of the check run. */
  readonly checkName: string;
  readonly certification: Certification | null;
  readonly mayOverride: Overrider;
  readonly rules: Readonly<Record<string, RuleSetting>>;
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
  /** What was found and what is wanted, in one sentence. Foreign text; views escape it. */
  readonly message: string;
  /** The next step: the nearest known word, the allowed values. */
  readonly hint: string | null;
}

/** The policies that come with Steward: name to text, handed in by the shell from the folder `policies`. */
export type Presets = ReadonlyMap<string, string>;
