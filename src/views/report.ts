/** A whole verdict in Markdown: a summary that asks for action, and details that tell the rest. */
import type { RuleVerdict, Verdict } from '../verdict/verdict.ts';
import { judgedBy } from './judged-by.ts';
import { markdown, quoted } from './markdown.ts';
import { citation, findingList, fineLine, joinBlocks, reason, SHOWN_FINDINGS } from './rule-section.ts';
import { answersFor, overriddenSection, overrideHelp } from './override.ts';
import { firmness } from './firmness.ts';
import { pauseSection } from './pause.ts';
import { refusedSection } from './refused.ts';
import { needsPerson, ownFailures, ownUnknown, sorted } from './sorted.ts';
import { otherWaivers, waivedPart, waivedSection } from './waiver.ts';
import {
  conclusionName,
  counted,
  headline,
  isEither,
  LEVEL_NAMES,
  OUTCOME_NAMES,
  PHRASES,
  ruleHeadline,
  sentence,
} from './words.ts';

/** The whole verdict as one document, as `--format md` prints it. */
export function report(verdict: Verdict): string {
  const { subject } = verdict;
  const since = `, since ${quoted(verdict.circumstances.baseRef ?? 'the base')}`;
  // The commits of a clone have no number.
  const number = subject.kind === 'repository' ? '' : subject.number === 0 ? since : `, pull request ${subject.number}`;
  const title = `# ${quoted(`${subject.owner}/${subject.repo}`)}${number}: ${conclusionName(verdict).toLowerCase()}`;
  return `${joinBlocks([title, `**${quoted(headline(verdict))}**`, summary(verdict), details(verdict)])}\n`;
}

/** What is asked of the reader, firmest first. */
export function summary(verdict: Verdict): string {
  const { toFix, toConsider, waiting, overridden, waived } = sorted(verdict.rules);
  const failing = [...toFix, ...toConsider].filter((rule) => isEither(verdict, [rule]));
  const sections = [
    ...(failing.length > 0 ? [PHRASES.either] : []),
    ...(verdict.help === undefined ? [] : [overrideHelp(verdict)]),
    ...toFix.map((rule) => asked(verdict, rule, '❌')),
    ...waiting.map((rule) => notYet(verdict, rule)),
    ...toConsider.map((rule) => asked(verdict, rule, '⚠️')),
    ...overridden.map((rule) => overriddenSection(verdict, rule)),
  ];
  return joinBlocks([
    pauseSection(verdict),
    ...(sections.length > 0 ? sections : [quiet(verdict)]),
    ...waived.map((rule) => waivedSection(verdict, rule)),
  ]);
}

/** Everything that is told but not asked: long lists, what is only observed, what was so before, what is fine. */
export function details(verdict: Verdict): string {
  const { toFix, toConsider, observed, existing, fine } = sorted(verdict.rules);
  const long = [...toFix, ...toConsider].filter((rule) => ownFailures(rule).length > SHOWN_FINDINGS);
  return joinBlocks([
    refusedSection(verdict),
    ...long.map((rule) =>
      joinBlocks([`### All ${ownFailures(rule).length} to fix: ${rule.title}`, findingList(ownFailures(rule))]),
    ),
    heading(
      PHRASES.notHeld,
      PHRASES.notHeldWhy,
      observed.map((rule) => told(verdict, rule, false)),
    ),
    heading(
      PHRASES.before,
      PHRASES.beforeWhy,
      existing.map((rule) => told(verdict, rule, true)),
    ),
    folded(fine),
    judgedBy(verdict),
  ]);
}

function asked(verdict: Verdict, rule: RuleVerdict, sign: string): string {
  const failures = ownFailures(rule);
  const unknown = ownUnknown(rule);
  const title = ruleHeadline(rule);
  const below = ', listed in the details below';
  const merge = rule.enforce === 'warn' ? ' This does not stop the merge.' : '';
  const hasFix = failures.some(
    (finding) => finding.fix !== undefined || (finding.commands?.length ?? 0) > 0 || finding.reply !== undefined,
  );
  return joinBlocks([
    `### ${sign} ${quoted(title)}`,
    `**${LEVEL_NAMES[rule.enforce]}${title.startsWith(rule.title) ? '' : `: ${rule.title}`}.**${merge} ${spaced(firmness(rule))}${reason(rule)}`,
    otherWaivers(verdict, rule),
    findingList(failures, SHOWN_FINDINGS, below),
    hasFix ? '' : `**To fix it:** ${rule.fix}`,
    unknown
      .map(({ says, fix }) => `- ⏳ ${sentence(markdown(says))} ${fix ? sentence(markdown(fix)) : PHRASES.tryAgain}`)
      .join('\n'),
    answersFor(rule),
    waivedPart(verdict, rule),
    citation(verdict, rule),
  ]);
}

function spaced(text: string): string {
  return text === '' ? '' : `${text} `;
}

function notYet(verdict: Verdict, rule: RuleVerdict): string {
  const { circumstances } = verdict;
  const unknown = ownUnknown(rule);
  return joinBlocks([
    `### ⏳ Not known yet: ${rule.title}`,
    otherWaivers(verdict, rule),
    findingList(unknown, SHOWN_FINDINGS, ''),
    waivedPart(verdict, rule),
    needsPerson(rule) ? PHRASES.settle : circumstances.isClone || circumstances.url === null ? PHRASES.clone : PHRASES.notYours,
  ]);
}

function quiet(verdict: Verdict): string {
  const { fine, waived, observed, existing } = sorted(verdict.rules);
  if (verdict.rules.length === 0) return `The policy has no rule for this. ${PHRASES.nothingToDo}`;
  const has = (count: number): string => (count === 1 ? 'has' : 'have');
  const also = [
    waived.length > 0 ? `${counted(waived.length, 'rule')} ${waived.length === 1 ? 'is' : 'are'} waived` : '',
    observed.length > 0 ? `${counted(observed.length, 'observed rule')} ${has(observed.length)} something to tell` : '',
    existing.length > 0 ? `${counted(existing.length, 'rule')} ${has(existing.length)} failed on the base branch before` : '',
  ].filter((text) => text !== '');
  const more = also.length > 0 ? ` For information, below: ${also.join('; ')}.` : '';
  return joinBlocks([
    `${observed.length + waived.length > 0 ? 'ℹ️' : '✅'} ${PHRASES.nothingToDo}${more}`,
    fine
      .map((rule) => `- ${sentence(rule.title)}${rule.outcome === 'exempt' ? ` *(${OUTCOME_NAMES.exempt.toLowerCase()})*` : ''}`)
      .join('\n'),
  ]);
}

function heading(title: string, why: string, sections: readonly string[]): string {
  return sections.length === 0 ? '' : joinBlocks([`### ${title}`, why, ...sections]);
}

/** A rule that is told for information: observed, or failing on the base already. */
function told(verdict: Verdict, rule: RuleVerdict, isExisting: boolean): string {
  const findings = rule.findings.filter(
    ({ outcome, waivedBy, ...finding }) =>
      finding.isExisting === isExisting && waivedBy === undefined && (outcome === 'fail' || outcome === 'unknown'),
  );
  return joinBlocks([
    `**${sentence(rule.title)}** ${spaced(isExisting ? '' : firmness(rule))}${reason(rule)}`,
    isExisting ? '' : otherWaivers(verdict, rule),
    findingList(findings, 10 * SHOWN_FINDINGS),
    isExisting ? '' : waivedPart(verdict, rule),
    citation(verdict, rule),
  ]);
}

function folded(fine: readonly RuleVerdict[]): string {
  if (fine.length === 0) return '';
  return joinBlocks([
    '<details>',
    `<summary>${counted(fine.length, 'rule')} ${fine.length === 1 ? 'passes' : 'pass'}</summary>`,
    fine.map(fineLine).join('\n'),
    '</details>',
  ]);
}
