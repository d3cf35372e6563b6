/** Reverts that carry nothing new: they put the files back to what an earlier commit of the contribution had. */
import type { Commit } from '../../facts/source.ts';

/** What `git revert` writes; with `--reference` the id is short and the title follows. */
const REVERTS = /^This reverts commit ([0-9a-f]{7,64})\b/im;

/**
 * The commit is the exact inverse of the one it says to revert. Proven by tree ids alone, so all four states have to be
 * states of commits of this contribution: before and after the reverted commit, before and after the revert.
 * A revert of the first commit is not proven, because the contribution does not tell the tree of its base.
 */
export function isExactRevert(commit: Commit, commits: readonly Commit[]): boolean {
  const named = REVERTS.exec(commit.message)?.[1]?.toLowerCase();
  if (named === undefined) return false;
  const matches = commits.filter(({ sha }) => sha.startsWith(named));
  const [reverted] = matches;
  if (reverted === undefined || matches.length > 1 || reverted.sha === commit.sha) return false;
  const before = onlyParent(commit, commits);
  const restored = onlyParent(reverted, commits);
  return before !== null && restored !== null && before.tree === reverted.tree && commit.tree === restored.tree;
}

/** Null for merges, whose inverse is a matter of choice, and where the parent is not in the contribution. */
function onlyParent({ parents }: Commit, commits: readonly Commit[]): Commit | null {
  const [parent] = parents;
  if (parent === undefined || parents.length > 1) return null;
  return commits.find(({ sha }) => sha === parent) ?? null;
}
