/** What a change of the policy would change: the blast radius, subject by subject. JSON only. */
import type { PullRequestSubject, RepositorySubject } from '../facts/subject.ts';
import type { Conclusion } from './verdict.ts';

/** A subject that the other policy judges differently. Rules that are only observed under both do not count. */
export interface PreviewRow {
  readonly subject: RepositorySubject | PullRequestSubject;
  readonly isPrivate: boolean;
  readonly title: string | null;
  readonly url: string | null;
  readonly before: Conclusion;
  readonly after: Conclusion;
  /** Ids of rules that fail under the new policy, held at warn or block, and did not before, or were held less firmly. */
  readonly failing: readonly string[];
  /** Ids of rules that failed before, held at warn or block, and do not any more. */
  readonly passing: readonly string[];
  /** Ids of rules that the change touches, held at warn or block under the new policy, and the stored facts cannot tell. */
  readonly unknown: readonly string[];
  /** What would become of the repository's issue. */
  readonly issue: 'opens' | 'closes' | null;
}

export interface Preview {
  readonly owner: string;
  /** ISO 8601. */
  readonly at: string;
  /** Git ids of the policy file; null: there is none. */
  readonly policy: { readonly before: string | null; readonly after: string | null };
  /** How many were judged. */
  readonly repositories: number;
  readonly pullRequests: number;
  readonly privateRepositories: number;
  /** Private repositories are left out, because a stranger proposed the change. */
  readonly isPublicOnly?: true;
  /** Repositories in which something newly fails: of their own, or of one of their pull requests. What `maxNewFailures` counts. */
  readonly newFailures: number;
  /** Repositories in which something newly passes and nothing newly fails. */
  readonly newPasses: number;
  /** Subjects with a rule that the change touches and that cannot be told. */
  readonly unknown: number;
  readonly issuesOpening: number;
  readonly issuesClosing: number;
  /** Ids of waivers that cover something under the new policy and did not before, and the other way round. */
  readonly waiversUsed: readonly string[];
  readonly waiversNeedless: readonly string[];
  /** Worst first, then by name. */
  readonly rows: readonly PreviewRow[];
}
