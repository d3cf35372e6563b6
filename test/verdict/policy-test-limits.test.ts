/** Policy tests are text that anybody can propose: however large they are, others get their turn, and what is not run is no pass. */
import { expect, test } from '@jest/globals';
import { parse, type Document } from '../../src/policy/parse.ts';
import { problemText } from '../../src/policy/problem.ts';
import { rules } from '../../src/rules/index.ts';
import { readTests } from '../../src/verdict/policy-test-file.ts';
import { runPolicyTests } from '../../src/verdict/policy-test.ts';
import type { Bench } from '../../src/verdict/policy-test-bench.ts';

const bench: Bench = { rules, presets: new Map(), now: new Date('2026-03-10T12:00:00Z'), recorded: () => Promise.resolve(null) };

function policy(): Document {
  const file = {
    layer: 'organization',
    source: 'steward.yml',
    commit: null,
    oid: null,
    text: 'rules: { dco: { enforce: block } }',
  } as const;
  const { document } = parse(file, rules);
  if (!document) throw new Error('The policy cannot be read.');
  return document;
}

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(', ');
const aFile = (source: string, cases: number) => ({
  source,
  text: `tests:\n${'  - { name: a, rule: dco, expect: { enforce: block } }\n'.repeat(cases)}`,
});

/** A clock that moves on by a second whenever it is looked at. */
function ticking(): () => number {
  let seconds = 0;
  return () => (seconds += 1) * 1000;
}

test.each([
  ['unknown keys', `tests: [{ name: a, rule: dco, expect: { outcome: fail }, ${many(15_000, (index) => `key-${index}: 1`)} }]`],
  ['unknown keys in many cases', `tests: [${many(500, () => `{ rule: dco, ${many(40, (index) => `expec${index}: 1`)} }`)}]`],
  [
    'unknown facts',
    `tests: [{ name: a, rule: dco, expect: { outcome: fail }, facts: { ${many(15_000, (index) => `comm${index}: 1`)} } }]`,
  ],
  ['unknown rules', `tests: [{ name: a, recorded: a, expect: { ${many(10_000, (index) => `licence-${index}: pass`)} } }]`],
  [
    'values of the wrong kind',
    `tests: [{ name: a, rule: dco, expect: {}, repository: { properties: { ${many(5_000, (index) => `p${index}: {}`)} } } }]`,
  ],
])('%s by the thousand cost no more than telling the first of them', (_what, text) => {
  const started = process.cpuUsage();
  const { problems } = readTests({ source: 'a.test.yml', text }, rules);
  expect(problems).toHaveLength(50);
  expect(problems.at(-1)?.message).toBe('There are more problems from here on.');
  // Milliseconds of this process alone. A hint for each took some seconds; most of what is left is reading the YAML.
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(2_000);
});

test('when the time is up, the case at which it stopped is told, and nothing passes that was not run', async () => {
  const budget = { milliseconds: 5_500, clock: ticking() };
  const run = await runPolicyTests([aFile('a.test.yml', 9)], [policy()], { ...bench, budget });
  expect(run.results).toHaveLength(4);
  expect(run.problems.map(problemText)).toEqual([
    'a.test.yml:6:3: Stopped after 4 of 9 cases, because they took longer than 6 seconds. Those from here on did not run, and did not pass. Remove cases that say the same, or run them all with "steward policy test".',
  ]);
});

test('files that the time does not suffice to read are told, too', async () => {
  const budget = { milliseconds: 2_500, clock: ticking() };
  const run = await runPolicyTests(
    ['a', 'b', 'c', 'd'].map((name) => aFile(`${name}.test.yml`, 1)),
    [policy()],
    { ...bench, budget },
  );
  expect(run.results).toEqual([]);
  expect(run.problems.map(problemText)).toEqual([
    'c.test.yml:1:1: Stopped after 0 of 2 cases, because they took longer than 3 seconds. Those from here on did not run, and did not pass. Remove cases that say the same, or run them all with "steward policy test".',
  ]);
});

test('others get a turn between files and between cases', async () => {
  let turns = 0;
  const breathe = (): Promise<void> => Promise.resolve(void (turns += 1));
  await runPolicyTests([aFile('a.test.yml', 3), aFile('b.test.yml', 3)], [policy()], { ...bench, breathe });
  expect(turns).toBe(8);
});
