/** Wished end states on GitHub. Each is keyed, so that wishing twice changes nothing. */
import type { Conclusion } from '../verdict/verdict.ts';

/** One annotation of a check run, as GitHub's API takes it. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string;
}

/** There is exactly one completed check run of this name on this commit, and it reads like this. */
export interface CheckRunEffect {
  readonly kind: 'check-run';
  readonly name: string;
  readonly sha: string;
  readonly conclusion: Conclusion;
  readonly title: string;
  /** Markdown, at most 65,535 characters; so is `text`. */
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
  readonly detailsUrl: string | null;
  /** Hidden key: equal content has equal ids. Kept in the check run's `external_id`. */
  readonly externalId: string;
  /** Buttons, at most three; GitHub's limits: label and identifier 20 characters, description 40. */
  readonly actions?: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
  /** `edit-only`: nothing is posted where no check run of this name exists. Without it: `upsert`. */
  readonly mode?: 'upsert' | 'edit-only';
}

/** The pull request has at most one comment of Steward's, and it reads like this. */
export interface CommentEffect {
  readonly kind: 'comment';
  readonly number: number;
  /** Markdown that starts with the hidden marker. */
  readonly body: string;
  /** `edit-only`: nothing is posted where no comment exists. `upsert`: posted where none exists. */
  readonly mode: 'upsert' | 'edit-only';
  /** Git id of the organization's policy that it follows from; null: there is none. */
  readonly cause?: string | null;
}

/**
 * The repository has at most one open issue of Steward's of each kind, and it reads like this. `upkeep`: what its rules find.
 * `policy`: what administrators should know, in the policy repository alone.
 */
export interface IssueEffect {
  readonly kind: 'issue';
  readonly about?: 'upkeep' | 'policy';
  /** As of comments. */
  readonly cause?: string | null;
  readonly title: string;
  /** Markdown that starts with the hidden marker. */
  readonly body: string;
  readonly state: 'open' | 'closed';
}

/** A comment of somebody else's carries this reaction of Steward's: heard, or not followed. GitHub keeps one of a kind. */
export interface ReactionEffect {
  readonly kind: 'reaction';
  readonly commentId: number;
  readonly content: '+1' | 'confused';
}

/** An answer to somebody's comment, in a comment of its own below it, once. */
export interface ReplyEffect {
  readonly kind: 'reply';
  /** Of the issue or pull request. */
  readonly number: number;
  readonly commentId: number;
  /** The login of who wrote it. */
  readonly to: string;
  /** Markdown that starts with the hidden marker of that comment (`replyMarker`). */
  readonly body: string;
}

/** A comment on the policy issue, so that those who watch it are told, once for each `key`. */
export interface NoteEffect {
  readonly kind: 'note';
  /** Stable: `waivers 2027-01-31 14`. */
  readonly key: string;
  /** Markdown that starts with the hidden marker of the key (`noteMarker`). */
  readonly body: string;
}

export type Effect = CheckRunEffect | CommentEffect | IssueEffect | ReactionEffect | ReplyEffect | NoteEffect;

/** A check run of Steward's that is already there. */
export interface PresentCheckRun {
  readonly id: number;
  readonly name: string;
  readonly sha: string;
  readonly isCompleted: boolean;
  /** The run is completed, and GitHub waits for it all the same: somebody pressed Re-run. */
  readonly isAwaited?: boolean;
  readonly externalId: string | null;
}

export interface PresentComment {
  readonly id: number;
  readonly body: string;
}

export interface PresentIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  /** GitHub's reason for closing; `not_planned` is respected for good. */
  readonly stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null;
  /** Closed by Steward itself, not by a person. */
  readonly isClosedBySteward: boolean;
}

/** What Steward already shows on a subject. Read together with the facts. */
export interface Present {
  readonly checkRuns: readonly PresentCheckRun[];
  readonly comment: PresentComment | null;
  readonly issue: PresentIssue | null;
  /** The issue for administrators; of the policy repository alone. */
  readonly policyIssue?: PresentIssue | null;
  /** Numbers of the open pull requests whose head is the judged commit. */
  readonly siblings: readonly number[];
}

/** Comments that Steward wrote carry this on their first line; ownership also needs Steward as their author. */
export const COMMENT_MARKER = '<!-- steward:comment -->';
export const ISSUE_MARKER = '<!-- steward:issue -->';
export const POLICY_ISSUE_MARKER = '<!-- steward:policy-issue -->';
export const replyMarker = (commentId: number): string => `<!-- steward:reply ${commentId} -->`;
/** Keys hold letters, digits, dots, dashes and blanks only. */
export const noteMarker = (key: string): string => `<!-- steward:note ${key} -->`;
/** Prefix of every check run's `external_id`. */
export const EXTERNAL_ID_PREFIX = 'steward:1:';
