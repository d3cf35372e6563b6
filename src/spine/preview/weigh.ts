/** What a change of the policy does to one stored subject: it is judged under both versions, now and on each day of the plan. Part of the spine. */
import type { Facts } from '../../facts/fact.ts';
import { answerTo } from '../../facts/gather.ts';
import { properties, repository } from '../../facts/repository.ts';
import type { Pair } from '../../policy/pair.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Ahead, Ruled, RuledNow } from './rulebook.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { compare, isDifferent, type Difference } from '../../verdict/compare.ts';
import { everyQuestion } from '../../verdict/every-question.ts';
import { isEnough } from '../../verdict/heard.ts';
import { judge, worst } from '../../verdict/judge.ts';
import type { LaterFailure, PreviewRow } from '../../verdict/preview.ts';
import type { Stored } from '../../verdict/stored.ts';
import type { Weighed } from '../../verdict/tally.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import { issueState } from '../../views/issue.ts';

const NO_WAIVERS_USED = { before: [], after: [] } as const;

/** A subject with what it is judged by. */
export interface Matter {
  readonly facts: Facts;
  readonly pair: RuledNow;
  readonly ahead: readonly Ahead[];
  readonly now: Date;
  readonly rules: readonly AnyRule[];
}

/** What the change does to one stored subject, now and by plan. */
export function weigh(stored: Stored, matter: Matter): Weighed {
  const { pair, ahead } = matter;
  const isInDoubt = pair.inDoubt.length > 0;
  if (!isInDoubt && !isTouched(pair) && ahead.every((one) => !isTouched(one.pair)))
    return { row: null, waivers: NO_WAIVERS_USED };
  const both = compared(stored, matter, pair);
  const { before, after, difference } = both;
  const later = laterOf(stored, matter, difference);
  const isNoticed = isInDoubt || isDifferent(difference) || later !== NOTHING_LATER || before.conclusion !== after.conclusion;
  return { row: isNoticed ? rowOf(stored, matter, both, later) : null, waivers: difference.waivers };
}

function isTouched({ touched }: Pair): boolean {
  return touched.before.length + touched.after.length > 0;
}

function compared(stored: Stored, { facts, now }: Matter, pair: Ruled): Judged {
  const before = verdict(stored, { facts, now, pair }, 'before', pair.touched.before);
  const after = verdict(stored, { facts, now, pair }, 'after', pair.touched.after);
  return { before, after, difference: compare(before, after) };
}

/** What comes by plan and is not so now. */
interface Later {
  readonly failing: readonly LaterFailure[];
  readonly unknown: readonly string[];
}

const NOTHING_LATER: Later = { failing: [], unknown: [] };

/** Each day of the plan is compared with the old policy on the same day: what was planned before is no news. */
function laterOf(stored: Stored, matter: Matter, now: Difference): Later {
  const failing = new Map<string, LaterFailure>();
  const unknown = new Set<string>();
  for (const { pair, from } of matter.ahead) {
    if (!isTouched(pair)) continue;
    const then = compared(stored, matter, pair).difference;
    for (const rule of then.failing) if (!failing.has(rule)) failing.set(rule, { rule, from });
    for (const rule of then.unknown) unknown.add(rule);
  }
  for (const rule of now.failing) failing.delete(rule);
  for (const rule of now.unknown) unknown.delete(rule);
  if (failing.size + unknown.size === 0) return NOTHING_LATER;
  return { failing: [...failing.values()], unknown: [...unknown] };
}

function verdict(
  { subject, sha, circumstances, overrides }: Stored,
  { facts, pair, now }: Pick<Matter, 'facts' | 'now'> & { readonly pair: Ruled },
  side: 'before' | 'after',
  rules: readonly AnyRule[],
): Verdict {
  const policy: Policy = pair[side];
  const heard = overrides.filter(({ permission }) => isEnough(permission, policy.mayOverride));
  const waivers = pair.waivers[side];
  return judge({ subject, sha, policy, problems: [], rules, facts, circumstances, now, overrides: heard, waivers });
}

interface Judged {
  readonly before: Verdict;
  readonly after: Verdict;
  readonly difference: Difference;
}

/** The row of a subject that differs, with the conclusions of all rules: those that the change does not touch are judged once for both. */
function rowOf(stored: Stored, matter: Matter, { before, after, difference }: Judged, later: Later): PreviewRow | null {
  const { subject, isPrivate, circumstances } = stored;
  const { failing, passing } = difference;
  const open = [...difference.unknown, ...later.unknown];
  const unknown = [...matter.pair.inDoubt, ...open];
  const rest = verdict(stored, matter, 'after', matter.pair.rest);
  const [old, present] = [worst([before.conclusion, rest.conclusion]), worst([after.conclusion, rest.conclusion])];
  const issue = issueOf(stored, matter, { before, after, rest });
  if (!isDifferent(difference) && unknown.length === 0 && later === NOTHING_LATER && old === present && issue === null)
    return null;
  const { title, url } = circumstances;
  const row = {
    subject,
    isPrivate,
    title,
    url,
    before: old,
    after: present,
    failing,
    later: later.failing,
    passing,
    unknown,
    issue,
  };
  return isGatherable(stored, matter, open) ? { ...row, isGatherable: true } : row;
}

/** Whether a thorough look would ask what is missing. It asks by the options in force: what new options ask, nobody asks before. */
function isGatherable({ subject, facts }: Stored, { pair, rules }: Matter, unknown: readonly string[]): boolean {
  const isOpen = ({ key }: { readonly key: string }): boolean => facts[key] === undefined;
  if (pair.inDoubt.length > 0 && subject.kind === 'repository' && isOpen(properties())) return true;
  const asking = rules.filter(({ id }) => unknown.includes(id));
  return asking.length > 0 && everyQuestion({ subject, policy: pair.before, rules: asking }).some(isOpen);
}

/** What becomes of the repository's issue. Where issues are switched off, none is opened or closed. */
function issueOf(
  { subject, hasIssue }: Stored,
  { facts }: Matter,
  { before, after, rest }: { readonly before: Verdict; readonly after: Verdict; readonly rest: Verdict },
): PreviewRow['issue'] {
  const place = answerTo(facts, repository());
  if (subject.kind !== 'repository' || (place.known && !place.value.hasIssues)) return null;
  const old = issueState([...before.rules, ...rest.rules]);
  const present = issueState([...after.rules, ...rest.rules]);
  if (present === 'open' && old !== 'open' && !hasIssue) return 'opens';
  return present === 'closed' && old !== 'closed' && hasIssue ? 'closes' : null;
}
