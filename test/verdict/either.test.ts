/** `certification: either` asks each commit for one of the two, and never passes what neither certifies. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plain } from '../../src/facts/words.ts';
import type { Finding } from '../../src/rules/rule.ts';
import { judge } from '../../src/verdict/judge.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { aCase, aFinding, anOverride, shaOf, type Circumstance, type Found } from './case.ts';

const [a, b] = [shaOf('a'), shaOf('b')];
const either = (found: Found, more: Circumstance = {}): Verdict =>
  judge(aCase(found, { certification: 'either', commits: [a, b], ...more }));
const outcomes = ({ rules }: Verdict) => rules.map(({ findings }) => findings.map(({ outcome }) => outcome));
const person = (outcome: Finding['outcome'], id: number, ...commits: readonly string[]): Finding =>
  aFinding(outcome, `account:${id}`, { commits, isLasting: true, accountId: id });

describe('each commit by one of them', () => {
  test('a commit without sign-off is covered when everybody it names has signed', () => {
    const verdict = either({ dco: [aFinding('fail', a)], cla: [person('pass', 1, a), person('exempt', 2, a)] }, { commits: [a] });
    expect(verdict.conclusion).toBe('success');
    const [finding] = verdict.rules[0]?.findings ?? [];
    expect(finding && [finding.outcome, plain(finding.says)]).toEqual([
      'exempt',
      `${a} is fail. The signed agreement covers it.`,
    ]);
  });

  test('a commit is not covered while one of those it names has not signed', () => {
    const verdict = either({ dco: [aFinding('fail', a)], cla: [person('pass', 1, a), person('fail', 2, a)] }, { commits: [a] });
    expect(verdict.conclusion).toBe('failure');
  });

  test('somebody need not sign when all their commits are signed off, and is no longer waited for', () => {
    const verdict = either({ dco: [aFinding('pass', a), aFinding('exempt', b)], cla: [person('fail', 1, a, b)] });
    expect(verdict.conclusion).toBe('success');
    expect(verdict.rules[1]?.findings[0]?.accountId).toBeUndefined();
  });

  test('one commit by the one and another by the other is enough', () => {
    const found = { dco: [aFinding('pass', a), aFinding('fail', b)], cla: [person('fail', 1, a), person('pass', 2, b)] };
    expect(outcomes(either(found))).toEqual([
      ['pass', 'exempt'],
      ['exempt', 'pass'],
    ]);
  });

  test('who only opened it need not sign when every commit is signed off', () => {
    const opener = person('fail', 1);
    expect(either({ dco: [aFinding('pass', a), aFinding('pass', b)], cla: [opener] }).conclusion).toBe('success');
    expect(either({ dco: [aFinding('pass', a), aFinding('fail', b)], cla: [opener, person('pass', 2, b)] }).conclusion).toBe(
      'failure',
    );
  });

  test('a commit that no finding names is certified by nobody', () => {
    expect(either({ dco: [aFinding('fail', a)], cla: [] }, { commits: [a] }).conclusion).toBe('failure');
    expect(either({ dco: [aFinding('fail', a)], cla: [person('pass', 1, b)] }).conclusion).toBe('failure');
  });
});

describe('unknown', () => {
  test('stays unknown unless the other side certifies', () => {
    expect(either({ dco: [aFinding('unknown', a)], cla: [person('fail', 1, a)] }, { commits: [a] }).conclusion).toBe('failure');
    expect(either({ dco: null, cla: [person('unknown', 1, a)] }, { commits: [a] }).conclusion).toBe('action_required');
    expect(either({ dco: null, cla: [person('pass', 1, a, b)] }).conclusion).toBe('success');
    expect(either({ dco: [aFinding('pass', a), aFinding('pass', b)], cla: null }).conclusion).toBe('success');
  });

  test('where the commits themselves are not known, nothing covers a finding that names none', () => {
    const facts = new Map();
    const matter = aCase({ dco: null, cla: [person('pass', 1, a)] }, { certification: 'either' });
    expect(judge({ ...matter, facts }).conclusion).toBe('action_required');
  });

  test('where the commits come as JSON of another shape, it is the same', () => {
    const facts = new Map([['commits', { known: true, value: [null] } as const]]);
    const matter = aCase({ dco: null, cla: [person('pass', 1, a)] }, { certification: 'either' });
    expect(judge({ ...matter, facts }).conclusion).toBe('action_required');
  });
});

test('an override of one side is enough for its commits, and stays visible', () => {
  const found = { dco: [aFinding('fail', a)], cla: [person('fail', 1, a)] };
  const verdict = either(found, { commits: [a], overrides: [anOverride('dco', [a])] });
  expect(verdict.rules.map(({ outcome }) => outcome)).toEqual(['overridden', 'exempt']);
  expect(verdict.conclusion).toBe('neutral');
});

describe('which of the two rules are asked', () => {
  test.each([
    ['none', []],
    ['dco', ['dco']],
    ['cla', ['cla']],
    ['both', ['dco', 'cla']],
    ['either', ['dco', 'cla']],
    [null, ['dco', 'cla']],
  ] as const)('certification %s: %j', (certification, asked) => {
    const verdict = judge(aCase({ dco: [aFinding('pass', a)], cla: [person('pass', 1, a)] }, { certification }));
    expect(verdict.rules.map(({ id }) => id)).toEqual(asked);
  });

  test('a rule that is off is not asked whatever the certification', () => {
    expect(judge(aCase({ dco: [] }, { certification: 'both', enforce: 'off' })).rules).toEqual([]);
  });

  test('other rules are asked all the same', () => {
    expect(judge(aCase({ license: [] }, { certification: 'none' })).rules).toHaveLength(1);
  });
});

test('either passes exactly when each commit is certified by its sign-off or by the signatures of all it names', () => {
  const outcome = fc.constantFrom('pass', 'exempt', 'fail', 'unknown');
  const shas = ['1', '2', '3', '4'].map(shaOf);
  const commit = fc.record({ dco: outcome, people: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 }) });
  const isFine = (one: string | undefined): boolean => one === 'pass' || one === 'exempt';
  fc.assert(
    fc.property(
      fc.array(commit, { minLength: 1, maxLength: 4 }),
      fc.array(outcome, { minLength: 4, maxLength: 4 }),
      (commits, signed) => {
        const dco = commits.map(({ dco: found }, index) => aFinding(found, shas[index] ?? ''));
        const cla = [0, 1, 2, 3].flatMap((id) => {
          const own = commits.flatMap(({ people }, index) => (people.includes(id) ? [shas[index] ?? ''] : []));
          return own.length > 0 ? [person(signed[id] as Finding['outcome'], id, ...own)] : [];
        });
        const verdict = either({ dco, cla }, { commits: shas.slice(0, commits.length) });
        const isEach = commits.every((one) => isFine(one.dco) || one.people.every((id) => isFine(signed[id])));
        expect(verdict.conclusion === 'success').toBe(isEach);
        if (commits.length === 1) {
          const alone = ['dco', 'cla'].map((certification) =>
            judge(aCase({ dco, cla }, { certification: certification as 'dco' | 'cla', commits: shas.slice(0, 1) })),
          );
          expect(verdict.conclusion === 'success').toBe(alone.some(({ conclusion }) => conclusion === 'success'));
        }
      },
    ),
    { numRuns: 1000 },
  );
});
