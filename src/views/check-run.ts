/** The check run: in ten seconds what is so, why it matters and the command that fixes it; then everything else. */
import { createHash } from 'node:crypto';
import { plain } from '../facts/words.ts';
import { CONCLUSIONS, type Conclusion, type RuleVerdict, type Verdict } from '../verdict/verdict.ts';
import { EXTERNAL_ID_PREFIX, type Annotation, type CheckRunEffect } from './effect.ts';
import { cut, cutBytes, fitMarkdown, LIMITS, READABLE_TITLE } from './fit.ts';
import { codeSpan, ownLink, quoted } from './markdown.ts';
import { actions } from './override.ts';
import { repositoryUrl } from './places.ts';
import { joinBlocks } from './rule-section.ts';
import { details, summary } from './report.ts';
import { ownFailures } from './sorted.ts';
import { counted, headline, LEVEL_NAMES } from './words.ts';

/**
 * The check run for a commit. Several verdicts only when open pull requests share it: the worst conclusion wins and
 * every pull request has a section. At least one verdict is needed.
 */
export function checkRun(verdicts: readonly Verdict[], detailsUrl: string | null = null): CheckRunEffect {
  const [first, ...others] = [...verdicts].sort(worstFirst);
  if (!first) throw new Error('A check run needs at least one verdict.');
  const all = [first, ...others];
  const isShared = others.length > 0;
  const run = {
    kind: 'check-run',
    name: cut(first.policy.checkName, LIMITS.checkName),
    sha: first.sha,
    conclusion: first.conclusion,
    title: cut(isShared ? sharedTitle(all) : headline(first), LIMITS.checkTitle),
    summary: fitMarkdown(isShared ? shared(all, summary) : summary(first), leftOut(first)),
    text: fitMarkdown(isShared ? shared(all, details) : details(first), leftOut(first)),
    annotations: distinct(all.flatMap((verdict) => verdict.rules.flatMap(annotationsOf))),
    detailsUrl,
    ...actions(all),
  } as const;
  return { ...run, externalId: externalId(run) };
}

/** A hidden key that equal content shares; its last part tells the annotations alone, because GitHub can only add to those. */
export function externalId(run: Omit<CheckRunEffect, 'externalId'>): string {
  const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
  const annotations = run.annotations.length === 0 ? 'none' : hash(run.annotations).slice(0, 16);
  const { name, sha, conclusion, title, summary: asked, text, detailsUrl } = run;
  const buttons = run.actions ? [run.actions] : [];
  return `${EXTERNAL_ID_PREFIX}${hash([name, sha, conclusion, title, asked, text, detailsUrl, ...buttons])}:${annotations}`;
}

function worstFirst(a: Verdict, b: Verdict): number {
  const rank = (conclusion: Conclusion): number => CONCLUSIONS.indexOf(conclusion);
  return rank(b.conclusion) - rank(a.conclusion) || numberOf(a) - numberOf(b);
}

function numberOf({ subject }: Verdict): number {
  return subject.kind === 'repository' ? 0 : subject.number;
}

function sharedTitle(verdicts: readonly Verdict[]): string {
  const [worst] = verdicts;
  if (!worst) return '';
  if (worst.conclusion === 'success') return `All well on ${counted(verdicts.length, 'pull request')}`;
  const number = `#${numberOf(worst)}: `;
  return number + cut(headline(worst), READABLE_TITLE - number.length);
}

function shared(verdicts: readonly Verdict[], view: (verdict: Verdict) => string): string {
  const intro = `${counted(verdicts.length, 'open pull request')} share this commit, and so this check. It shows the worst of them.`;
  return joinBlocks([intro, ...verdicts.map((verdict) => joinBlocks([sectionTitle(verdict), view(verdict)]))]);
}

function sectionTitle(verdict: Verdict): string {
  const repository = repositoryUrl(verdict);
  const number = numberOf(verdict);
  const label = ownLink(`Pull request ${number}`, repository === null ? null : `${repository}/pull/${number}`);
  return `## ${label}${verdict.circumstances.title === null ? '' : `: ${quoted(verdict.circumstances.title)}`}`;
}

function leftOut(verdict: Verdict): string {
  const path =
    verdict.subject.kind === 'repository' ? 'steward check' : `steward check --base ${verdict.circumstances.baseRef ?? 'BASE'}`;
  return `**The list is longer than GitHub can show.** What is left out here needs the same fixes; ${codeSpan(path)} lists everything.`;
}

function annotationsOf(rule: RuleVerdict): readonly Annotation[] {
  if (rule.enforce === 'observe') return [];
  return ownFailures(rule).flatMap((finding): Annotation[] => {
    if (!finding.location) return [];
    const line = finding.location.line ?? 1;
    const fix = finding.fix ? ` ${plain(finding.fix)}` : '';
    const commands = (finding.commands ?? []).map((command) => `\n  ${command}`).join('');
    return [
      {
        path: finding.location.path,
        start_line: line,
        end_line: line,
        annotation_level: rule.enforce === 'block' ? 'failure' : 'warning',
        message: cutBytes(`${plain(finding.says)}${fix}${commands}`, LIMITS.annotationMessage),
        title: cut(`${LEVEL_NAMES[rule.enforce]}: ${rule.title}`, LIMITS.annotationTitle),
      },
    ];
  });
}

function distinct(annotations: readonly Annotation[]): readonly Annotation[] {
  return [...new Map(annotations.map((annotation) => [JSON.stringify(annotation), annotation])).values()];
}
