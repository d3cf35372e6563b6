/** One loop over all rules: each is whole, documented by its examples, and does what its examples say. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { plain } from '../src/facts/words.ts';
import { rules } from '../src/rules/index.ts';
import type { AnyRule, Finding } from '../src/rules/rule.ts';

type AnyExample = { name: string; facts: object; options?: object; findings: readonly object[] };
const examples = new Map<string, readonly AnyExample[]>();
for (const { id } of rules) examples.set(id, (await import(`../src/rules/${id}/examples.ts`)).examples);

const run = (rule: AnyRule, facts: object, options: object = {}): readonly Finding[] =>
  rule.check(facts as never, rule.options.parse(options));

/** A finding as examples write it. */
function told({
  outcome,
  about,
  says,
  fix,
  commands,
  location,
  reply,
  paste,
  page,
  commits,
  accountId,
  isLasting,
  until,
}: Finding): object {
  return {
    outcome,
    about,
    says: plain(says),
    ...(fix && { fix: plain(fix) }),
    ...(commands && { commands }),
    ...(location && { location }),
    ...(reply && { reply }),
    ...(paste && { paste }),
    ...(page && { page }),
    ...(commits && { commits }),
    ...(accountId && { accountId }),
    ...(isLasting && { isLasting }),
    ...(until && { until }),
  };
}

test('the list holds every rule folder, once', () => {
  const folders = readdirSync('src/rules', { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(`src/rules/${entry.name}/index.ts`),
  );
  expect(rules.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const cases = examples.get(id) ?? [];

  test('says what it wants, why, and how to get there', () => {
    expect(existsSync(`src/rules/${id}/index.ts`)).toBe(true);
    expect(rule.title).toMatch(/^[A-Z][^.]+[^.]$/);
    expect(rule.why.length).toBeGreaterThan(100);
    expect(rule.fix.length).toBeGreaterThan(60);
  });

  test('describes every option, gives each a default, and says how it tightens', () => {
    expect(rule.options.safeParse({}).success).toBe(true);
    const shape = rule.options.shape as Record<string, { meta(): unknown }>;
    for (const option of Object.values(shape)) {
      expect(option.meta()).toEqual({ description: expect.stringMatching(/\.$/), tighten: expect.any(String) });
    }
  });

  test.each(cases.map((example) => [example.name, example] as const))('%s', (_, { facts, options, findings }) => {
    expect(run(rule, facts, options).map(told)).toEqual(findings);
  });

  test('has a passing, a failing, and an exempt or unknown example, and no two equal ones', () => {
    const outcomes = cases.flatMap(({ findings }) => findings.map((finding) => (finding as Finding).outcome));
    expect(outcomes).toEqual(expect.arrayContaining(['pass', 'fail']));
    expect(outcomes.some((outcome) => outcome === 'exempt' || outcome === 'unknown')).toBe(true);
    expect(new Set(cases.map(({ facts, options }) => JSON.stringify([facts, options ?? {}]))).size).toBe(cases.length);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test('reads every fact that it asks for, and each has a permission', () => {
    const read = new Set<string | symbol>();
    const watched = (facts: object): object =>
      new Proxy(facts, { get: (target, key) => (read.add(key), Reflect.get(target, key)) });
    for (const { facts, options } of cases) run(rule, watched(facts), options);
    for (const at of ['head', 'base'] as const) {
      const needs: Record<string, { permissions: readonly string[] }> = rule.needs(at, rule.options.parse({}));
      expect(Object.keys(needs).filter((name) => !read.has(name))).toEqual([]);
      expect(Object.values(needs).filter(({ permissions }) => permissions.length === 0)).toEqual([]);
    }
  });

  test('names the subject of every failure, and gives a step that mends it', () => {
    const failures = cases.flatMap(({ facts, options }) => run(rule, facts, options)).filter(({ outcome }) => outcome === 'fail');
    const words = (finding: Finding): string =>
      plain(finding.says)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '');
    // An account is named by its login, not by the id that it is known by.
    const subject = ({ about }: Finding): string =>
      about.startsWith('account:')
        ? ''
        : (/^[0-9a-f]{40}$/.test(about) ? about.slice(0, 7) : about).toLowerCase().replace(/[^a-z0-9]/g, '');
    expect(failures.filter((finding) => !words(finding).includes(subject(finding))).map(told)).toEqual([]);
    expect(failures.filter(({ fix }) => fix === undefined).map(told)).toEqual([]);
  });

  test('tells a failure in a line of at most 60 characters', () => {
    const failing = cases
      .map(({ facts, options }) => run(rule, facts, options))
      .filter((found) => found.some(({ outcome }) => outcome === 'fail'));
    expect(failing.map((found) => rule.headline?.(found) ?? '').filter((line) => line === '' || line.length > 60)).toEqual([]);
  });
});
