/** What people said about a subject in comments and with buttons, and what came of it. */
import type { Verdict } from './verdict.ts';

/** Something a person said about a subject, as it was recorded with its delivery. */
export interface Said {
  readonly id: number;
  readonly kind: 'command' | 'action' | 'sentence';
  readonly accountId: number;
  readonly login: string;
  /** The command, the button's identifier, or the sentence. */
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  readonly commentId: number | null;
  readonly url: string | null;
  /** The whole comment as it was written, kept for sentences; and its SHA-256. */
  readonly body: string | null;
  readonly digest: string | null;
  /** The verdict that stood when it was said: what the person could see. */
  readonly seen: Verdict | null;
  /** Null: nothing has come of it yet. */
  readonly decision: Decision | null;
}

/** What came of something said. Made once and never changed. */
export interface Decision {
  readonly outcome: 'accepted' | 'refused' | 'ignored';
  /** Why it does not count, in words for the person who said it; null when it counts or needs no answer. */
  readonly reason: string | null;
  /** The role that GitHub named; null where none was asked for. */
  readonly permission: string | null;
  /** What it covers: `about` of findings, ids of commits. */
  readonly covers: readonly string[];
  /** ISO 8601. */
  readonly at: string;
}
