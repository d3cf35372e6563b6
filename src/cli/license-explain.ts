/** `steward license explain`: where an expression stands by the terms of a policy, and what decided. */
import { z } from 'zod';
import { printExpression, readExpression } from '../facts/spdx/expression.ts';
import { plain } from '../facts/words.ts';
import type { Decision } from '../rules/licensing/decide.ts';
import { evaluate } from '../rules/licensing/evaluate.ts';
import { explain as explained } from '../rules/licensing/explain.ts';
import {
  kindsShape,
  termsFor,
  termsForUsage,
  termsShape,
  usagesShape,
  type Kind,
  type Terms,
  type Usage,
} from '../rules/licensing/terms.ts';
import { EXIT, type Console } from './console.ts';
import { policyAt, policyOf, type Shelf } from './policies.ts';
import { UsageError } from './repository.ts';

export const LICENSE_RULES = ['dependency-licenses', 'license-file'] as const;

export interface ExplainOptions {
  readonly policy: string;
  readonly rule: (typeof LICENSE_RULES)[number];
  readonly usage: Usage;
  readonly kind?: Kind;
  readonly format: 'text' | 'json';
}

/** Prints where the expression stands; the code is 0 when it is allowed, else 1. */
export async function explain(text: string, options: ExplainOptions, shelf: Shelf, console: Console): Promise<number> {
  const read = readExpression(text);
  if (!read.known) throw new UsageError(`${JSON.stringify(text)} is no SPDX expression: ${read.reason}.`);
  const terms = await termsIn(options, shelf, console);
  const evaluation = evaluate(read.value, terms);
  const says = plain(explained(read.value, evaluation));
  if (options.format === 'json') {
    const because = evaluation.because.map(row);
    const { standing } = evaluation;
    await console.out(
      `${JSON.stringify({ expression: printExpression(read.value), rule: options.rule, standing, because, says })}\n`,
    );
  } else await console.out(`${evaluation.standing}: ${says}\n`);
  return evaluation.standing === 'allow' ? EXIT.fine : EXIT.blocking;
}

function row({ leaf, standing, chosen, entry, category }: Decision): object {
  return { license: printExpression(leaf), standing, entry, category, chosen: chosen && printExpression(chosen) };
}

const OPTIONS = {
  'dependency-licenses': z.object({ ...termsShape, ...usagesShape }),
  'license-file': z.object({ ...termsShape, ...kindsShape }),
} as const;

async function termsIn({ policy: path, rule, usage, kind }: ExplainOptions, shelf: Shelf, console: Console): Promise<Terms> {
  const { policy } = await policyOf(await policyAt(path), shelf);
  const setting = policy.rules[rule];
  if ((setting?.enforce ?? 'off') === 'off') console.note(`Note: this policy does not ask the rule ${rule} of anybody.`);
  const given = setting?.options ?? {};
  if (rule === 'dependency-licenses') return termsForUsage(OPTIONS[rule].parse(given), usage);
  const terms = OPTIONS[rule].parse(given);
  return termsFor(terms, kind ?? terms.kind);
}
