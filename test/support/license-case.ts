/** A text with the answer that is right for it, and how an answer is held against it. */
import type { Detection } from '../../src/facts/license/detection.ts';
import { familyOf } from './license-families.ts';

export interface Case {
  /** Where the text comes from, for whoever reads a miss. */
  readonly name: string;
  readonly text: string;
  /** The ids that stand in the text; empty: none does. */
  readonly wanted: readonly string[];
  /** Other sets of ids that a reader could defend. */
  readonly also?: readonly (readonly string[])[];
  /** The words themselves depart from the license: right is to say so, or to name nothing. */
  readonly isAltered?: boolean;
}

/** Exact: the ids wanted. Abstained: no id. Flagged: said to be altered. Wrong: other ids. */
export type Judgment = 'exact' | 'abstained' | 'flagged' | 'wrong';

export interface Judged {
  readonly one: Case;
  readonly detection: Detection;
  readonly judgment: Judgment;
}

export interface Tally extends Readonly<Record<Judgment, number>> {
  readonly cases: number;
  readonly misses: readonly Judged[];
}

/** `fold` makes one of all ids with the same text; headers tell these ids apart, so there it stays off. */
export function judgeCase(one: Case, detection: Detection, fold = true): Judgment {
  const found = idsOf(detection.expression, fold);
  if (one.isAltered) return found.length === 0 ? 'exact' : 'wrong';
  const accepted = [one.wanted, ...(one.also ?? [])].map((ids) => key(ids, fold));
  if (detection.modified !== null) return accepted.includes('') ? 'exact' : 'flagged';
  if (accepted.includes(found.join(' '))) return 'exact';
  return found.length === 0 ? 'abstained' : 'wrong';
}

export function tally(cases: readonly Case[], detect: (text: string) => Detection, fold = true): Tally {
  const judged = cases.map((one) => {
    const detection = detect(one.text);
    return { one, detection, judgment: judgeCase(one, detection, fold) };
  });
  const count = (judgment: Judgment): number => judged.filter((each) => each.judgment === judgment).length;
  return {
    cases: cases.length,
    exact: count('exact'),
    abstained: count('abstained'),
    flagged: count('flagged'),
    wrong: count('wrong'),
    misses: judged.filter(({ judgment }) => judgment !== 'exact'),
  };
}

/** The ids of an expression, sorted, each once; exceptions stay with their license. */
export function idsOf(expression: string | null, fold = true): readonly string[] {
  if (expression === null) return [];
  const ids = expression.replace(/[()]/g, ' ').split(/\s+(?:AND|OR)\s+/i);
  return sorted(ids.map((id) => id.trim()).filter(Boolean), fold);
}

function key(ids: readonly string[], fold: boolean): string {
  return sorted(ids, fold).join(' ');
}

function sorted(ids: readonly string[], fold: boolean): readonly string[] {
  return [...new Set(fold ? ids.map(familyOf) : ids)].sort();
}
