/** Why an expression stands where it stands, in a sentence. */
import { printExpression, type Expression } from '../../facts/spdx/expression.ts';
import { code, words, type Words } from '../../facts/words.ts';
import type { Decision } from './decide.ts';
import type { Evaluation } from './evaluate.ts';

const LONGEST_SHOWN = 200;
const MOST_SHOWN = 3;

/** One sentence: `MIT OR GPL-3.0-only: MIT is chosen, allowed by category:permissive.` */
export function explain(expression: Expression, evaluation: Evaluation): Words {
  const [first, ...others] = evaluation.because.slice(0, MOST_SHOWN);
  if (first === undefined) return words`${shown(expression)} names no license.`;
  const clause = evaluation.isChoice && others.length === 0 ? chosen(first) : clauseOf(first);
  if (!('operands' in expression)) return words`${clause}.`;
  const all = others.reduce<Words>((sentence, decision) => words`${sentence}; ${clauseOf(decision)}`, clause);
  const rest = evaluation.because.length - 1 - others.length;
  return words`${shown(expression)}: ${all}${rest > 0 ? words`; and ${rest} more` : words``}.`;
}

/** Where one license stands and why, without a full stop: `GPL-3.0-only is denied by category:strong-copyleft`. */
export function clauseOf(decision: Decision): Words {
  const name = words`${shown(decision.leaf)}${asVersion(decision)}`;
  switch (decision.standing) {
    case 'allow':
      return words`${name} is allowed${by(decision)}`;
    case 'review':
      return words`${name} is to be reviewed${asSaidBy(decision)}`;
    case 'deny':
      return decision.entry === null ? words`${name} ${undenied(decision)}` : words`${name} is denied${by(decision)}`;
    case 'unknown':
      return words`${name} is unclear, as ${unknownBecause(decision)}`;
  }
}

function chosen(decision: Decision): Words {
  const name = words`${shown(decision.leaf)}${asVersion(decision)}`;
  return decision.standing === 'review'
    ? words`${name} is chosen, to be reviewed${asSaidBy(decision)}`
    : words`${name} is chosen, allowed${by(decision)}`;
}

function asVersion({ chosen: version }: Decision): Words {
  return version === null ? words`` : words`, taken as ${shown(version)},`;
}

function by({ entry }: Decision): Words {
  return entry === null ? words`, as no list names it` : words` by ${code(entry)}`;
}

function asSaidBy({ entry }: Decision): Words {
  return entry === null ? words`` : words`, as ${code(entry)} says`;
}

function undenied({ leaf }: Decision): string {
  return leaf.kind === 'none' ? 'means that nobody may use it' : 'is not among the allowed licenses';
}

function unknownBecause({ leaf, category }: Decision): string {
  if (leaf.kind !== 'license') return 'nobody said which license it is';
  return category === 'uncategorized' && !leaf.id.includes('LicenseRef-') && leaf.exception?.includes('AdditionRef-') !== true
    ? 'Steward does not know its category'
    : 'what it stands for is not on the SPDX list';
}

function shown(expression: Expression): Words {
  const text = printExpression(expression);
  return words`${code(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)}`;
}
