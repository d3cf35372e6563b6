/** The questions of every rule, also of those that are off: what is kept answers them, so that switching a rule on can be previewed. */
import type { Question } from '../facts/fact.ts';
import type { Judged } from '../facts/subject.ts';
import type { Policy } from '../policy/policy.ts';
import type { AnyRule } from '../rules/rule.ts';
import { questionsOf } from './judge.ts';

export interface Asked {
  readonly subject: Judged;
  readonly policy: Policy;
  readonly rules: readonly AnyRule[];
}

/** What every rule asks of a subject by the options that the policy gives it. */
export function everyQuestion({ subject, policy, rules }: Asked): readonly Question<unknown>[] {
  const asked = Object.entries(policy.rules).map(([id, setting]) => [id, { ...setting, enforce: 'observe' }] as const);
  return questionsOf({ subject, policy: { ...policy, certification: null, rules: Object.fromEntries(asked) }, rules });
}
