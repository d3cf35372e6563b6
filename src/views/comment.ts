/** The one comment on a pull request. It holds nothing that a push alone changes: no commit, no count, no date. */
import type { RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { COMMENT_MARKER, type CommentEffect } from './effect.ts';
import { fitMarkdown } from './fit.ts';
import { markdown, ownLink } from './markdown.ts';
import { checksUrl } from './places.ts';
import { citation, joinBlocks, reason, SHOWN_FINDINGS } from './rule-section.ts';
import { sorted } from './sorted.ts';
import { LEVEL_NAMES, ownFailures, sentence } from './words.ts';

/**
 * The comment for a pull request's verdict; null for other subjects, and while nothing is known to fail but something is
 * not known yet: what stands there stays.
 */
export function comment(verdict: Verdict): CommentEffect | null {
  if (verdict.subject.kind !== 'pull-request') return null;
  const { toFix, toConsider, waiting } = sorted(verdict.rules);
  const failing = [...toFix, ...toConsider];
  if (failing.length === 0 && waiting.length > 0) return null;
  const text = failing.length > 0 ? toDo(verdict, failing, toFix.length > 0) : allWell;
  const body = fitMarkdown(`${COMMENT_MARKER}\n${text}`, 'The rest is in the checks of this pull request.');
  return { kind: 'comment', number: verdict.subject.number, body, mode: failing.length > 0 ? 'upsert' : 'edit-only' };
}

const allWell = `### ✅ All well

What was asked for here is in place. There is nothing left to do.`;

function toDo(verdict: Verdict, failing: readonly RuleVerdict[], mustFix: boolean): string {
  const checks = ownLink('**Checks** tab', checksUrl(verdict));
  return joinBlocks([
    mustFix ? '### This pull request needs a fix' : '### Something to consider in this pull request',
    ...failing.map((rule) => ruleSection(verdict, rule)),
    `The ${checks} has the details, with the exact commands for this branch. After a push, Steward looks again by itself and updates this comment.`,
  ]);
}

function ruleSection(verdict: Verdict, rule: RuleVerdict): string {
  const sign = rule.enforce === 'block' ? '❌' : '⚠️';
  const firmness = rule.enforce === 'warn' ? ' This does not stop the merge.' : '';
  const isTold = rule.on === 'repository' && ownFailures(rule).every((finding) => finding.fix !== undefined);
  return joinBlocks([
    `${sign} **${LEVEL_NAMES[rule.enforce]}: ${sentence(rule.title)}**${firmness} ${reason(rule)}`,
    rule.on === 'repository' ? lasting(rule) : '',
    isTold ? '' : `**To fix it:** ${rule.fix.trim()}`,
    citation(verdict, rule, false),
  ]);
}

/** Findings about files keep their names from push to push; findings about commits do not, and are told by the check. */
function lasting(rule: RuleVerdict): string {
  const failures = [...ownFailures(rule)].sort((a, b) => (a.about < b.about ? -1 : 1));
  const lines = failures.slice(0, SHOWN_FINDINGS).map((finding) => {
    const fix = finding.fix ? ` ${sentence(markdown(finding.fix))}` : '';
    return `- ${sentence(markdown(finding.says))}${fix}`;
  });
  return [...lines, ...(failures.length > SHOWN_FINDINGS ? ['- …and more.'] : [])].join('\n');
}
