/** The part of the policy check that says how its tests went. */
import { visible } from '../facts/words.ts';
import type { TestResult, TestRun } from '../verdict/policy-test.ts';
import { codeSpan, quoted } from './markdown.ts';
import { joinBlocks } from './rule-section.ts';
import { counted } from './words.ts';
import type { Problem } from '../policy/policy.ts';

const SHOWN_TESTS = 50;
const LONGEST_SAYS = 400;

/** What is so, in at most 60 characters; empty: every test passes, or there is none. */
export function testsHeadline(run: TestRun): string {
  const failing = failed(run).length;
  if (failing > 0) return `${counted(failing, 'policy test')} ${failing === 1 ? 'fails' : 'fail'}`;
  const broken = run.problems.filter(({ severity }) => severity === 'error').length;
  return broken > 0 ? `${counted(broken, 'problem')} to fix in policy tests` : '';
}

/** The failing tests, with what was expected and found; where none fails, one line. */
export function testsSection(run: TestRun): string {
  const { results } = run;
  const failing = failed(run);
  if (run.isWithheld === true) return WITHHELD;
  if (results.length === 0) return '';
  if (failing.length === 0)
    return `✅ ${results.length === 1 ? 'The policy test passes' : `All ${results.length} policy tests pass`}.`;
  const rows = failing.slice(0, SHOWN_TESTS).map(row);
  const left = failing.length - rows.length;
  return joinBlocks([
    `### ${failing.length} of ${counted(results.length, 'policy test')} ${failing.length === 1 ? 'fails' : 'fail'}`,
    'A failing test says that the policy finds something else than somebody wrote down. Change the policy, or the test where the new finding is meant. To run them before pushing:',
    '```sh\nsteward policy test\n```',
    ['| Test | Where | Expected and found |', '|---|---|---|', ...rows].join('\n'),
    left > 0 ? `…and ${left} more.` : '',
  ]);
}

const WITHHELD =
  'The policy tests were not run, because this is proposed from a fork. Policy tests run when somebody who may write in this repository pushes the branch here.';

/** Failing tests as problems of their files, so that each is shown on its line. */
export function testProblems(run: TestRun): readonly Problem[] {
  const found = failed(run).map(({ name, source, line: at, says }): Problem => ({
    source,
    line: at,
    column: 1,
    path: `test “${visible(name)}”`,
    severity: 'error',
    message: says ?? 'The policy finds something else than the test expects.',
    hint: null,
  }));
  return [...run.problems, ...found];
}

function failed({ results }: TestRun): readonly TestResult[] {
  return results.filter(({ isPassed }) => !isPassed);
}

function row({ name, source, line: at, says }: TestResult): string {
  const where = `${codeSpan(source, { inTable: true })} ${at}`;
  return `| ${quoted(name, LONGEST_SAYS)} | ${where} | ${quoted(says ?? '', LONGEST_SAYS)} |`;
}
