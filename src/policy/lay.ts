/** One layer over what is below it. */
import { NO_LOCKS, type Held, type Lock, type Locks } from './held.ts';
import type { AnyRule } from '../rules/rule.ts';
import { certifying, isFirmer, impliedBy } from './certification.ts';
import { NO_LAID_RULE, type Firmness, type Laid, type LaidRule } from './laid.ts';
import { bindInherited, joined, lockOn, lockOnCertification } from './locks.ts';
import type { Certification, Clause } from './policy.ts';
import type { Refusal } from './refusals.ts';
import { shapeOf } from './rule-schema.ts';
import { isSame, tighten, tighteningOf, wordsOf } from './tighten.ts';

/** One rule in both. */
interface Pair {
  readonly rule: AnyRule;
  readonly under: LaidRule;
  readonly wish: LaidRule;
  /** What an option is when nobody sets it. */
  readonly usual: (name: string) => unknown;
  readonly locks: Locks;
  readonly refusals: Refusal[];
}

/** `above` over `below`: value by value it replaces what is there, but for what `below` locks or lets be tightened only. */
export function lay(below: Laid, above: Laid, rules: readonly AnyRule[]): Laid {
  const refusals: Refusal[] = [];
  const merged = new Map(below.rules);
  for (const rule of rules) {
    const wish = above.rules.get(rule.id);
    if (!wish) continue;
    const under = below.rules.get(rule.id) ?? NO_LAID_RULE;
    const { locks } = below;
    const usual = (name: string): unknown => usualOf(rule, name, merged);
    merged.set(rule.id, locks === NO_LOCKS ? replaced(under, wish) : guarded({ rule, under, wish, usual, locks, refusals }));
  }
  const certification = certificationOf(below, above, refusals);
  const { locks, problems } = joined(below.locks, above.locks);
  return {
    certification,
    rules: above.locks === NO_LOCKS ? merged : bound(merged, rules, locks),
    locks,
    refusals: [...below.refusals, ...above.refusals, ...refusals],
    problems: [...below.problems, ...above.problems, ...problems],
  };
}

/** Whether anything is said of how firmly. */
export function isSaid({ enforce, rollout, grace }: Firmness): boolean {
  return (enforce ?? rollout ?? grace) !== null;
}

function replaced(under: LaidRule, wish: LaidRule): LaidRule {
  return {
    firmness: firmnessOver(under.firmness, wish.firmness),
    floors: [...under.floors, ...wish.floors],
    clause: wish.clause ?? under.clause,
    options: new Map([...under.options, ...wish.options]),
  };
}

function guarded(pair: Pair): LaidRule {
  return { ...firmnessOf(pair), clause: clauseOf(pair), options: optionsOf(pair) };
}

function firmnessOver(under: Firmness, wish: Firmness): Firmness {
  return {
    enforce: wish.enforce ?? under.enforce,
    rollout: wish.rollout ?? under.rollout,
    grace: wish.grace ?? under.grace,
  };
}

/** What is bound is kept as a floor: which of both is firmer depends on when and for whom. */
function firmnessOf({ rule, under, wish, locks, refusals }: Pair): Pick<LaidRule, 'firmness' | 'floors'> {
  const { firmness, floors } = under;
  const together = firmnessOver(firmness, wish.firmness);
  if (isSame(plainly(firmness), plainly(together))) return under;
  const lock = lockOn(locks, rule.id, 'enforce');
  if (lock?.kind !== 'locked') {
    return { firmness: together, floors: lock && isSaid(firmness) ? [...floors, firmness] : floors };
  }
  refusals.push(firmnessRefusal(rule.id, wish.firmness, firmness, lock));
  return under;
}

function firmnessRefusal(id: string, { enforce, rollout, grace }: Firmness, stands: Firmness, lock: Lock): Refusal {
  const stays = stands.enforce?.value ?? 'off';
  const because = { stays, by: stands.enforce?.origin ?? lock.origin, lock };
  if (enforce) {
    return { ...named(id, 'enforce'), wish: enforce, refused: JSON.stringify(enforce.value ?? 'off'), ...because };
  }
  if (rollout) return { ...named(id, 'rollout'), wish: rollout, refused: 'This roll-out', ...because };
  return { ...named(id, 'grace'), wish: grace ?? lock, refused: 'This grace', ...because };
}

function plainly({ enforce, rollout, grace }: Firmness): unknown {
  return [enforce?.value ?? null, rollout?.value?.map(({ value }) => value) ?? null, grace?.value ?? null];
}

function clauseOf({ rule, under, wish, locks, refusals }: Pair): Held<Clause | undefined> | null {
  const lock = lockOn(locks, rule.id, 'clause');
  if (!wish.clause || !lock || (lock.kind === 'mayOnlyTighten' && !under.clause)) return wish.clause ?? under.clause;
  if (isSame(under.clause?.value, wish.clause.value)) return under.clause;
  const stays = under.clause?.value?.says;
  refusals.push({ ...named(rule.id, 'clause'), wish: wish.clause, refused: 'This clause', stays, by: lock.origin, lock });
  return under.clause;
}

function optionsOf({ rule, under, wish, usual, locks, refusals }: Pair): LaidRule['options'] {
  const options = new Map(under.options);
  for (const [name, option] of Object.entries(shapeOf(rule))) {
    const held = wish.options.get(name);
    const lock = lockOn(locks, rule.id, name);
    if (held && !lock) options.set(name, held);
    if (!held || !lock) continue;
    const [least, wanted] = [under.options.get(name)?.value ?? usual(name), held.value ?? usual(name)];
    const kind = lock.kind === 'locked' ? 'fixed' : tighteningOf(option);
    const { value, refused } = tighten(kind, least, wanted, wordsOf(option));
    if (!isSame(value, least)) options.set(name, { ...held, value });
    const by = under.options.get(name)?.origin ?? lock.origin;
    if (refused !== null) refusals.push({ ...named(rule.id, name), wish: held, refused, stays: value, by, lock });
  }
  return options;
}

/** The default of an option, or what it inherits. */
function usualOf(rule: AnyRule, name: string, merged: Laid['rules']): unknown {
  const option = shapeOf(rule)[name];
  const inherited = rule.inherits === undefined ? undefined : merged.get(rule.inherits)?.options.get(name)?.value;
  const isFitting = inherited !== undefined && option?.safeParse(inherited).success === true;
  return isFitting ? inherited : option?.safeParse(undefined).data;
}

function certificationOf(below: Laid, { certification: wish }: Laid, refusals: Refusal[]): Held<Certification> | null {
  const stands = below.certification;
  if (!wish) return stands;
  const asked = certifying(below.rules, isAsked);
  const lock = lockOnCertification(below.locks, asked);
  if (!lock) return wish;
  if (wish.value === stands?.value) return stands;
  const least = stands?.value ?? impliedBy(asked);
  if (lock.kind === 'mayOnlyTighten' && isFirmer(least, wish.value)) return wish;
  const name = 'certification';
  const refused = JSON.stringify(wish.value);
  refusals.push({
    name,
    path: name,
    allow: name,
    wish,
    refused,
    stays: least ?? 'none',
    by: stands?.origin ?? lock.origin,
    lock,
  });
  return stands;
}

function isAsked({ firmness: { enforce, rollout } }: LaidRule): boolean {
  return (enforce?.value ?? 'off') !== 'off' || rollout?.value !== undefined;
}

function bound(merged: ReadonlyMap<string, LaidRule>, rules: readonly AnyRule[], locks: Locks): Laid['rules'] {
  const all = new Map(merged);
  for (const [id, options] of bindInherited(rules, merged, locks)) {
    all.set(id, { ...(merged.get(id) ?? NO_LAID_RULE), options });
  }
  return all;
}

function named(id: string, key: string): Pick<Refusal, 'name' | 'path' | 'allow'> {
  const name = `${id}.${key}`;
  return { name, path: `rules.${name}`, allow: key === 'clause' ? id : name };
}
