/** Judges a subject by a policy: pure, synchronous, the same answer for the same facts. */
import type { Answer } from '../facts/answer.ts';
import { commits, contribution } from '../facts/commits.ts';
import type { Facts, Needs, Question } from '../facts/fact.ts';
import { termsName } from '../facts/digest.ts';
import { answerTo } from '../facts/gather.ts';
import type { Judged } from '../facts/subject.ts';
import type { Certification, Level, Policy, Problem, RuleSetting } from '../policy/policy.ts';
import { NO_WAIVERS, type Waivers } from '../policy/waivers/waiver.ts';
import type { AnyRule, At, Finding, Options } from '../rules/rule.ts';
import { optionsName } from '../rules/terms.ts';
import { either } from './either.ts';
import { findingsOf } from './findings.ts';
import { inEffect, overridden } from './overridden.ts';
import { softened } from './paused.ts';
import { inUse, lapsed, nextMoment, waived, withheld, type WaiverPlace } from './waived.ts';
import { CONCLUSIONS } from './verdict.ts';
import type { Circumstances, Conclusion, JudgedFinding, Outcome, Override, Refused, RuleVerdict, Verdict } from './verdict.ts';

export interface Case {
  readonly subject: Judged;
  readonly sha: string;
  readonly policy: Policy;
  readonly problems: readonly Problem[];
  readonly rules: readonly AnyRule[];
  readonly facts: Facts;
  readonly circumstances: Circumstances;
  readonly now: Date;
  /** What maintainers answer for. */
  readonly overrides?: readonly Override[];
  /** What the organization waives; left out: nothing. */
  readonly waivers?: Waivers;
  /** Somebody asked how a rule is overridden: told as long as one is in the way. */
  readonly help?: 'override' | null;
  readonly refused?: readonly Refused[];
}

/** What follows from a rule's outcome, by how firmly it is held. The table of the README, as data. */
const FOLLOWS: Readonly<Record<Exclude<Level, 'off'>, Readonly<Record<Outcome, Conclusion>>>> = {
  observe: { pass: 'success', exempt: 'success', fail: 'success', unknown: 'success', overridden: 'success', waived: 'success' },
  warn: { pass: 'success', exempt: 'success', fail: 'neutral', unknown: 'success', overridden: 'neutral', waived: 'success' },
  block: {
    pass: 'success',
    exempt: 'success',
    fail: 'failure',
    unknown: 'action_required',
    overridden: 'neutral',
    waived: 'success',
  },
};

/** What a rule found, before an outcome is made of it. */
interface Found {
  readonly rule: AnyRule;
  readonly setting: RuleSetting;
  readonly findings: readonly JudgedFinding[];
}

export function judge(matter: Case): Verdict {
  const { subject, sha, policy, problems, circumstances, now, help, refused = [] } = matter;
  const found = applicable(matter).map((rule) => find(rule, matter));
  const certified = policy.certification === 'either' ? either(found, shasOf(matter.facts)) : found;
  const judged = certified.map((one) => judgeRule(one, matter));
  const isOpen = judged.some(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
  const until = untilOf(judged, policy, now);
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
      ...(policy.groups.length > 0 ? { groups: policy.groups } : {}),
      ...(policy.paused ? { paused: policy.paused } : {}),
    },
    ...(until === null ? {} : { until }),
    circumstances,
    conclusion: softened(worst(judged.map(({ enforce, outcome }) => FOLLOWS[enforce][outcome])), policy),
    rules: judged,
    isIncomplete: judged.some(({ findings }) => findings.some((one) => one.outcome === 'unknown' && isOwn(one))),
    ...(help && isOpen ? { help } : {}),
    ...(refused.length > 0 ? { refused } : {}),
    problems,
  };
}

/** The worst of several conclusions; nothing to judge is a success. */
export function worst(conclusions: readonly Conclusion[]): Conclusion {
  return conclusions.reduce<Conclusion>((a, b) => (CONCLUSIONS.indexOf(b) > CONCLUSIONS.indexOf(a) ? b : a), 'success');
}

/** Which of the rules that certify contributions are asked, by what the policy wants. */
const CERTIFYING: Readonly<Record<Certification, readonly string[]>> = {
  none: [],
  dco: ['dco', 'dco-history'],
  cla: ['cla'],
  both: ['dco', 'dco-history', 'cla'],
  either: ['dco', 'cla'],
};

/** The rules that a policy holds a subject to, in the order of the list. */
export function applicable({ subject, policy, rules }: Pick<Case, 'subject' | 'policy' | 'rules'>): readonly AnyRule[] {
  const { certification } = policy;
  return rules.filter((rule) => {
    const level = policy.rules[rule.id]?.enforce ?? 'off';
    const isAsked = certification === null || !CERTIFYING.both.includes(rule.id) || CERTIFYING[certification].includes(rule.id);
    return level !== 'off' && isAsked && isAbout(rule, subject);
  });
}

/** Whether a rule is asked of a subject of this kind at all. */
function isAbout({ on }: AnyRule, { kind }: Judged): boolean {
  return on === 'repository' || (on === 'default-branch') === (kind === 'repository');
}

/** The questions of all rules in force; for a repository those of every repository rule, so that a preview needs no call. */
export function questionsOf(matter: Pick<Case, 'subject' | 'policy' | 'rules'>): readonly Question<unknown>[] {
  const { subject, policy } = matter;
  const isRepository = subject.kind === 'repository';
  const asked = isRepository ? matter.rules.filter((rule) => rule.on !== 'contribution') : applicable(matter);
  return asked.flatMap((rule) => {
    const sides: readonly At[] = isRepository || rule.on !== 'repository' ? ['head'] : ['head', 'base'];
    const options = policy.rules[rule.id]?.options ?? {};
    return sides.flatMap((at) => Object.values(rule.needs(at, options) as Needs));
  });
}

function find(rule: AnyRule, matter: Case): Found {
  const setting = matter.policy.rules[rule.id] as RuleSetting;
  const isCompared = rule.on === 'repository' && matter.subject.kind !== 'repository';
  const findings = findingsOf(rule, setting, matter.facts, isCompared);
  const open = overridden(findings, overridesOf(rule, matter), { on: rule.on, sha: matter.sha });
  return { rule, setting, findings: waived(open, matter.waivers ?? NO_WAIVERS, placeOf(rule, matter)) };
}

function judgeRule({ rule, setting, findings }: Found, matter: Case): RuleVerdict {
  const outcome = outcomeOf(findings);
  const overrides = inEffect(findings, overridesOf(rule, matter), { on: rule.on, sha: matter.sha });
  const waivers = inUse(findings, matter.waivers ?? NO_WAIVERS);
  const endedWaivers = lapsed(findings, matter.waivers ?? NO_WAIVERS, placeOf(rule, matter), matter.now);
  const ownWaivers = withheld(findings, matter.waivers ?? NO_WAIVERS, placeOf(rule, matter));
  return {
    id: rule.id,
    on: rule.on,
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    ...(outcome === 'fail' && rule.headline ? { headline: rule.headline(counted(findings)) } : {}),
    enforce: setting.enforce as Exclude<Level, 'off'>,
    clause: setting.clause,
    origin: setting.origins['enforce'] ?? null,
    outcome,
    findings,
    options: termsOf(rule, setting, matter.facts),
    ...(overrides.length > 0 ? { overrides } : {}),
    ...(waivers.length > 0 ? { waivers } : {}),
    ...(endedWaivers.length > 0 ? { endedWaivers } : {}),
    ...(ownWaivers.length > 0 ? { ownWaivers } : {}),
    ...(setting.rollout ? { rollout: setting.rollout } : {}),
  };
}

function placeOf({ id, on }: AnyRule, { subject, circumstances, facts }: Case): WaiverPlace {
  const opened = circumstances.author === null ? answerTo(facts, contribution()) : null;
  const author = opened?.known === true ? (opened.value.author?.login ?? null) : circumstances.author;
  return { rule: { id, on }, repository: subject.repo, author };
}

/** When the verdict changes by itself; null: it does not. */
function untilOf(judged: readonly RuleVerdict[], policy: Policy, now: Date): string | null {
  const next = nextMoment(
    judged.flatMap(({ waivers = [] }) => waivers),
    now,
  );
  if (next === null || policy.until === null) return next ?? policy.until;
  return Date.parse(next) < Date.parse(policy.until) ? next : policy.until;
}

/** Names what the rule judged by, as it asks for it of commits that were merged before. */
function termsOf({ options, terms }: AnyRule, setting: RuleSetting, facts: Facts): string {
  const named = optionsName(options as Options, setting.options);
  const question = terms?.(setting.options);
  if (!question) return named;
  const answer = answerTo(facts, question);
  return answer.known ? termsName(named, answer.value) : named;
}

function overridesOf({ id }: AnyRule, { overrides = [] }: Case): readonly Override[] {
  return overrides.filter(({ rule }) => rule === id);
}

/** The ids of all commits of the contribution; null: they are not known. */
function shasOf(facts: Facts): readonly string[] | null {
  const listed: Answer<unknown> = answerTo(facts, commits());
  // Facts that come as JSON can have any shape.
  const shas = listed.known && Array.isArray(listed.value) ? listed.value.map(shaOf) : [null];
  return shas.every((sha) => sha !== null) ? shas : null;
}

function shaOf(commit: unknown): string | null {
  const sha = typeof commit === 'object' && commit !== null && 'sha' in commit ? commit.sha : null;
  return typeof sha === 'string' ? sha : null;
}

/** The contribution's own findings, as a headline counts them: what is answered for or waived does not fail. */
function counted(findings: readonly JudgedFinding[]): readonly Finding[] {
  const own = findings.filter((finding) => !finding.isExisting);
  return own.map((finding) =>
    finding.isOverridden || finding.waivedBy !== undefined ? { ...finding, outcome: 'exempt' } : finding,
  );
}

function outcomeOf(findings: readonly JudgedFinding[]): Outcome {
  const own = findings.filter(isOwn);
  if (own.some((finding) => finding.outcome === 'fail')) return 'fail';
  if (own.some((finding) => finding.outcome === 'unknown')) return 'unknown';
  if (findings.some((finding) => finding.isOverridden)) return 'overridden';
  if (findings.some((finding) => finding.waivedBy !== undefined)) return 'waived';
  return own.length > 0 && own.every((finding) => finding.outcome === 'exempt') ? 'exempt' : 'pass';
}

/** What is the contribution's doing, and is neither answered for nor waived. */
function isOwn({ isExisting, isOverridden = false, waivedBy }: JudgedFinding): boolean {
  return !isExisting && !isOverridden && waivedBy === undefined;
}
