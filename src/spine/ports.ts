/** What the spine asks of the world, and is handed in: GitHub to read and write, and what is remembered between evaluations. */
import type { Answer } from '../facts/answer.ts';
import type { Entry, KeptAgreement } from '../facts/register.ts';
import type { Informed, Observed, Register } from '../facts/source.ts';
import type { Group, Judged, PullRequestSubject, RepositorySubject, Subject } from '../facts/subject.ts';
import type { PolicyFiles } from '../policy/library.ts';
import type { PolicyFile, Presets } from '../policy/policy.ts';
import type { Approval, KeptWaiver } from '../policy/waivers/waiver.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Decision, Said } from '../verdict/said.ts';
import type { Preview } from '../verdict/preview.ts';
import type { Admission, Keeping, Stored } from '../verdict/stored.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Effect, Present } from '../views/effects.ts';

/** A source that also knows what governs the subject and what Steward already shows on it. */
export interface Reading extends Observed {
  policyFiles(): Promise<PolicyFiles>;
  present(): Promise<Present>;
  /** Earlier versions of a policy file, newest first, at most 20. */
  policyHistory(file: 'organization' | 'repository'): Promise<readonly PolicyFile[]>;
  /** A policy that `extends` names; `ref` null means the default branch. */
  sharedPolicy(reference: { owner: string; repo: string; path: string; ref: string | null }): Promise<Answer<PolicyFile>>;
  /** The folder of waivers in the organization's policy repository; null: there is none. Unknown also while that repository cannot be seen. */
  waiverFolder(): Promise<Answer<WaiverFolder | null>>;
  /** The files of that folder; what is no file of its own is among them with the text `NOT_A_FILE` or `A_FOLDER`. */
  waiverFiles(): Promise<Answer<WaiverFiles>>;
}

export interface WaiverFolder {
  /** `OWNER/REPO` of the policy repository. */
  readonly repository: string;
  /** Git id of the tree, or of what is in its place. */
  readonly tree: string;
}

/** The waivers as they are, or why the folder cannot be used: a sentence about what only people can change, and what to do. */
export type WaiverFiles = { readonly files: readonly PolicyFile[] } | { readonly flaw: string; readonly hint: string };

/** Which facts are worth fetching in the first call. */
export interface Wants {
  readonly commits: boolean;
  readonly files: boolean;
}

/** Reads and writes GitHub for one evaluation at a time. */
export interface Platform {
  open(subject: Judged, wants: Wants): Promise<Reading>;
  /** Makes the effects true. Applied twice, nothing is sent the second time. */
  publish(subject: Judged, effects: readonly Effect[], present: Present, cap?: WriteCap): Promise<Published>;
  /** Whether each waiver file was approved, by the reviews of the merged pull request that brought its content; in the order asked. */
  approvals(repository: { owner: string; repo: string }, asked: readonly AskedApproval[]): Promise<readonly Approval[]>;
  /** Runs work within which nothing is asked of GitHub and nothing written, however deep: whatever tries throws. */
  withoutCalls<T>(work: () => Promise<T>): Promise<T>;
  /** Those of the logins that belong to one of the organization's teams, by slug. Unknown: GitHub does not tell, or a team cannot be seen. */
  inTeams(owner: string, logins: readonly string[], slugs: readonly string[]): Promise<Answer<readonly string[]>>;
  /** Those of the accounts and teams (`team:SLUG`) that do not exist in the organization, or cannot be seen. */
  missing(owner: string, names: readonly string[]): Promise<Answer<readonly string[]>>;
  /** The role of an account on a repository, asked of GitHub now; null: it has none, or the login belongs to another account. */
  permission(subject: Judged, person: { readonly login: string; readonly accountId: number }): Promise<string | null>;
  /** The text that an agreement's reference names, for an account: of a public repository, of one of its own, or of a web page. */
  agreementText(reference: string, reader: string): Promise<Answer<string>>;
  /** The subjects that a group stands for. */
  expand(group: Group): Promise<readonly Judged[]>;
}

/** How many issues and comments may be made in an hour for an account. */
export interface WriteCap {
  readonly perHour: number;
}

export interface Published {
  /** Issues and comments that were not made because of the cap: milliseconds until there is room; null: none were left out. */
  readonly postponed: number | null;
}

/** A waiver file whose approval is asked for. */
export interface AskedApproval {
  /** From the root of the repository. */
  readonly path: string;
  /** Git id of its content. */
  readonly oid: string;
  /** The login that the file names. */
  readonly approver: string;
  /** Logins, or `team:SLUG`; empty: whoever may write in the repository. */
  readonly approvers: readonly string[];
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
  /** The file was taken away: none of its versions is to come back by itself. */
  forgetGoodPolicy(source: string): Promise<void>;
  /** Latest verdicts on a commit, of pull requests of this repository. */
  verdictsAt(owner: string, repo: string, sha: string): Promise<readonly Verdict[]>;
  lastVerdict(subject: Judged): Promise<Verdict | null>;
  keepVerdict(verdict: Verdict): Promise<void>;
  /** Answers to all rules' questions, by question key, with what else it takes to judge the subject again. */
  keepFacts(kept: Keeping): Promise<void>;
  /** The pull request is not open any more, or the repository is gone or archived: its facts stay for a look back. */
  closeFacts(subject: Judged, state: 'merged' | 'closed'): Promise<void>;
  /** What is stored of an account's repositories and open pull requests, a page at a time in the order of `key`. */
  stored(owner: string, after: string | null, limit: number): Promise<readonly Stored[]>;
  /** The answers that are stored of a subject; null: none are. */
  facts(subject: Judged): Promise<{ readonly sha: string; readonly facts: Readonly<Record<string, Answer<unknown>>> } | null>;
  /** An account's repositories and open pull requests of which something is stored, by name alone. */
  storedSubjects(owner: string): Promise<readonly (RepositorySubject | PullRequestSubject)[]>;
  /** Accounts whose policy extends this file of another account, with the reference as they write it; none that removed or suspended Steward. */
  extendedBy(source: string): Promise<readonly { readonly owner: string; readonly reference: string }[]>;
  /** The waiver files of a tree of the waivers folder (`OWNER/REPO`); null: that tree was not kept. */
  waivers(repository: string, tree: string): Promise<readonly KeptWaiver[] | null>;
  /** The waiver files kept last of a repository. */
  lastWaivers(repository: string): Promise<readonly KeptWaiver[]>;
  keepWaivers(repository: string, tree: string, kept: readonly KeptWaiver[]): Promise<void>;
  admission(source: string, oid: string): Promise<Admission | null>;
  admit(source: string, oid: string, admission: Admission): Promise<void>;
  preview(id: string): Promise<Preview | null>;
  /**
   * Keeps a preview and gives its id, which nobody can guess. An equal one of the same policies keeps its id; with `about`, what it
   * is made for, it takes the place of the one before that was made for the same, and its id.
   */
  keepPreview(preview: Preview, about?: string): Promise<string>;
}

export interface Ports {
  readonly platform: Platform;
  readonly memory: Memory;
  /** What is known of licenses beside the subject. */
  readonly licenses: Informed;
  readonly rules: readonly AnyRule[];
  readonly presets: Presets;
  readonly now: () => Date;
  /** Where the whole list of a preview is shown, by its id; left out: there is no such page. */
  readonly previewPage?: (id: string, format: 'html' | 'csv') => string | null;
  /** Where people read by what a public repository is judged; left out: there is no such page. */
  readonly repositoryPage?: (place: { readonly owner: string; readonly repo: string }) => string | null;
  /** Where people read and sign an agreement, by its name in the register; left out: there is no such page. */
  readonly agreementPage?: (agreement: string) => string | null;
}

export interface Governed {
  /** Null: there is nothing to judge (closed, archived, no commit). */
  readonly verdict: Verdict | null;
  /** Milliseconds until the subject is to be looked at again, because not everything could be written; null: it need not. */
  readonly later: number | null;
  /** Subjects to look at because of this one. */
  readonly follow: readonly Subject[];
  /** Subjects to look at thoroughly, behind everything that somebody waits for; left out: none. */
  readonly gather?: readonly Subject[];
  /** Records what came of what people said. To be called once what follows is queued: a crash before repeats the run. */
  readonly settle: () => Promise<void>;
}
