/** What a policy is read from: the files as they are now, and where earlier and foreign ones come from. Types only. */
import type { Answer } from '../facts/answer.ts';
import type { Document, Reference } from './parse.ts';
import type { PolicyFile } from './policy.ts';

/** The policy files of a subject as they are now; null: there is no such file. */
export interface PolicyFiles {
  /** What people call the organization's file: `OWNER/.github:.github/steward.yml`. */
  readonly organizationSource: string;
  /** The default branch of the repository that holds it; left out: not known. */
  readonly organizationBranch?: string;
  /** Everybody may read that repository; left out: not known. */
  readonly isOrganizationPublic?: boolean;
  readonly organization: Answer<PolicyFile | null>;
  /** False: the organization's `.github` repository does not exist or cannot be seen. */
  readonly hasPolicyRepository: boolean;
  readonly repositorySource: string;
  /** On the base branch of a pull request, else on the default branch; null in the `.github` repository itself. */
  readonly repository: Answer<PolicyFile | null>;
  /** The file as the contribution would have it, when it changes it; else null. */
  readonly proposed: PolicyFile | null;
  /** Which of the files lies in the judged repository itself, so that its problems are shown on its commit. */
  readonly own: 'organization' | 'repository';
}

/** Where earlier and foreign policies come from. */
export interface Library {
  goodPolicy(source: string): Promise<PolicyFile | null>;
  keepGoodPolicy(file: PolicyFile): Promise<void>;
  /** The file was taken away, and no version of it is good any more; left out: it is remembered. */
  forgetGoodPolicy?(source: string): Promise<void>;
  /** Whether a new version of the organization's file may come into force in place of the last good one; left out: it is good. */
  admits?(version: NewVersion): Promise<Admitted>;
  /** The proposed file is by somebody who may write in the repository anyway, so that it may extend what it wants. */
  readonly trustsProposal?: boolean;
  history(file: 'organization' | 'repository'): Promise<readonly PolicyFile[]>;
  /** A policy of another repository, called by the name that the repository has now, without the ref. */
  shared(reference: Reference): Promise<Answer<PolicyFile>>;
}

/**
 * A version is kept as the good one, or is in force and kept by whoever let it in. Else it is not in force: `held`, because it
 * changes too much, or `awaited`, because it is not known yet what it would change.
 */
export type Admitted = 'good' | 'admitted' | 'held' | 'awaited';

/** A version of the organization's file that is not in force yet, and the one that is. */
export interface NewVersion {
  readonly file: PolicyFile;
  readonly documents: readonly Document[];
  readonly good: PolicyFile;
  readonly goodDocuments: readonly Document[];
}
