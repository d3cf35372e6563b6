/** What is stored of an evaluation, so that a subject can be judged again without asking anybody. JSON only. */
import type { Answer } from '../facts/answer.ts';
import type { PullRequestSubject, RepositorySubject } from '../facts/subject.ts';
import type { Circumstances, Override } from './verdict.ts';

/** A subject with what was stored of its last evaluation: enough to judge it again without asking anybody. */
export interface Stored {
  /** Where the next page goes on. */
  readonly key: string;
  readonly subject: RepositorySubject | PullRequestSubject;
  readonly sha: string;
  readonly facts: Readonly<Record<string, Answer<unknown>>>;
  readonly circumstances: Circumstances;
  /** The overrides that were in force. */
  readonly overrides: readonly Override[];
  readonly isPrivate: boolean;
  /** A policy file of its own, on its branch, was in force; left out: not known. */
  readonly hasOwnPolicy?: boolean;
  /** Steward's issue is open. Of repositories. */
  readonly hasIssue: boolean;
  readonly state: 'open' | 'merged' | 'closed';
  /** When it was stored; ISO 8601. */
  readonly at: string;
}

/** What an evaluation keeps of a subject. */
export type Keeping = Omit<Stored, 'key' | 'state' | 'at' | 'hasIssue'>;

/** Whether a version of an organization's policy may come into force. */
export interface Admission {
  readonly state: 'admitted' | 'held';
  /** The preview that decided it; null: none was needed. */
  readonly preview: string | null;
}
