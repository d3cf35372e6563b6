/** What expressions mean, whatever the order of their operands and however often one is said. */
import type { Compound, Expression, Leaf } from './expression.ts';
import { fold, leafKey } from './walk.ts';

/** An expression without repetitions, and a number that it shares with all that mean the same. */
interface Reduced {
  readonly expression: Expression;
  readonly key: number;
  /** None for a leaf. */
  readonly operands: readonly Reduced[];
}

/** Numbers for texts: equal texts get equal numbers. */
type Numbers = Map<string, number>;

/** Whether two expressions mean the same, but for the order of operands and repetitions; `A OR A AND B` is not `A` to it. */
export function isSameExpression(one: Expression, other: Expression): boolean {
  const numbers: Numbers = new Map();
  return reduce(one, numbers).key === reduce(other, numbers).key;
}

/** The expression without repeated operands; each stands where it was first said. */
export function simplify(expression: Expression): Expression {
  return reduce(expression, new Map()).expression;
}

function reduce(expression: Expression, numbers: Numbers): Reduced {
  return fold<Reduced>(
    expression,
    (leaf) => reducedLeaf(leaf, numbers),
    (compound, values) => reducedCompound(compound, values, numbers),
  );
}

function reducedLeaf(leaf: Leaf, numbers: Numbers): Reduced {
  return { expression: leaf, key: numberOf(leafKey(leaf), numbers), operands: [] };
}

/** A compound whose operands all mean the same is that operand, which may be of the kind of what it stands in. */
function reducedCompound({ kind }: Compound, values: readonly Reduced[], numbers: Numbers): Reduced {
  const all = values.flatMap((value) => (value.expression.kind === kind ? value.operands : [value]));
  const operands = [...new Map(all.map((value) => [value.key, value] as const).reverse()).values()].reverse();
  const [only] = operands;
  if (only !== undefined && operands.length === 1) return only;
  const keys = operands.map(({ key }) => key).sort((a, b) => a - b);
  return {
    expression: { kind, operands: operands.map((operand) => operand.expression) },
    key: numberOf(`${kind}:${keys.join()}`, numbers),
    operands,
  };
}

function numberOf(text: string, numbers: Numbers): number {
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return number;
}
