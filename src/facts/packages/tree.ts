/** A foreign file as a value, looked at without trusting its shape: every key is a name, and no value has the type one expects. */
import { unknown, type Unknown } from '../answer.ts';

/** What a text says, and where. */
export interface Tree {
  readonly value: unknown;
  /** Line of the last key of a path, from 1; null: that is not told. Entries of a list count from 0. */
  readonly line: (...path: readonly (string | number)[]) => number | null;
}

/** The longest lock files seen have 3 million characters; a file above this bound is not read. */
export const MAX_CHARACTERS = 8 * 1024 * 1024;

/** Formats nest ten levels at most, but for the first npm locks; what nests deeper than this is none of them. */
export const MAX_DEPTH = 200;

/** Names, versions and addresses are shorter than this. */
const MAX_TEXT = 2_000;

/** Why a text is not read at all; null: it can be. Formats that take longer to read bear fewer characters. */
export function unfit(text: string, most = MAX_CHARACTERS): Unknown | null {
  if (text.length > most) return unknown(`the file has more than ${most / 1024 / 1024} million characters`);
  if (text.includes('\0')) return unknown('the file is not a text');
  return null;
}

/** The text without a byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** A group with keys: no list, no date. */
export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** What stands under a key, or under a path of keys; undefined: nothing does. What all objects inherit does not count. */
export function own(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const key of path) at = isGroup(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}

/** Keys and values of a group; none of anything else. */
export function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return isGroup(value) ? Object.entries(value) : [];
}

/** The entries of a list; none of anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A text of sensible length without blanks around it; null: it is empty, or no such text. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_TEXT) return null;
  return value.trim() || null;
}

/** Lines of places that are asked in the order of the text. */
export function lineCounter(source: string): (offset: number) => number {
  let line = 1;
  let next = source.indexOf('\n');
  return (offset) => {
    while (next >= 0 && next < offset) {
      line += 1;
      next = source.indexOf('\n', next + 1);
    }
    return line;
  };
}

/** Lines by path, as `Tree` wants them: one place for each key, below that of the key that holds it. */
export class Lines {
  private line: number | null = null;
  /** Number of the entry of a list that was begun last, from 0; null: this is no list. */
  last: number | null = null;
  private below: Map<string, Lines> | null = null;

  /** The place of a key below this one. No path is ever joined: a long key above many costs no more than its own length. */
  under(key: string | number, line?: number): Lines {
    this.below ??= new Map();
    const name = String(key);
    const place = this.below.get(name) ?? new Lines();
    this.below.set(name, place);
    return line === undefined ? place : place.at(line);
  }

  at(line: number): this {
    this.line = line;
    return this;
  }

  /** Of what stands below, as `Tree` wants it. */
  told(): Tree['line'] {
    return (...path) => path.reduce<Lines | undefined>((place, key) => place?.below?.get(String(key)), this)?.line ?? null;
  }
}
