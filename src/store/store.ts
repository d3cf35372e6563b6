/** What Steward remembers. One interface, one query layer, two databases. */
import type { Answer } from '../facts/answer.ts';
import type { CompanyRecord, Entered, Entry, Evidence, KeptAgreement, Verified } from '../facts/register.ts';
import type { PackageLicense } from '../facts/packages/package.ts';
import type { Register } from '../facts/source.ts';
import type { Judged, PullRequestSubject, RepositorySubject, Subject } from '../facts/subject.ts';
import type { PolicyFile } from '../policy/policy.ts';
import type { KeptWaiver } from '../policy/waivers/waiver.ts';
import type { Merged } from '../verdict/certified.ts';
import type { Decision, Said } from '../verdict/said.ts';
import type { Preview } from '../verdict/preview.ts';
import type { Admission, Keeping, Stored } from '../verdict/stored.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** An open transaction; opaque outside `store/` and `server/jobs/`. */
export type Transaction = unknown;

export interface Delivery {
  /** `X-GitHub-Delivery`; a redelivery has the same one. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  /** The account the delivery is about; null for deliveries without one. */
  readonly owner: string | null;
  /** ISO 8601. */
  readonly at: string;
}

/** Something a person said that cannot be read again later: a command, an override. Kept with its delivery. */
export interface Input {
  readonly deliveryId: string;
  readonly kind: 'command' | 'action' | 'sentence';
  readonly subject: Subject;
  /** Numeric account id of the person, from the signed payload. */
  readonly accountId: number;
  readonly login: string;
  /** The command line, the sentence or the action's identifier, at most 4,096 characters. */
  readonly text: string;
  /** When it arrived; ISO 8601. */
  readonly at: string;
  /** When it was written, by GitHub's clock, to the second: a delivery can come late. Left out: when it arrived. */
  readonly writtenAt?: string;
  /** The comment it stands in; null for buttons. */
  readonly commentId: number | null;
  readonly url: string | null;
  /** The whole comment, for sentences: it is evidence. At most 65,536 characters. */
  readonly body: string | null;
}

export interface Installation {
  readonly owner: string;
  readonly id: number;
  readonly isSuspended: boolean;
}

/** What was looked up of the license of a package; never for whom. */
export interface KeptLicense {
  /** Tells the package from every other one (`packageKey`). Without a version it is about the newest. */
  readonly key: string;
  /** Unknown: its registry said that it does not know the package. */
  readonly license: Answer<PackageLicense>;
  /** When it is to be looked up anew, ISO 8601; null: never, for versions do not change. */
  readonly until: string | null;
}

/** Where the store and the jobs tell what happens; pino's loggers fit. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type PublicationKind = 'comment' | 'issue' | 'policy-issue';

/** Something that Steward made on GitHub. */
export interface Publication {
  readonly subject: Judged;
  readonly kind: PublicationKind;
  /** GitHub's number of the issue, or id of the comment. */
  readonly number: number;
  /** ISO 8601. */
  readonly at: string;
}

/** A version of the organization's policy, by its git id, and what it caused. */
export interface Cause {
  readonly oid: string;
  readonly count: number;
  /** ISO 8601. */
  readonly first: string;
  readonly last: string;
}

export interface Store {
  /** Runs `work` in one transaction; nothing of it stays when it throws. Every call made inside `work` belongs to it. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;

  /** Records a delivery. False: it was recorded before. */
  recordDelivery(transaction: Transaction, delivery: Delivery): Promise<boolean>;
  hasDelivery(id: string): Promise<boolean>;
  /** Keeps what was said, with the verdict that its subject had when it was written. */
  keepInput(transaction: Transaction, input: Input): Promise<void>;
  inputs(subject: Subject): Promise<readonly Input[]>;
  /**
   * The subject is closed or merged: nobody is waited for any more, and `purge` may delete what was said about it once that
   * is old enough, except what was accepted: that is the audit trail. True: somebody was waited for.
   */
  closeInputs(transaction: Transaction, subject: Subject): Promise<boolean>;
  /** The subject is open again: what was said about it is needed again. */
  reopenInputs(transaction: Transaction, subject: Subject): Promise<void>;

  /**
   * What was said about the subject, oldest first: a pull request in a merge queue shares what was said about the pull request,
   * and both get the buttons pressed on the commit. `seen` is loaded only where nothing has come of it yet.
   */
  said(subject: Judged, sha: string): Promise<readonly Said[]>;
  /** Records what came of something said; once, and never again: a second decision changes nothing. */
  decide(id: number, decision: Decision): Promise<void>;
  /** Pull requests, open or not, with a sentence on which nothing has been decided, and that arrived in a span of time (ISO 8601). */
  undecided(from: string, before: string): Promise<readonly Judged[]>;

  /**
   * A pull request was merged: the commits that its last verdict accepted stay so, and so does the commit that the merge made,
   * when nothing was left open. Nothing happens when that verdict is of another commit, or for another branch.
   */
  certifyMerged(transaction: Transaction, subject: Judged, merged: Merged): Promise<void>;
  /**
   * Those of the commits that were accepted when they were merged: into the default branch of this repository, or anywhere in it or in
   * another of the owner by these options.
   */
  certified(place: { owner: string; repo: string }, shas: readonly string[], options: string): Promise<readonly string[]>;

  /** A version of an agreement as it was first read. */
  agreement(agreement: string, version: string): Promise<KeptAgreement | null>;
  /** Every kept version of an agreement, oldest first. */
  agreementVersions(agreement: string): Promise<readonly KeptAgreement[]>;
  /** Keeps a version; one that is kept already stays as it is, but for when it was last in force. */
  keepAgreement(kept: KeptAgreement): Promise<void>;
  /** The version last in force of each agreement that an account or one of its repositories keeps, by name. */
  agreementsOf(owner: string): Promise<readonly KeptAgreement[]>;

  /** Signatures by these accounts and the companies that signed, by the agreements' present names in the register. */
  register(agreements: readonly string[], accountIds: readonly number[]): Promise<Register>;
  /** A company by its short name, as it signed last; null: none of that name has signed. */
  company(id: string): Promise<CompanyRecord | null>;
  /** Every company as it signed each agreement last, also those that ended, by short name. */
  companies(): Promise<readonly CompanyRecord[]>;
  /** Adds an entry at the end of the chain, on the disk when it returns; false: an entry with this evidence is there already. */
  enter(entry: Entry): Promise<boolean>;
  /** Entries in order, those after the sequence `after`; at most `limit`. */
  entries(after: number, limit: number): Promise<readonly Entered[]>;
  /**
   * Erases what the register holds on an account, what it wrote to sign, and that it is waited for; leaves tombstones, and the
   * erasure is an entry itself. What was erased is not remembered: the same act told again is a new one. Verdicts, and what the
   * account certified or commanded, stay. The number of entries that named the account.
   */
  erase(accountId: number, evidence: Evidence, at: string): Promise<number>;
  /** Reads the whole chain and says whether it holds; with `anchor`, whether that hash is in it. */
  verifyRegister(anchor?: string): Promise<Verified>;
  /** Open pull requests whose last verdict waits for this account to sign. */
  awaiting(accountId: number): Promise<readonly Judged[]>;
  /** Accounts that some pull request waits for although an entry about them was made since then (ISO 8601). */
  signedMeanwhile(since: string): Promise<readonly number[]>;

  keepInstallation(transaction: Transaction, installation: Installation): Promise<void>;
  removeInstallation(transaction: Transaction, owner: string): Promise<void>;
  installation(owner: string): Promise<Installation | null>;
  /** An installation by its number, also one that was removed: it keeps its number when its account gets another name. */
  installationOf(id: number): Promise<Installation | null>;
  installations(): Promise<readonly Installation[]>;

  goodPolicy(source: string): Promise<PolicyFile | null>;
  keepGoodPolicy(file: PolicyFile): Promise<void>;
  forgetGoodPolicy(source: string): Promise<void>;

  /** Text of a git blob seen before; null when it was not. Content-addressed, so never stale. */
  blob(oid: string): Promise<string | null>;
  keepBlob(oid: string, text: string): Promise<void>;

  /** What was looked up of these packages and still counts, by their keys; shared by all organizations. */
  packageLicenses(keys: readonly string[]): Promise<ReadonlyMap<string, Answer<PackageLicense>>>;
  /** Keeps what was looked up, in the place of what was known before. */
  keepPackageLicenses(kept: readonly KeptLicense[]): Promise<void>;

  /** Numbers GitHub gave to what Steward made (comment, issue), so that they are found without listing. */
  publication(subject: Judged, kind: PublicationKind): Promise<number | null>;
  /** `cause`: the git id of the organization's policy it follows from, when it is newly made. */
  keepPublication(subject: Judged, kind: PublicationKind, id: number, cause?: string | null): Promise<void>;
  /** What was made because of a version of the policy: by the git id of the organization's file. */
  publicationsBy(owner: string, cause: string): Promise<readonly Publication[]>;
  /** The versions of the policy that something was made because of, the latest first, with how much and when. */
  causes(owner: string): Promise<readonly Cause[]>;
  /** Notes that an issue or a comment was made now. */
  noteWrite(owner: string): Promise<void>;
  /** When issues and comments were made for the account since a time (ISO 8601), oldest first. */
  writesSince(owner: string, since: string): Promise<readonly string[]>;

  verdictsAt(owner: string, repo: string, sha: string): Promise<readonly Verdict[]>;
  lastVerdict(subject: Judged): Promise<Verdict | null>;
  /** Every verdict on a repository and its pull requests after a number, oldest first. */
  verdictsAfter(
    owner: string,
    repo: string,
    after: number,
    limit: number,
  ): Promise<readonly { readonly id: number; readonly verdict: Verdict }[]>;
  /** Keeps a verdict, and with it whom its pull request waits for to sign. */
  keepVerdict(verdict: Verdict): Promise<void>;
  /** Stores answers by question key, at most 64 kB a subject; what does not fit is stored as unknown. */
  keepFacts(kept: Keeping): Promise<void>;
  /** The pull request is not open any more, or the repository is gone or archived: its facts stay for a look back, and `purge` deletes them when they are old. */
  closeFacts(subject: Judged, state: 'merged' | 'closed'): Promise<void>;
  /** What is stored of an account's repositories and open pull requests, a page at a time in the order of `key`. */
  stored(owner: string, after: string | null, limit: number): Promise<readonly Stored[]>;
  /** An account's repositories and open pull requests of which something is stored, by name alone. */
  storedSubjects(owner: string): Promise<readonly (RepositorySubject | PullRequestSubject)[]>;
  /**
   * What is stored of an account's pull requests that were merged since (ISO 8601), a page at a time in the order of `key`; `at` is
   * when that was heard.
   */
  storedMerged(owner: string, since: string, after: string | null, limit: number): Promise<readonly Stored[]>;

  /** Accounts whose policy extends this file of another account, with the reference as they write it; none that removed or suspended Steward. */
  extendedBy(source: string): Promise<readonly { readonly owner: string; readonly reference: string }[]>;
  /** The waiver files of a tree of the waivers folder (`OWNER/REPO`); null: that tree was not kept. */
  waivers(repository: string, tree: string): Promise<readonly KeptWaiver[] | null>;
  /** The waiver files kept last of a repository. */
  lastWaivers(repository: string): Promise<readonly KeptWaiver[]>;
  /** Keeps them as those of the present tree; earlier ones stay as evidence. */
  keepWaivers(repository: string, tree: string, kept: readonly KeptWaiver[]): Promise<void>;
  /** Every waiver file that was ever kept of a repository, with its approval, oldest first. */
  everyWaiver(repository: string): Promise<readonly (KeptWaiver & { readonly from: string; readonly until: string | null })[]>;
  admission(source: string, oid: string): Promise<Admission | null>;
  admit(source: string, oid: string, admission: Admission): Promise<void>;
  preview(id: string): Promise<Preview | null>;
  /**
   * Keeps a preview and gives its id, which nobody can guess. An equal one of the same policies keeps its id; with `about`, what it
   * is made for, it takes the place of the one before that was made for the same, and its id.
   */
  keepPreview(preview: Preview, about?: string): Promise<string>;
  /** Text that is kept under a name and a day (YYYY-MM-DD) once, and never changed: baselines of pilots. */
  snapshot(owner: string, name: string): Promise<{ readonly at: string; readonly body: unknown } | null>;
  keepSnapshot(owner: string, name: string, at: string, body: unknown): Promise<void>;
  facts(subject: Judged): Promise<{ readonly sha: string; readonly facts: Readonly<Record<string, Answer<unknown>>> } | null>;

  /**
   * Moves everything remembered of an account to its new name; nothing is left under the old one, which somebody else may take.
   * What is there under the new name stays, unless another account had it: that is set aside. `installation` is the account's; null: it
   * is not told. Told again, or late, it changes nothing.
   */
  renameOwner(transaction: Transaction, from: string, to: string, installation: number | null): Promise<void>;
  /** Moves everything remembered under one repository name to another (rename, transfer). */
  renameRepository(
    transaction: Transaction,
    from: { owner: string; repo: string },
    to: { owner: string; repo: string },
  ): Promise<void>;

  /**
   * Deletes what is older than `before` (ISO 8601): deliveries, unused blobs, what was looked up of packages and does not count any more
   * or was not needed for 400 days, and what was said: about closed pull requests, unless it was
   * accepted or is a sentence still to be decided on, and with buttons or about repositories. Whatever `before` is: after 400 days
   * facts of closed pull requests and of accounts that removed Steward, previews, and what was decided of policies; after 30 days
   * previews that were made for something; after a day, when something was written.
   */
  purge(before: string): Promise<void>;
  /** Throws when the database cannot be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
