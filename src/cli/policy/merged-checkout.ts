/** A merged pull request as a source of facts: what the branch was before, what it is after, and the commits between. */
import { known, map, type Answer } from '../../facts/answer.ts';
import type { Contribution, Observed, Tree } from '../../facts/source.ts';
import { honest, readMailmap, type Checkout } from '../checkout.ts';
import type { Git } from '../git.ts';
import { diffBetween, readCommits, type Diff } from '../history.ts';
import { treeAt, type TreeReader } from '../tree.ts';
import { nameOfPull, type Merged } from './merged.ts';

/** What stays the same for all pull requests of a clone. */
export interface Clone {
  readonly git: Git;
  readonly isShallow: boolean;
  readonly branch: string;
  /** The clone at the end of the branch. */
  readonly checkout: Checkout;
}

/**
 * Opens a merged pull request. The tree that is judged is the one the merge made, as Steward judges on GitHub: what the base
 * gained meanwhile is not held against the contribution.
 */
export function mergedCheckout(clone: Clone, merged: Merged): Observed {
  const { git, isShallow, checkout } = clone;
  const head = headOf(merged);
  const [before, after] = [treeAt(git, merged.base), treeAt(git, merged.sha)];
  let diff: Promise<Answer<Diff>> | undefined;
  const read = () => (diff ??= honest(async () => known(await diffBetween(git, merged.base, merged.sha))));
  const of = (tree: Exclude<Tree, 'defaults'>): TreeReader => (tree === 'base' ? before : after);
  return {
    ...checkout,
    contribution: () => Promise.resolve(known(contributionOf(clone, merged))),
    commits: () => honest(() => readCommits(git, { base: merged.base, head, isShallow })),
    changes: async () => map(await read(), ({ changes }) => changes),
    renames: async () => map(await read(), ({ renames }) => renames),
    mailmap: () => honest(() => readMailmap(before)),
    directory: (tree, folder) =>
      tree === 'defaults' ? checkout.directory(tree, folder) : honest(() => of(tree).directory(folder)),
    text: (tree, oid, largest) =>
      tree === 'defaults' ? checkout.text(tree, oid, largest) : honest(() => of(tree).text(oid, largest)),
    files: (tree) => honest(() => of(tree).files()),
  };
}

/** Where the commits of the contribution end. A merge of several branches is judged with the merge itself. */
function headOf({ heads, sha }: Merged): string {
  const [head = sha, ...more] = heads;
  return more.length === 0 ? head : sha;
}

function contributionOf({ branch }: Clone, merged: Merged): Contribution {
  return {
    number: merged.number,
    title: nameOfPull(merged),
    url: null,
    state: 'merged',
    isDraft: false,
    headSha: headOf(merged),
    headRef: 'HEAD',
    isFromSameRepository: true,
    baseRef: branch,
    baseSha: merged.base,
    author: null,
    createdAt: null,
  };
}
