/** The one comment on a pull request. It holds nothing that a push alone changes: no commit, no count, no date. */
import type { JudgedFinding, RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { COMMENT_MARKER, type CommentEffect } from './effect.ts';
import { firmness } from './firmness.ts';
import { fitMarkdown } from './fit.ts';
import { markdown, ownLink } from './markdown.ts';
import { briefAnswer } from './override.ts';
import { checksUrl } from './places.ts';
import { replyBlock } from './reply.ts';
import { citation, joinBlocks, reason, SHOWN_FINDINGS } from './rule-section.ts';
import { ownFailures, sorted } from './sorted.ts';
import { otherWaivers, waivedLine } from './waiver.ts';
import { isEither, LEVEL_NAMES, PHRASES, sentence } from './words.ts';

/** People are named as long as anybody reads the list. */
const SHOWN_PEOPLE = 20;

/**
 * The comment for a pull request's verdict; null for other subjects, and while nothing is known to fail but something is
 * not known yet: what stands there stays.
 */
export function comment(verdict: Verdict): CommentEffect | null {
  if (verdict.subject.kind !== 'pull-request') return null;
  const { toFix, toConsider, waiting } = sorted(verdict.rules);
  const failing = [...toFix, ...toConsider];
  if (failing.length === 0 && waiting.length > 0) return null;
  const text = failing.length > 0 ? toDo(verdict, failing, toFix.length > 0) : settled(verdict);
  const body = fitMarkdown(`${COMMENT_MARKER}\n${text}`, 'The rest is in the checks of this pull request.');
  return { kind: 'comment', number: verdict.subject.number, body, mode: failing.length > 0 ? 'upsert' : 'edit-only' };
}

/** Nothing is asked any more: because all is well, or because what is not is answered for or waived. */
function settled(verdict: Verdict): string {
  const { overridden, waived } = sorted(verdict.rules);
  if (overridden.length + waived.length === 0) {
    return joinBlocks(['### ✅ All well', 'What was asked for here is in place. There is nothing left to do.', thanks(verdict)]);
  }
  return joinBlocks([
    '### Nothing left to do',
    ...overridden.map(overriddenLine),
    ...verdict.rules.map(waivedLine),
    thanks(verdict),
  ]);
}

function toDo(verdict: Verdict, failing: readonly RuleVerdict[], mustFix: boolean): string {
  const checks = ownLink('**Checks** tab', checksUrl(verdict));
  return joinBlocks([
    mustFix ? '### This pull request needs a fix' : '### Something to consider in this pull request',
    failing.some((rule) => isEither(verdict, [rule])) ? PHRASES.either : '',
    ...failing.map((rule) => ruleSection(verdict, rule)),
    ...sorted(verdict.rules).overridden.map(overriddenLine),
    ...verdict.rules.filter(({ enforce }) => enforce !== 'observe').map(waivedLine),
    thanks(verdict),
    `The ${checks} has the details, with the exact commands for this branch. After a push, Steward looks again by itself and updates this comment.`,
  ]);
}

/** Said once, by an edit: whoever was asked by name and has done it is told that it arrived. */
function thanks({ rules }: Verdict): string {
  const done = rules.filter(
    ({ on, outcome, findings }) =>
      on === 'contribution' && outcome === 'pass' && findings.some((one) => one.isLasting && one.outcome === 'pass'),
  );
  return done.map(({ title }) => `✅ ${sentence(title)} Thank you.`).join('\n\n');
}

function overriddenLine({ title, overrides = [] }: RuleVerdict): string {
  return `⚠️ **Overridden: “${title}”.** ${overrides.map(briefAnswer).join(' ')}`.trimEnd();
}

function ruleSection(verdict: Verdict, rule: RuleVerdict): string {
  const sign = rule.enforce === 'block' ? '❌' : '⚠️';
  const merge = rule.enforce === 'warn' ? ' This does not stop the merge.' : '';
  const held = firmness(rule);
  const isTold = ownFailures(rule).every((one) => (rule.on === 'repository' ? one.fix !== undefined : isSigning(one)));
  return joinBlocks([
    `${sign} **${LEVEL_NAMES[rule.enforce]}: ${sentence(rule.title)}**${merge} ${held === '' ? '' : `${held} `}${reason(rule)}`,
    otherWaivers(verdict, rule),
    rule.on === 'repository' ? aboutFiles(rule) : aboutPeople(rule),
    isTold ? '' : `**To fix it:** ${rule.fix.trim()}`,
    replies(rule),
    citation(verdict, rule, false),
  ]);
}

/** Findings about files keep their names from push to push. */
function aboutFiles(rule: RuleVerdict): string {
  const failures = [...ownFailures(rule)].sort((a, b) => (a.about < b.about ? -1 : 1));
  return list(
    failures.map((finding) => {
      const fix = finding.fix ? ` ${sentence(markdown(finding.fix))}` : '';
      return `${sentence(markdown(finding.says))}${fix}`;
    }),
    SHOWN_FINDINGS,
  );
}

/** Findings about people do too, so that nobody who signed wonders what is still open; those about commits are told by the check. */
function aboutPeople(rule: RuleVerdict): string {
  const lasting = [...ownFailures(rule)].filter((finding) => finding.isLasting).sort((a, b) => (a.about < b.about ? -1 : 1));
  const items = lasting.flatMap(({ briefly }) => (briefly ? [sentence(markdown(briefly))] : []));
  return list(items, SHOWN_PEOPLE);
}

function list(items: readonly string[], most: number): string {
  const lines = items.slice(0, most).map((item) => `- ${item}`);
  return [...lines, ...(items.length > most ? ['- …and more.'] : [])].join('\n');
}

/** Somebody who is named can mend it with a line. */
function isSigning({ isLasting, reply }: JudgedFinding): boolean {
  return isLasting === true && reply !== undefined;
}

/** The lines that help, each once, whomever they concern. */
function replies(rule: RuleVerdict): string {
  const steps = ownFailures(rule).map(({ reply, page }) => ({
    ...(reply === undefined ? {} : { reply }),
    ...(page === undefined ? {} : { page }),
  }));
  const failures = ownFailures(rule);
  const isPersonal = failures.some(({ isLasting }) => isLasting);
  const lead = failures.every(isSigning) ? '**To fix it:** ' : isPersonal ? '' : 'Or, for commits of your own, ';
  const blocks = [...new Set(steps.map((step) => replyBlock(step, lead)))].filter((block) => block !== '').sort();
  return joinBlocks(blocks.slice(0, SHOWN_FINDINGS));
}
