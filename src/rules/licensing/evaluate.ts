/** Where a license expression stands by the terms of a policy, and which of its licenses decided. */
import type { Compound, Expression, Leaf } from '../../facts/spdx/expression.ts';
import { fold, leafKey } from '../../facts/spdx/walk.ts';
import { compiled } from './compiled.ts';
import { decide, isWorse, type Decision, type Standing } from './decide.ts';
import type { Terms } from './terms.ts';

export interface Evaluation {
  readonly standing: Standing;
  /** Licenses that decided, in the order of the text: those that are relied on, or those that stand in the way. Each once. */
  readonly because: readonly Decision[];
  /** Some license was chosen from several: whoever uses the work takes it by those in `because`. */
  readonly isChoice: boolean;
}

/** Steps grow with the length of the expression, however deep it is. */
export function evaluate(expression: Expression, terms: Terms): Evaluation {
  const prepared = compiled(terms);
  const decisions = new Map<string, Decision>();
  const decisionOf = (leaf: Leaf): Decision => {
    const key = leafKey(leaf);
    const decision = decisions.get(key) ?? decide(leaf, prepared);
    decisions.set(key, decision);
    return decision;
  };
  const standings = new Map<Expression, Standing>();
  const standing = fold<Standing>(
    expression,
    (leaf) => decisionOf(leaf).standing,
    (compound, values) => {
      values.forEach((value, index) => standings.set(operandAt(compound, index), value));
      return values.reduce((one, other) => (isWorse(one, other) === (compound.kind === 'and') ? one : other));
    },
  );
  return { standing, ...witness(expression, standing, standings, decisionOf) };
}

/** From the top down: of a choice that is open its first good branch, else all that have the standing of the whole. */
function witness(
  expression: Expression,
  standing: Standing,
  standings: ReadonlyMap<Expression, Standing>,
  decisionOf: (leaf: Leaf) => Decision,
): Pick<Evaluation, 'because' | 'isChoice'> {
  const because = new Set<Decision>();
  const waiting: Expression[] = [expression];
  let isChoice = false;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!('operands' in next)) {
      because.add(decisionOf(next));
      continue;
    }
    const deciding = next.operands.filter((operand) => standings.get(operand) === standing);
    const isChosen = next.kind === 'or' && (standing === 'allow' || standing === 'review');
    isChoice ||= isChosen;
    for (const operand of isChosen ? deciding.slice(0, 1) : deciding.toReversed()) waiting.push(operand);
  }
  return { because: [...because], isChoice };
}

function operandAt({ operands }: Compound, index: number): Expression {
  const operand = operands[index];
  if (operand === undefined) throw new Error('a value belongs to an operand');
  return operand;
}
