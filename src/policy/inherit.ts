/** A rule that reads the options of another, so that one setting serves both. */
import { NO_RULE, type Held, type HeldRule } from './held.ts';
import { inheritedOptions } from './inherited-options.ts';
import type { AnyRule } from '../rules/rule.ts';
import { isLoosenable } from './loosen.ts';
import { shapeOf } from './rule-schema.ts';
import { type Stack } from './stack.ts';
import { isSame, tighten, tighteningOf, wordsOf } from './tighten.ts';

type Rules = ReadonlyMap<string, HeldRule>;

/** What is said about a rule; where it says nothing of an option, what is said about the rule it inherits from. */
export function withInherited(rule: AnyRule, held: Rules): HeldRule {
  return { ...(held.get(rule.id) ?? NO_RULE), options: inheritedOptions(rule, held) };
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
