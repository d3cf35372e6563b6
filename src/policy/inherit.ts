/** A rule that reads the options of another, so that one setting serves both. */
import type { AnyRule } from '../rules/rule.ts';
import { isLoosenable } from './loosen.ts';
import { shapeOf } from './rule-schema.ts';
import { NO_RULE, type Held, type HeldRule, type Stack } from './stack.ts';
import { isSame, tighten, tighteningOf, wordsOf } from './tighten.ts';

type Rules = ReadonlyMap<string, HeldRule>;
type Options = HeldRule['options'];

/** What is said about a rule; where it says nothing of an option, what is said about the rule it inherits from. */
export function withInherited(rule: AnyRule, held: Rules): HeldRule {
  return { ...(held.get(rule.id) ?? NO_RULE), options: inheritedOptions(rule, held) };
}

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

/**
 * As `withInherited`, of both stacks together. What a repository may set freely in the other rule can only tighten this
 * one where the organization asks for it.
 */
export function inheritedOver(rule: AnyRule, merged: Rules, upper: Stack): HeldRule {
  const all = withInherited(rule, merged);
  const above = withInherited(rule, upper.rules);
  if ((above.enforce?.value ?? 'off') === 'off') return all;
  const own = merged.get(rule.id) ?? NO_RULE;
  const isFree = (name: string): boolean =>
    [rule.id, rule.inherits].some((id) => id !== undefined && isLoosenable(upper, id, name));
  const options = [...all.options].flatMap(([name, held]): readonly (readonly [string, Held<unknown>])[] => {
    const option = shapeOf(rule)[name];
    if (!option || own.options.has(name) || isFree(name)) return [[name, held]];
    const bound = above.options.get(name);
    const usual: unknown = option.safeParse(undefined).data;
    const least = bound?.value ?? usual;
    const { value } = tighten(tighteningOf(option), least, held.value ?? usual, wordsOf(option));
    if (isSame(value, held.value)) return [[name, held]];
    if (!isSame(value, least)) return [[name, { ...held, value }]];
    return bound ? [[name, bound]] : [];
  });
  return { ...all, options: new Map(options) };
}
