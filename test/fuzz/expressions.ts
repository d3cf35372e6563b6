/** License expressions: read and printed without change, evaluated in proportion to their length, and licenses as spdx-satisfies has them. */
import fc from 'fast-check';
import { LICENSE_IDS } from '../../src/facts/spdx/ids.ts';
import { parseExpression, printExpression, type Expression } from '../../src/facts/spdx/expression.ts';
import { isSameExpression, simplify } from '../../src/facts/spdx/same.ts';
import { evaluate } from '../../src/rules/licensing/evaluate.ts';
import { COMPARED, differenceOf, DIFFERENCES, FORMS, rowOf } from '../support/spdx-differences.ts';
import { textOf, treeOf } from '../support/spdx-expressions.ts';
import { attempt, must, type Check, type Outcome } from './check.ts';

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...LICENSE_IDS) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'AND',
      'OR',
      'WITH',
      '(',
      ')',
      '/',
      '+',
      'LLVM-exception',
      'NONE',
      'NOASSERTION',
      'LicenseRef-a',
      'mit',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' ')),
  treeOf([...LICENSE_IDS, 'NONE', 'NOASSERTION', 'GPL-2.0+', 'CDDL-1.0+ WITH LLVM-exception', 'LicenseRef-a']).map(textOf),
);

const TERMS = { allow: ['category:permissive'], review: ['LGPL-2.1-or-later'], deny: ['GPL-2.0-only'] };
const terms = { ...TERMS, categories: {}, exactExceptions: false };

function isRead(written: string): void {
  const read = parseExpression(written);
  if (!read.known) {
    must(read.reason.length > 0 && read.reason.length < 300, () => `refused by "${read.reason}"`);
    return;
  }
  const printed = printExpression(read.value);
  const again = parseExpression(printed);
  must(again.known && printExpression(again.value) === printed, () => `${printed} is read as something else`);
  must(isSameExpression(read.value, simplify(read.value)), () => `${printed} changes when it is simplified`);
  isEvaluated(read.value);
}

function isEvaluated(expression: Expression): void {
  const { standing, because } = evaluate(expression, terms);
  const simpler = evaluate(simplify(expression), terms).standing;
  must(simpler === standing, () => `${standing}, and ${simpler} when it is simplified`);
  must(because.length > 0, () => 'nothing decided');
  must(
    because.every((decision) => decision.standing === standing),
    () => 'what decided stands elsewhere',
  );
}

/** Always whole, however many runs are asked for: some two minutes. */
function compareAll(): Outcome {
  const counts = DIFFERENCES.map(() => 0);
  let runs = 0;
  for (const license of FORMS) {
    for (const entry of FORMS) {
      runs += 1;
      const found = differenceOf(license, entry);
      if (found === null) continue;
      const row = rowOf(license, entry, found);
      if (row < 0)
        return { runs, broken: { counterexample: `${license} by ${entry}`, reason: 'a difference that is not listed' } };
      counts[row] = (counts[row] ?? 0) + 1;
    }
  }
  const wrong = DIFFERENCES.findIndex(({ pairs }, row) => pairs !== counts[row]);
  if (wrong >= 0) {
    const counterexample = `row ${wrong + 1}, ${String(DIFFERENCES[wrong]?.licenses)}`;
    return { runs, broken: { counterexample, reason: `${counts[wrong] ?? 0} pairs, and not ${DIFFERENCES[wrong]?.pairs ?? 0}` } };
  }
  return { runs, broken: runs === COMPARED ? null : { counterexample: 'ids', reason: `${runs} pairs, and not ${COMPARED}` } };
}

export const expressions: readonly Check[] = [
  {
    name: 'expression',
    says: 'a license expression is read, printed, simplified and evaluated to the same end, or refused with a reason',
    run: (options) => attempt(text, isRead, options),
  },
  {
    name: 'license-leaf',
    says: 'two million pairs of ids are answered as spdx-satisfies answers them, but for the differences that are listed',
    run: compareAll,
  },
];
