/** Policy tests: facts or recorded repositories, and what the policy is expected to find. */
import type { Occasion } from '../policy/managed.ts';
import type { Document } from '../policy/parse.ts';
import type { Policy, Problem } from '../policy/policy.ts';
import { resolve } from '../policy/resolve.ts';
import type { Bench, TestFile } from './policy-test-bench.ts';
import { runCase, type Stand } from './policy-test-case.ts';
import { readTests, type TestCase } from './policy-test-file.ts';

/** At most so many files are read. */
export const MAX_FILES = 50;

/** At most so many cases are run in all: anybody can propose policy tests, and a run must not keep others waiting. */
export const MAX_RUN = 2000;

/** Policies that are remembered within a run. */
const MAX_REMEMBERED = 100;

/** What came of one case. */
export interface TestResult {
  readonly name: string;
  /** The file, as people call it. */
  readonly source: string;
  /** Where the case starts; counts from 1. */
  readonly line: number;
  readonly isPassed: boolean;
  /** What was expected and what was found, where they differ; foreign text. */
  readonly says: string | null;
}

export interface TestRun {
  readonly results: readonly TestResult[];
  /** Of test files that cannot be read. */
  readonly problems: readonly Problem[];
  /** There are tests and none was run, because a stranger proposed the change; left out: they were run. */
  readonly isWithheld?: true;
}

/** Runs the cases of test files on the organization's documents, lowest first. Never throws. */
export async function runPolicyTests(files: readonly TestFile[], documents: readonly Document[], bench: Bench): Promise<TestRun> {
  const { breathe = () => Promise.resolve() } = bench;
  const isUp = timer(bench.budget);
  const [cases, problems, results]: [TestCase[], Problem[], TestResult[]] = [[], [], []];
  const stopped = (at: Pick<TestCase, 'source' | 'line'>, column: number): TestRun => ({
    results,
    problems: [...problems, tooSlow(at, column, { bench, ran: results.length, of: cases.length })],
  });
  for (const file of files.slice(0, MAX_FILES)) {
    if (isUp()) return stopped({ ...file, line: 1 }, 1);
    const read = readTests(file, bench.rules);
    cases.push(...read.cases);
    problems.push(...read.problems);
    await breathe();
  }
  problems.push(...tooMany(files), ...tooLong(cases));
  const stand: Stand = { bench, policyFor: remembering(documents, bench) };
  for (const test of cases.slice(0, MAX_RUN)) {
    if (isUp()) return stopped(test, 3);
    results.push(await resultOf(test, stand));
    await breathe();
  }
  return { results, problems };
}

function timer(budget: Bench['budget']): () => boolean {
  if (!budget) return () => false;
  const end = budget.clock() + budget.milliseconds;
  return () => budget.clock() > end;
}

async function resultOf(test: TestCase, stand: Stand): Promise<TestResult> {
  const { name, source, line } = test;
  try {
    const says = await runCase(test, stand);
    return { name, source, line, isPassed: says === null, says };
  } catch (error) {
    const says = error instanceof Error ? error.message : 'The case could not be run.';
    return { name, source, line, isPassed: false, says };
  }
}

/** Most cases share few occasions, and resolving is what takes time. */
function remembering(documents: readonly Document[], { rules, presets }: Bench): Stand['policyFor'] {
  const made = new Map<string, Policy>();
  return (occasion: Occasion) => {
    const key = JSON.stringify(occasion);
    const known = made.get(key);
    if (known) return known;
    if (made.size >= MAX_REMEMBERED) made.clear();
    const { policy } = resolve(documents, rules, presets, occasion);
    made.set(key, policy);
    return policy;
  };
}

function tooMany(files: readonly TestFile[]): readonly Problem[] {
  const first = files[MAX_FILES];
  if (!first) return [];
  const message = `There are ${files.length} policy test files; at most ${MAX_FILES} are read.`;
  const hint = 'Put the cases of several files into one.';
  return [{ source: first.source, line: 1, column: 1, path: '', severity: 'error', message, hint }];
}

function tooLong(cases: readonly TestCase[]): readonly Problem[] {
  const first = cases[MAX_RUN];
  if (!first) return [];
  const { source, line } = first;
  const message = `There are ${cases.length} cases; at most ${MAX_RUN} are run, and those from here on are not.`;
  return [{ source, line, column: 1, path: '', severity: 'error', message, hint: 'Remove cases that say the same.' }];
}

function tooSlow(
  { source, line }: Pick<TestCase, 'source' | 'line'>,
  column: number,
  { bench, ran, of }: { readonly bench: Bench; readonly ran: number; readonly of: number },
): Problem {
  const seconds = Math.ceil((bench.budget?.milliseconds ?? 0) / 1000);
  const message = `Stopped after ${ran} of ${of} cases, because they took longer than ${seconds} seconds. Those from here on did not run, and did not pass.`;
  const hint = 'Remove cases that say the same, or run them all with "steward policy test".';
  return { source, line, column, path: '', severity: 'error', message, hint };
}
