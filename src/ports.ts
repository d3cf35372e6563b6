/** What the spine asks of the world, and is handed in: GitHub to read and write, and what is remembered between evaluations. */
import type { Answer } from './facts/answer.ts';
import type { Entry, KeptAgreement } from './facts/register.ts';
import type { Informed, Observed, Register } from './facts/source.ts';
import type { Group, Judged, Subject } from './facts/subject.ts';
import type { PolicyFiles } from './policy/in-force.ts';
import type { PolicyFile, Presets } from './policy/policy.ts';
import type { AnyRule } from './rules/rule.ts';
import type { Decision, Said } from './verdict/said.ts';
import type { Verdict } from './verdict/verdict.ts';
import type { Effect, Present } from './views/effects.ts';

/** A source that also knows what governs the subject and what Steward already shows on it. */
export interface Reading extends Observed {
  policyFiles(): Promise<PolicyFiles>;
  present(): Promise<Present>;
  /** Earlier versions of a policy file, newest first, at most 20. */
  policyHistory(file: 'organization' | 'repository'): Promise<readonly PolicyFile[]>;
  /** A policy that `extends` names; `ref` null means the default branch. */
  sharedPolicy(reference: { owner: string; repo: string; path: string; ref: string | null }): Promise<Answer<PolicyFile>>;
}

/** Which facts are worth fetching in the first call. */
export interface Wants {
  readonly commits: boolean;
  readonly files: boolean;
}

/** Reads and writes GitHub for one evaluation at a time. */
export interface Platform {
  open(subject: Judged, wants: Wants): Promise<Reading>;
  /** Makes the effects true. Applied twice, nothing is sent the second time. */
  publish(subject: Judged, effects: readonly Effect[], present: Present): Promise<void>;
  /** The role of an account on a repository, asked of GitHub now; null: it has none, or the login belongs to another account. */
  permission(subject: Judged, person: { readonly login: string; readonly accountId: number }): Promise<string | null>;
  /** The text that an agreement's reference names, for an account: of a public repository, of one of its own, or of a web page. */
  agreementText(reference: string, reader: string): Promise<Answer<string>>;
  /** The subjects that a group stands for. */
  expand(group: Group): Promise<readonly Judged[]>;
}

/** What is remembered between evaluations. */
export interface Memory {
  /** What was said about the subject or about its commit, oldest first. */
  said(subject: Judged, sha: string): Promise<readonly Said[]>;
  decide(id: number, decision: Decision): Promise<void>;
  /** Those of the commits that were accepted when they were merged: in this repository, or in another of the owner by these options. */
  certified(place: { owner: string; repo: string }, shas: readonly string[], options: string): Promise<readonly string[]>;
  /** A version of an agreement as it was first read. */
  agreement(agreement: string, version: string): Promise<KeptAgreement | null>;
  /** Keeps a version; one that is kept already stays as it is, but for when it was last in force. */
  keepAgreement(kept: KeptAgreement): Promise<void>;
  /** Signatures by these accounts and the companies that signed, by the agreements' names in the register. */
  register(agreements: readonly string[], accountIds: readonly number[]): Promise<Register>;
  /** Adds an entry; false: an entry with this evidence is there already. */
  enter(entry: Entry): Promise<boolean>;
  /** Pull requests whose last verdict waits for this account to sign. */
  awaiting(accountId: number): Promise<readonly Judged[]>;
  /** The last version of a policy file that parsed. */
  goodPolicy(source: string): Promise<PolicyFile | null>;
  keepGoodPolicy(file: PolicyFile): Promise<void>;
  /** Latest verdicts on a commit, of pull requests of this repository. */
  verdictsAt(owner: string, repo: string, sha: string): Promise<readonly Verdict[]>;
  lastVerdict(subject: Judged): Promise<Verdict | null>;
  keepVerdict(verdict: Verdict): Promise<void>;
  /** Answers to all repository rules' questions, by question key. */
  keepFacts(subject: Judged, sha: string, facts: Readonly<Record<string, Answer<unknown>>>): Promise<void>;
}

export interface Ports {
  readonly platform: Platform;
  readonly memory: Memory;
  /** What is known of licenses beside the subject. */
  readonly licenses: Informed;
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
  readonly now: () => Date;
  /** Where people read and sign an agreement, by its name in the register; left out: there is no such page. */
  readonly agreementPage?: (agreement: string) => string | null;
}

export interface Governed {
  /** Null: there is nothing to judge (closed, archived, no commit). */
  readonly verdict: Verdict | null;
  /** Subjects to look at because of this one. */
  readonly follow: readonly Subject[];
  /** Records what came of what people said. To be called once what follows is queued: a crash before repeats the run. */
  readonly settle: () => Promise<void>;
}
