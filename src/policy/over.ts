/** A repository's stack over its organization's: it may only tighten, but for what the organization lets it loosen. */
import { NO_RULE, type Held, type HeldRule, type Lock } from './held.ts';
import type { AnyRule } from '../rules/rule.ts';
import { certificationOver } from './certification.ts';
import { inheritedOver, withInherited } from './inherit.ts';
import { wayOf } from './levels.ts';
import { lockOn } from './locks.ts';
import { isLoosenable } from './loosen.ts';
import type { Certification, Clause, Level, Origin, Problem } from './policy.ts';
import { notices, type Refusal } from './refusals.ts';
import { shapeOf } from './rule-schema.ts';
import { type Stack } from './stack.ts';
import { firmer, isSame, tighten, tighteningOf, wordsOf } from './tighten.ts';

/** One rule in both stacks. */
interface Pair {
  readonly rule: AnyRule;
  readonly above: HeldRule;
  /** What binds: `above`, with what it inherits. */
  readonly bound: HeldRule;
  readonly below: HeldRule;
  readonly upper: Stack;
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
  const certification = certificationOver(upper, lower, (refusal) => refusals.push(refusal));
  const merged = rules.map((rule): readonly [string, HeldRule] => {
    const above = upper.rules.get(rule.id) ?? NO_RULE;
    const below = lower.rules.get(rule.id) ?? NO_RULE;
    const pair: Pair = { rule, above, bound: withInherited(rule, upper.rules), below, upper, refusals };
    return [rule.id, { ...firmnessOf(pair), clause: clauseOf(pair), options: optionsOf(pair) }];
  });
  const together = new Map(merged);
  const complete = rules.map((rule) => [rule.id, inheritedOver(rule, together, upper)] as const);
  return { rules: new Map(complete), certification, problems: notices(refusals, lower) };
}

function firmnessOf(pair: Pair): Pick<HeldRule, 'enforce' | 'reached'> {
  const { above, below } = pair;
  const enforce = enforceOf(pair);
  const isBelow = enforce === below.enforce && enforce !== above.enforce;
  return { enforce, reached: isBelow ? wayOf(below, above) : wayOf(above, below) };
}

function enforceOf(pair: Pair): Held<Level> | null {
  const { above, below } = pair;
  const lock = lockOf(pair, 'enforce');
  if (!below.enforce || (!above.enforce && lock?.kind !== 'locked')) return above.enforce ?? below.enforce;
  const stands = above.enforce?.value ?? 'off';
  if (isFree(pair, 'enforce')) return below.enforce;
  if (stands === below.enforce.value) return above.enforce;
  if (lock?.kind !== 'locked' && firmer(stands, below.enforce.value) === below.enforce.value) return below.enforce;
  const refused = JSON.stringify(below.enforce.value);
  refuse(pair, 'enforce', below.enforce, refused, stands, above.enforce?.origin ?? lock?.origin ?? null);
  return above.enforce;
}

/** The sentence that a rule carries out is the organization's, where it names one. */
function clauseOf(pair: Pair): Held<Clause> | null {
  const { above, below } = pair;
  const lock = lockOf(pair, 'clause');
  if (!below.clause || (!above.clause && lock?.kind !== 'locked')) return above.clause ?? below.clause;
  if (isFree(pair, 'clause')) return below.clause;
  if (!isSame(above.clause?.value, below.clause.value)) {
    const by = above.clause?.origin ?? lock?.origin ?? null;
    refuse(pair, 'clause', below.clause, 'This clause', above.clause?.value.says, by);
  }
  return above.clause;
}

function optionsOf(pair: Pair): ReadonlyMap<string, Held<unknown>> {
  const options = new Map(pair.above.options);
  for (const [name, option] of Object.entries(shapeOf(pair.rule))) {
    const wish = pair.below.options.get(name);
    // What goes back to what is inherited says nothing of its own.
    if (!wish || (wish.value === undefined && pair.rule.inherits !== undefined)) continue;
    const isAsked = (pair.above.enforce?.value ?? 'off') !== 'off';
    const held = (isAsked ? pair.bound : pair.above).options.get(name);
    const lock = lockOf(pair, name);
    if (isFree(pair, name) || (!held && !isAsked && !lock)) {
      options.set(name, wish);
      continue;
    }
    // A rule that the organization asks for is asked with its defaults, so they bind as if written.
    const usual: unknown = option.safeParse(undefined).data;
    const upper = held?.value ?? usual;
    const kind = lock?.kind === 'locked' ? 'fixed' : tighteningOf(option);
    const { value, refused } = tighten(kind, upper, wish.value ?? usual, wordsOf(option));
    const isOwn = refused === null && pair.rule.inherits !== undefined && !pair.above.options.has(name);
    if (isOwn || !isSame(value, upper)) options.set(name, { ...wish, value });
    if (refused !== null) refuse(pair, name, wish, refused, value, held?.origin ?? lock?.origin ?? null);
  }
  return options;
}

function isFree({ rule, upper }: Pair, key: string): boolean {
  return isLoosenable(upper, rule.id, key);
}

function lockOf({ rule, upper }: Pair, key: string): Lock | null {
  return lockOn(upper.locks, rule.id, key);
}

const DEFAULT = "the rule's default, in force because the policy above asks for the rule";

function refuse(pair: Pair, key: string, wish: Held<unknown>, refused: string, stays: unknown, by: Origin | null): void {
  const name = `${pair.rule.id}.${key}`;
  const allow = key === 'clause' ? pair.rule.id : name;
  const lock = lockOf(pair, key);
  const refusal = { name, path: `rules.${name}`, allow, wish, refused, stays, by: by ?? DEFAULT };
  pair.refusals.push(lock ? { ...refusal, lock } : refusal);
}
