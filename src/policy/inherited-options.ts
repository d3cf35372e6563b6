/** The options of a rule that reads those of another. */
import type { AnyRule } from '../rules/rule.ts';
import { NO_RULE, type HeldRule } from './held.ts';
import { shapeOf } from './rule-schema.ts';

type Options = HeldRule['options'];

/** The options of a rule with those that it inherits. One that goes back to its default is as if nobody had said it. */
export function inheritedOptions(rule: AnyRule, held: ReadonlyMap<string, { readonly options: Options }>): Options {
  const own = held.get(rule.id)?.options ?? NO_RULE.options;
  const from = rule.inherits === undefined ? null : held.get(rule.inherits);
  if (!from) return own;
  const shape = shapeOf(rule);
  const fitting = [...from.options].filter(
    ([name, { value }]) =>
      value !== undefined && own.get(name)?.value === undefined && shape[name]?.safeParse(value).success === true,
  );
  return new Map([...own, ...fitting]);
}
