/** From the text of a policy test file to its cases, or to all its problems at once. */
import { explain, type Issue } from '../policy/explain.ts';
import type { Traits } from '../policy/managed.ts';
import type { Problem } from '../policy/policy.ts';
import type { Flaw, Path, Positions } from '../policy/positions.ts';
import { didYouMean, inOrder, listed, MAX_PROBLEMS, pathText, quoted } from '../policy/problem.ts';
import { MAX_BYTES, readYaml } from '../policy/yaml.ts';
import type { AnyRule } from '../rules/rule.ts';
import { unfounded } from './policy-test-given.ts';
import { formsOf, type Expectation, type Forms } from './policy-test-schema.ts';
import type { TestFile } from './policy-test-bench.ts';

/** What a case is run on. */
export type Given =
  | { readonly kind: 'setting' }
  /** Values by the names that the rule has for them. */
  | { readonly kind: 'facts'; readonly values: Readonly<Record<string, unknown>> }
  /** The sentence of one of the rule's own examples. */
  | { readonly kind: 'example'; readonly sentence: string }
  | { readonly kind: 'recorded'; readonly name: string };

/** A case that can be run. */
export interface TestCase {
  readonly name: string;
  readonly source: string;
  /** Where it starts; counts from 1. */
  readonly line: number;
  /** Null: any repository. */
  readonly traits: Traits | null;
  /** Noon of the day, UTC; null: now. */
  readonly at: Date | null;
  readonly isFirst: boolean | null;
  readonly given: Given;
  /** By the id of the rule. */
  readonly expect: Readonly<Record<string, Expectation>>;
}

/** The cases of a file; none of them where it has problems. */
export interface ReadTests {
  readonly cases: readonly TestCase[];
  readonly problems: readonly Problem[];
}

const TESTS = {
  is: 'a policy test file is a list of cases below "tests:"',
  hint: 'Start with "tests:" and write each case below it, as "- name: …".',
};

/** Reads a policy test file. Never throws. */
export function readTests(file: TestFile, rules: readonly AnyRule[]): ReadTests {
  if (Buffer.byteLength(file.text) > MAX_BYTES) return refused(file, [tooLarge(file.text)]);
  const { value, positions, problems: flaws } = readYaml(file.text, TESTS);
  if (value === undefined) return refused(file, flaws);
  const forms = formsOf(rules);
  const outer = forms.file.safeParse(value);
  if (!outer.success) {
    const found = first(outer.error.issues).flatMap((issue) =>
      explain(issue, { value, schema: forms.file, positions, rules: [] }),
    );
    return refused(file, [...flaws, ...found]);
  }
  const [cases, found]: [TestCase[], Flaw[]] = [[], []];
  for (const [index, text] of outer.data.tests.entries()) {
    const one = readCase(text, index, { file, positions, rules, forms });
    if ('flaws' in one) found.push(...first(one.flaws));
    else cases.push(one);
    if (found.length > MAX_PROBLEMS) break;
  }
  if (flaws.length > 0 || found.length > 0) return refused(file, [...flaws, ...found]);
  return { cases, problems: [] };
}

/** More are not shown, and anybody can write thousands: none of the rest is worth a hint. */
function first<T>(all: readonly T[]): readonly T[] {
  return all.slice(0, MAX_PROBLEMS + 1);
}

/** What reading one case needs beside its text. */
interface Reading {
  readonly file: TestFile;
  readonly positions: Positions;
  readonly rules: readonly AnyRule[];
  readonly forms: Forms;
}

type Text = Readonly<Record<string, unknown>>;

function readCase(text: Text, index: number, reading: Reading): TestCase | { readonly flaws: readonly Flaw[] } {
  const { file, positions, rules, forms } = reading;
  const at: Path = ['tests', index];
  if (!('rule' in text) && !('recorded' in text)) return { flaws: [nothingToRunOn(at, positions)] };
  const isRecorded = 'recorded' in text;
  const value = isRecorded ? spelledOut(text) : text;
  const result = (isRecorded ? forms.ofRecorded : forms.ofRule).safeParse(value);
  if (!result.success)
    return { flaws: first(telling(result.error.issues)).flatMap((issue) => explained(issue, value, at, reading)) };
  const { name, repository = null, at: day, firstContribution } = result.data;
  const common = {
    ...{ name, source: file.source, line: positions.key(at).line },
    traits: repository && { ...repository, createdAt: `${repository.createdAt}T00:00:00Z` },
    at: day === undefined ? null : new Date(`${day}T12:00:00Z`),
    isFirst: firstContribution ?? null,
  };
  if ('recorded' in result.data) {
    const expect = Object.fromEntries(Object.entries(result.data.expect).flatMap(([id, one]) => (one ? [[id, one]] : [])));
    return { ...common, given: { kind: 'recorded', name: result.data.recorded }, expect };
  }
  const flaws = unfounded(result.data, at, positions, rules);
  if (flaws.length > 0) return { flaws };
  const { rule, facts, example, expect } = result.data;
  const given: Given = facts
    ? { kind: 'facts', values: facts }
    : example === undefined
      ? { kind: 'setting' }
      : { kind: 'example', sentence: example };
  return { ...common, given, expect: { [rule]: expect } };
}

/** `dco: fail` is short for `dco: { outcome: fail }`. */
function spelledOut(text: Text): Text {
  const { expect } = text;
  if (typeof expect !== 'object' || expect === null || Array.isArray(expect)) return text;
  const entries = Object.entries(expect).map(([id, one]: [string, unknown]) => [
    id,
    typeof one === 'string' ? { outcome: one } : one,
  ]);
  return { ...text, expect: Object.fromEntries(entries) as unknown };
}

/** A group whose keys are all unknown is not told to be empty, too. */
function telling(issues: readonly Issue[]): readonly Issue[] {
  const strays = issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => pathText(path));
  return issues.filter(({ code, path }) => code !== 'custom' || !strays.includes(pathText(path)));
}

function explained(issue: Issue, value: Text, at: Path, { positions, forms }: Reading): readonly Flaw[] {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    return first(issue.keys).map((key) => strayKey(key, value, at, positions, forms));
  }
  const schema = 'recorded' in value ? forms.ofRecorded : forms.ofRule;
  const inner: Positions = {
    key: (path) => positions.key([...at, ...path]),
    value: (path) => positions.value([...at, ...path]),
  };
  const flaws = explain(issue, { value, schema, positions: inner, rules: [] });
  return flaws.map((flaw) => ({ ...flaw, path: [...at, ...flaw.path] }));
}

function strayKey(key: string, value: Text, at: Path, positions: Positions, forms: Forms): Flaw {
  const path = [...at, key];
  const own = Object.keys(('recorded' in value ? forms.ofRecorded : forms.ofRule).shape);
  const others = Object.keys({ ...forms.ofRule.shape, ...forms.ofRecorded.shape });
  if (others.includes(key)) {
    const message = `${quoted(key)} does not go together with "recorded".`;
    const hint = 'A case is about one rule, with "rule", or about recorded facts, with "recorded".';
    return { ...positions.key(path), path, message, hint };
  }
  const message = `Unknown key ${quoted(key)}; known here: ${listed(own)}.`;
  return { ...positions.key(path), path, message, hint: didYouMean(key, own) };
}

function nothingToRunOn(path: Path, positions: Positions): Flaw {
  const message = 'The case says neither which rule it is about nor which recorded facts.';
  return { ...positions.key(path), path, message, hint: 'Add "rule: ID", or "recorded: REPOSITORY".' };
}

function tooLarge(text: string): Flaw {
  const size = `${Math.ceil(Buffer.byteLength(text) / 1024)} KiB`;
  const message = `The file is ${size}; a policy test file has at most ${MAX_BYTES / 1024} KiB.`;
  return { line: 1, column: 1, path: [], message, hint: 'Spread the cases over several files.' };
}

function refused({ source }: TestFile, flaws: readonly Flaw[]): ReadTests {
  const problems = flaws.map(({ path, ...flaw }): Problem => ({ source, ...flaw, path: pathText(path), severity: 'error' }));
  return { cases: [], problems: inOrder(problems) };
}
