/** How firmly a rule is held while it is rolled out. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Grace, Occasion, Step, Traits } from '../../src/policy/managed.ts';
import { LEVELS, type Level } from '../../src/policy/policy.ts';
import { reached, shareOf, type Rollout } from '../../src/policy/rollout.ts';

const ROCKET: Traits = { owner: 'acme', name: 'rocket', createdAt: '2026-11-20T12:00:00Z' };

const STEPS: readonly Step[] = [
  { enforce: 'warn', from: '2026-12-01', cohorts: ['pilot'] },
  { enforce: 'warn', from: '2027-01-15' },
  { enforce: 'block', from: '2027-03-01' },
];

function rollout(more: Partial<Rollout> = {}): Rollout {
  return { rule: 'dco', enforce: 'observe', steps: STEPS, grace: null, cohorts: [], ...more };
}

function on(day: string, more: Partial<Occasion> = {}): Occasion {
  return { now: new Date(day), traits: ROCKET, isFirst: null, ...more };
}

describe('a roll-out by date', () => {
  test('before its first step, the rule is held as it says, and the next step is told', () => {
    expect(reached(rollout(), on('2026-12-24'))).toEqual({
      enforce: 'observe',
      reached: { step: null, aim: 'block', next: { enforce: 'warn', from: '2027-01-15T00:00:00.000Z' }, grace: null },
      until: '2027-01-15T00:00:00.000Z',
    });
  });

  test('a step begins with its day, in UTC', () => {
    const last = reached(rollout(), on('2027-01-14T23:59:59.999Z'));
    const first = reached(rollout(), on('2027-01-15T00:00:00.000Z'));
    expect([last.enforce, first.enforce, first.reached.step]).toEqual(['observe', 'warn', 1]);
    expect(first.until).toBe('2027-03-01T00:00:00.000Z');
  });

  test('after its last step nothing changes by itself', () => {
    expect(reached(rollout(), on('2027-06-01'))).toEqual({
      enforce: 'block',
      reached: { step: 2, aim: 'block', next: null, grace: null },
      until: null,
    });
  });

  test('the last step of the list that has begun decides, whatever its day', () => {
    const steps: Step[] = [
      { enforce: 'block', from: '2027-02-01' },
      { enforce: 'warn', from: '2027-01-01' },
    ];
    expect(reached(rollout({ steps }), on('2027-02-02'))).toMatchObject({ enforce: 'warn', reached: { step: 1 }, until: null });
  });

  test('a step without a day holds from the beginning', () => {
    const steps: Step[] = [{ enforce: 'warn' }, { enforce: 'block', from: '2027-03-01' }];
    expect(reached(rollout({ steps }), on('2020-01-01'))).toMatchObject({ enforce: 'warn', reached: { step: 0 } });
  });

  test('a step that changes nothing here is no next step', () => {
    const steps: Step[] = [
      { enforce: 'observe', from: '2027-01-01' },
      { enforce: 'warn', from: '2027-02-01' },
    ];
    expect(reached(rollout({ steps }), on('2026-12-24')).until).toBe('2027-02-01T00:00:00.000Z');
  });

  test('for no repository in particular it has not begun', () => {
    expect(reached(rollout(), on('2027-06-01', { traits: null }))).toEqual({
      enforce: 'observe',
      reached: { step: null, aim: 'block', next: null, grace: null },
      until: null,
    });
  });
});

describe('a cohort', () => {
  test('comes first', () => {
    expect(reached(rollout({ cohorts: ['pilot'] }), on('2026-12-24'))).toMatchObject({ enforce: 'warn', reached: { step: 0 } });
  });

  test('that is an empty list is nobody', () => {
    expect(reached(rollout({ steps: [{ enforce: 'block', cohorts: [] }] }), on('2027-06-01')).enforce).toBe('observe');
  });

  test('does not tell others about its step', () => {
    const steps: Step[] = [{ enforce: 'block', from: '2027-03-01', cohorts: ['pilot'] }];
    expect(reached(rollout({ steps }), on('2026-12-24'))).toMatchObject({ reached: { aim: 'observe', next: null }, until: null });
  });
});

describe('a share', () => {
  const fleet = Array.from({ length: 1_000 }, (_, index): Traits => ({ owner: 'acme', name: `repo-${index}` }));
  const meant = (percent: number) =>
    fleet.filter(
      (traits) => reached(rollout({ steps: [{ enforce: 'warn', percent }] }), on('2027-06-01', { traits })).enforce === 'warn',
    );

  test('is about as many repositories as it says', () => {
    expect([meant(25).length, meant(100).length]).toEqual([expect.any(Number), 1_000]);
    expect(Math.abs(meant(25).length - 250)).toBeLessThan(50);
  });

  test('that grows takes nobody out', () => {
    const [few, more] = [meant(25), meant(40)];
    expect(more.length).toBeGreaterThan(few.length);
    expect(few.filter((traits) => !more.includes(traits))).toEqual([]);
  });

  test('is the same for any spelling of the name, and another for another rule', () => {
    expect(shareOf({ owner: 'Acme', name: 'ROCKET' }, 'dco')).toBe(shareOf(ROCKET, 'dco'));
    expect(fleet.some((traits) => shareOf(traits, 'dco') !== shareOf(traits, 'cla'))).toBe(true);
    // Written down, so that no change of the code draws the repositories anew.
    expect([shareOf(ROCKET, 'dco'), shareOf(ROCKET, 'license-file')]).toEqual([48, 13]);
  });
});

describe('grace', () => {
  const grace: Grace = { newRepositories: 30, firstContributions: true, level: 'warn' };
  const firm = rollout({ enforce: 'block', steps: [], grace });

  test('spares a new repository, to the moment', () => {
    expect(reached(firm, on('2026-12-01'))).toEqual({
      enforce: 'warn',
      reached: {
        step: null,
        aim: 'block',
        next: { enforce: 'block', from: '2026-12-20T12:00:00.000Z' },
        grace: { reason: 'new-repository', until: '2026-12-20T12:00:00.000Z' },
      },
      until: '2026-12-20T12:00:00.000Z',
    });
    expect(reached(firm, on('2026-12-20T12:00:00.000Z'))).toMatchObject({
      enforce: 'block',
      reached: { grace: null },
      until: null,
    });
  });

  test('spares a first contribution as long as it is open', () => {
    expect(reached(firm, on('2027-06-01', { isFirst: true }))).toMatchObject({
      enforce: 'warn',
      reached: { aim: 'block', next: null, grace: { reason: 'first-contribution', until: null } },
      until: null,
    });
  });

  test('spares nobody of whom it is not known', () => {
    const traits = { owner: 'acme', name: 'rocket' };
    expect(reached(firm, on('2026-12-01', { traits, isFirst: null })).enforce).toBe('block');
    expect(reached(firm, on('2026-12-01', { traits: { ...traits, createdAt: 'some day' } })).enforce).toBe('block');
  });

  test('is not told where it changes nothing, and moves the next step to its end', () => {
    const steps: Step[] = [{ enforce: 'block', from: '2026-12-10' }];
    expect(reached(rollout({ enforce: 'warn', steps, grace }), on('2026-12-01')).reached).toEqual({
      step: null,
      aim: 'block',
      next: { enforce: 'block', from: '2026-12-20T12:00:00.000Z' },
      grace: null,
    });
  });

  test('never makes anything firmer', () => {
    expect(reached(rollout({ enforce: 'off', steps: [], grace }), on('2026-12-01')).enforce).toBe('off');
  });

  test('of more days than there are does no harm', () => {
    const endless = { ...grace, newRepositories: 1e12 };
    expect(reached({ ...firm, grace: endless }, on('2026-12-01'))).toMatchObject({
      enforce: 'warn',
      reached: { next: null, grace: { reason: 'new-repository', until: null } },
      until: null,
    });
  });
});

describe('laws', () => {
  const level = fc.constantFrom(...LEVELS);
  const day = fc.integer({ min: 0, max: 60 }).map((days) => new Date(Date.UTC(2026, 11, 1 + days)).toISOString().slice(0, 10));
  const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const step = fc.record({
    enforce: level,
    from: some(day),
    cohorts: some(fc.subarray(['pilot', 'docs'])),
    percent: some(fc.integer({ min: 1, max: 100 })),
  }) as fc.Arbitrary<Step>;
  const any = fc.record({
    rule: fc.constantFrom('dco', 'cla'),
    enforce: level,
    steps: fc.array(step, { maxLength: 6 }),
    grace: fc.option(
      fc.record({
        newRepositories: fc.integer({ min: 1, max: 60 }),
        firstContributions: fc.boolean(),
        level: fc.constantFrom('observe', 'warn'),
      }) as fc.Arbitrary<Grace>,
    ),
    cohorts: fc.subarray(['pilot', 'docs']),
  });
  const occasion = fc.record({
    now: fc.date({ min: new Date('2026-11-25'), max: new Date('2027-02-10'), noInvalidDate: true }),
    traits: fc.record({
      owner: fc.constant('acme'),
      name: fc.constantFrom('rocket', 'wallet', 'node', 'docs'),
      createdAt: fc.constantFrom('2026-11-20T12:00:00Z', '2020-01-01T00:00:00Z'),
    }),
    isFirst: fc.constantFrom(true, false, null),
  });
  const firmness = (one: Level) => LEVELS.indexOf(one);

  test('a rule is never held more firmly than the roll-out leads to, now or later', () => {
    fc.assert(
      fc.property(any, occasion, (one, when) => {
        const { enforce, reached: found } = reached(one, when);
        expect(firmness(enforce)).toBeLessThanOrEqual(firmness(found.aim));
        if (found.next) expect(firmness(found.next.enforce)).toBeLessThanOrEqual(firmness(found.aim));
      }),
    );
  });

  test('the level stays the same until it is said to change, and changes then', () => {
    fc.assert(
      fc.property(any, occasion, fc.integer({ min: 0, max: 9_999 }), (one, when, part) => {
        const { enforce, reached: found, until } = reached(one, when);
        const [from, end] = [when.now.getTime(), until === null ? Date.UTC(2030, 0) : Date.parse(until)];
        const within = new Date(from + Math.floor(((end - from) * part) / 10_000));
        for (const now of [within, new Date(end - 1)]) expect(reached(one, { ...when, now }).enforce).toBe(enforce);
        expect(until).toBe(found.next?.from ?? null);
        if (until !== null) expect(reached(one, { ...when, now: new Date(end) }).enforce).toBe(found.next?.enforce);
      }),
    );
  });

  test('steps that have not begun, and another order of the cohorts, do not matter now', () => {
    fc.assert(
      fc.property(any, occasion, (one, when) => {
        const begun = one.steps.filter(({ from }) => from === undefined || new Date(from) <= when.now);
        const same = reached({ ...one, steps: begun, cohorts: one.cohorts.toReversed() }, when);
        expect(same.enforce).toBe(reached(one, when).enforce);
      }),
    );
  });

  test('a growing share of a firmer step never loosens', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), occasion, (a, b, when) => {
        const held = (percent: number) => firmness(reached(rollout({ steps: [{ enforce: 'block', percent }] }), when).enforce);
        expect(held(Math.min(a, b))).toBeLessThanOrEqual(held(Math.max(a, b)));
      }),
    );
  });
});
