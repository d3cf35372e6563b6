/** SPDX license expressions: what they say, read without recursion and without ever growing faster than their text. */
import { known, unknown, type Answer } from '../answer.ts';
import { readLeaf } from './license.ts';
import { shown, tokensOf, type Token } from './tokens.ts';

/** One license of an expression. */
export interface License {
  readonly kind: 'license';
  /** SPDX id in its own spelling, without deprecated forms (`GPL-2.0+` is `GPL-2.0-or-later`), or a `LicenseRef-`, or a `DocumentRef-…:LicenseRef-`. */
  readonly id: string;
  /** An explicit `+` on an id that has no `-or-later` form: `CDDL-1.0+`. */
  readonly orLater: boolean;
  /** SPDX exception id, or an `AdditionRef-`; null: none. */
  readonly exception: string | null;
}

/** `NONE` and `UNLICENSED`: nobody may use it. */
export interface NoLicense {
  readonly kind: 'none';
}

/** `NOASSERTION` and nothing written: nobody said. */
export interface NoAssertion {
  readonly kind: 'no-assertion';
}

export interface Compound {
  readonly kind: 'and' | 'or';
  /** At least two, none of them of the same kind. */
  readonly operands: readonly Expression[];
}

export type Leaf = License | NoLicense | NoAssertion;

export type Expression = Leaf | Compound;

/** The longest text that `readExpression` reads: many times what any license needs, and harmless to whatever reads it. */
export const LONGEST = 4096;

/** Two operands each, as they are read; laid flat at the end, so that the whole takes no more steps than the text has words. */
type Tree = Leaf | { readonly kind: 'and' | 'or'; readonly left: Tree; readonly right: Tree };

interface Reading {
  readonly trees: Tree[];
  /** Operators and parentheses that wait for what stands to their right. */
  readonly waiting: Token[];
}

/** Reads an expression from a file that anybody may have written; unknown also when it is longer than `LONGEST`. */
export function readExpression(text: string): Answer<Expression> {
  if (text.length <= LONGEST) return parseExpression(text);
  return unknown(`the expression has ${text.length} characters, and no more than ${LONGEST} are read`);
}

/** Reads an expression; unknown, with what was found and what was wanted, when it is none. */
export function parseExpression(text: string): Answer<Expression> {
  if (/^\s*see\s+licen[cs]e\s+in\b/i.test(text)) return unknown('instead of a license it names a file to look into');
  const tokens = tokensOf(text);
  if (!tokens.known) return tokens;
  if (tokens.value.length === 0) return known({ kind: 'no-assertion' });
  const reading: Reading = { trees: [], waiting: [] };
  const problem = readAll(tokens.value, reading);
  const [tree] = reading.trees;
  return problem !== null || tree === undefined ? unknown(problem ?? 'it holds no license') : known(flat(tree));
}

/** The expression in SPDX's own spelling, with as few parentheses as its meaning allows. */
export function printExpression(expression: Expression): string {
  const printed: string[] = [];
  const waiting: (Expression | string)[] = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') printed.push(next);
    else if ('operands' in next) for (const part of partsOf(next).reverse()) waiting.push(part);
    else printed.push(printLeaf(next));
  }
  return printed.join('');
}

function partsOf({ kind, operands }: Compound): (Expression | string)[] {
  return operands.flatMap((operand, index) => {
    const written = kind === 'and' && operand.kind === 'or' ? ['(', operand, ')'] : [operand];
    return index === 0 ? written : [kind === 'and' ? ' AND ' : ' OR ', ...written];
  });
}

function printLeaf(leaf: Leaf): string {
  if (leaf.kind === 'none') return 'NONE';
  if (leaf.kind === 'no-assertion') return 'NOASSERTION';
  return `${leaf.id}${leaf.orLater ? '+' : ''}${leaf.exception === null ? '' : ` WITH ${leaf.exception}`}`;
}

/** Dijkstra's shunting yard: AND before OR. Says what is wrong; null: nothing. */
function readAll(tokens: readonly Token[], reading: Reading): string | null {
  let isLicenseNext = true;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    if (isLicenseNext && token.kind === '(') {
      reading.waiting.push(token);
    } else if (isLicenseNext) {
      const isWith = tokens[index + 1]?.kind === 'with';
      const leaf = readLeaf(token, isWith ? (tokens[index + 2] ?? null) : undefined);
      if (!leaf.known) return leaf.reason;
      reading.trees.push(leaf.value);
      index += isWith ? 2 : 0;
      isLicenseNext = false;
    } else {
      const problem = readOperator(token, reading);
      if (problem !== null) return problem;
      isLicenseNext = token.kind !== ')';
    }
  }
  if (isLicenseNext) return 'it ends where a license is wanted';
  combine(reading, () => true);
  const open = reading.waiting.at(-1);
  return open === undefined ? null : `the parenthesis at character ${open.at} is not closed`;
}

function readOperator(token: Token, reading: Reading): string | null {
  if (token.kind === 'word' || token.kind === '(') return `before ${shown(token)}, AND or OR is wanted`;
  if (token.kind === 'with') return `before ${shown(token)}, a license is wanted`;
  combine(reading, ({ kind }) => token.kind !== 'and' || kind === 'and');
  if (token.kind !== ')') reading.waiting.push(token);
  else if (reading.waiting.pop() === undefined) return `the parenthesis at character ${token.at} was not opened`;
  return null;
}

/** Joins operands while operators wait that bind as firmly as the next one, up to an open parenthesis. */
function combine({ trees, waiting }: Reading, isFirm: (operator: Token) => boolean): void {
  for (let last = waiting.at(-1); last !== undefined && isFirm(last); last = waiting.at(-1)) {
    if (last.kind !== 'and' && last.kind !== 'or') return;
    waiting.pop();
    const [right, left] = [trees.pop(), trees.pop()];
    if (left !== undefined && right !== undefined) trees.push({ kind: last.kind, left, right });
  }
}

/** One list of operands for each run of the same operator, in the order of the text. */
function flat(root: Tree): Expression {
  const top: Expression[] = [];
  const waiting: { readonly tree: Tree; readonly kind: Expression['kind'] | null; readonly into: Expression[] }[] = [];
  waiting.push({ tree: root, kind: null, into: top });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { tree, kind, into } = next;
    if (!('left' in tree)) {
      into.push(tree);
      continue;
    }
    const operands = tree.kind === kind ? into : [];
    if (operands !== into) into.push({ kind: tree.kind, operands });
    waiting.push({ tree: tree.right, kind: tree.kind, into: operands }, { tree: tree.left, kind: tree.kind, into: operands });
  }
  return top[0] ?? { kind: 'no-assertion' };
}
