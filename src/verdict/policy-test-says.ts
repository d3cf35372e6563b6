/** What a policy test tells when it fails: what was expected, what was found, and which file and line set it. */
import { plain } from '../facts/words.ts';
import type { Origin, Policy, RuleSetting } from '../policy/policy.ts';
import { listed, quoted } from '../policy/problem.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Expectation } from './policy-test-schema.ts';
import type { JudgedFinding, Verdict } from './verdict.ts';

/** What came of a rule in a case. */
export interface Came {
  readonly rule: AnyRule;
  readonly policy: Policy;
  readonly verdict: Verdict;
  /** Whether the policy asks for the rule. */
  readonly isAsked: boolean;
  /** Whether the rule is asked of facts of this kind at all. */
  readonly isAbout: boolean;
}

const SHOWN_FINDINGS = 3;
const SHOWN_LENGTH = 300;
const MOST = 2000;

/** What differs from what is expected, in words; null: nothing. */
export function differences(expected: Expectation, came: Came): string | null {
  const { rule, policy, verdict, isAsked } = came;
  const judged = verdict.rules.find(({ id }) => id === rule.id);
  const setting = policy.rules[rule.id];
  const level = isAsked ? (setting?.enforce ?? 'off') : 'off';
  const outcome = isAsked ? (judged?.outcome ?? 'not asked') : 'off';
  const findings = judged?.findings ?? [];
  const says = [
    ...(expected.outcome === undefined || expected.outcome === outcome
      ? []
      : [`Expected ${expected.outcome}, found ${outcome}.`]),
    ...(expected.enforce === undefined || expected.enforce === level
      ? []
      : [`Expected it to be held at ${expected.enforce}, found ${level}.`]),
    ...(expected.findings ?? []).filter((one) => !findings.some((found) => isSuch(found, one))).map(missing),
  ];
  if (says.length === 0) return null;
  const isLevelAlone = expected.outcome === undefined && expected.findings === undefined;
  const all = [...says, ...reasons(came, setting), ...(isLevelAlone ? [] : told(findings)), setBy(setting, policy)].join(' ');
  return all.length > MOST ? `${all.slice(0, MOST)}…` : all;
}

type Wanted = NonNullable<Expectation['findings']>[number];

function isSuch(found: JudgedFinding, { outcome, about, says }: Wanted): boolean {
  return (
    (outcome === undefined || outcome === found.outcome) &&
    (about === undefined || about === found.about) &&
    (says === undefined || plain(found.says).includes(says))
  );
}

function missing({ outcome, about, says }: Wanted): string {
  const which = [outcome, about === undefined ? undefined : `about ${quoted(about)}`].filter((one) => one !== undefined);
  const words = says === undefined ? '' : ` that says ${quoted(says)}`;
  return `Expected a finding${which.length === 0 ? '' : ` (${which.join(' ')})`}${words}, found none such.`;
}

function reasons({ rule, policy, isAsked, isAbout }: Came, setting: RuleSetting | undefined): readonly string[] {
  if (!isAsked && setting && setting.enforce !== 'off')
    return [`Certification is ${String(policy.certification)}, which does not ask for it.`];
  if (isAbout) return [];
  const asked = rule.on === 'contribution' ? 'contributions' : 'repositories';
  return [
    `The rule is asked of ${asked}, and these facts are of ${rule.on === 'contribution' ? 'a repository' : 'a contribution'}.`,
  ];
}

function told(findings: readonly JudgedFinding[]): readonly string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, SHOWN_FINDINGS).map(({ outcome, says }) => `${outcome}: ${cut(plain(says))}`);
  const rest = findings.length > SHOWN_FINDINGS ? ` … and ${findings.length - SHOWN_FINDINGS} more` : '';
  return [`It found ${shown.join(' / ')}${rest}`];
}

/** The files and lines behind the settings of the rule. */
function setBy(setting: RuleSetting | undefined, { groups }: Policy): string {
  const belongs = groups.length === 0 ? '' : ` The repository is in the groups ${listed(groups.map((name) => quoted(name)))}.`;
  const enforce = setting?.origins['enforce'];
  if (!setting || !enforce) return `No file says how firmly the rule is held.${belongs}`;
  const level = `enforce: ${setting.enforce} (${placeOf(enforce)})`;
  const options = Object.entries(setting.origins).filter(([name]) => name !== 'enforce' && name !== 'clause');
  const set = options.map(([name, origin]) => `${name} (${placeOf(origin)})`);
  return `Set by ${listed([level, ...set])}.${belongs}`;
}

function placeOf({ layer, source, line, group }: Origin): string {
  const place = `${layer === 'preset' ? 'preset ' : ''}${source}${line === null ? '' : `:${line}`}`;
  return group === undefined ? place : `${place}, group ${quoted(group)}`;
}

function cut(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
