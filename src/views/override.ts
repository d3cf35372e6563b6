/** A rule that a maintainer answers for: it never looks like a success, and everybody reads who, when, why and for what. */
import { OVERRIDERS } from '../policy/policy.ts';
import type { Override, RuleVerdict, Verdict } from '../verdict/verdict.ts';
import type { CheckRunEffect } from './effect.ts';
import { codeBlock, codeSpan, ownLink, quoted } from './markdown.ts';
import { citation, findingList, joinBlocks, SHOWN_FINDINGS } from './rule-section.ts';
import { overriddenFindings, sorted } from './sorted.ts';
import { waivedPart } from './waiver.ts';
import { sentence } from './words.ts';

/** The button on a check run. Pressing it changes nothing: the check then shows how it is done. */
const ACTION = { label: 'Override…', description: 'Shows how a maintainer lets it pass', identifier: 'override' } as const;

/** The same, where the policy lets nobody override: what is left is a waiver. */
const WAIVER_ACTION = {
  ...ACTION,
  label: 'Ask for a waiver…',
  description: 'Shows how an exception is asked for',
} as const;

const LONGEST_REASON = 500;

/** The section about a rule that is overridden. */
export function overriddenSection(verdict: Verdict, rule: RuleVerdict): string {
  return joinBlocks([
    `### ⚠️ Overridden: “${rule.title}”`,
    answersFor(rule, 'This is not so, and a maintainer answers for it:'),
    waivedPart(verdict, rule),
    citation(verdict, rule),
  ]);
}

/** Who answers for what in a rule, wherever the rest of it stands; empty where nobody does. */
export function answersFor(rule: RuleVerdict, lead = 'For a part of it a maintainer answers:'): string {
  const { overrides = [] } = rule;
  if (overrides.length === 0) return '';
  const findings = overriddenFindings(rule).map(({ says, about, outcome, isExisting }) => ({ says, about, outcome, isExisting }));
  return joinBlocks([
    lead,
    overrides.map(answer).join('\n'),
    findings.length === 0 ? '' : 'It covers what was found then, and nothing that came later:',
    findingList(findings, SHOWN_FINDINGS),
  ]);
}

function answer(override: Override): string {
  const { by, permission, at } = override;
  const when = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return `- **${quoted(by.login)}** (role: ${codeSpan(permission)}), ${when}: ${because(override)}`;
}

/** One line without a time and without what it covers, for texts that must not change with every push. */
export function briefAnswer(override: Override): string {
  return `**${quoted(override.by.login)}** answers for it: ${because(override)}`;
}

function because({ reason, url }: Override): string {
  const comment = ownLink('comment', url);
  return `${sentence(`“${quoted(reason, LONGEST_REASON)}”`)}${url !== null && comment !== 'comment' ? ` (${comment})` : ''}`;
}

/** How the rules that stand in the way are overridden; empty where nobody asked. */
export function overrideHelp(verdict: Verdict): string {
  if (verdict.help !== 'override') return '';
  const ids = inTheWay(verdict).map(({ id }) => id);
  if (verdict.policy.mayOverride === 'nobody') {
    return joinBlocks(['### How to override', 'The policy of this organization lets nobody override a rule.', waiverHelp(ids)]);
  }
  if (ids.length === 0) return '';
  const rules = ids.map((id) => `/steward override ${id} because …`);
  return joinBlocks([
    '### How to override',
    `Comment on this pull request with ${rules.length === 1 ? 'this line' : 'one of these lines, or with several'}, and put the reason in place of the dots:`,
    codeBlock(rules, 'text'),
    `It counts when the writer has the role ${roles(verdict)} on this repository, and no part in the work. Who, when and why is kept and shown here. It covers what is found now; what is pushed later is judged anew.`,
    waiverHelp(ids),
  ]);
}

/** How a waiver is asked for, and what sets it apart; empty where nothing is in the way. */
function waiverHelp(ids: readonly string[]): string {
  if (ids.length === 0) return '';
  return joinBlocks([
    `Where the rule does not fit this repository for longer, ask for a waiver. An override lets this pull request pass; a waiver is an exception with a last day, approved in the policy repository by somebody else than who asks:`,
    codeBlock(
      ids.map((id) => `/steward waive ${id} until YYYY-MM-DD because …`),
      'text',
    ),
  ]);
}

function roles({ policy }: Verdict): string {
  const roles = OVERRIDERS.slice(1, OVERRIDERS.indexOf(policy.mayOverride) + 1).map((role) => codeSpan(role));
  return roles.length < 2 ? roles.join('') : `${roles.slice(0, -1).join(', ')} or ${roles.at(-1) ?? ''}`;
}

function inTheWay({ rules }: Verdict): readonly RuleVerdict[] {
  const { toFix, waiting } = sorted(rules);
  return [...toFix, ...waiting.filter(({ enforce }) => enforce === 'block')];
}

/** The buttons of a check run: one, where a required rule fails on a pull request; it says which way there is out of it. */
export function actions(verdicts: readonly Verdict[]): Pick<CheckRunEffect, 'actions'> {
  const failing = verdicts.filter(
    ({ subject, rules }) => subject.kind === 'pull-request' && subject.number > 0 && sorted(rules).toFix.length > 0,
  );
  if (failing.length === 0) return {};
  return { actions: [failing.some(({ policy }) => policy.mayOverride !== 'nobody') ? ACTION : WAIVER_ACTION] };
}
