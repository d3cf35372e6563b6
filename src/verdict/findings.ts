/** What a rule finds: its check run on known facts, at the head and for what a contribution worsens at the base. */
import type { Answer } from '../facts/answer.ts';
import type { Facts, Needs, Question } from '../facts/fact.ts';
import { answerTo } from '../facts/gather.ts';
import { plain, quote, words } from '../facts/words.ts';
import type { RuleSetting } from '../policy/policy.ts';
import type { AnyRule, At, Finding } from '../rules/rule.ts';
import { isBad } from './overridden.ts';
import type { JudgedFinding } from './verdict.ts';

/** Findings of a rule, and whether a fact it needed was missing. */
interface Asked {
  readonly findings: readonly Finding[];
  readonly isMissing: boolean;
}

/** The findings at the head; where they are compared, each is held against the base. */
export function findingsOf(rule: AnyRule, setting: RuleSetting, facts: Facts, isCompared: boolean): readonly JudgedFinding[] {
  const head = ask(rule, 'head', setting, facts);
  const base = isCompared && !head.isMissing && head.findings.some(isBad) ? ask(rule, 'base', setting, facts) : null;
  return head.findings.map((finding) => (base ? compared(finding, base) : { ...finding, isExisting: false }));
}

/** What was asked of facts already, by side and rule, with the options it was asked by. Facts and rules never change. */
const made = new WeakMap<Facts, Map<string, { readonly rule: AnyRule; readonly options: unknown; readonly asked: Asked }>>();

/** As `check`, but asked once where the same facts are judged under several policies that share the rule's options. */
function ask(rule: AnyRule, at: At, setting: RuleSetting, facts: Facts): Asked {
  const known = made.get(facts) ?? new Map<string, { rule: AnyRule; options: unknown; asked: Asked }>();
  made.set(facts, known);
  const before = known.get(`${at} ${rule.id}`);
  if (before?.rule === rule && before.options === setting.options) return before.asked;
  const asked = check(rule, at, setting, facts);
  known.set(`${at} ${rule.id}`, { rule, options: setting.options, asked });
  return asked;
}

/** Runs a rule's check on known facts; a missing fact or a fault in the rule is an unknown finding, never a pass. */
function check(rule: AnyRule, at: At, setting: RuleSetting, facts: Facts): Asked {
  const answers = needsOf(rule, at, setting.options).map(([name, question]) => [name, answerTo(facts, question)] as const);
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

type NamedQuestions = readonly (readonly [string, Question<unknown>])[];

const asking = new WeakMap<AnyRule, WeakMap<object, Map<At, NamedQuestions>>>();

/** What a rule needs by its options: stated once for all subjects that are judged by them. */
function needsOf(rule: AnyRule, at: At, options: RuleSetting['options']): NamedQuestions {
  const ofRule = asking.get(rule) ?? new WeakMap<object, Map<At, NamedQuestions>>();
  asking.set(rule, ofRule);
  const ofOptions = ofRule.get(options) ?? new Map<At, NamedQuestions>();
  ofRule.set(options, ofOptions);
  const needs = ofOptions.get(at) ?? Object.entries(rule.needs(at, options) as Needs);
  ofOptions.set(at, needs);
  return needs;
}

function valueOf(answer: Answer<unknown>): unknown {
  return answer.known ? answer.value : undefined;
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
