/** An override answers for what was found when it was given: visibly, and for nothing that came later. */
import { describe, expect, test } from '@jest/globals';
import { judge } from '../../src/verdict/judge.ts';
import { coversOf } from '../../src/verdict/overridden.ts';
import { words } from '../../src/facts/words.ts';
import { aCase, aFinding, anOverride, shaOf, type Circumstance, type Found } from './case.ts';

const [a, b, c] = [shaOf('a'), shaOf('b'), shaOf('c')];

/** Judges, overrides the rule on what was found, and judges again what is found later. */
function later(first: Found, second: Found, more: Circumstance = {}) {
  const [id = ''] = Object.keys(first);
  const covers = coversOf(id, judge(aCase(first, more)));
  return judge(aCase(second, { ...more, overrides: [anOverride(id, covers)] }));
}

describe('an override', () => {
  test('of everything that fails makes a neutral check, never an ordinary success', () => {
    const found = { dco: [aFinding('pass', a), aFinding('fail', b)] };
    const verdict = later(found, found);
    expect([verdict.conclusion, verdict.rules[0]?.outcome]).toEqual(['neutral', 'overridden']);
    expect(verdict.rules[0]?.overrides).toEqual([anOverride('dco', [b])]);
    expect(verdict.rules[0]?.findings.map(({ isOverridden }) => isOverridden ?? false)).toEqual([false, true]);
  });

  test('of a rule that only warns is neutral too', () => {
    const found = { dco: [aFinding('fail', a)] };
    expect(later(found, found, { enforce: 'warn' }).conclusion).toBe('neutral');
  });

  test('does not cover a commit that came after it, and the headline counts only what still fails', () => {
    const verdict = later({ dco: [aFinding('fail', a)] }, { dco: [aFinding('fail', a), aFinding('fail', b)] });
    expect([verdict.conclusion, verdict.rules[0]?.headline]).toEqual(['failure', '1 of 2']);
    expect(verdict.rules[0]?.overrides).toHaveLength(1);
  });

  test('of another rule changes nothing', () => {
    const verdict = judge(aCase({ dco: [aFinding('fail', a)] }, { overrides: [anOverride('license-file', [a])] }));
    expect([verdict.conclusion, verdict.rules[0]?.overrides]).toEqual(['failure', undefined]);
  });

  test('that answers for nothing any more is not shown', () => {
    const verdict = later({ dco: [aFinding('fail', a)] }, { dco: [aFinding('pass', b)] });
    expect([verdict.conclusion, verdict.rules[0]?.outcome, verdict.rules[0]?.overrides]).toEqual(['success', 'pass', undefined]);
  });

  test('of a finding that names a person covers the commits that it named, and no further one of that person', () => {
    const unsigned = (...commits: readonly string[]) => ({ cla: [aFinding('fail', 'account:5', { commits, isLasting: true })] });
    expect(later(unsigned(a, b), unsigned(a)).conclusion).toBe('neutral');
    expect(later(unsigned(a), unsigned(a, c)).conclusion).toBe('failure');
  });

  test('of a finding on a file covers these words about it: another fault of the same file is another finding', () => {
    const license = (says: string) => ({ license: [aFinding('fail', 'LICENSE', { says: words`${says}` })] });
    const repository = { on: 'repository' } as const;
    const verdict = (first: string, second: string) => {
      const base = judge(
        aCase(license(first), { ...repository, subject: { kind: 'repository', owner: 'acme', repo: 'widget' } }),
      );
      const overrides = [anOverride('license', coversOf('license', base))];
      return judge({
        ...aCase(license(second), { ...repository, overrides }),
        subject: { kind: 'repository', owner: 'acme', repo: 'widget' },
      }).conclusion;
    };
    expect(verdict('It is GPL.', 'It is GPL.')).toBe('neutral');
    expect(verdict('It is GPL.', 'It is gone.')).toBe('failure');
  });
});

describe('what could not be told', () => {
  test('is answered for at the commit where it was seen, and is not looked at again for it', () => {
    const verdict = later({ dco: null }, { dco: null });
    expect([verdict.conclusion, verdict.isIncomplete]).toEqual(['neutral', false]);
  });

  test('is unknown again at another commit: nobody has seen that one', () => {
    const covers = coversOf('dco', judge(aCase({ dco: null }, { sha: a })));
    const verdict = judge(aCase({ dco: null }, { sha: b, overrides: [anOverride('dco', covers)] }));
    expect([verdict.conclusion, verdict.isIncomplete]).toEqual(['action_required', true]);
  });

  test('is not answered for by an override of a commit', () => {
    expect(later({ dco: [aFinding('fail', a)] }, { dco: null }).conclusion).toBe('action_required');
  });
});

describe('the button', () => {
  test('shows how it is done as long as something is in the way', () => {
    const help = 'override';
    expect(judge(aCase({ dco: [aFinding('fail', a)] }, { help })).help).toBe('override');
    expect(judge(aCase({ dco: [aFinding('pass', a)] }, { help })).help).toBeUndefined();
  });
});
