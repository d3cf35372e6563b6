/** The policies that come with Steward: each is proved by policy tests of its own, which notice whatever is taken out of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse, type Document } from '../src/policy/parse.ts';
import { resolve } from '../src/policy/resolve.ts';
import { readYaml } from '../src/policy/yaml.ts';
import { rules } from '../src/rules/index.ts';
import { readPresets } from '../src/server/presets.ts';
import { runPolicyTests, type TestRun } from '../src/verdict/policy-test.ts';
import type { Bench, TestFile } from '../src/verdict/policy-test-bench.ts';

const presets = readPresets();
const names = [...presets.keys()];
const bench: Bench = { rules, presets, now: new Date('2026-03-10T12:00:00Z'), recorded: () => Promise.resolve(null) };

interface Clause {
  readonly says: string;
  readonly url?: string;
  readonly strength?: string;
}
type RuleText = Readonly<Record<string, unknown>> & { readonly enforce?: string; readonly clause?: Clause };
interface Text {
  readonly rules: Readonly<Record<string, RuleText>>;
  readonly groups?: readonly { readonly rules?: Readonly<Record<string, RuleText>> }[];
  readonly notCheckable?: readonly (Clause & { readonly why: string })[];
}

const textOf = (name: string): Text => readYaml(presets.get(name)!).value as Text;
const rulesOf = ({ rules: own, groups = [] }: Text) => [own, ...groups.map((group) => group.rules ?? {})];
const testsOf = (name: string): TestFile => {
  const source = `policies/tests/${name}.test.yml`;
  return { source, text: readFileSync(source, 'utf8') };
};

function documentOf(text: string): Document | null {
  return parse({ layer: 'organization', source: 'steward.yml', commit: null, oid: null, text }, rules, presets).document;
}

const failing = ({ results, problems }: TestRun) => [
  ...problems,
  ...results.filter(({ isPassed }) => !isPassed).map(({ name, line, says }) => `${line} ${name}: ${String(says)}`),
];

test('the presets are those that the documentation names, and their tests are no presets', () => {
  expect(names).toEqual(['apache-2.0', 'baseline', 'intersect', 'observe', 'openssf-baseline']);
});

describe.each(names)('%s', (name) => {
  test('does what its policy tests say, for a policy that extends it', async () => {
    const run = await runPolicyTests([testsOf(name)], [documentOf(`extends: ${name}`)!], bench);
    expect(failing(run)).toEqual([]);
    expect(run.results.length).toBeGreaterThan(5);
  });

  test('is sound, and blocks nobody', () => {
    expect(resolve([documentOf(presets.get(name)!)!], rules, presets).problems).toEqual([]);
    expect(JSON.stringify(rulesOf(textOf(name)))).not.toContain('block');
  });

  test('has a case for every rule that it mentions', () => {
    const { tests } = readYaml(testsOf(name).text).value as { tests: readonly { rule: string }[] };
    const covered = new Set(tests.map(({ rule }) => rule));
    expect(rulesOf(textOf(name)).flatMap((own) => Object.keys(own).filter((id) => !covered.has(id)))).toEqual([]);
  });

  test('cites its sources by addresses that are encrypted', () => {
    const { notCheckable = [], ...text } = textOf(name);
    const clauses = rulesOf(text).flatMap((own) => Object.values(own).flatMap(({ clause }) => (clause ? [clause] : [])));
    const cited = [...clauses, ...notCheckable];
    expect(cited.filter(({ url = '' }) => !/^https:\/\/\S+$/.test(url))).toEqual([]);
  });

  test('loses nothing without a policy test that notices', async () => {
    const { tests } = readYaml(testsOf(name).text).value as { tests: readonly { rule: string }[] };
    const unnoticed: string[] = [];
    for (const [path, text] of reduced(textOf(name))) {
      const document = documentOf(JSON.stringify(text));
      // Which repositories a group means is proved by their license.
      const about = rules.find(({ id }) => path.includes(id))?.id ?? 'license-file';
      const file = { source: path.join('.'), text: JSON.stringify({ tests: tests.filter(({ rule }) => rule === about) }) };
      if (document && failing(await runPolicyTests([file], [document], bench)).length === 0) unnoticed.push(file.source);
    }
    expect(unnoticed).toEqual([]);
  });
});

test('every example of the page about intersect is sound', () => {
  const examples = [...readFileSync('docs/intersect.md', 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
  expect(examples.length).toBe(4);
  const now = bench.now;
  const found = examples.map((text) => {
    const document = documentOf(text);
    return document && resolve([document], rules, presets, { now, traits: null, isFirst: null }).problems;
  });
  expect(found).toEqual([[], [], [], []]);
});

test.each([
  ['intersect', []],
  // No control asks for it.
  ['openssf-baseline', ['license-consistency']],
])('%s gives the sentence of every rule, but of %j', (name, silent) => {
  const without = Object.entries(textOf(name).rules).filter(([, { clause }]) => clause?.url === undefined);
  expect(without.map(([id]) => id)).toEqual(silent);
});

test.each(['intersect', 'openssf-baseline'])('%s says how strongly, where the sentence does', (name) => {
  const clauses = rulesOf(textOf(name)).flatMap((own) => Object.values(own).flatMap(({ clause }) => (clause ? [clause] : [])));
  const wrong = clauses.filter(({ says, strength }) => strength !== /\b(must|should)\b/i.exec(says)?.[1]?.toLowerCase());
  expect(clauses.length).toBeGreaterThan(2);
  expect(wrong).toEqual([]);
});

test('no control of openssf-baseline is cited by a rule and told to be not checkable, too', () => {
  const { rules: own, notCheckable = [] } = textOf('openssf-baseline');
  const idsIn = (says: string) => says.match(/OSPS-[A-Z]{2}-\d\d\.\d\d/g) ?? [];
  const cited = new Set(Object.values(own).flatMap(({ clause }) => idsIn(clause?.says ?? '')));
  expect(notCheckable.flatMap(({ says }) => idsIn(says)).filter((id) => cited.has(id))).toEqual([]);
});

test.each([
  [{ name: 'cardano-docs' }, 'observe'],
  [{ name: 'handbook', topics: ['documentation'] }, 'observe'],
  [{ name: 'prices-dataset' }, 'observe'],
  [{ name: 'ledger-spec' }, 'observe'],
  [{ name: 'cardano-node' }, 'warn'],
])('the roll-out on the page about intersect leaves what is no source code observed: %j', (more, level) => {
  const [text = ''] = [...readFileSync('docs/intersect.md', 'utf8').matchAll(/```yaml\n(.*?)```/gs)].flatMap(([, one = '']) =>
    one.includes('rollout:') ? [one] : [],
  );
  const now = new Date('2027-03-02T00:00:00Z');
  const traits = { owner: 'IntersectMBO', topics: [], createdAt: '2020-01-01T00:00:00Z', ...more };
  const { policy } = resolve([documentOf(text)!], rules, presets, { now, traits, isFirst: null });
  expect(policy.rules['dco']?.enforce).toBe(level);
});

test('openssf-baseline speaks of every control of its version', () => {
  const { rules: own, notCheckable = [] } = textOf('openssf-baseline');
  const said = [...Object.values(own).map(({ clause }) => clause), ...notCheckable].map((one) => one?.says).join(' ');
  const controls = new Set(said.match(/OSPS-[A-Z]{2}-\d\d\.\d\d/g));
  const counts = Object.groupBy(controls, (id) => id.slice(5, 7));
  expect(Object.fromEntries(Object.entries(counts).map(([domain, ids]) => [domain, ids?.length]))).toEqual({
    ...{ AC: 6, BR: 12, DO: 8, GV: 6, LE: 5, QA: 13, SA: 4, VM: 10 },
  });
});

/** The policy without one thing, for each thing that it says of a rule or a group; clauses are told, and decide nothing. */
function* reduced(text: Text): Generator<readonly [readonly PropertyKey[], unknown]> {
  for (const path of pathsIn({ rules: text.rules, ...(text.groups && { groups: text.groups }) })) {
    const copy = structuredClone(text) as unknown;
    const [last, ...above] = path.toReversed();
    const parent = above.reduceRight<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], copy);
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else Reflect.deleteProperty(parent as object, last!);
    yield [path, copy];
  }
}

function pathsIn(value: unknown): readonly (readonly PropertyKey[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys: readonly PropertyKey[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys
    .filter((key) => key !== 'clause')
    .flatMap((key) => [[key], ...pathsIn((value as Record<PropertyKey, unknown>)[key]).map((path) => [key, ...path])]);
}
