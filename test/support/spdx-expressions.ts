/** License expressions to try things with: as a tree that a test can evaluate by itself, and as text. */
import fc from 'fast-check';
import { parseExpression, type Expression } from '../../src/facts/spdx/expression.ts';

export type Tree = string | { readonly kind: 'and' | 'or'; readonly operands: readonly Tree[] };

/** Trees of the given licenses. */
export function treeOf(leaves: readonly string[]): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...leaves),
      fc.record({ kind: fc.constantFrom('and', 'or'), operands: fc.array(tie('tree'), { minLength: 2, maxLength: 4 }) }),
    ),
  })).tree;
}

/** With more parentheses than are needed. */
export function textOf(tree: Tree): string {
  if (typeof tree === 'string') return tree;
  return `(${tree.operands.map(textOf).join(tree.kind === 'and' ? ' AND ' : ' or ')})`;
}

/** The expression that a text says; throws when it says none, so that a test cannot pass by mistake. */
export function read(text: string): Expression {
  const expression = parseExpression(text);
  if (!expression.known) throw new Error(expression.reason);
  return expression.value;
}
