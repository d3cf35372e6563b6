/** The setting of every rule: what files amount to, with defaults filled in. */
import { NO_RULE, pathTo, type Held, type HeldRule } from './held.ts';
import type { AnyRule, Options } from '../rules/rule.ts';
import { withInherited } from './inherit.ts';
import { lockOn } from './locks.ts';
import type { Origin, Problem, RuleSetting } from './policy.ts';
import { type Stack } from './stack.ts';

/** Every known rule gets a setting; what no file mentions is off, with its defaults. */
export function settle(
  rules: readonly AnyRule[],
  held: ReadonlyMap<string, HeldRule>,
  upper: Stack | null,
): { readonly rules: Readonly<Record<string, RuleSetting>>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const settings = rules.map((rule): readonly [string, RuleSetting] => {
    const wished = held.get(rule.id) ?? NO_RULE;
    const options = optionsOf(rule, wished);
    if (options) return [rule.id, setting(wished, wished, options)];
    problems.push(contradiction(rule, wished));
    const safe = upper ? withInherited(rule, upper.rules) : NO_RULE;
    const bound = upper ? boundIn(rule, safe, upper) : NO_RULE;
    for (const from of [safe, bound]) {
      const kept = optionsOf(rule, from);
      if (kept) return [rule.id, setting(wished, from, kept)];
    }
    return [rule.id, setting(wished, NO_RULE, optionsOf(rule, NO_RULE) ?? {})];
  });
  return { rules: Object.fromEntries(settings), problems };
}

/** Only the options that later layers could not change freely. */
function boundIn(rule: AnyRule, held: HeldRule, { locks }: Stack): HeldRule {
  return { ...held, options: new Map([...held.options].filter(([name]) => lockOn(locks, rule.id, name) !== null)) };
}

/** What files say of each rule, with what it inherits. */
export function inheriting(rules: readonly AnyRule[], { rules: held }: Stack): ReadonlyMap<string, HeldRule> {
  return new Map(rules.map((rule) => [rule.id, withInherited(rule, held)]));
}

/** Options with defaults filled in; null when together they break a condition of the rule. */
function optionsOf(rule: AnyRule, { options }: HeldRule): Readonly<Record<string, unknown>> | null {
  const wished = Object.fromEntries([...options].map(([name, option]) => [name, option.value]));
  const result = (rule.options as Options).safeParse(wished);
  return result.success ? result.data : null;
}

function setting(firmness: HeldRule, from: HeldRule, options: Readonly<Record<string, unknown>>): RuleSetting {
  const { enforce, clause, reached } = firmness;
  const origins: [string, Origin][] = [...from.options].map(([name, option]) => [name, option.origin]);
  if (enforce) origins.push(['enforce', enforce.origin]);
  if (clause) origins.push(['clause', clause.origin]);
  return {
    ...{ enforce: enforce?.value ?? 'off', clause: clause?.value ?? null, options, origins: Object.fromEntries(origins) },
    ...(reached ? { rollout: reached } : {}),
  };
}

function contradiction(rule: AnyRule, wished: HeldRule): Problem {
  const input = Object.fromEntries([...wished.options].map(([name, option]) => [name, option.value]));
  const issue = (rule.options as Options).safeParse(input).error?.issues[0];
  const named = String(issue?.path[0] ?? '');
  const at: Held<unknown> | undefined = wished.options.get(named) ?? [...wished.options.values()].at(-1);
  return {
    source: at?.origin.source ?? rule.id,
    line: at?.origin.line ?? 1,
    column: at?.column ?? 1,
    path: pathTo(at, named === '' ? `rules.${rule.id}` : `rules.${rule.id}.${named}`),
    severity: 'error',
    message: `These options do not go together: ${issue?.message ?? 'the rule refuses them'}.`,
    hint: "The organization's options stay in force, else the defaults.",
  };
}
