/** Walks of expressions that need no recursion, however deep one is. */
import type { Compound, Expression, Leaf, License } from './expression.ts';

interface Open<T> {
  readonly compound: Compound;
  readonly values: T[];
}

/** Computes a value from the leaves up; each part is asked once, in the order of the text. */
export function fold<T>(
  expression: Expression,
  ofLeaf: (leaf: Leaf) => T,
  ofCompound: (compound: Compound, values: readonly T[]) => T,
): T {
  const open: Open<T>[] = [];
  let next: Expression | undefined = expression;
  for (;;) {
    let value: T;
    if ('operands' in next) {
      open.push({ compound: next, values: [] });
      next = next.operands[0];
      if (next !== undefined) continue;
      value = close(open, ofCompound);
    } else value = ofLeaf(next);
    for (let parent = open.at(-1); ; parent = open.at(-1)) {
      if (parent === undefined) return value;
      parent.values.push(value);
      next = parent.compound.operands[parent.values.length];
      if (next !== undefined) break;
      value = close(open, ofCompound);
    }
  }
}

function close<T>(open: Open<T>[], ofCompound: (compound: Compound, values: readonly T[]) => T): T {
  const last = open.pop();
  if (last === undefined) throw new Error('nothing is open');
  return ofCompound(last.compound, last.values);
}

/** Every leaf, in the order of the text. */
export function* leavesOf(expression: Expression): Generator<Leaf> {
  const waiting: Expression[] = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('operands' in next) for (const operand of next.operands.toReversed()) waiting.push(operand);
    else yield next;
  }
}

/** Every license of an expression once, in the order of the text. */
export function licensesIn(expression: Expression): readonly License[] {
  const licenses = leavesOf(expression).filter((leaf) => leaf.kind === 'license');
  return [...new Map(licenses.map((license) => [leafKey(license), license])).values()];
}

/** The same for leaves that are the same: SPDX does not tell ids by their case (SPDX 2.3, annex D.2). */
export function leafKey(leaf: Leaf): string {
  if (leaf.kind !== 'license') return leaf.kind;
  return `${leaf.id}${leaf.orLater ? '+' : ''} ${leaf.exception ?? ''}`.toLowerCase();
}
