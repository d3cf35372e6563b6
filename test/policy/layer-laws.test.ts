/** Laws of files that are laid over each other, held against any policies. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { laid } from '../../src/policy/fold.ts';
import { lay } from '../../src/policy/lay.ts';
import type { Occasion } from '../../src/policy/managed.ts';
import type { Document } from '../../src/policy/parse.ts';
import { CERTIFICATIONS, LEVELS, type Policy } from '../../src/policy/policy.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { tighten, tighteningOf, wordsOf } from '../../src/policy/tighten.ts';
import { shapeOf } from '../../src/policy/rule-schema.ts';
import { aDocument, CERTIFYING as RULES } from './rules.ts';

const PRESETS = new Map<string, string>();

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const day = fc.constantFrom('2026-11-01', '2026-12-01', '2027-03-01');
const firmness = {
  enforce: some(fc.constantFrom(...LEVELS)),
  rollout: some(
    fc
      .array(
        fc.record({
          enforce: fc.constantFrom(...LEVELS),
          from: day,
          cohorts: some(fc.constant(['docs'])),
          percent: some(fc.constantFrom(30, 70)),
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map((steps) => steps.toSorted((one, other) => one.from.localeCompare(other.from))),
  ),
  grace: some(fc.record({ newRepositories: fc.constantFrom(10, 90), level: fc.constantFrom('observe', 'warn') })),
};
const unset = <T extends string>(...names: readonly T[]) => some(fc.uniqueArray(fc.constantFrom('enforce', 'grace', ...names)));
const coAuthors = some(fc.constantFrom('ignore', 'warn', 'require'));
const bots = some(fc.uniqueArray(fc.integer({ min: 1, max: 5 })));
const rules = fc.record({
  dco: fc.record({
    ...firmness,
    unset: unset('exemptBots', 'maxUnsigned', 'team'),
    exemptBots: some(fc.boolean()),
    maxUnsigned: some(fc.integer({ min: 0, max: 10 })),
    team: some(fc.constantFrom('legal', 'office')),
  }),
  cla: fc.record({ ...firmness, unset: unset('coAuthors', 'bots'), coAuthors, bots }),
  'cla-history': fc.record({ ...firmness, unset: unset('coAuthors', 'bots'), coAuthors, bots }),
  'license-file': fc.record({ ...firmness, allow: some(fc.uniqueArray(fc.constantFrom('MIT', 'Apache-2.0', 'MPL-2.0'))) }),
  'required-files': fc.record({ ...firmness, files: some(fc.uniqueArray(fc.constantFrom('readme', 'license', 'notice'))) }),
});
const certification = some(fc.constantFrom(...CERTIFICATIONS));
const NAMES = ['dco', 'dco.enforce', 'dco.maxUnsigned', 'cla', 'cla.bots', 'cla-history', 'cla-history.bots', 'certification'];
const names = fc.uniqueArray(fc.constantFrom(...NAMES, 'license-file', 'required-files.files'), { minLength: 1 });
const plain = fc.record({ certification, rules });
const policy = fc.record({
  certification,
  rules,
  maxNewFailures: some(fc.nat(9)),
  groups: fc
    .constantFrom('documentation', 'other')
    .map((topic) => [{ name: 'docs', where: { topics: [topic] }, rules: { dco: { maxUnsigned: 9 } } }]),
});

/** What goes back to its default is not written beside it. */
function consistent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, consistent(inner)] as const);
  const names = entries.find(([key]) => key === 'unset')?.[1];
  if (!Array.isArray(names)) return Object.fromEntries(entries);
  const written = entries.filter(([, inner]) => inner !== undefined).map(([key]) => key);
  return { ...Object.fromEntries(entries), unset: names.filter((name) => !written.includes(String(name))) };
}

const shared = (value: unknown, source = 'base/.github:f') =>
  aDocument('shared', JSON.stringify(consistent(value)), source, RULES);
const organization = (value: unknown) => aDocument('organization', JSON.stringify(consistent(value)), undefined, RULES);
const repository = (value: unknown) => aDocument('repository', JSON.stringify(consistent(value)), undefined, RULES);

const occasion: fc.Arbitrary<Occasion> = fc.record({
  now: fc.constantFrom('2026-10-01', '2026-11-15', '2026-12-10', '2027-04-01').map((text) => new Date(text)),
  traits: fc.record({
    owner: fc.constant('acme'),
    name: fc.constantFrom('a', 'b', 'c'),
    topics: fc.constantFrom([], ['documentation']),
    createdAt: fc.constantFrom('2020-01-01T00:00:00Z', '2026-10-01T00:00:00Z'),
  }),
  isFirst: fc.constant(null),
});

function effective({ certification, rules, groups, limits, paused }: Policy): unknown {
  const plainly = Object.entries(rules).map(([id, { enforce, options, clause }]) => [id, { enforce, options, clause }]);
  return { certification, groups, limits, paused, rules: Object.fromEntries(plainly) };
}

const found = (documents: readonly Document[], at: Occasion) => resolve(documents, RULES, PRESETS, at).policy;
const layersOf = (...documents: Document[]) =>
  laid(
    documents.map((document) => ({ document, group: null })),
    RULES,
  );

describe('files without locks', () => {
  test('are associative: which two are laid over each other first does not matter', () => {
    fc.assert(
      fc.property(plain, plain, plain, (one, two, three) => {
        const [a, b, c] = [one, two, three].map((value) => layersOf(repository(value)));
        expect(lay(lay(a!, b!, RULES), c!, RULES)).toEqual(lay(a!, lay(b!, c!, RULES), RULES));
      }),
    );
  });
});

describe('any files', () => {
  const bound = fc.record({ policy, locked: some(names), mayOnlyTighten: some(names) });
  const whole = bound.map(({ policy: text, ...locks }) => ({ ...text, ...locks }));

  test('that are laid over themselves change nothing', () => {
    fc.assert(
      fc.property(whole, occasion, (text, at) => {
        const once = [organization(text)];
        expect(effective(found([shared(text), ...once], at))).toEqual(effective(found(once, at)));
      }),
    );
  });

  test('give the same whatever the order of their keys', () => {
    const reversed = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, reversed(inner)]),
          );
    fc.assert(
      fc.property(whole, whole, occasion, (below, above, at) => {
        const one = found([shared(below), organization(above)], at);
        expect(effective(found([shared(reversed(below)), organization(reversed(above))], at))).toEqual(effective(one));
      }),
    );
  });
});

describe('a locked value', () => {
  test('never changes, whatever is laid over it', () => {
    fc.assert(
      fc.property(policy, names, policy, names, plain, occasion, (below, locked, above, mayLoosen, own, at) => {
        const base = shared({ ...below, locked });
        const alone = found([base, organization({})], at);
        const all = found([base, organization({ ...above, mayLoosen, locked: ['cla.coAuthors'] }), repository(own)], at);
        for (const name of locked) expect([name, valueOf(all, name)]).toEqual([name, valueOf(alone, name)]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a value that may only be tightened', () => {
  test('is never loosened, whatever is laid over it', () => {
    fc.assert(
      fc.property(policy, names, policy, names, plain, occasion, (below, mayOnlyTighten, above, mayLoosen, own, at) => {
        const base = shared({ ...below, mayOnlyTighten });
        const alone = found([base, organization({})], at);
        const all = found([base, organization({ ...above, mayLoosen }), repository(own)], at);
        for (const name of mayOnlyTighten) expect([name, isLooser(alone, all, name)]).toEqual([name, false]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('groups', () => {
  test('decide by those that match alone', () => {
    const group = fc.record({ name: fc.constantFrom('a', 'b', 'c'), topic: fc.constantFrom('x', 'y'), rules });
    const groups = fc.uniqueArray(group, { selector: ({ name }) => name });
    fc.assert(
      fc.property(plain, groups, occasion, (text, all, at) => {
        const asGroup = ({ name, topic, rules: said }: (typeof all)[number]) => ({
          name,
          where: { topics: [topic] },
          rules: withoutCohorts(consistent(said)),
        });
        const here = { ...at, traits: at.traits && { ...at.traits, topics: ['x'] } };
        const own = { certification: text.certification, rules: withoutCohorts(consistent(text.rules)) };
        const one = found([organization({ ...own, groups: all.map(asGroup) })], here);
        const matching = all.filter(({ topic }) => topic === 'x').map(asGroup);
        expect(effective(one)).toEqual(effective(found([organization({ ...own, groups: matching })], here)));
      }),
    );
  });
});

/** Cohorts are names of the file; here it has others. */
function withoutCohorts(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'cohorts' ? undefined : inner)));
}

/** The value that a name of `locked` means. */
function valueOf({ certification: certified, rules: all }: Policy, name: string): unknown {
  if (name === 'certification') return certified;
  const [id = '', key] = name.split('.');
  const { enforce, options } = all[id]!;
  if (key === undefined) return { enforce, options };
  return key === 'enforce' ? enforce : options[key];
}

function isLooser(before: Policy, after: Policy, name: string): boolean {
  if (name === 'certification') return isLess(before, after);
  const [id = '', key] = name.split('.');
  const rule = RULES.find((one) => one.id === id)!;
  const [was, is] = [before.rules[id]!, after.rules[id]!];
  const isLower = LEVELS.indexOf(is.enforce) < LEVELS.indexOf(was.enforce);
  if (key === 'enforce') return isLower;
  return (
    (key === undefined && isLower) ||
    Object.entries(shapeOf(rule))
      .filter(([option]) => key === undefined || key === option)
      .some(([option, schema]) => {
        // What is as tight already would be refused to go back, and tightening by what was changes nothing.
        const { value } = tighten(tighteningOf(schema), is.options[option], was.options[option], wordsOf(schema));
        return JSON.stringify(sorted(value)) !== JSON.stringify(sorted(is.options[option]));
      })
  );
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.toSorted() : value;
}

/** Whether a certification that was written asks for fewer rules now. */
function isLess({ certification: was }: Policy, { certification: is }: Policy): boolean {
  const asked = (one: Policy['certification']) =>
    one === null || one === 'none' ? 0 : one === 'either' ? 1 : one === 'both' ? 3 : 2;
  return was !== null && was !== is && asked(is) <= asked(was);
}
