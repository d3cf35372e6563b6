/** The one thing every view sees: subject, policy, time, findings per rule and what follows. JSON only. */
import type { Judged } from '../facts/subject.ts';
import type { Asked, Finding } from '../rules/rule.ts';
import type { Paused, Reached } from '../policy/managed.ts';
import type { Granted, Waiver } from '../policy/waivers/waiver.ts';
import type { Certification, Clause, Level, Origin, Overrider, PolicyFile, Problem } from '../policy/policy.ts';

/** GitHub's check conclusions that Steward uses, mildest first. The worst wins. */
export const CONCLUSIONS = ['success', 'neutral', 'action_required', 'failure'] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

export interface JudgedFinding extends Finding {
  /** The base of the pull request fails in the same way: shown, never held against the contribution. */
  readonly isExisting: boolean;
  /** A maintainer answers for it: see the rule's `overrides`. */
  readonly isOverridden?: boolean;
  /** The id of the waiver that covers it: see the rule's `waivers`. */
  readonly waivedBy?: string;
}

/** A maintainer's word that what a rule found on a pull request may pass. It covers what was found when it was given. */
export interface Override {
  readonly rule: string;
  readonly by: { readonly login: string; readonly accountId: number };
  /** The role on the repository that GitHub named when the override was given. */
  readonly permission: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  /** The comment; null when it is not known. */
  readonly url: string | null;
  /** Names what it answers for: `about` of findings, ids of commits, and content where `about` stays the same. */
  readonly covers: readonly string[];
}

export type Outcome = 'pass' | 'fail' | 'exempt' | 'unknown' | 'overridden' | 'waived';

export interface RuleVerdict {
  readonly id: string;
  readonly on: Asked;
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
  /** Names what it was judged by: options that are not the usual ones, and the rule's terms. */
  readonly options: string;
  /** Overrides that take effect; left out where there is none. */
  readonly overrides?: readonly Override[];
  /** Waivers that cover findings; left out where there is none. */
  readonly waivers?: readonly Granted[];
  /** Waivers that ended and covered what fails now; left out where there is none. */
  readonly endedWaivers?: readonly Waiver[];
  /** Waivers that would cover what fails if it were not their approver's own; left out where there is none. */
  readonly ownWaivers?: readonly Granted[];
  /** How far the roll-out of the rule has come; left out: it has none. */
  readonly rollout?: Reached;
}

/** What views need to know of the subject beside its name. */
export interface Circumstances {
  readonly title: string | null;
  readonly url: string | null;
  readonly author: string | null;
  readonly baseRef: string | null;
  readonly isDraft: boolean;
  readonly defaultBranch: string | null;
  /** The clone was judged, not GitHub: nothing is looked at again by itself. */
  readonly isClone?: boolean;
}

/** Something a person asked for in a comment that does not count. */
export interface Refused {
  readonly login: string;
  /** What was asked for, in the person's words. */
  readonly text: string;
  /** Why it does not count, and what to do instead. */
  readonly reason: string;
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
    readonly certification: Certification | null;
    readonly mayOverride: Overrider;
    readonly files: readonly Omit<PolicyFile, 'text'>[];
    /** Names of the groups that the repository belongs to; left out: none. */
    readonly groups?: readonly string[];
    /** Left out: not paused. */
    readonly paused?: Paused;
  };
  /** When it changes by itself: a waiver ends or is warned about, a roll-out takes its next step. ISO 8601; left out: it does not. */
  readonly until?: string;
  readonly circumstances: Circumstances;
  readonly conclusion: Conclusion;
  readonly rules: readonly RuleVerdict[];
  /** True when something was unknown that the base does not share: the subject is looked at again later by itself. */
  readonly isIncomplete: boolean;
  /** Somebody pressed a button: the check tells how it is done. */
  readonly help?: 'override';
  /** Commands and sentences that were not followed, with the reason: told in the check, for those who wrote them. */
  readonly refused?: readonly Refused[];
  /** Problems of the policy files in force. Told to administrators, never to contributors. */
  readonly problems: readonly Problem[];
}
