/** The contribution itself and its commits. */
import type { Question } from './fact.ts';
import type { Commit, Contribution } from './source.ts';

/** Every commit of the contribution, oldest first. */
export function commits(): Question<readonly Commit[]> {
  return { key: 'commits', permissions: ['pull_requests', 'contents'], answer: (source) => source.commits() };
}

/** What the contribution is: where it comes from and where it wants to go. */
export function contribution(): Question<Contribution> {
  return { key: 'contribution', permissions: ['pull_requests'], answer: (source) => source.contribution() };
}
