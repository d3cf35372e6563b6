/** Which commits a merge leaves accepted. */
import { expect, test } from '@jest/globals';
import { words } from '../../src/facts/words.ts';
import { certifiedCommits } from '../../src/verdict/certified.ts';
import type { JudgedFinding, Verdict } from '../../src/verdict/verdict.ts';
import { aFinding, aPass, aRuleVerdict, aVerdict } from '../support/verdicts.ts';

const sha = (digit: number): string => String(digit).repeat(40);
const MERGED = sha(9);

const pass = (digit: number): JudgedFinding => aPass(words`Signed off.`, sha(digit));
const exempt = (digit: number): JudgedFinding => aFinding({ outcome: 'exempt', about: sha(digit) });

function shas(findings: readonly JudgedFinding[], verdict: Partial<Verdict> = {}): readonly string[] | undefined {
  const judged = aVerdict({ sha: sha(1), rules: [aRuleVerdict({ findings })], ...verdict });
  return certifiedCommits(judged, { headSha: sha(1), baseRef: 'main', mergeSha: MERGED })?.shas;
}

test('commits that pass stay accepted, and so does the commit that the merge made', () => {
  expect(shas([pass(1), pass(2)])).toEqual([sha(1), sha(2), MERGED]);
});

test('an exempt commit is not certified, and leaves nothing open', () => {
  expect(shas([pass(1), exempt(2)])).toEqual([sha(1), MERGED]);
});

test.each([
  ['fails', aFinding({ about: sha(2) })],
  ['is unknown', aFinding({ about: sha(2), outcome: 'unknown' })],
])('where a commit %s, the merge certifies only those that pass', (_name, finding) => {
  expect(shas([pass(1), finding])).toEqual([sha(1)]);
});

test.each(['fail', 'unknown'] as const)(
  'what a maintainer answered for is not asked about again after the merge, where it was found %s',
  (outcome) => {
    expect(shas([pass(1), aFinding({ about: sha(2), outcome, isOverridden: true })])).toEqual([sha(1), sha(2), MERGED]);
  },
);

test('a pull request that was turned to another branch after it was judged leaves nothing accepted', () => {
  const { circumstances } = aVerdict();
  expect(shas([pass(1)], { circumstances: { ...circumstances, baseRef: 'release' } })).toBeUndefined();
});

test('what went into another branch than the default one is told apart: its policy may be that of whoever writes there', () => {
  const at = (baseRef: string, defaultBranch: string | null) => {
    const circumstances = { ...aVerdict().circumstances, baseRef, defaultBranch };
    const judged = aVerdict({ sha: sha(1), rules: [aRuleVerdict({ findings: [pass(1)] })], circumstances });
    return certifiedCommits(judged, { headSha: sha(1), baseRef, mergeSha: null })?.isDefault;
  };
  expect([at('main', 'main'), at('release', 'main'), at('main', null)]).toEqual([true, false, false]);
});

test('where an agreement does as well, an exempt commit may be covered by that: the merge is not certified', () => {
  const { policy } = aVerdict();
  expect(shas([pass(1), exempt(2)], { policy: { ...policy, certification: 'either' } })).toEqual([sha(1)]);
  expect(shas([pass(1), pass(2)], { policy: { ...policy, certification: 'either' } })).toEqual([sha(1), sha(2), MERGED]);
});

test('a finding about something else than a whole commit id certifies nothing', () => {
  expect(shas([aPass(words`Fine.`, 'abcdef1'), aPass(words`Fine.`, 'account:1')])).toEqual([MERGED]);
});

test('nothing follows from a verdict of another commit, from one without sign-offs, or from no findings', () => {
  expect(shas([pass(1)], { sha: sha(2) })).toBeUndefined();
  expect(shas([], { rules: [aRuleVerdict({ id: 'cla', findings: [pass(1)] })] })).toBeUndefined();
  expect(shas([])).toBeUndefined();
});
