/** The contribution itself and its commits. */
import type { Question } from './fact.ts';
import type { Account, Commit, Contribution } from './source.ts';

/** Every commit of the contribution, oldest first. */
export function commits(): Question<readonly Commit[]> {
  return { key: 'commits', permissions: ['pull_requests', 'contents'], answer: (source) => source.commits() };
}

/** What the contribution is: where it comes from and where it wants to go. */
export function contribution(): Question<Contribution> {
  return { key: 'contribution', permissions: ['pull_requests'], answer: (source) => source.contribution() };
}

/** The accounts behind a commit: its author, its committer and those it names as co-authors, where GitHub links them. */
export function accountsOf({ authorAccount, committerAccount, coAuthors }: Commit): readonly Account[] {
  return [authorAccount, committerAccount, ...coAuthors.map(({ account }) => account)].filter((account) => account !== null);
}
