/** How a pilot goes, in numbers that anybody can count again. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Pilot } from '../../src/policy/managed.ts';
import { outcomesIn, readMeasurement, type Measured } from '../../src/verdict/measurement.ts';
import { pilotStanding, stateOf } from '../../src/verdict/pilot.ts';
import { shareOf, targetState } from '../../src/verdict/share.ts';
import type { Outcome } from '../../src/verdict/verdict.ts';
import { aRepositoryVerdict, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const PILOT: Pilot = {
  name: 'true-open-source',
  title: 'True open source maturity',
  owner: 'oso@example.org',
  where: { names: ['cardano-cli'] },
  start: '2026-12-01',
  end: '2027-02-28',
  targets: [{ rule: 'dco', passing: 80 }],
  exitCriteria: ['Maintainers outside the founding entities agree.'],
  origin: { layer: 'organization', source: 'acme/.github:.github/steward.yml', line: 12 },
};
const NOW = new Date('2027-01-15T09:00:00Z');

/** Repositories `NAME-0`, `NAME-1`, … with these outcomes of one rule; null: it was not asked. */
function some(isIn: boolean | null, outcomes: readonly (Outcome | null)[], rule = 'dco', name = String(isIn)): Measured[] {
  return outcomes.map((outcome, index) => ({
    repository: `acme/${name}-${index}`,
    isPrivate: false,
    isIn,
    outcomes: outcome === null ? {} : { [rule]: outcome },
  }));
}

function standing(repositories: readonly Measured[], before: readonly Measured[] | null = null, pilot = PILOT, now = NOW) {
  const baseline = before && { at: '2026-12-01T03:00:00.000Z', repositories: before };
  return pilotStanding(pilot, { at: now.toISOString(), repositories }, baseline, now);
}

describe('a share', () => {
  const share = (...outcomes: (Outcome | null)[]) => shareOf(some(true, outcomes), 'dco');

  test('counts what passes among what is counted, and tells the rest', () => {
    expect(share('pass', 'exempt', 'fail', 'waived', 'overridden', 'unknown', null)).toEqual({
      percent: 40,
      passed: 2,
      counted: 5,
      excused: 2,
      unknown: 1,
      notAsked: 1,
    });
  });

  test('is rounded half up to whole percent', () => {
    const of = (passed: number, counted: number) =>
      share(...Array.from({ length: counted }, (_, index) => (index < passed ? ('pass' as const) : ('fail' as const)))).percent;
    expect([of(1, 8), of(1, 3), of(2, 3), of(1, 200), of(199, 200), of(1, 201)]).toEqual([13, 33, 67, 1, 100, 0]);
  });

  test('of nothing is no number', () => {
    expect([share().percent, share('unknown', null).percent]).toEqual([null, null]);
  });

  test('of a rule called like what every object has counts nobody', () => {
    expect(shareOf(some(true, ['pass']), 'constructor')).toMatchObject({ counted: 0, notAsked: 1 });
  });
});

describe('a target', () => {
  const state = (outcomes: (Outcome | null)[], passing: number, undecided = 0) =>
    targetState(shareOf(some(true, outcomes), 'dco'), undecided, passing);

  test('is met at its number, before rounding', () => {
    expect(state(['pass', 'pass', 'pass', 'pass', 'fail'], 80)).toBe('met');
    expect(state(['pass', 'pass', 'fail'], 67)).toBe('not-yet');
  });

  test('is met or missed only where what is unknown could not change that', () => {
    expect(state(['pass', 'pass', 'unknown'], 60)).toBe('met');
    expect(state(['pass', 'pass', 'unknown'], 80)).toBe('unknown');
    expect(state(['fail', 'fail', 'unknown'], 80)).toBe('not-yet');
    expect(state(['pass'], 80, 1)).toBe('unknown');
  });

  test('of nothing cannot be told, not even when it is zero', () => {
    expect([state([], 80), state([null], 0), state(['unknown'], 0)]).toEqual(['unknown', 'unknown', 'unknown']);
  });

  test('that is met stays met when one more passes', () => {
    const outcome = fc.constantFrom<Outcome | null>('pass', 'exempt', 'fail', 'unknown', 'waived', null);
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 20 }), fc.integer({ min: 0, max: 100 }), (outcomes, passing) => {
        fc.pre(state(outcomes, passing) === 'met');
        expect(state([...outcomes, 'pass'], passing)).toBe('met');
      }),
    );
  });
});

describe('a pilot', () => {
  test('stands beside the rest, and beside the start', () => {
    const now = [...some(true, ['pass', 'pass', 'pass', 'pass', 'fail']), ...some(false, ['pass', 'fail', 'fail'])];
    const start = [...some(true, ['pass', 'fail', 'fail', 'fail', 'fail']), ...some(false, ['fail', 'fail', 'fail'])];
    const found = standing(now, start);
    expect(found).toMatchObject({
      pilot: { name: 'true-open-source', owner: 'oso@example.org' },
      state: 'running',
      daysLeft: 45,
      baseline: { at: '2026-12-01T03:00:00.000Z', isLate: false },
      rest: 3,
      undecided: 0,
      targets: [{ rule: 'dco', passing: 80, state: 'met' }],
    });
    expect(found.repositories.map(({ repository }) => repository)).toEqual([0, 1, 2, 3, 4].map((one) => `acme/true-${one}`));
    const [dco] = found.rules;
    expect([dco?.now.pilot.percent, dco?.now.rest.percent, dco?.start?.pilot.percent, dco?.start?.rest.percent]).toEqual([
      80, 33, 20, 0,
    ]);
  });

  test('is compared with the start over the repositories that each side has now', () => {
    const now = [...some(true, ['pass'], 'dco', 'moved'), ...some(false, ['pass'], 'dco', 'new')];
    const start = [...some(false, ['fail'], 'dco', 'Moved'), ...some(false, ['pass'], 'dco', 'gone')];
    expect(standing(now, start).rules[0]?.start).toMatchObject({
      pilot: { percent: 0, counted: 1 },
      rest: { percent: null, counted: 0 },
    });
  });

  test('without a measurement at the start says so', () => {
    expect(standing(some(true, ['pass']))).toMatchObject({ baseline: null, rules: [{ start: null }] });
  });

  test('says when the start was measured late', () => {
    const baseline = { at: '2026-12-03T03:00:00.000Z', repositories: [] };
    expect(pilotStanding(PILOT, { at: NOW.toISOString(), repositories: [] }, baseline, NOW).baseline).toEqual({
      at: '2026-12-03T03:00:00.000Z',
      isLate: true,
    });
  });

  test('counts repositories that may belong to it on neither side, and does not let them decide a target', () => {
    const found = standing([...some(true, ['pass']), ...some(null, ['fail'])]);
    expect(found).toMatchObject({ undecided: 1, rest: 0, targets: [{ state: 'unknown' }] });
    expect(found.rules[0]?.now).toMatchObject({ pilot: { counted: 1 }, rest: { counted: 0 } });
  });

  test('tells of every rule, those with a target first', () => {
    const found = standing([...some(true, ['pass'], 'notice', 'a'), ...some(false, ['pass'], 'cla', 'b')]);
    expect(found.rules.map(({ rule }) => rule)).toEqual(['dco', 'cla', 'notice']);
    expect(found.rules[0]?.now.pilot).toMatchObject({ percent: null, notAsked: 1 });
  });

  test.each([
    ['2026-11-30T23:59:59Z', 'planned', 90],
    ['2026-12-01T00:00:00Z', 'running', 90],
    ['2027-02-28T23:59:59Z', 'running', 1],
    ['2027-03-01T00:00:00Z', 'ended', 0],
  ] as const)('at %s is %s, with %i days left', (at, state, days) => {
    expect(stateOf(PILOT, new Date(at))).toBe(state);
    expect(standing([], null, PILOT, new Date(at)).daysLeft).toBe(days);
  });

  test('is the same wherever it is told: it survives JSON', () => {
    const found = standing(some(true, ['pass']), some(true, ['fail']));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe('what the last verdicts say of a repository', () => {
  const rule = (id: string, on: 'contribution' | 'repository', outcome: Outcome) => aRuleVerdict({ id, on, outcome });

  test('is its own verdict, and of rules about contributions the worst of its open pull requests', () => {
    const own = aRepositoryVerdict({ rules: [rule('license-file', 'repository', 'pass')] });
    const pulls = [
      aVerdict({ rules: [rule('dco', 'contribution', 'pass'), rule('license-file', 'repository', 'fail')] }),
      aVerdict({ rules: [rule('dco', 'contribution', 'unknown'), rule('cla', 'contribution', 'exempt')] }),
    ];
    expect(outcomesIn(own, pulls)).toEqual({ dco: 'unknown', cla: 'exempt', 'license-file': 'pass' });
  });

  test('is nothing where nothing was judged', () => {
    expect(outcomesIn(null, [])).toEqual({});
  });
});

describe('a measurement that was kept', () => {
  test('is read back as it was', () => {
    const kept = { at: '2026-12-01T03:00:00.000Z', repositories: some(true, ['pass', 'fail']) };
    expect(readMeasurement(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  test.each([
    ['nothing', null],
    ['something else', { at: 'yesterday', repositories: [] }],
    [
      'an outcome that nobody knows',
      { at: '2026-12-01T03:00:00.000Z', repositories: [{ ...some(true, ['pass'])[0], outcomes: { dco: 'fine' } }] },
    ],
  ])('is none when it is %s', (_name, body) => {
    expect(readMeasurement(body)).toBeNull();
  });
});
