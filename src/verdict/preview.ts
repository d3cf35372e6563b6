/** What a change of the policy would change: the blast radius, subject by subject. JSON only. */
import type { PullRequestSubject, RepositorySubject } from '../facts/subject.ts';
import type { Conclusion } from './verdict.ts';

/** A rule that begins to fail later, by what is planned. */
export interface LaterFailure {
  readonly rule: string;
  /** When it is first held so firmly, ISO 8601; null: when the repository is not new any more. */
  readonly from: string | null;
}

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
  /** Rules that are not among these and will be: once a roll-out has come so far, or grace has ended. */
  readonly later: readonly LaterFailure[];
  /** Ids of rules that failed before, held at warn or block, and do not any more. */
  readonly passing: readonly string[];
  /**
   * Ids of rules that the change touches, held at warn or block under the new policy, now or by plan, and the stored facts cannot tell;
   * and groups and pilots, as `group NAME`, that decide what the change does, and of which it cannot be told whether they hold.
   */
  readonly unknown: readonly string[];
  /** Answers are missing that nobody has asked for yet, and a thorough look would. */
  readonly isGatherable?: true;
  /** What would become of the repository's issue. */
  readonly issue: 'opens' | 'closes' | null;
}

/** More rows nobody reads, and each preview is kept. */
export const MOST_ROWS = 20_000;

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
  /** Repositories in which something newly fails: of their own, or of one of their pull requests. */
  readonly newFailures: number;
  /** The same once everything has come that is planned now; never fewer. What `maxNewFailures` counts. */
  readonly newFailuresLater: number;
  /** By when they do, ISO 8601; null: now, or it cannot be told by a day. */
  readonly laterBy: string | null;
  /** Repositories in which something newly passes and nothing newly fails. */
  readonly newPasses: number;
  /** Subjects with a rule that the change touches and that cannot be told. */
  readonly unknown: number;
  /** The time for it ran out: so many of all were judged, and nothing is known of the others; null: all were. `all` null: it is not told. */
  readonly stopped: { readonly judged: number; readonly all: number | null } | null;
  readonly issuesOpening: number;
  readonly issuesClosing: number;
  /** Ids of waivers that cover something under the new policy and did not before, and the other way round. */
  readonly waiversUsed: readonly string[];
  readonly waiversNeedless: readonly string[];
  /** Worst first, then by name; not more than `MOST_ROWS`. */
  readonly rows: readonly PreviewRow[];
  /** Rows that are counted above and not kept. */
  readonly rowsLeft: number;
}

/** Whether more newly fails than a limit lets, now or by what is planned, or nobody knows. Null: there is no limit. */
export function exceeds({ newFailuresLater, stopped }: Preview, limit: number | null): boolean {
  return limit !== null && (stopped !== null || newFailuresLater > limit);
}
