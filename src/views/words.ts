/** The phrases of all views in one place: what is so, whose move it is, in plain words. */
import type { Level } from '../policy/policy.ts';
import { plain } from '../facts/words.ts';
import type { Conclusion, JudgedFinding, Outcome, RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { cut, READABLE_TITLE } from './fit.ts';
import { needsPerson, sorted, type Sorted } from './sorted.ts';

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
};

/** What a verdict amounts to. */
export const CONCLUSION_NAMES: Readonly<Record<Conclusion, string>> = {
  success: 'All well',
  neutral: 'Something to consider',
  action_required: 'Waiting for Steward',
  failure: 'Something to fix',
};

export const PHRASES = {
  tryAgain: 'Steward tries again by itself; you need do nothing.',
  notYours: 'This is not yours to mend. Steward tries again by itself; you need do nothing.',
  clone: 'This clone does not hold what is needed to tell.',
  settle: 'Steward cannot tell by itself. The step above settles it; Steward looks again after every push.',
  nothingToDo: 'There is nothing to do.',
  notHeld: 'Noticed, not held against you',
  notHeldWhy: 'These rules are only observed for now: they change nothing about this check.',
  before: 'Was so before this pull request',
  beforeWhy: 'The base branch already has this. It is not for this pull request to mend, and is not held against it.',
} as const;

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
  switch (verdict.conclusion) {
    case 'failure':
      return groups.toFix.length === 1 ? only(groups.toFix) : `${of(groups.toFix.length, verdict)} need a fix`;
    case 'action_required':
      return groups.waiting.some(needsPerson)
        ? 'Something could not be determined'
        : 'Steward could not check everything yet; it tries again';
    case 'neutral':
      return groups.toConsider.length === 1
        ? only(groups.toConsider)
        : `${of(groups.toConsider.length, verdict)} recommend a change`;
    case 'success':
      return quietHeadline(groups, verdict);
  }
}

function quietHeadline({ fine, waiting, observed, existing }: Sorted, verdict: Verdict): string {
  if (verdict.rules.length === 0) return 'No rule applies here';
  if (waiting.length > 0) return `${of(fine.length, verdict)} pass, ${waiting.length} not known yet`;
  if (observed.length > 0) return `Nothing to fix; ${counted(observed.length, 'rule')} only observed`;
  if (existing.length > 0) return `Nothing to fix here; ${counted(existing.length, 'rule')} failed before`;
  const exempt = fine.filter((rule) => rule.outcome === 'exempt').length;
  const all = fine.length === 1 ? 'The one rule passes' : fine.length === 2 ? 'Both rules pass' : `All ${fine.length} rules pass`;
  return exempt > 0 ? `${all}, ${exempt} by exemption` : all;
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

/** The failures that count: those the base does not have already. */
export function ownFailures(rule: RuleVerdict): readonly JudgedFinding[] {
  return rule.findings.filter((finding) => finding.outcome === 'fail' && !finding.isExisting);
}
