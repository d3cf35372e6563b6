/** `steward policy test`: runs the cases of policy test files on a policy file. */
import type { Command } from 'commander';
import { visible } from '../../facts/words.ts';
import { references, parse } from '../../policy/parse.ts';
import { problemText } from '../../policy/problem.ts';
import { referenceText } from '../../policy/reference.ts';
import { runPolicyTests, type TestResult, type TestRun } from '../../verdict/policy-test.ts';
import { examples, formatHelp, oneOf } from '../arguments.ts';
import type { Done } from '../arguments.ts';
import { EXIT, type Console } from '../console.ts';
import { policyAt, PolicyError, type Shelf } from '../policies.ts';
import { UsageError } from '../repository.ts';
import { junit } from './junit.ts';
import { recordedIn, testFileAt, testFilesBelow } from './test-files.ts';

export const TEST_FORMATS = ['text', 'json', 'junit'] as const;

export interface TestOptions {
  readonly policy: string;
  readonly format: (typeof TEST_FORMATS)[number];
}

const HELP = `
${examples(
  'steward policy test',
  'steward policy test --policy next.yml tests/licenses.test.yml',
  'steward policy test --format junit > policy-tests.xml',
)}
Exit codes:
  0  every case passes
  1  a case fails
  2  bad usage, or a policy or a test file that cannot be read
  3  an unexpected fault`;

/** Adds the command. */
export function addTest(policy: Command, shelf: Shelf, console: Console, done: Done): void {
  policy
    .command('test')
    .description('Run policy tests: facts, and what the policy is expected to find in them.')
    .argument('[files...]', 'policy test files; without any, each *.test.yml beside and below the policy')
    .option('--policy <file>', 'the policy to test', '.github/steward.yml')
    .option('--format <format>', formatHelp(TEST_FORMATS), oneOf(TEST_FORMATS), 'text')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: TestOptions) => {
      done(await test(files, options, shelf, console));
    });
}

/** Runs test files and prints what came of each case; the code says whether all pass. */
export async function test(paths: readonly string[], options: TestOptions, shelf: Shelf, console: Console): Promise<number> {
  const { rules, presets } = shelf;
  const file = await policyAt(options.policy);
  const { document, problems } = parse(file, rules, presets);
  if (!document) throw new PolicyError(problems);
  const reference = references(document);
  if (reference) console.note(`Note: ${file.source} extends ${referenceText(reference)}, which is read on GitHub and not here.`);
  const found = paths.length > 0 ? paths : await testFilesBelow(options.policy);
  if (found.length === 0) {
    throw new UsageError(`No *.test.yml file lies beside or below ${options.policy}. Write one, or name the files.`);
  }
  const files = await Promise.all(found.map(testFileAt));
  const bench = { rules, presets, now: console.now(), recorded: recordedIn() };
  const run = await runPolicyTests(files, [document], bench);
  await console.out(printed(run, options));
  if (run.problems.length > 0) return EXIT.usage;
  return run.results.every(({ isPassed }) => isPassed) ? EXIT.fine : EXIT.blocking;
}

function printed(run: TestRun, { format }: TestOptions): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(run, null, 2)}\n`;
    case 'junit':
      return junit(run);
    case 'text':
      return [...run.problems.map(problemText), ...run.results.flatMap(textOf), sum(run)].map((line) => `${line}\n`).join('');
  }
}

function textOf({ name, source, line, isPassed, says }: TestResult): readonly string[] {
  const title = `${isPassed ? 'pass' : 'FAIL'}  ${visible(source)}:${line} ${visible(name)}`;
  return [title, ...(says ?? '').split('\n').flatMap((one) => (one === '' ? [] : [`      ${visible(one)}`]))];
}

function sum({ results, problems }: TestRun): string {
  const passed = results.filter(({ isPassed }) => isPassed).length;
  const unread = new Set(problems.map(({ source }) => source)).size;
  const rest =
    unread === 0 ? '' : ` ${unread} ${unread === 1 ? 'file' : 'files'} could not be read, and none of their cases ran.`;
  return `${passed} of ${results.length} passed.${rest}`;
}
