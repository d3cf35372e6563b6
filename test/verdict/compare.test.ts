/** What it means that something newly fails or passes. */
import { describe, expect, test } from '@jest/globals';
import type { Granted } from '../../src/policy/waivers/waiver.ts';
import { compare } from '../../src/verdict/compare.ts';
import type { Outcome, RuleVerdict, Verdict } from '../../src/verdict/verdict.ts';
import { aRuleVerdict, aVerdict } from '../support/verdicts.ts';

type Level = RuleVerdict['enforce'];

const rule = (id: string, enforce: Level, outcome: Outcome, more: Partial<RuleVerdict> = {}): RuleVerdict =>
  aRuleVerdict({ id, enforce, outcome, ...more });
const under = (...rules: readonly RuleVerdict[]): Verdict => aVerdict({ rules });
const said = (before: Verdict, after: Verdict) => {
  const { failing, passing, unknown } = compare(before, after);
  return { failing, passing, unknown };
};
const NOTHING = { failing: [], passing: [], unknown: [] };

describe('newly failing', () => {
  test('a rule that was not asked, and fails now', () => {
    expect(said(under(), under(rule('dco', 'warn', 'fail')))).toEqual({ ...NOTHING, failing: ['dco'] });
  });

  test('a rule that was only observed: nobody was held to it', () => {
    expect(said(under(rule('dco', 'observe', 'fail')), under(rule('dco', 'block', 'fail'))).failing).toEqual(['dco']);
  });

  test('a rule that was recommended and is required now: what was a comment stops the merge', () => {
    expect(said(under(rule('dco', 'warn', 'fail')), under(rule('dco', 'block', 'fail'))).failing).toEqual(['dco']);
  });

  test('a rule that passed by its options, was exempt, overridden, waived, or could not be told', () => {
    for (const outcome of ['pass', 'exempt', 'overridden', 'waived', 'unknown'] as const) {
      expect(said(under(rule('dco', 'block', outcome)), under(rule('dco', 'block', 'fail'))).failing).toEqual(['dco']);
    }
  });

  test('not a rule that failed before, as firmly', () => {
    expect(said(under(rule('dco', 'block', 'fail')), under(rule('dco', 'block', 'fail')))).toEqual(NOTHING);
  });

  test('not a rule that is only observed', () => {
    expect(said(under(), under(rule('dco', 'observe', 'fail')))).toEqual(NOTHING);
  });
});

describe('newly passing', () => {
  test('a rule that failed and passes, is waived, or is not asked any more', () => {
    const before = under(rule('dco', 'block', 'fail'));
    expect(said(before, under(rule('dco', 'block', 'pass'))).passing).toEqual(['dco']);
    expect(said(before, under(rule('dco', 'block', 'waived'))).passing).toEqual(['dco']);
    expect(said(before, under()).passing).toEqual(['dco']);
    expect(said(before, under(rule('dco', 'observe', 'fail'))).passing).toEqual(['dco']);
  });

  test('not a rule that is only recommended now and fails all the same', () => {
    expect(said(under(rule('dco', 'block', 'fail')), under(rule('dco', 'warn', 'fail')))).toEqual(NOTHING);
  });
});

test('what cannot be told is never a pass: it is named where somebody is held to it', () => {
  const after = under(rule('dco', 'block', 'unknown'), rule('cla', 'observe', 'unknown'));
  expect(said(under(), after)).toEqual({ ...NOTHING, unknown: ['dco'] });
});

test('in a pause nobody is held to anything', () => {
  const paused = { because: 'Tuesday', until: null, origin: { layer: 'organization', source: 's', line: 1 } } as const;
  const before = under(rule('dco', 'block', 'fail'));
  const after: Verdict = { ...before, policy: { ...before.policy, paused } };
  expect(said(before, after)).toEqual({ ...NOTHING, passing: ['dco'] });
  expect(said(after, before)).toEqual({ ...NOTHING, failing: ['dco'] });
});

test('waivers are told by what they cover', () => {
  const waiver = { id: 'dco-rocket' } as Granted;
  const { waivers } = compare(under(rule('dco', 'warn', 'fail')), under(rule('dco', 'warn', 'waived', { waivers: [waiver] })));
  expect(waivers).toEqual({ before: [], after: ['dco-rocket'] });
});
