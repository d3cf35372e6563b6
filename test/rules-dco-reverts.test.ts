/** Which reverts are exact: proven by tree ids within the contribution. */
import { describe, expect, test } from '@jest/globals';
import type { Commit } from '../src/facts/source.ts';
import { isExactRevert } from '../src/rules/dco/reverts.ts';
import { aCommit, anOid } from './support/builders.ts';

/** Commits in a row, each of a message and what its tree holds; `SHA n` in a message becomes the id of the nth. */
function row(...steps: readonly (readonly [message: string, tree: string, change?: Partial<Commit>])[]): readonly Commit[] {
  const shas = steps.map((_, index) => anOid(`commit ${index}`).replace(/^.{4}/, `abc${index}`));
  return steps.map(([message, tree, change], index) =>
    aCommit(
      message.replace(/SHA (\d)/g, (_, number: string) => shas[Number(number)] ?? ''),
      { sha: shas[index] ?? '', tree: anOid(tree), parents: [shas[index - 1] ?? anOid('base')], ...change },
    ),
  );
}
const last = (commits: readonly Commit[]): boolean => isExactRevert(commits.at(-1)!, commits);
const REVERT = 'Revert "B"\n\nThis reverts commit SHA 1.';

describe('a revert is exact', () => {
  test('when it puts back what was there before the reverted commit', () => {
    expect(last(row(['A', 'a'], ['B', 'b'], [REVERT, 'a']))).toBe(true);
  });

  test('when its id is short and its title follows', () => {
    const commits = row(['A', 'a'], ['B', 'b'], ['Revert', 'a']);
    const message = `Revert\n\nThis reverts commit ${commits[1]!.sha.slice(0, 8).toUpperCase()} (B, 2026-03-01).`;
    expect(isExactRevert({ ...commits[2]!, message }, commits)).toBe(true);
  });

  test('when it takes a revert back', () => {
    const again = 'Reapply "B"\n\nThis reverts commit SHA 2.';
    expect(last(row(['A', 'a'], ['B', 'b'], [REVERT, 'a'], [again, 'b']))).toBe(true);
  });

  test('each of several in a row', () => {
    const commits = row(
      ['A', 'a'],
      ['B', 'b'],
      ['C', 'c'],
      ['R\n\nThis reverts commit SHA 2.', 'b'],
      ['R\n\nThis reverts commit SHA 1.', 'a'],
    );
    expect(commits.map((commit) => isExactRevert(commit, commits))).toEqual([false, false, false, true, true]);
  });
});

describe('a revert is not exact', () => {
  test.each<readonly [string, readonly Commit[]]>([
    ['when it changes something more', row(['A', 'a'], ['B', 'b'], [REVERT, 'a and more'])],
    ['when it says nothing of a revert', row(['A', 'a'], ['B', 'b'], ['Back to A', 'a'])],
    ['when it says so in the middle of a line', row(['A', 'a'], ['B', 'b'], ['R\n\nBob says: This reverts commit SHA 1.', 'a'])],
    [
      'when others came in between, whose work it would have to be told apart from',
      row(['A', 'a'], ['B', 'b'], ['C', 'c'], [REVERT, 'a']),
    ],
    ['of the first commit, whose base is not known', row(['A', 'a'], ['R\n\nThis reverts commit SHA 0.', 'base'])],
    ['of a commit elsewhere', row(['A', 'a'], ['B', 'b'], [`R\n\nThis reverts commit ${anOid('elsewhere')}.`, 'a'])],
    ['of an id that several commits start with', row(['A', 'a'], ['B', 'b'], ['R\n\nThis reverts commit abc.', 'a'])],
    ['of itself', row(['A', 'a'], ['B', 'b'], ['R\n\nThis reverts commit SHA 2.', 'a'])],
    ['when it is a merge', row(['A', 'a'], ['B', 'b'], [REVERT, 'a', { parents: [anOid('one'), anOid('two')] }])],
    ['of a merge', row(['A', 'a'], ['B', 'b', { parents: [anOid('one'), anOid('two')] }], [REVERT, 'a'])],
  ])('%s', (_, commits) => {
    expect(last(commits)).toBe(false);
  });

  test('of an ambiguous short id', () => {
    const commits = row(['A', 'a'], ['B', 'b'], ['C', 'b']).map((commit, index) => ({
      ...commit,
      sha: `1234567${index}`.padEnd(40, '0'),
    }));
    const revert = aCommit('R\n\nThis reverts commit 1234567.', { tree: anOid('a'), parents: [commits[1]!.sha] });
    expect(isExactRevert(revert, [...commits, revert])).toBe(false);
  });
});
