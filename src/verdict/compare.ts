/** Holds two verdicts on the same facts against each other: what newly fails, what newly passes, and what cannot be told. */
import { LEVELS } from '../policy/policy.ts';
import type { RuleVerdict, Verdict } from './verdict.ts';

/** Ids of rules, in the order of the list; and of waivers. */
export interface Difference {
  /** Fails, held at warn or block, and did not before, or was held less firmly. */
  readonly failing: readonly string[];
  /** Failed before, held at warn or block, and does not any more, or nobody is held to it. */
  readonly passing: readonly string[];
  /** Held at warn or block under the new policy, and cannot be told. */
  readonly unknown: readonly string[];
  /** Waivers that cover something under the new policy, and under the old one. */
  readonly waivers: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** What differs between two verdicts on a subject. Rules that neither verdict has, and that are only observed, do not count. */
export function compare(before: Verdict, after: Verdict): Difference {
  const old = new Map(before.rules.map((rule) => [rule.id, failsAt(rule, before)]));
  const present = new Map(after.rules.map((rule) => [rule.id, failsAt(rule, after)]));
  const ids = [...new Set([...after.rules, ...before.rules].map(({ id }) => id))];
  const firmness = (levels: ReadonlyMap<string, number>, id: string): number => levels.get(id) ?? 0;
  return {
    failing: ids.filter((id) => firmness(present, id) > firmness(old, id)),
    passing: ids.filter((id) => firmness(present, id) === 0 && firmness(old, id) > 0),
    unknown: after.rules.filter((rule) => rule.outcome === 'unknown' && firmnessOf(rule, after) > 0).map(({ id }) => id),
    waivers: { before: waiversOf(before), after: waiversOf(after) },
  };
}

/** Whether anything differs that people would notice in a list of rules. */
export function isDifferent({ failing, passing, unknown }: Difference): boolean {
  return failing.length + passing.length + unknown.length > 0;
}

/** How firmly a failing rule is held: 0 where it does not fail or is only observed. */
function failsAt(rule: RuleVerdict, verdict: Verdict): number {
  return rule.outcome === 'fail' ? firmnessOf(rule, verdict) : 0;
}

/** In a pause everything is only told. */
function firmnessOf({ enforce }: RuleVerdict, { policy }: Verdict): number {
  return policy.paused ? 0 : Math.max(0, LEVELS.indexOf(enforce) - LEVELS.indexOf('observe'));
}

function waiversOf({ rules }: Verdict): readonly string[] {
  return [...new Set(rules.flatMap(({ waivers = [] }) => waivers.map(({ id }) => id)))];
}
