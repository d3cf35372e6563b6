/** The phrases of all views in one place: what is so, whose move it is, in plain words. */
import type { Clause, Level } from '../policy/policy.ts';
import { plain, visible } from '../facts/words.ts';
import type { Conclusion, JudgedFinding, Outcome, RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { cut, READABLE_TITLE } from './fit.ts';
import { pausedHeadline } from './pause.ts';
import { needsPerson, ownFailures, sorted, type Sorted } from './sorted.ts';

/** How firmly a rule is held, as an adjective. */
export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  off: 'Off',
  observe: 'Observed',
  warn: 'Recommended',
  block: 'Required',
};

/** What a finding amounts to. */
export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  pass: 'Passes',
  fail: 'To fix',
  exempt: 'Exempt',
  unknown: 'Not known yet',
  overridden: 'Overridden',
  waived: 'Waived',
};

/** What a verdict amounts to. */
export const CONCLUSION_NAMES: Readonly<Record<Conclusion, string>> = {
  success: 'All well',
  neutral: 'Something to consider',
  action_required: 'Waiting for Steward',
  failure: 'Something to fix',
};

/** What a verdict amounts to; one that somebody answers for, or that is waived, never sounds like an ordinary one. */
export function conclusionName(verdict: Verdict): string {
  const { toConsider, overridden, waived } = sorted(verdict.rules);
  if (verdict.conclusion === 'success' && waived.length > 0) return 'Nothing to fix, by waiver';
  const isByOverride = verdict.conclusion === 'neutral' && toConsider.length === 0 && overridden.length > 0;
  return isByOverride ? OUTCOME_NAMES.overridden : CONCLUSION_NAMES[verdict.conclusion];
}

export const PHRASES = {
  tryAgain: 'Steward tries again by itself; you need do nothing.',
  notYours: 'This is not yours to mend. Steward tries again by itself; you need do nothing.',
  clone: 'A clone does not hold what is needed to tell. Steward judges it on GitHub.',
  settle: 'Steward cannot tell by itself. The step above settles it; Steward looks again after every push.',
  nothingToDo: 'There is nothing to do.',
  notHeld: 'Noticed, not held against you',
  either: 'For each commit one of the two is enough: a sign-off, or the signed agreement.',
  notHeldWhy: 'These rules are only observed for now: they change nothing about this check.',
  before: 'Was so before this pull request',
  beforeWhy: 'The base branch already has this. It is not for this pull request to mend, and is not held against it.',
} as const;

/** How strongly a sentence of a written policy puts it, to stand behind that sentence; empty where nobody says. */
export function strengthOf({ strength }: Clause): string {
  return strength === undefined ? '' : ` (${strength}, RFC\u00a02119)`;
}

/** `1 rule`, `2 rules`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Adds a full stop where a sentence has no end. */
export function sentence(text: string): string {
  return /[.!?:…]["”)*`]?$/.test(text) ? text : `${text}.`;
}

/** What is so, in at most 60 characters: the title of the check run. */
export function headline(verdict: Verdict): string {
  const groups = sorted(verdict.rules);
  const paused = pausedHeadline(verdict);
  if (paused !== null) return paused;
  switch (verdict.conclusion) {
    case 'failure':
      if (groups.toFix.length === 1) return only(groups.toFix);
      return isEither(verdict, groups.toFix) && groups.toFix.length === 2
        ? 'Commits need a sign-off, or a signed agreement'
        : `${of(groups.toFix.length, verdict)} need a fix`;
    case 'action_required':
      if (verdict.circumstances.isClone) return 'Not everything can be judged on a clone';
      return groups.waiting.some(needsPerson)
        ? 'Something could not be determined'
        : 'Steward could not check everything yet; it tries again';
    case 'neutral':
      if (verdict.policy.paused && groups.waiting.length > 0) return 'Paused; not everything could be checked yet';
      if (groups.toConsider.length === 0 && groups.overridden.length > 0) return overriddenHeadline(groups.overridden);
      return groups.toConsider.length === 1
        ? only(groups.toConsider)
        : `${of(groups.toConsider.length, verdict)} recommend a change`;
    case 'success':
      return quietHeadline(groups, verdict);
  }
}

function quietHeadline({ fine, waiting, waived, observed, existing }: Sorted, verdict: Verdict): string {
  if (verdict.rules.length === 0) return 'No rule applies here';
  if (waiting.length > 0) return `${of(fine.length, verdict)} pass, ${waiting.length} not known yet`;
  if (waived.length > 0) return `Nothing to fix; ${counted(waived.length, 'rule')} ${waived.length === 1 ? 'is' : 'are'} waived`;
  if (observed.length > 0) return observedHeadline(observed);
  if (existing.length > 0) return `Nothing to fix here; ${counted(existing.length, 'rule')} failed before`;
  const exempt = fine.filter((rule) => rule.outcome === 'exempt').length;
  const all = fine.length === 1 ? 'The one rule passes' : fine.length === 2 ? 'Both rules pass' : `All ${fine.length} rules pass`;
  return exempt > 0 ? `${all}, ${exempt} by exemption` : all;
}

/** Green, and yet something is not as it is wished: the words say so. */
function observedHeadline(observed: readonly RuleVerdict[]): string {
  const failing = observed.filter((rule) => rule.outcome === 'fail').length;
  if (failing > 0) return `Nothing to fix; ${counted(failing, 'observed rule')} ${failing === 1 ? 'fails' : 'fail'}`;
  return `Nothing to fix; ${counted(observed.length, 'observed rule')} ${observed.length === 1 ? 'is' : 'are'} not known yet`;
}

/** Names who answers for it: `Overridden by @ada: dco`. */
function overriddenHeadline(rules: readonly RuleVerdict[]): string {
  const logins = [...new Set(rules.flatMap(({ overrides = [] }) => overrides.map(({ by }) => by.login)))];
  const [login] = logins;
  const who = login !== undefined && logins.length === 1 ? ` by @${visible(login)}` : '';
  return cut(`Overridden${who}: ${rules.map(({ id }) => id).join(', ')}`, READABLE_TITLE);
}

/** Whether all of the rules are those of which one is enough. */
export function isEither({ policy }: Verdict, rules: readonly RuleVerdict[]): boolean {
  return policy.certification === 'either' && rules.length > 0 && rules.every(({ id }) => id === 'dco' || id === 'cla');
}

function of(count: number, verdict: Verdict): string {
  return `${count} of ${counted(verdict.rules.length, 'rule')}`;
}

function only(rules: readonly RuleVerdict[]): string {
  const [rule] = rules;
  return rule ? ruleHeadline(rule) : '';
}

/** What is so where a rule fails, in at most 60 characters. */
export function ruleHeadline(rule: RuleVerdict, findings: readonly JudgedFinding[] = ownFailures(rule)): string {
  if (rule.headline !== undefined && rule.outcome === 'fail') return cut(rule.headline, READABLE_TITLE);
  const [first] = findings;
  const says = first && findings.length === 1 ? plain(first.says).replace(/\.$/, '') : '';
  if (says !== '' && says.length <= READABLE_TITLE) return says;
  const count = `: ${findings.length} of ${rule.findings.length} to fix`;
  return cut(rule.title, READABLE_TITLE - count.length) + count;
}
