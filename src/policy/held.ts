/** Values with the places where they were written, and what binds them: what layers are made of. */
import type { Reached } from './managed.ts';
import type { Clause, Level, Origin } from './policy.ts';

/** A value and where it was written. */
export interface Held<T> {
  readonly value: T;
  readonly origin: Origin;
  readonly column: number;
  /** The keys from the top of the file to the group that wrote it: `groups[3]`; left out: no group did. */
  readonly within?: string;
}

/** What a stack says about one rule, at a moment and for a subject. */
export interface HeldRule {
  readonly enforce: Held<Level> | null;
  /** How far its roll-out has come; null: it has none. */
  readonly reached: Reached | null;
  readonly clause: Held<Clause> | null;
  /** An undefined value: back to the default. */
  readonly options: ReadonlyMap<string, Held<unknown>>;
}

export const NO_RULE: HeldRule = { enforce: null, reached: null, clause: null, options: new Map() };

/** Keys from the top to a value, in words. */
export function pathTo(held: Pick<Held<unknown>, 'within'> | null | undefined, path: string): string {
  return held?.within === undefined ? path : `${held.within}.${path}`;
}

/** Where a value was written, in words. */
export function placeText({ layer, source, line, group }: Origin): string {
  const name = layer === 'preset' ? `preset ${source}` : source;
  const place = line === null ? name : `${name}, line ${line}`;
  return group === undefined ? place : `${place}, group ${group}`;
}

/** A name of `locked` or `mayOnlyTighten`, and where it stands. */
export interface Lock extends Held<string> {
  readonly kind: 'locked' | 'mayOnlyTighten';
}

/** Locks by name; of two layers that give the same name the lower one counts. */
export interface Locks {
  readonly locked: ReadonlyMap<string, Lock>;
  readonly mayOnlyTighten: ReadonlyMap<string, Lock>;
}

export const NO_LOCKS: Locks = { locked: new Map(), mayOnlyTighten: new Map() };
