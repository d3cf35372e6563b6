/** How firmly each rule is held at a moment and for a subject: by its roll-out, and never less than a lower layer binds. */
import type { Held, HeldRule } from './held.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Document } from './document.ts';
import type { Cohorts } from './groups.ts';
import { NO_LAID_RULE, type Firmness, type Laid, type LaidRule } from './laid.ts';
import { lockOn } from './locks.ts';
import type { Occasion, Reached } from './managed.ts';
import { LEVELS, type Level, type Problem } from './policy.ts';
import type { Refusal } from './refusals.ts';
import { reached, type Rollout } from './rollout.ts';
import type { Stack } from './stack.ts';

/** For whom and when, with the groups and pilots that the repository belongs to. */
export interface Moment {
  readonly occasion: Occasion | null;
  readonly cohorts: Cohorts;
}

/** How firmly, with what comes next. */
interface Standing {
  readonly enforce: Held<Level> | null;
  readonly reached: Reached | null;
  readonly until: string | null;
}

/** What files amount to, and what of them has no effect. */
export interface Levelled {
  readonly stack: Stack;
  readonly refusals: readonly Refusal[];
  readonly problems: readonly Problem[];
}

/** Decides the levels of what was laid, with the notices of what has no effect. */
export function levelled(
  laid: Laid,
  mayLoosen: Stack['mayLoosen'],
  documents: readonly Document[],
  rules: readonly AnyRule[],
  moment: Moment,
): Levelled {
  const refusals: Refusal[] = [...laid.refusals];
  const untils: (string | null)[] = [];
  const held = rules.map(({ id }): readonly [string, HeldRule] => {
    const rule = laid.rules.get(id) ?? NO_LAID_RULE;
    const { enforce, reached, until } = standingOf(id, rule, laid, moment, refusals);
    untils.push(until);
    const { clause, options } = rule;
    return [id, { enforce, reached, clause: clause?.value ? { ...clause, value: clause.value } : null, options }];
  });
  const { certification, locks } = laid;
  const stack = { mayLoosen, certification, rules: new Map(held), locks, until: earliest(untils), documents };
  return { stack, refusals, problems: laid.problems };
}

/** Of two that are not equally firm the firmer one's way; else the first. What the other leads to is told where it is firmer. */
export function wayOf(
  first: Pick<HeldRule, 'enforce' | 'reached'>,
  other: Pick<HeldRule, 'enforce' | 'reached'>,
): Reached | null {
  if (first.reached || !other.reached) return first.reached;
  return isFirmer(other.reached.aim, first.enforce?.value ?? 'off') ? other.reached : null;
}

/** The earliest of some moments; null: none. */
export function earliest(moments: readonly (string | null)[]): string | null {
  return moments.filter((moment) => moment !== null).sort()[0] ?? null;
}

function standingOf(id: string, rule: LaidRule, laid: Laid, moment: Moment, refusals: Refusal[]): Standing {
  const wished = standing(id, rule.firmness, moment);
  const floors = rule.floors.map((floor) => standing(id, floor, moment));
  const least = floors.reduce<Standing | null>((best, one) => (!best || firmer(one, best) ? one : best), null);
  if (!least) return wished;
  const until = earliest([wished.until, ...floors.map((floor) => floor.until)]);
  if (!firmer(least, wished)) return { ...wished, reached: wayOf(wished, least), until };
  const lock = lockOn(laid.locks, id, 'enforce');
  if (wished.enforce && least.enforce && lock) {
    const name = `${id}.enforce`;
    const refused = JSON.stringify(wished.enforce.value);
    const { value: stays, origin: by } = least.enforce;
    refusals.push({ name, path: `rules.${name}`, allow: name, wish: wished.enforce, refused, stays, by, lock });
  }
  return { ...least, reached: wayOf(least, wished), until };
}

function firmer(one: Standing, other: Standing): boolean {
  return isFirmer(one.enforce?.value ?? 'off', other.enforce?.value ?? 'off');
}

function isFirmer(one: Level, other: Level): boolean {
  return LEVELS.indexOf(one) > LEVELS.indexOf(other);
}

/** The roll-out that files say of a rule; null: they say none. */
export function rolloutOf(rule: string, { enforce, rollout, grace }: Firmness, cohorts: Cohorts): Rollout | null {
  const steps = rollout?.value ?? [];
  const spared = grace?.value ?? null;
  if (steps.length === 0 && (!spared || !enforce)) return null;
  return {
    rule,
    enforce: enforce?.value ?? 'off',
    steps: steps.map(({ value }) => value),
    grace: spared,
    cohorts: cohorts.bySource.get(rollout?.origin.source ?? '') ?? cohorts.all,
  };
}

function standing(rule: string, firmness: Firmness, { occasion, cohorts }: Moment): Standing {
  const { enforce, rollout } = firmness;
  const plain = enforce && { ...enforce, value: enforce.value ?? ('off' as const) };
  const steps = rollout?.value ?? [];
  const wanted = rolloutOf(rule, firmness, cohorts);
  if (!wanted) return { enforce: plain, reached: null, until: null };
  const found = reached(wanted, occasion ?? { now: new Date(0), traits: null, isFirst: null });
  const step = found.reached.step === null ? null : steps[found.reached.step];
  // Before its first step a roll-out without a level of its own has no say.
  const at = step ?? plain;
  return { enforce: at && { ...at, value: found.enforce }, reached: found.reached, until: found.until };
}
