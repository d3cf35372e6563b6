/** What an import decided about each thing that another tool's file says, or that the tool does by itself. */
import type { Flaw, Path, Positions } from '../../policy/positions.ts';
import { pathText } from '../../policy/problem.ts';

/** Where a value goes: keys of a policy with dots between them, such as `rules.dco.trailers` or `groups.NAME.where.names`. */
export interface Setting {
  readonly key: string;
  readonly value: unknown;
}

/** A decision of a reader, which knows the keys of its file. */
export interface Draft {
  /** Keys in the foreign file; empty: the tool does it by itself. */
  readonly path: Path;
  /** What stood in the file, or what the other tool does by itself. Foreign text. */
  readonly found: string;
  /** What it became and why; for a `todo` also what to do. */
  readonly says: string;
  /** Where it went; null: Steward has nothing that is the same. */
  readonly set: Setting | null;
  /** Somebody has to do something. */
  readonly isTodo: boolean;
}

/** A decision with its place. */
export interface Decision extends Omit<Draft, 'path'> {
  /** The file, as it was named. */
  readonly source: string;
  /** Counts from 1. */
  readonly line: number;
  /** Keys from the top of the file; empty: the tool does it by itself. */
  readonly key: string;
}

/** A decision that sets a value. */
export function becomes(found: string, key: string, value: unknown, says: string, path: Path = []): Draft {
  return { path, found, says, set: { key, value }, isTodo: false };
}

/** Something without an equivalent, and what to do about it. */
export function todo(found: string, says: string, path: Path = []): Draft {
  return { path, found, says, set: null, isTodo: true };
}

/** Something that needs no value and no work. */
export function remark(found: string, says: string, path: Path = []): Draft {
  return { path, found, says, set: null, isTodo: false };
}

/** Decisions of one file with the lines of their keys. */
export function placed(drafts: readonly Draft[], source: string, lineOf: (path: Path) => number): readonly Decision[] {
  return drafts.map(({ path, ...draft }) => ({ ...draft, source, line: lineOf(path), key: pathText(path) }));
}

/** The line of a key; the first for the whole file. */
export function lineIn(positions: Positions): (path: Path) => number {
  return (path) => (path.length === 0 ? 1 : positions.key(path).line);
}

/** A file of another tool. */
export interface Foreign {
  /** As it was named. */
  readonly source: string;
  readonly text: string;
}

/** A problem and the file that has it. */
export interface Fault extends Flaw {
  readonly source: string;
}

/** A waiver file that comes of an import. */
export interface WaiverFile {
  /** From the root of the policy repository. */
  readonly file: string;
  readonly text: string;
}

/** What became of a file, or everything that is wrong with it. */
export type Reading =
  { readonly decisions: readonly Decision[]; readonly waivers?: readonly WaiverFile[] } | { readonly faults: readonly Fault[] };

/** The faults of one file. */
export function faulty(source: string, flaws: readonly Flaw[]): { readonly faults: readonly Fault[] } {
  return { faults: flaws.map((flaw) => ({ ...flaw, source })) };
}

/** A value of the policy with everything that led to it. */
export interface Line {
  readonly key: string;
  readonly value: unknown;
  readonly decisions: readonly Decision[];
  /** Which values did not win, in words. */
  readonly notes: readonly string[];
}
