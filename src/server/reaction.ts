/** What can follow from a delivery: subjects to look at again, things said, things known anew. */
import type { PullRequestSubject, Subject } from '../facts/subject.ts';
import type { Merged } from '../verdict/certified.ts';
import type { Place } from './payload.ts';

/** A subject to look at again, and how soon: 0 a person waits, 5 a branch's pull requests, 10 a whole account. */
export interface Wish {
  readonly subject: Subject;
  readonly priority: number;
}

/** A commit that pull requests may share; it is wanted where one beside `without` has a verdict there. The store knows. */
export interface Shared extends Place {
  readonly sha: string;
  readonly without: number;
}

/** Something a person said: kept, because it cannot be read again later. */
export interface Said {
  readonly kind: 'command' | 'action' | 'sentence';
  readonly subject: Subject;
  readonly accountId: number;
  readonly login: string;
  readonly text: string;
  /** When it was written; left out where that is not told. */
  readonly writtenAt?: string;
  /** The comment it stands in; left out for buttons. */
  readonly commentId?: number;
  readonly url?: string;
  /** The whole comment: evidence, for sentences. */
  readonly body?: string;
}

/** What is known anew: where Steward is installed, under which name, and what became of a pull request or a repository. */
export type Change =
  | { readonly kind: 'installed'; readonly owner: string; readonly id: number; readonly isSuspended: boolean }
  | { readonly kind: 'removed'; readonly owner: string; readonly id: number }
  | { readonly kind: 'merged'; readonly subject: PullRequestSubject; readonly merged: Merged }
  | { readonly kind: 'closed'; readonly subject: Subject }
  /** The repository is deleted or archived. */
  | { readonly kind: 'gone'; readonly place: Place }
  | { readonly kind: 'reopened'; readonly subject: Subject }
  | { readonly kind: 'renamed'; readonly from: Place; readonly to: Place }
  | { readonly kind: 'owner-renamed'; readonly from: string; readonly to: string; readonly id: number | null };

/** What follows from a delivery. All empty: it is irrelevant. */
export interface Reaction {
  readonly wishes?: readonly Wish[];
  readonly shared?: Shared;
  readonly said?: readonly Said[];
  readonly changes?: readonly Change[];
}

export interface Context {
  /** The App's own id: other Apps' check runs are none of our business. Null: not known. */
  readonly appId: number | null;
}

/** What follows from most deliveries in the world: nothing. */
export const IRRELEVANT: Reaction = {};

/** Somebody may be waiting for this one. */
export function now(subject: Subject): Reaction {
  return { wishes: [{ subject, priority: 0 }] };
}
