/** Judges a subject by a policy: pure, synchronous, the same answer for the same facts. */
import type { Answer } from '../facts/answer.ts';
import type { Facts, Needs, Question } from '../facts/fact.ts';
import { digestOf } from '../facts/digest.ts';
import { answerTo } from '../facts/gather.ts';
import type { Judged } from '../facts/subject.ts';
import { plain, quote, words } from '../facts/words.ts';
import type { Level, Policy, Problem, RuleSetting } from '../policy/policy.ts';
import type { AnyRule, At, Finding } from '../rules/rule.ts';
import { CONCLUSIONS } from './verdict.ts';
import type { Circumstances, Conclusion, JudgedFinding, Outcome, RuleVerdict, Verdict } from './verdict.ts';

export interface Case {
  readonly subject: Judged;
  readonly sha: string;
  readonly policy: Policy;
  readonly problems: readonly Problem[];
  readonly rules: readonly AnyRule[];
  readonly facts: Facts;
  readonly circumstances: Circumstances;
  readonly now: Date;
}

/** What follows from a rule's outcome, by how firmly it is held. The table of the README, as data. */
const FOLLOWS: Readonly<Record<Exclude<Level, 'off'>, Readonly<Record<Outcome, Conclusion>>>> = {
  observe: { pass: 'success', exempt: 'success', fail: 'success', unknown: 'success', overridden: 'success' },
  warn: { pass: 'success', exempt: 'success', fail: 'neutral', unknown: 'success', overridden: 'neutral' },
  block: { pass: 'success', exempt: 'success', fail: 'failure', unknown: 'action_required', overridden: 'neutral' },
};

/** Findings of a rule, and whether a fact it needed was missing. */
interface Asked {
  readonly findings: readonly Finding[];
  readonly isMissing: boolean;
}

export function judge(matter: Case): Verdict {
  const { subject, sha, policy, problems, circumstances, now } = matter;
  const judged = applicable(matter).map((rule) => judgeRule(rule, matter));
  return {
    version: 1,
    subject,
    sha,
    at: now.toISOString(),
    policy: {
      checkName: policy.checkName,
      isDefault: policy.isDefault,
      certification: policy.certification,
      mayOverride: policy.mayOverride,
      files: policy.files,
    },
    circumstances,
    conclusion: worst(judged.map(({ enforce, outcome }) => FOLLOWS[enforce][outcome])),
    rules: judged,
    isIncomplete: judged.some(({ findings }) => findings.some((one) => one.outcome === 'unknown' && !one.isExisting)),
    problems,
  };
}

/** The worst of several conclusions; nothing to judge is a success. */
export function worst(conclusions: readonly Conclusion[]): Conclusion {
  return conclusions.reduce<Conclusion>((a, b) => (CONCLUSIONS.indexOf(b) > CONCLUSIONS.indexOf(a) ? b : a), 'success');
}

/** The rules that a policy holds a subject to, in the order of the list. */
export function applicable(matter: Pick<Case, 'subject' | 'policy' | 'rules'>): readonly AnyRule[] {
  return matter.rules.filter((rule) => {
    const level = matter.policy.rules[rule.id]?.enforce ?? 'off';
    return level !== 'off' && (rule.on === 'repository' || matter.subject.kind !== 'repository');
  });
}

/** The questions of all rules in force; for a repository those of every repository rule, so that a preview needs no call. */
export function questionsOf(matter: Pick<Case, 'subject' | 'policy' | 'rules'>): readonly Question<unknown>[] {
  const { subject, policy } = matter;
  const isRepository = subject.kind === 'repository';
  const asked = isRepository ? matter.rules.filter((rule) => rule.on === 'repository') : applicable(matter);
  return asked.flatMap((rule) => {
    const sides: readonly At[] = isRepository || rule.on === 'contribution' ? ['head'] : ['head', 'base'];
    const options = policy.rules[rule.id]?.options ?? {};
    return sides.flatMap((at) => Object.values(rule.needs(at, options) as Needs));
  });
}

function judgeRule(rule: AnyRule, matter: Case): RuleVerdict {
  const setting = matter.policy.rules[rule.id] as RuleSetting;
  const head = ask(rule, 'head', setting, matter.facts);
  const isCompared = rule.on === 'repository' && matter.subject.kind !== 'repository';
  const base = isCompared && !head.isMissing && head.findings.some(isBad) ? ask(rule, 'base', setting, matter.facts) : null;
  const findings = head.findings.map((finding) => (base ? compared(finding, base) : { ...finding, isExisting: false }));
  const outcome = outcomeOf(findings);
  const own = findings.filter((finding) => !finding.isExisting);
  return {
    id: rule.id,
    on: rule.on,
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    ...(outcome === 'fail' && rule.headline ? { headline: rule.headline(own) } : {}),
    enforce: setting.enforce as Exclude<Level, 'off'>,
    clause: setting.clause,
    origin: setting.origins['enforce'] ?? null,
    outcome,
    findings,
    options: digestOf(setting.options),
  };
}

/** Runs a rule's check on known facts; a missing fact or a fault in the rule is an unknown finding, never a pass. */
function ask(rule: AnyRule, at: At, setting: RuleSetting, facts: Facts): Asked {
  const needs = rule.needs(at, setting.options) as Needs;
  const answers = Object.entries(needs).map(([name, question]) => [name, answerTo(facts, question)] as const);
  const reasons = [...new Set(answers.flatMap(([, answer]) => (answer.known ? [] : [answer.reason])))];
  if (reasons.length > 0) {
    const says = words`Steward could not check this yet: ${quote(reasons.join('; '))}.`;
    return { findings: [{ outcome: 'unknown', about: rule.id, says }], isMissing: true };
  }
  const values = Object.fromEntries(answers.map(([name, answer]) => [name, valueOf(answer)]));
  try {
    return { findings: rule.check(values, setting.options), isMissing: false };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown fault';
    const says = words`Steward made a mistake while checking this (${quote(name)}); its operators can see it in the verdict.`;
    return { findings: [{ outcome: 'unknown', about: rule.id, says }], isMissing: true };
  }
}

function valueOf(answer: Answer<unknown>): unknown {
  return answer.known ? answer.value : undefined;
}

function isBad(finding: Finding): boolean {
  return finding.outcome === 'fail' || finding.outcome === 'unknown';
}

/** Holds a finding against the base: what the base fails in the same words is debt, not the contribution's doing. */
function compared(finding: Finding, base: Asked): JudgedFinding {
  if (!isBad(finding)) return { ...finding, isExisting: false };
  if (base.isMissing) {
    const says = words`${finding.says} Whether the base branch is the same could not be read yet.`;
    return { ...finding, says, outcome: 'unknown', isExisting: false };
  }
  const isExisting = base.findings.some(
    (before) =>
      before.about === finding.about &&
      before.outcome === finding.outcome &&
      before.evidence === finding.evidence &&
      plain(before.says) === plain(finding.says),
  );
  return { ...finding, isExisting };
}

function outcomeOf(findings: readonly JudgedFinding[]): Outcome {
  const own = findings.filter((finding) => !finding.isExisting);
  if (own.some((finding) => finding.outcome === 'fail')) return 'fail';
  if (own.some((finding) => finding.outcome === 'unknown')) return 'unknown';
  return own.length > 0 && own.every((finding) => finding.outcome === 'exempt') ? 'exempt' : 'pass';
}
