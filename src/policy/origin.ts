/** What a written value carries: how firm, whose, and which sentence of a written policy it stands for. */

/** How firmly a rule is held, from not at all to blocking the merge. Order matters: later is firmer. */
export const LEVELS = ['off', 'observe', 'warn', 'block'] as const;
export type Level = (typeof LEVELS)[number];

/** Who wrote a value. A group is a part of the organization's file. */
export type LayerKind = 'built-in' | 'preset' | 'shared' | 'organization' | 'group' | 'repository';

/** Where a value was written. Lines count from 1. */
export interface Origin {
  readonly layer: LayerKind;
  readonly source: string;
  readonly line: number | null;
  /** The name of the group that wrote it; given with the layer `group`. */
  readonly group?: string;
}

/** A sentence of a written policy that a rule carries out. */
export interface Clause {
  readonly says: string;
  readonly url?: string;
  /** How strongly it puts it, as RFC 2119 tells these words apart. It is shown and sets nothing. */
  readonly strength?: Strength;
}

/** The words of RFC 2119, strongest first. */
export const STRENGTHS = ['must', 'should', 'may'] as const;
export type Strength = (typeof STRENGTHS)[number];
