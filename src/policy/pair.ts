/** Two policies side by side: what of them can make a difference to a subject, and what cannot. */
import type { AnyRule } from '../rules/rule.ts';
import type { Policy, RuleSetting } from './policy.ts';
import { isSame } from './tighten.ts';
import type { Waivers } from './waivers/waiver.ts';

/** The same thing under the old and the new policy. */
export interface Both<T> {
  readonly before: T;
  readonly after: T;
}

/** The policies of a repository under both. Options that are equal are the same object. */
export interface Pair extends Both<Policy> {
  /** Rules whose verdict can differ: under each policy those that somebody is held to, at warn or block. */
  readonly touched: Both<readonly AnyRule[]>;
  /** The others that are held at warn or block: their verdicts are the same under both. */
  readonly rest: readonly AnyRule[];
}

/** Rules that speak for each other under `certification`: they are judged together or not at all. */
const CERTIFYING = ['dco', 'dco-history', 'cla'];

/** Puts two policies side by side. `waivers` are those in force with each; options that are equal in `earlier` are the same object as there. */
export function paired(policies: Both<Policy>, waivers: Both<Waivers>, rules: readonly AnyRule[], earlier?: Both<Policy>): Pair {
  const before = earlier ? withSameOptions(earlier.before, policies.before) : policies.before;
  const wished = earlier ? withSameOptions(earlier.after, policies.after) : policies.after;
  const after = withSameOptions(before, wished);
  const isTouchedAll = !isSame(before.paused, after.paused) || before.mayOverride !== after.mayOverride;
  const touches = ({ id }: AnyRule): boolean =>
    isTouchedAll || !isSameSetting(before.rules[id], after.rules[id]) || isWaivedAnew(id, waivers);
  const isCertifiedAnew =
    before.certification !== after.certification || rules.some((rule) => CERTIFYING.includes(rule.id) && touches(rule));
  const isTouched = (rule: AnyRule): boolean => (CERTIFYING.includes(rule.id) ? isCertifiedAnew : touches(rule));
  const touched = rules.filter(isTouched);
  const rest = rules.filter((rule) => !isTouched(rule));
  return {
    before,
    after,
    touched: { before: heldBy(before, touched), after: heldBy(after, touched) },
    rest: heldBy(after, rest),
  };
}

/** Whether two pairs hold every rule as firmly, both times. Of the same documents they differ by nothing else. */
export function isHeldAlike(one: Both<Policy>, other: Both<Policy>): boolean {
  const levels = ({ before, after }: Both<Policy>): string =>
    [before, after].map(({ rules }) => Object.values(rules).map(({ enforce }) => enforce)).join(';');
  return levels(one) === levels(other);
}

/** Under `either` a rule that is only observed can certify what another is held to. */
function heldBy({ rules: settings, certification }: Policy, rules: readonly AnyRule[]): readonly AnyRule[] {
  return rules.filter(({ id }) => isHeld(settings[id]) || (certification === 'either' && CERTIFYING.includes(id)));
}

function isHeld(setting: RuleSetting | undefined): boolean {
  return setting?.enforce === 'warn' || setting?.enforce === 'block';
}

function isSameSetting(one: RuleSetting | undefined, other: RuleSetting | undefined): boolean {
  return one?.enforce === other?.enforce && one?.options === other?.options;
}

function isWaivedAnew(rule: string, { before, after }: Both<Waivers>): boolean {
  const of = ({ granted }: Waivers): readonly unknown[] => granted.filter((waiver) => waiver.rule === rule);
  return !isSame(of(before), of(after));
}

/** The policy with the option objects of another wherever they are equal: what a rule found by them is found once. */
function withSameOptions(before: Policy, after: Policy): Policy {
  const rules = Object.entries(after.rules).map(([id, setting]): readonly [string, RuleSetting] => {
    const old = before.rules[id];
    return [id, old && isSame(old.options, setting.options) ? { ...setting, options: old.options } : setting];
  });
  return { ...after, rules: Object.fromEntries(rules) };
}
