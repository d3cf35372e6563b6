/** The check run on a policy file: every problem on its line, how its tests went, and what the change would do. */
import type { Policy, Problem } from '../policy/policy.ts';
import { worst } from '../verdict/judge.ts';
import { softened } from '../verdict/paused.ts';
import type { TestRun } from '../verdict/policy-test.ts';
import type { Conclusion } from '../verdict/verdict.ts';
import { externalId } from './check-run.ts';
import type { Annotation, CheckRunEffect } from './effect.ts';
import { cut, cutBytes, fitMarkdown, LIMITS, READABLE_TITLE } from './fit.ts';
import { codeSpan, quoted } from './markdown.ts';
import { testProblems, testsHeadline, testsSection } from './policy-tests.ts';
import { previewHeadline } from './preview-lines.ts';
import { previewConclusion, previewSection, type ReportedPreview } from './preview.ts';
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
  /** What the change would do; left out: it was not previewed. */
  readonly preview?: ReportedPreview;
  /** How the policy tests went; left out: there are none. */
  readonly tests?: TestRun;
  /** While the policy is paused, no check fails; left out: it is not. */
  readonly paused?: Policy['paused'];
}

const NO_TESTS: TestRun = { results: [], problems: [] };

/** The check run for the policy files at a commit: their problems, their tests, and what the change would do. */
export function policyCheck(sha: string, problems: readonly Problem[], options: PolicyCheckOptions = {}): CheckRunEffect {
  const { preview, tests = NO_TESTS, paused = null } = options;
  const all = distinct([...problems, ...tests.problems]);
  const run = {
    kind: 'check-run',
    name: cut(options.name ?? POLICY_CHECK_NAME, LIMITS.checkName),
    sha,
    conclusion: softened(conclusion(problems, tests, preview), { paused }),
    title: cut(title(problems, tests, preview), READABLE_TITLE),
    summary: fitMarkdown(summary(problems, tests, options), 'The rest is on the page with the whole list.'),
    text: fitMarkdown(all.length === 0 ? '' : table(all), 'More problems follow when these are solved.'),
    annotations: distinct([...problems, ...testProblems(tests)]).flatMap((problem) => annotation(problem, options.repository)),
    detailsUrl: options.detailsUrl ?? preview?.page ?? null,
  } as const;
  return { ...run, externalId: externalId(run) };
}

function conclusion(problems: readonly Problem[], tests: TestRun, preview: ReportedPreview | undefined): Conclusion {
  const own: Conclusion = errorsOf(problems) > 0 ? 'failure' : problems.length > 0 ? 'neutral' : 'success';
  const tested: Conclusion = testsHeadline(tests) !== '' ? 'failure' : tests.isWithheld === true ? 'neutral' : 'success';
  return worst([own, tested, preview ? previewConclusion(preview) : 'success']);
}

/** A problem that is told twice is shown once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function errorsOf(problems: readonly Problem[]): number {
  return problems.filter((problem) => problem.severity === 'error').length;
}

/** What is wrong in waivers and policy tests, which lie beside the policy file, does not keep that from being used. */
function isBeside({ source }: Problem): boolean {
  return source.includes(':.github/steward/') || isTest(source);
}

function isTest(source: string): boolean {
  return /\.test\.ya?ml$/.test(source);
}

/** What is worst comes first. */
function title(problems: readonly Problem[], tests: TestRun, preview: ReportedPreview | undefined): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const own = errors.filter((problem) => !isBeside(problem)).length;
  if (own > 0) return `${counted(own, 'problem')} to fix in the policy file`;
  if (errors.length > 0) {
    const isOfTests = errors.every(({ source }) => isTest(source));
    return `${counted(errors.length, 'problem')} to fix in ${isOfTests ? 'policy tests' : 'waivers'}`;
  }
  const failing = testsHeadline(tests);
  if (failing !== '') return failing;
  if (preview && previewConclusion(preview) !== 'success') return previewHeadline(preview);
  if (tests.isWithheld === true) return 'The policy tests were not run';
  if (problems.length > 0) return `The policy is valid, with ${counted(problems.length, 'notice')}`;
  return preview ? previewHeadline(preview) : 'The policy file is valid';
}

function summary(
  problems: readonly Problem[],
  tests: TestRun,
  { preview, hasLastGood = true, paused = null }: PolicyCheckOptions,
): string {
  const isStopped = preview !== undefined && previewConclusion(preview) === 'failure';
  return joinBlocks([
    ofProblems(problems, { hasLastGood, isStopped }),
    testsSection(tests),
    preview ? previewSection(preview) : '',
    paused ? 'The policy in force is paused, so this check does not fail. What it says holds all the same.' : '',
  ]);
}

function ofProblems(
  problems: readonly Problem[],
  { hasLastGood, isStopped }: { hasLastGood: boolean; isStopped: boolean },
): string {
  const beside = problems.filter(isBeside);
  const [errors, aside] = [errorsOf(problems) - errorsOf(beside), errorsOf(beside)];
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
  if (aside > 0) {
    return joinBlocks([
      '**What lies beside the policy file cannot be used as it is.** The policy itself can be read; a waiver or a test with a problem counts for nothing.',
      `Fix the ${aside === 1 ? 'line' : 'lines'} below and push.`,
    ]);
  }
  if (isStopped) return '';
  if (problems.length > 0)
    return 'The policy file can be read and is used. Some of its values have no effect; they are listed below.';
  return '✅ The policy file can be read. It governs from the moment it is on the default branch.';
}

function table(problems: readonly Problem[]): string {
  const rows = problems.map((problem) => {
    const where = `${codeSpan(problem.source, { inTable: true })} ${problem.line}:${problem.column}`;
    const path = problem.path === '' ? 'whole file' : codeSpan(problem.path, { inTable: true });
    const hint = problem.hint === null ? '' : quoted(problem.hint, 400);
    return `| ${where} | ${path} | ${problem.severity === 'error' || problem.isStale ? '' : '(no effect) '}${quoted(problem.message, 400)} | ${hint} |`;
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
