/** What a lower layer may do to a value it may only tighten. */
import { z } from 'zod';
import { isLeftOutByEmpty } from '../rules/licensing/terms.ts';
import type { Tightening } from '../rules/rule.ts';
import { LEVELS, type Level } from './policy.ts';
import { layersOf } from './rule-schema.ts';
import { TIGHTENING } from './tightening.ts';

/** The value after tightening, and what of the lower wish has no effect; null: all of it has. */
export interface Tightened {
  readonly value: unknown;
  readonly refused: string | null;
}

/** How an option tightens, as its `.meta({ tighten })` says; an option that says nothing is fixed. */
export function tighteningOf(option: z.ZodType): Tightening {
  const said = layersOf(option).map((layer) => layer.meta()?.['tighten']);
  return said.find(isTightening) ?? 'fixed';
}

/** The words of an option that is one of several, mildest first; none for other options. */
export function wordsOf(option: z.ZodType): readonly unknown[] {
  const bare = layersOf(option).at(-1);
  return bare instanceof z.ZodEnum ? bare.options : [];
}

/** The firmer of two levels. */
export function firmer(upper: Level, lower: Level): Level {
  return LEVELS.indexOf(lower) > LEVELS.indexOf(upper) ? lower : upper;
}

/**
 * Lets a lower value tighten an upper one; what would loosen it is refused and named. Never returns less than `upper` asks.
 * `words`: those of an option that tightens to a later one.
 */
export function tighten(kind: Tightening, upper: unknown, lower: unknown, words: readonly unknown[] = []): Tightened {
  if (isSame(upper, lower)) return { value: upper, refused: null };
  switch (kind) {
    case 'union':
      return isList(upper) && isList(lower) ? union(upper, lower) : refuse(upper, lower);
    case 'intersection':
      return isList(upper) && isList(lower) ? intersection(upper, lower) : refuse(upper, lower);
    case 'only-true':
      return lower === true ? { value: true, refused: null } : refuse(upper, lower);
    case 'only-false':
      return lower === false ? { value: false, refused: null } : refuse(upper, lower);
    case 'min':
      return Number(lower) < Number(upper) ? { value: lower, refused: null } : refuse(upper, lower);
    case 'max':
      return Number(lower) > Number(upper) ? { value: lower, refused: null } : refuse(upper, lower);
    case 'subset':
      return isList(upper) && isList(lower) ? subset(upper, lower) : refuse(upper, lower);
    case 'later':
      return isLater(words, upper, lower) ? { value: lower, refused: null } : refuse(upper, lower);
    case 'fixed':
      return refuse(upper, lower);
  }
}

/** Two values that JSON cannot tell apart. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isTightening(said: unknown): said is Tightening {
  return typeof said === 'string' && Object.hasOwn(TIGHTENING, said);
}

function refuse(upper: unknown, lower: unknown): Tightened {
  return { value: upper, refused: shown(lower) };
}

function union(upper: readonly unknown[], lower: readonly unknown[]): Tightened {
  if (lower.length === 0) return refuse(upper, lower);
  return { value: [...upper, ...lower.filter((item) => !has(upper, item))], refused: null };
}

/** An empty list of what is allowed means that anything is, so it never comes out of two lists that differ. */
function intersection(upper: readonly unknown[], lower: readonly unknown[]): Tightened {
  const both = upper.length === 0 ? lower.filter((item) => !isLeftOut(item)) : upper.filter((item) => has(lower, item));
  if (both.length === 0) return refuse(upper, lower);
  const others = lower.filter((item) => !has(both, item));
  return { value: both, refused: others.length === 0 ? null : shown(others) };
}

/** Only lists of licenses can be empty and mean anything. */
function isLeftOut(item: unknown): boolean {
  return typeof item === 'string' && isLeftOutByEmpty(item);
}

/** An empty list of exemptions means that nobody is exempt, so it may well come out. */
function subset(upper: readonly unknown[], lower: readonly unknown[]): Tightened {
  const others = lower.filter((item) => !has(upper, item));
  return { value: upper.filter((item) => has(lower, item)), refused: others.length === 0 ? null : shown(others) };
}

function isLater(words: readonly unknown[], upper: unknown, lower: unknown): boolean {
  return words.includes(upper) && words.indexOf(lower) > words.indexOf(upper);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return (text ?? 'nothing').replaceAll(',', ', ');
}

function has(list: readonly unknown[], item: unknown): boolean {
  return list.some((one) => isSame(one, item));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
