/** What a verdict means for whoever runs a command: whether it stops a merge, and what is not to be known here at all. */
import { answerTo } from '../facts/gather.ts';
import type { Facts, Needs } from '../facts/fact.ts';
import { SERVER_ALONE } from '../facts/nothing-remembered.ts';
import type { Policy } from '../policy/policy.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { RuleVerdict, Verdict } from '../verdict/verdict.ts';

/** Whether a verdict stops a merge. */
export function isBlocking({ conclusion }: Pick<Verdict, 'conclusion'>): boolean {
  return conclusion === 'failure' || conclusion === 'action_required';
}

interface Matter {
  readonly verdict: Verdict;
  readonly facts: Facts;
  readonly policy: Policy;
  readonly rules: readonly AnyRule[];
}

/** The required rules that are unknown for want of something that the server alone can find out. They are never a pass. */
export function judgedElsewhere({ verdict, facts, policy, rules }: Matter): readonly RuleVerdict[] {
  const lacksServer = (id: string): boolean => {
    const rule = rules.find((one) => one.id === id);
    const setting = policy.rules[id];
    if (!rule || !setting) return false;
    const answers = Object.values(rule.needs('head', setting.options) as Needs).map((question) => answerTo(facts, question));
    return answers.some((answer) => !answer.known && SERVER_ALONE.includes(answer.reason));
  };
  return verdict.rules.filter(({ id, enforce, outcome }) => enforce === 'block' && outcome === 'unknown' && lacksServer(id));
}

/** Whether something blocks that whoever runs the command can do something about. */
export function blocksHere(verdict: Verdict, elsewhere: readonly RuleVerdict[]): boolean {
  const others = verdict.rules.filter((rule) => rule.enforce === 'block' && !elsewhere.includes(rule));
  return isBlocking(verdict) && others.some(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
}

/** Says what is judged where. */
export function elsewhereNote(elsewhere: readonly RuleVerdict[], { subject, policy }: Verdict): string {
  const names = elsewhere.map(({ id }) => `\`${id}\``).join(' and ');
  const where = subject.kind === 'repository' ? 'on GitHub' : 'on the pull request';
  const either =
    policy.certification === 'either' ? ' A commit without a sign-off is fine as well where its people have signed.' : '';
  return `Note: ${names} is not judged here, because a clone does not hold what is needed; Steward judges it ${where}.${either}`;
}
