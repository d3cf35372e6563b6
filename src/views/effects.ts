/** What should be seen on GitHub after an evaluation, as described end states that can be wished twice without harm. */
import type { Judged } from '../facts/subject.ts';
import type { Problem } from '../policy/policy.ts';
import type { TestRun } from '../verdict/policy-test.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { checkRun } from './check-run.ts';
import { comment } from './comment.ts';
import type { CheckRunEffect, Effect } from './effect.ts';
import { issue } from './issue.ts';
import { policyCheck } from './policy-check.ts';
import type { ReportedPreview } from './preview.ts';
import { subjectKey } from '../facts/subject.ts';

export type * from './effect.ts';
export type { ReportedPreview } from './preview.ts';
export { COMMENT_MARKER, EXTERNAL_ID_PREFIX, ISSUE_MARKER } from './effect.ts';

/** The problems of a policy file of the judged repository: as it stands, or as the contribution would have it. */
export interface Report {
  readonly version: 'proposed' | 'current';
  readonly problems: readonly Problem[];
  /** What this version of the policy would change; left out: it was not previewed. */
  readonly preview?: ReportedPreview;
  /** Left out: the policy has no tests. */
  readonly tests?: TestRun;
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
function policyEffect({ subject, sha, policy }: Verdict, report: Report): CheckRunEffect | null {
  const { version, problems, preview, tests } = report;
  if ((version === 'current') !== (subject.kind === 'repository')) return null;
  const run = policyCheck(sha, problems, {
    repository: `${subject.owner}/${subject.repo}`,
    paused: policy.paused,
    ...(preview ? { preview } : {}),
    ...(tests ? { tests } : {}),
  });
  // Of the file that is in force nothing is said where nothing is wrong, unless something was said before.
  const isTold = version === 'proposed' || problems.length > 0 || run.conclusion === 'failure';
  return { ...run, mode: isTold ? 'upsert' : 'edit-only' };
}
