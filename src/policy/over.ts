/** A repository's stack over its organization's: it may only tighten, but for what the organization lets it loosen. */
import type { AnyRule } from '../rules/rule.ts';
import { certificationOver } from './certification.ts';
import { inheritedOver, withInherited } from './inherit.ts';
import type { Certification, Clause, Level, Origin, Problem } from './policy.ts';
import { notices, type Refusal } from './refusals.ts';
import { shapeOf } from './rule-schema.ts';
import { NO_RULE, type Held, type HeldRule, type Stack } from './stack.ts';
import { firmer, isSame, tighten, tighteningOf, wordsOf } from './tighten.ts';

/** One rule in both stacks. */
interface Pair {
  readonly rule: AnyRule;
  readonly above: HeldRule;
  /** What binds: `above`, with what it inherits. */
  readonly bound: HeldRule;
  readonly below: HeldRule;
  readonly mayLoosen: ReadonlySet<string>;
  readonly refusals: Refusal[];
}

/** Both stacks together. */
export interface Over {
  readonly rules: ReadonlyMap<string, HeldRule>;
  readonly certification: Held<Certification> | null;
  /** A notice for every wish that has no effect. */
  readonly problems: readonly Problem[];
}

/** The lower stack over the upper one. */
export function over(upper: Stack, lower: Stack, rules: readonly AnyRule[]): Over {
  const refusals: Refusal[] = [];
  const mayLoosen = new Set(upper.mayLoosen?.value);
  const certification = certificationOver(upper, lower, (refusal) => refusals.push(refusal));
  const merged = rules.map((rule): readonly [string, HeldRule] => {
    const above = upper.rules.get(rule.id) ?? NO_RULE;
    const below = lower.rules.get(rule.id) ?? NO_RULE;
    const pair: Pair = { rule, above, bound: withInherited(rule, upper.rules), below, mayLoosen, refusals };
    return [rule.id, { enforce: enforceOf(pair), clause: clauseOf(pair), options: optionsOf(pair) }];
  });
  const together = new Map(merged);
  const complete = rules.map((rule) => [rule.id, inheritedOver(rule, together, upper)] as const);
  return { rules: new Map(complete), certification, problems: notices(refusals, lower) };
}

function enforceOf(pair: Pair): Held<Level> | null {
  const { above, below } = pair;
  if (!above.enforce || !below.enforce) return above.enforce ?? below.enforce;
  if (isFree(pair, 'enforce')) return below.enforce;
  if (above.enforce.value === below.enforce.value) return above.enforce;
  if (firmer(above.enforce.value, below.enforce.value) === below.enforce.value) return below.enforce;
  const refused = JSON.stringify(below.enforce.value);
  refuse(pair, 'enforce', below.enforce, refused, above.enforce.value, above.enforce.origin);
  return above.enforce;
}

/** The sentence that a rule carries out is the organization's, where it names one. */
function clauseOf(pair: Pair): Held<Clause> | null {
  const { above, below } = pair;
  if (!above.clause || !below.clause) return above.clause ?? below.clause;
  if (isFree(pair, 'clause')) return below.clause;
  if (!isSame(above.clause.value, below.clause.value)) {
    refuse(pair, 'clause', below.clause, 'This clause', above.clause.value.says, above.clause.origin);
  }
  return above.clause;
}

function optionsOf(pair: Pair): ReadonlyMap<string, Held<unknown>> {
  const options = new Map(pair.above.options);
  for (const [name, option] of Object.entries(shapeOf(pair.rule))) {
    const wish = pair.below.options.get(name);
    if (!wish) continue;
    const isAsked = (pair.above.enforce?.value ?? 'off') !== 'off';
    const held = (isAsked ? pair.bound : pair.above).options.get(name);
    if (isFree(pair, name) || (!held && !isAsked)) {
      options.set(name, wish);
      continue;
    }
    // A rule that the organization asks for is asked with its defaults, so they bind as if written.
    const upper = held ? held.value : option.safeParse(undefined).data;
    const { value, refused } = tighten(tighteningOf(option), upper, wish.value, wordsOf(option));
    const isOwn = refused === null && pair.rule.inherits !== undefined && !pair.above.options.has(name);
    if (isOwn || !isSame(value, upper)) options.set(name, { ...wish, value });
    if (refused !== null) refuse(pair, name, wish, refused, value, held?.origin ?? null);
  }
  return options;
}

function isFree({ rule, mayLoosen }: Pair, key: string): boolean {
  return mayLoosen.has(rule.id) || mayLoosen.has(`${rule.id}.${key}`);
}

const DEFAULT = "the rule's default, in force because the policy above asks for the rule";

function refuse(
  { rule, refusals }: Pair,
  key: string,
  wish: Held<unknown>,
  refused: string,
  stays: unknown,
  by: Origin | null,
): void {
  const name = `${rule.id}.${key}`;
  const allow = key === 'clause' ? rule.id : name;
  refusals.push({ name, path: `rules.${name}`, allow, wish, refused, stays, by: by ?? DEFAULT });
}
