/** The check run on the commit that breaks a policy file: every problem on its line, with the next step. */
import type { Problem } from '../policy/policy.ts';
import { externalId } from './check-run.ts';
import type { Annotation, CheckRunEffect } from './effect.ts';
import { cut, cutBytes, fitMarkdown, LIMITS } from './fit.ts';
import { codeSpan, quoted } from './markdown.ts';
import { visible } from '../facts/words.ts';
import { joinBlocks } from './rule-section.ts';
import { counted } from './words.ts';

export const POLICY_CHECK_NAME = 'Steward policy';

export interface PolicyCheckOptions {
  readonly name?: string;
  readonly detailsUrl?: string | null;
  /** `OWNER/REPO` that the commit belongs to: problems of files elsewhere are told, but cannot be annotated. */
  readonly repository?: string;
  /** False: no earlier version of the file parsed. */
  readonly hasLastGood?: boolean;
}

/** The check run for the problems of the policy files at a commit; none means that the files are in force. */
export function policyCheck(sha: string, problems: readonly Problem[], options: PolicyCheckOptions = {}): CheckRunEffect {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const run = {
    kind: 'check-run',
    name: cut(options.name ?? POLICY_CHECK_NAME, LIMITS.checkName),
    sha,
    conclusion: errors.length > 0 ? 'failure' : problems.length > 0 ? 'neutral' : 'success',
    title: title(errors.length, problems.length - errors.length),
    summary: fitMarkdown(summary(errors.length, problems.length, options.hasLastGood ?? true), ''),
    text: fitMarkdown(problems.length === 0 ? '' : table(problems), 'More problems follow when these are solved.'),
    annotations: problems.flatMap((problem) => annotation(problem, options.repository)),
    detailsUrl: options.detailsUrl ?? null,
  } as const;
  return { ...run, externalId: externalId(run) };
}

function title(errors: number, notices: number): string {
  if (errors > 0) return `${counted(errors, 'problem')} to fix in the policy file`;
  return notices > 0 ? `The policy is valid, with ${counted(notices, 'notice')}` : 'The policy file is valid';
}

function summary(errors: number, all: number, hasLastGood: boolean): string {
  if (errors > 0) {
    const before = hasLastGood
      ? 'the last version that could be read'
      : "the newest earlier version that can be read, or else Steward's baseline, observing only";
    return joinBlocks([
      `**This version of the policy file is not used.** Until it is mended, ${before} stays in force, so nothing is left unguarded and nobody is blocked by a typing error.`,
      `Fix the ${errors === 1 ? 'line' : 'lines'} below and push. To check before pushing:`,
      '```sh\nsteward policy validate .github/steward.yml\n```',
    ]);
  }
  if (all > 0) return 'The policy file can be read and is used. Some of its values have no effect; they are listed below.';
  return '✅ The policy file can be read. It governs from the moment it is on the default branch.';
}

function table(problems: readonly Problem[]): string {
  const rows = problems.map((problem) => {
    const where = `${codeSpan(problem.source, { inTable: true })} ${problem.line}:${problem.column}`;
    const path = problem.path === '' ? 'whole file' : codeSpan(problem.path, { inTable: true });
    const hint = problem.hint === null ? '' : quoted(problem.hint, 400);
    return `| ${where} | ${path} | ${problem.severity === 'error' ? '' : '(no effect) '}${quoted(problem.message, 400)} | ${hint} |`;
  });
  return ['| Where | Setting | What was found | What to do |', '|---|---|---|---|', ...rows].join('\n');
}

function annotation(problem: Problem, repository: string | undefined): Annotation[] {
  const [, home, inside] = /^([\w.-]+\/[\w.-]+):(.+)$/s.exec(problem.source) ?? [];
  if (home !== undefined && repository !== undefined && home.toLowerCase() !== repository.toLowerCase()) return [];
  const message = [problem.message, problem.hint]
    .filter((text) => text !== null)
    .map(visible)
    .join('\n');
  return [
    {
      path: inside ?? problem.source,
      start_line: problem.line,
      end_line: problem.line,
      annotation_level: problem.severity === 'error' ? 'failure' : 'warning',
      message: cutBytes(message, LIMITS.annotationMessage),
      title: cut(visible(problem.path === '' ? 'Policy file' : problem.path), LIMITS.annotationTitle),
    },
  ];
}
