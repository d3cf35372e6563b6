/** Where an expression stands, as it is written. */
import { readExpression } from '../../facts/spdx/expression.ts';
import type { Standing } from './decide.ts';
import { evaluate } from './evaluate.ts';
import type { Terms } from './terms.ts';

/** What cannot be read is unknown. */
export function standingOf(expression: string, terms: Terms): Standing {
  const read = readExpression(expression);
  return read.known ? evaluate(read.value, terms).standing : 'unknown';
}
