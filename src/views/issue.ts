/** The one issue of a repository: a list kept current, that closes itself and chases nobody. */
import type { JudgedFinding, RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { ISSUE_MARKER, type IssueEffect } from './effect.ts';
import { firmness } from './firmness.ts';
import { cut, fitMarkdown, LIMITS } from './fit.ts';
import { codeSpan, markdown, ownLink } from './markdown.ts';
import { createUrl, editUrl, originUrl } from './places.ts';
import { citation, joinBlocks, reason } from './rule-section.ts';
import { needsPerson, ownFailures, sorted } from './sorted.ts';
import { otherWaivers, waivedEntry } from './waiver.ts';
import { PHRASES, sentence } from './words.ts';

const LISTED_FINDINGS = 100;

/** The issue for a repository's verdict; null for other subjects, and while nothing is known to fail but something is not known yet. */
export function issue(verdict: Verdict): IssueEffect | null {
  if (verdict.subject.kind !== 'repository') return null;
  const state = issueState(verdict.rules);
  if (state === null) return null;
  const text = state === 'open' ? openBody(verdict) : settledBody(verdict);
  return {
    kind: 'issue',
    title: cut(`Open source upkeep for ${verdict.subject.repo}`, LIMITS.issueTitle),
    body: fitMarkdown(
      `${ISSUE_MARKER}\n${text}`,
      'The list is longer than an issue can hold; the rest follows when these are done.',
    ),
    state,
  };
}

/** Whether these rules of a repository want its issue open; null: nothing is known to fail, and something is not known yet. */
export function issueState(rules: readonly RuleVerdict[]): IssueEffect['state'] | null {
  const { toFix, toConsider, waiting } = sorted(rules);
  if (toFix.length + toConsider.length > 0) return 'open';
  return waiting.length > 0 ? null : 'closed';
}

function settledBody(verdict: Verdict): string {
  const waived = waivedList(verdict);
  if (waived === '') return `${SETTLED}\n\n${AGAIN}`;
  return joinBlocks([SETTLED_BY_WAIVERS, waived, `${AGAIN} That is also so when a waiver ends.`]);
}

const SETTLED = '**All settled.** Every rule that is asked of this repository passes. There is nothing left to do.';
const SETTLED_BY_WAIVERS =
  '**Nothing left to do.** Every rule that is asked of this repository passes, or what fails in it is waived for now.';
const AGAIN = 'Should something need care again, Steward reopens this issue instead of opening another.';

/** What is waived, without tasks; empty where nothing is. */
function waivedList({ rules }: Verdict): string {
  const entries = rules.map(waivedEntry).filter((entry) => entry !== '');
  return entries.length === 0
    ? ''
    : joinBlocks([
        '#### Waived',
        'This is not as the policy asks, and the organization accepts it for now. Nobody has to mend it.',
        entries.join('\n'),
      ]);
}

function openBody(verdict: Verdict): string {
  const { toFix, toConsider, waiting } = sorted(verdict.rules);
  const count = (rules: readonly RuleVerdict[]): number => rules.flatMap(ownFailures).length;
  const counts = [
    toFix.length > 0 ? `${count(toFix)} to fix` : '',
    toConsider.length > 0 ? `${count(toConsider)} to consider` : '',
  ].filter((text) => text !== '');
  return joinBlocks([
    `**${counts.join(', ')}.** Steward keeps this list current and closes the issue when nothing is left. No one will chase you.`,
    ...toFix.map((rule) => ruleItems(verdict, rule, '')),
    ...toConsider.map((rule) => ruleItems(verdict, rule, '*Consider:* ')),
    ...waiting.map((rule) => `⏳ Not known yet: ${sentence(rule.title)} ${needsPerson(rule) ? '' : PHRASES.tryAgain}`.trimEnd()),
    waivedList(verdict),
    wrongHere(verdict, [...toFix, ...toConsider]),
  ]);
}

function ruleItems(verdict: Verdict, rule: RuleVerdict, lead: string): string {
  const failures = ownFailures(rule);
  const items = failures.slice(0, LISTED_FINDINGS).map((finding) => `- [ ] ${lead}${item(verdict, finding)}`);
  if (failures.length > LISTED_FINDINGS) items.push(`- …and ${failures.length - LISTED_FINDINGS} more.`);
  const hasFix = failures.some((finding) => finding.fix !== undefined);
  return joinBlocks([
    `#### ${rule.title}`,
    items.join('\n'),
    otherWaivers(verdict, rule),
    firmness(rule),
    hasFix ? reason(rule) : `${reason(rule)}\n\n**To fix it:** ${rule.fix.trim()}`,
    citation(verdict, rule, false),
  ]);
}

function item(verdict: Verdict, finding: JudgedFinding): string {
  const fix = finding.fix ? ` ${sentence(markdown(finding.fix))}` : '';
  return `${sentence(markdown(finding.says))}${fix}${action(verdict, finding)}`;
}

/** A link to the page where the smallest mending step is made. */
function action(verdict: Verdict, { create, location }: JudgedFinding): string {
  const isNew = create !== undefined;
  const path = create ?? location?.path;
  const url = path === undefined ? null : isNew ? createUrl(verdict, path) : editUrl(verdict, path);
  if (path === undefined || url === null) return '';
  return ` ${ownLink(`${isNew ? 'Create' : 'Edit'} ${codeSpan(path)}`, url)}`;
}

function wrongHere(verdict: Verdict, rules: readonly RuleVerdict[]): string {
  const origin = rules.find((rule) => rule.origin !== null)?.origin ?? null;
  const url = origin === null ? null : originUrl(verdict, origin, false);
  const rule = ownLink('the policy that asks for this', url);
  const [first] = rules;
  const waive = codeSpan(`/steward waive ${first?.id ?? 'RULE'} until YYYY-MM-DD because …`);
  return `**Wrong here?** If a rule does not fit this repository for a time, ask for a waiver with a comment: ${waive}. Close this issue as “not planned” and Steward leaves it alone. If a rule itself seems wrong, propose a change to ${rule}.`;
}
