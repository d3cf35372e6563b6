/** The spine: facts in, verdict out, effects last. Every door (webhook, sweep, button, command line) ends here. */
import type { Answer } from './facts/answer.ts';
import type { Source } from './facts/source.ts';
import type { Judged, MergeGroupSubject, PullRequestSubject, Subject } from './facts/subject.ts';
import type { PolicyFile } from './policy/policy.ts';
import type { Verdict } from './verdict/verdict.ts';
import type { Effect, Present } from './views/effects.ts';

/** What is known of the policy files that govern a subject; null: there is no such file. */
export interface PolicyFiles {
  /** `.github/steward.yml` on the default branch of the organization's `.github` repository. */
  readonly organization: Answer<PolicyFile | null>;
  /** The repository's own file, on the base branch. */
  readonly repository: Answer<PolicyFile | null>;
  /** The file as the contribution would have it, when it changes it; else null. */
  readonly proposed: PolicyFile | null;
}

/** A source that also knows what governs the subject and what Steward already shows on it. */
export interface Reading extends Source {
  policyFiles(): Promise<PolicyFiles>;
  present(): Promise<Present>;
  /** Earlier versions of a policy file, newest first, at most 20. */
  policyHistory(file: 'organization' | 'repository'): Promise<readonly PolicyFile[]>;
  /** A policy that `extends` names. `ref` null means the default branch. */
  sharedPolicy(reference: { owner: string; repo: string; path: string; ref: string | null }): Promise<Answer<PolicyFile>>;
}

/** Reads and writes GitHub for one evaluation at a time. */
export interface Platform {
  /** Opens a reading; `wants` says which facts are worth fetching in the first call. */
  open(subject: Judged, wants: Wants): Promise<Reading>;
  /** Makes the effects true. Applied twice, nothing is sent the second time. */
  publish(subject: Judged, effects: readonly Effect[], present: Present): Promise<void>;
  /** The subjects a group stands for. */
  expand(group: Exclude<Subject, Judged>): Promise<readonly Judged[]>;
}

export interface Wants {
  readonly commits: boolean;
  readonly files: boolean;
}

/** What is remembered between evaluations. */
export interface Memory {
  /** The last version of a policy file that parsed. */
  goodPolicy(source: string): Promise<PolicyFile | null>;
  keepGoodPolicy(file: PolicyFile): Promise<void>;
  /** Latest verdicts on a commit, of subjects of this repository. */
  verdictsAt(owner: string, repo: string, sha: string): Promise<readonly Verdict[]>;
  /** The latest verdict of a subject. */
  lastVerdict(subject: Judged): Promise<Verdict | null>;
  keepVerdict(verdict: Verdict): Promise<void>;
  /** Answers of all repository rules' questions, by question key. */
  keepFacts(subject: Judged, sha: string, facts: Readonly<Record<string, Answer<unknown>>>): Promise<void>;
}

export type ContributionSubject = PullRequestSubject | MergeGroupSubject;
