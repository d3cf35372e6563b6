/** The one thing every view sees: subject, policy, time, findings per rule and what follows. JSON only. */
import type { Judged } from '../facts/subject.ts';
import type { Finding } from '../rules/rule.ts';
import type { Clause, Level, Origin, PolicyFile, Problem } from '../policy/policy.ts';

/** GitHub's check conclusions that Steward uses, mildest first. The worst wins. */
export const CONCLUSIONS = ['success', 'neutral', 'action_required', 'failure'] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

export interface JudgedFinding extends Finding {
  /** The base of the pull request fails in the same way: shown, never held against the contribution. */
  readonly isExisting: boolean;
}

export type Outcome = 'pass' | 'fail' | 'exempt' | 'unknown';

export interface RuleVerdict {
  readonly id: string;
  readonly on: 'contribution' | 'repository';
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** What is so when the rule fails, in at most 60 characters; without it views count findings. */
  readonly headline?: string;
  readonly enforce: Exclude<Level, 'off'>;
  readonly clause: Clause | null;
  /** Where `enforce` was written. */
  readonly origin: Origin | null;
  /** The worst of the findings that are not existing. */
  readonly outcome: Outcome;
  readonly findings: readonly JudgedFinding[];
}

/** What views need to know of the subject beside its name. */
export interface Circumstances {
  readonly title: string | null;
  readonly url: string | null;
  readonly author: string | null;
  readonly baseRef: string | null;
  readonly isDraft: boolean;
  readonly defaultBranch: string | null;
}

export interface Verdict {
  readonly version: 1;
  readonly subject: Judged;
  /** The commit that was judged and carries the check run. */
  readonly sha: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly policy: {
    readonly checkName: string;
    readonly isDefault: boolean;
    readonly files: readonly Omit<PolicyFile, 'text'>[];
  };
  readonly circumstances: Circumstances;
  readonly conclusion: Conclusion;
  readonly rules: readonly RuleVerdict[];
  /** True when something was unknown that the base does not share: the subject is looked at again later by itself. */
  readonly isIncomplete: boolean;
  /** Problems of the policy files in force. Told to administrators, never to contributors. */
  readonly problems: readonly Problem[];
}
