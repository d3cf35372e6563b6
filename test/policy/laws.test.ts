/** Laws of the merge, held against any policies. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CERTIFICATIONS, LEVELS, type Level, type Policy } from '../../src/policy/policy.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { tighten } from '../../src/policy/tighten.ts';
import type { Tightening } from '../../src/rules/rule.ts';
import { aDocument, CERTIFYING as RULES } from './rules.ts';

const PRESETS = new Map([
  ['baseline', 'rules: { dco: { enforce: warn, team: preset }, required-files: { files: [readme, security] } }'],
  ['loose', '{ certification: none, rules: { dco: { enforce: off, maxUnsigned: 10 }, license-file: { allow: [] } } }'],
]);

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const level = some(fc.constantFrom(...LEVELS));
const coAuthors = some(fc.constantFrom('ignore', 'warn', 'require'));
const bots = some(fc.uniqueArray(fc.integer({ min: 1, max: 5 })));
const exemption = fc.record({ team: fc.constantFrom('legal', 'office', 'docs'), reason: fc.constant('employed') });
const policy = fc.record({
  certification: some(fc.constantFrom(...CERTIFICATIONS)),
  extends: some(fc.constantFrom('baseline', 'loose')),
  rules: fc.record({
    dco: fc.record({
      enforce: level,
      exemptBots: some(fc.boolean()),
      needsSignature: some(fc.boolean()),
      maxUnsigned: some(fc.integer({ min: 0, max: 10 })),
      reviewers: some(fc.integer({ min: 0, max: 9 })),
      team: some(fc.constantFrom('legal', 'office')),
    }),
    cla: fc.record({
      enforce: level,
      coAuthors,
      bots,
      exempt: some(fc.uniqueArray(exemption, { selector: ({ team }) => team })),
    }),
    'cla-history': fc.record({ enforce: level, coAuthors, bots }),
    'license-file': fc.record({ enforce: level, allow: some(fc.uniqueArray(fc.constantFrom('MIT', 'Apache-2.0', 'MPL-2.0'))) }),
    'required-files': fc.record({ enforce: level, files: some(fc.uniqueArray(fc.constantFrom('readme', 'license', 'notice'))) }),
  }),
});
type Text = typeof policy extends fc.Arbitrary<infer T> ? T : never;

/** JSON is YAML. */
const organization = (value: Text) => aDocument('organization', JSON.stringify(value), undefined, RULES);
const repository = (value: Text) => aDocument('repository', JSON.stringify(value), undefined, RULES);

/** What is in force, without who wrote it. */
function effective(found: Policy): Record<string, { enforce: Level; options: Record<string, unknown> }> {
  return Object.fromEntries(Object.entries(found.rules).map(([id, { enforce, options }]) => [id, { enforce, options }]));
}

/** Whether everything that `upper` asks is asked by `lower` too, rule by rule where `upper` asks at all. */
function isAtLeast(lower: Policy, upper: Policy): boolean {
  const [above, below] = [effective(upper), effective(lower)];
  return Object.keys(above).every((id) => {
    const [up, low] = [above[id]!, below[id]!];
    return (
      LEVELS.indexOf(low.enforce) >= LEVELS.indexOf(up.enforce) && (up.enforce === 'off' || isStrict(low.options, up.options))
    );
  });
}

function isStrict(low: Record<string, unknown>, up: Record<string, unknown>): boolean {
  const list = (options: Record<string, unknown>, name: string) => (options[name] ?? []) as string[];
  const isAllowed =
    list(up, 'allow').length === 0 ||
    (list(low, 'allow').length > 0 && list(low, 'allow').every((id) => list(up, 'allow').includes(id)));
  return (
    isAllowed &&
    list(up, 'files').every((file) => list(low, 'files').includes(file)) &&
    Number(low['exemptBots'] ?? 0) <= Number(up['exemptBots'] ?? 0) &&
    Number(low['needsSignature'] ?? 0) >= Number(up['needsSignature'] ?? 0) &&
    Number(low['maxUnsigned'] ?? 0) <= Number(up['maxUnsigned'] ?? 0) &&
    isPart(list(low, 'exempt'), list(up, 'exempt')) &&
    isPart(list(low, 'bots'), list(up, 'bots')) &&
    WORDS.indexOf(String(low['coAuthors'])) >= WORDS.indexOf(String(up['coAuthors'])) &&
    Number(low['reviewers'] ?? 0) >= Number(up['reviewers'] ?? 0) &&
    low['team'] === up['team']
  );
}

const WORDS = ['ignore', 'warn', 'require'];

/** Whether every entry of a list stands in another one. */
function isPart(list: readonly unknown[], whole: readonly unknown[]): boolean {
  const texts = whole.map((entry) => JSON.stringify(entry));
  return list.every((entry) => texts.includes(JSON.stringify(entry)));
}

/** The same keys the other way round, at every depth. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

test('a repository never loosens', () => {
  fc.assert(
    fc.property(policy, policy, (above, below) => {
      const upper = resolve([organization(above)], RULES, PRESETS).policy;
      const both = resolve([organization(above), repository(below)], RULES, PRESETS).policy;
      expect(isAtLeast(both, upper)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a repository that repeats its organization changes nothing and is refused nothing', () => {
  fc.assert(
    fc.property(policy, (text) => {
      const once = resolve([organization(text)], RULES, PRESETS);
      const twice = resolve([organization(text), repository(text)], RULES, PRESETS);
      expect(effective(twice.policy)).toEqual(effective(once.policy));
      expect(twice.problems.filter(({ message }) => message.includes('may only tighten'))).toEqual([]);
    }),
  );
});

test('tightening twice is tightening once, and the order of two wishes does not matter', () => {
  const exemptions = fc.uniqueArray(fc.integer({ min: 1, max: 6 }));
  const word = fc.constantFrom(...WORDS);
  const holds = <T>(kind: Tightening, value: fc.Arbitrary<T>): void => {
    const after = (upper: unknown, lower: unknown): unknown => tighten(kind, upper, lower, WORDS).value;
    fc.assert(
      fc.property(value, value, value, (upper, one, other) => {
        expect(after(after(upper, one), one)).toEqual(after(upper, one));
        expect(after(after(upper, one), other)).toEqual(after(after(upper, other), one));
      }),
    );
  };
  holds('subset', exemptions);
  holds('later', word);
});

test('resolving again gives the same policy and the same problems', () => {
  fc.assert(
    fc.property(policy, policy, (above, below) => {
      const documents = [organization(above), repository(below)];
      expect(resolve(documents, RULES, PRESETS)).toEqual(resolve(documents, RULES, PRESETS));
    }),
  );
});

test('the order of keys does not matter', () => {
  fc.assert(
    fc.property(policy, policy, (above, below) => {
      const one = resolve([organization(above), repository(below)], RULES, PRESETS);
      const other = resolve([organization(reversed(above) as Text), repository(reversed(below) as Text)], RULES, PRESETS);
      expect(effective(other.policy)).toEqual(effective(one.policy));
      expect(other.problems.map((problem) => problem.message).sort()).toEqual(
        one.problems.map((problem) => problem.message).sort(),
      );
    }),
  );
});

test('every value that a file set says where it was written', () => {
  fc.assert(
    fc.property(policy, policy, (above, below) => {
      const { policy: found } = resolve([organization(above), repository(below)], RULES, PRESETS);
      const sources = new Set(found.files.map((file) => file.source));
      for (const rule of Object.values(found.rules)) {
        expect(Object.values(rule.origins).every((origin) => sources.has(origin.source) && origin.line === 1)).toBe(true);
        if (rule.enforce !== 'off') expect(rule.origins['enforce']).toBeDefined();
      }
    }),
  );
});

test('what a lower layer allows first was allowed by the empty list above it', () => {
  const entry = fc.constantFrom('MIT', 'GPL-3.0-only', 'NONE', 'LicenseRef-Own', 'Glulxe', 'MIT WITH AdditionRef-Own', 'none');
  fc.assert(
    fc.property(fc.uniqueArray(entry, { minLength: 1 }), (wish) => {
      const { value, refused } = tighten('intersection', [], wish);
      const kept = wish.filter((one) => ['MIT', 'GPL-3.0-only'].includes(one));
      expect(value).toEqual(kept);
      expect(refused === null).toBe(kept.length === wish.length);
    }),
  );
});
