/** What should be seen on GitHub after an evaluation, as described end states that can be wished twice without harm. */
import type { Judged } from '../facts/subject.ts';
import type { Problem } from '../policy/policy.ts';
import type { TestRun } from '../verdict/policy-test.ts';
import type { Preview } from '../verdict/preview.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { checkRun } from './check-run.ts';
import { comment } from './comment.ts';
import type { CheckRunEffect, Effect } from './effect.ts';
import { issue } from './issue.ts';
import { policyCheck } from './policy-check.ts';
import { subjectKey } from '../facts/subject.ts';

export type * from './effect.ts';
export { COMMENT_MARKER, EXTERNAL_ID_PREFIX, ISSUE_MARKER } from './effect.ts';

/** The problems of a policy file of the judged repository: as it stands, or as the contribution would have it. */
export interface Report {
  readonly version: 'proposed' | 'current';
  readonly problems: readonly Problem[];
  /** What the proposed policy would change. */
  readonly preview?: ReportedPreview;
  readonly tests?: TestRun;
}

export interface ReportedPreview {
  readonly preview: Preview;
  /** The page with the whole list; null: there is none. `csv` likewise. */
  readonly page: string | null;
  readonly csv: string | null;
  /** The limit in force; null: none. */
  readonly limit: number | null;
  /** The policy repository is public: private repositories are only counted. */
  readonly isPublic: boolean;
  /** The policy was pushed, and waits for somebody to raise the limit or take it back. */
  readonly isHeld: boolean;
}

/**
 * The wished end state for a subject: a pull request has a check run and a comment, a merge group a check run,
 * a repository an issue; a policy file on the judged commit has a check run of its own.
 * `verdicts`: the subject's own, and the latest ones of other open pull requests with the same head commit.
 */
export function effects(subject: Judged, verdicts: readonly Verdict[], reports: readonly Report[] = []): readonly Effect[] {
  const own = verdicts.find((verdict) => subjectKey(verdict.subject) === subjectKey(subject));
  if (!own) return [];
  const wished = [
    ...(subject.kind === 'repository' ? [issue(own)] : [checkRun(verdicts), comment(own)]),
    ...reports.map((report) => policyEffect(own, report)),
  ];
  return wished.filter((effect) => effect !== null);
}

/** What is wrong in the base branch's policy is not told to contributors: there, only the proposed file counts. */
function policyEffect({ subject, sha }: Verdict, { version, problems }: Report): CheckRunEffect | null {
  if ((version === 'current') !== (subject.kind === 'repository')) return null;
  const mode = version === 'proposed' || problems.length > 0 ? 'upsert' : 'edit-only';
  return { ...policyCheck(sha, problems, { repository: `${subject.owner}/${subject.repo}` }), mode };
}
