/** Whether one license is covered by one entry. spdx-satisfies answers, within guards for its known defects. */
import satisfies from 'spdx-satisfies';
import { printExpression, type License } from '../../facts/spdx/expression.ts';
import { leafKey } from '../../facts/spdx/walk.ts';
import { isCoveredInOrder, isOrLater, stemOf } from './versions.ts';

export type Covered = 'yes' | 'no' | 'unknown';

/** Answers of spdx-satisfies that are remembered; it takes some forty microseconds for each. */
const REMEMBERED = 20_000;
const answers = new Map<string, Covered>();

/**
 * Whether somebody who has the license has what the entry names: `GPL-2.0-or-later` offers `GPL-3.0-only`, and `Apache-1.1` is not
 * `Apache-2.0`. An exception adds permission, so a license with one is covered by an entry without; `isExact` ends that.
 */
export function isCovered(license: License, entry: License, isExact = false): Covered {
  if (!isExceptionCovered(license, entry, isExact)) return 'no';
  const [offered, covered] = [withoutException(license), withoutException(entry)];
  if (leafKey(offered) === leafKey(covered)) return 'yes';
  // Also what spdx-satisfies would say, were there not its false "or later".
  if (!isOrLater(offered) && !isOrLater(covered)) return 'no';
  if (stemOf(offered.id) !== stemOf(covered.id)) return 'no';
  const inOrder = isCoveredInOrder(offered, covered);
  if (inOrder !== null) return inOrder ? 'yes' : 'no';
  return remembered(printExpression(offered), printExpression(covered));
}

/** What an `AdditionRef-` adds is not known, and may well be a restriction. */
function isExceptionCovered(license: License, entry: License, isExact: boolean): boolean {
  if (license.exception?.toLowerCase() === entry.exception?.toLowerCase()) return true;
  return !isExact && entry.exception === null && license.exception?.includes('AdditionRef-') === false;
}

function withoutException(license: License): License {
  return { ...license, exception: null };
}

function remembered(license: string, entry: string): Covered {
  const key = `${license} ${entry}`;
  const before = answers.get(key);
  if (before !== undefined) return before;
  const answer = asked(license, entry);
  if (answers.size >= REMEMBERED) answers.clear();
  answers.set(key, answer);
  return answer;
}

function asked(license: string, entry: string): Covered {
  try {
    return satisfies(license, [entry]) ? 'yes' : 'no';
  } catch {
    return 'unknown';
  }
}
