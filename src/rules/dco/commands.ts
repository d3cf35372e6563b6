/** The commands that add what is missing, made for the contribution at hand and the same from push to push. */
import type { Commit, Contribution, Repository } from '../../facts/source.ts';
import { shellQuoted } from '../shell.ts';

export interface Branch {
  readonly commits: readonly Commit[];
  readonly contribution: Contribution;
  readonly repository: Repository;
  /** Merge commits need a sign-off too. */
  readonly mergeCommits: boolean;
}

/** Commands that sign off every commit of the branch that needs it. No commit id is in them: ids change with every push. */
export function commandsFor(failing: ReadonlySet<string>, branch: Branch): readonly string[] {
  const { commits, contribution } = branch;
  const push = contribution.number === null ? [] : ['git push --force-with-lease'];
  const isLastOnly = failing.size === 1 && commits.at(-1) !== undefined && failing.has(commits.at(-1)?.sha ?? '');
  if (isLastOnly) return ['git commit --amend --signoff --no-edit', ...push];
  if (contribution.number === null) return [rebase(branch, contribution.baseRef)];
  return [`git fetch ${remote(branch)} ${shellQuoted(contribution.baseRef)}`, rebase(branch, 'FETCH_HEAD'), ...push];
}

/**
 * `--keep-base` starts where the branch left its base, so it moves nothing else. `--rebase-merges` keeps merges of the
 * base as they are; where merges need a sign-off they are flattened, because git would leave them unsigned.
 */
function rebase({ commits, mergeCommits }: Branch, base: string): string {
  const hasMerges = commits.some(({ parents }) => parents.length > 1);
  const merges = hasMerges && !mergeCommits ? ' --rebase-merges' : '';
  return `git rebase --signoff --keep-base${merges} ${shellQuoted(base)}`;
}

/** In a fork `origin` is the fork, whose branches may be old: its commands name the repository that is contributed to. */
function remote({ contribution, repository }: Branch): string {
  return contribution.isFromSameRepository || repository.url === null ? 'origin' : shellQuoted(repository.url);
}
