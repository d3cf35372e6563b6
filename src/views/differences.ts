/** The writes that make an effect true, given what is there. None when it is true already. */
import type { CheckRunEffect, CommentEffect, Effect, IssueEffect, NoteEffect, Present, PresentIssue } from './effect.ts';

export type Write =
  | { readonly do: 'create-check-run'; readonly run: CheckRunEffect }
  /** `run.annotations` are those to add; GitHub keeps the ones that are there. */
  | { readonly do: 'update-check-run'; readonly id: number; readonly run: CheckRunEffect }
  | { readonly do: 'create-comment'; readonly number: number; readonly body: string; readonly cause: string | null }
  | { readonly do: 'update-comment'; readonly id: number; readonly body: string }
  | { readonly do: 'create-reaction'; readonly commentId: number; readonly content: '+1' | 'confused' }
  /** Only where no comment below it starts with the reply's mark yet. */
  | {
      readonly do: 'create-reply';
      readonly number: number;
      readonly commentId: number;
      readonly to: string;
      readonly body: string;
    }
  /** Only where no comment on that issue starts with the note's mark yet. */
  | { readonly do: 'create-note'; readonly number: number; readonly key: string; readonly body: string }
  | {
      readonly do: 'create-issue';
      readonly about: 'upkeep' | 'policy';
      readonly title: string;
      readonly body: string;
      readonly cause: string | null;
    }
  | {
      readonly do: 'update-issue';
      readonly about: 'upkeep' | 'policy';
      readonly number: number;
      readonly title: string;
      readonly body: string;
      readonly state: 'open' | 'closed';
      /** Given with `closed`, as GitHub wants it. */
      readonly stateReason: 'completed' | 'reopened' | null;
      readonly cause: string | null;
    };

/** Remembers in the issue itself that it was reopened against a person's closing: that is done once. */
export const REOPENED_MARKER = '<!-- steward:reopened -->';

/** The writes that one effect needs. */
export function differences(effect: Effect, present: Present): readonly Write[] {
  switch (effect.kind) {
    case 'check-run':
      return checkRunWrites(effect, present);
    case 'comment':
      return commentWrites(effect, present);
    case 'reaction':
      return [{ do: 'create-reaction', commentId: effect.commentId, content: effect.content }];
    case 'reply':
      return [{ do: 'create-reply', number: effect.number, commentId: effect.commentId, to: effect.to, body: effect.body }];
    case 'note':
      return noteWrites(effect, present);
    case 'issue':
      return issueOrNone(effect, present);
  }
}

function checkRunWrites(run: CheckRunEffect, { checkRuns }: Present): readonly Write[] {
  const there = checkRuns.filter((other) => other.name === run.name && other.sha === run.sha);
  const newest = there.reduce<(typeof there)[number] | null>((a, b) => (a && a.id > b.id ? a : b), null);
  if (!newest) return run.mode === 'edit-only' ? [] : [{ do: 'create-check-run', run }];
  if (newest.isCompleted && newest.externalId === run.externalId) {
    return newest.isAwaited ? [{ do: 'update-check-run', id: newest.id, run: { ...run, annotations: [] } }] : [];
  }
  const before = newest.isCompleted ? annotationsKey(newest.externalId) : 'none';
  if (before === 'none') return [{ do: 'update-check-run', id: newest.id, run }];
  if (before === annotationsKey(run.externalId))
    return [{ do: 'update-check-run', id: newest.id, run: { ...run, annotations: [] } }];
  // GitHub only ever adds annotations: outdated ones go with their run, which a newer one of the same name replaces.
  return [{ do: 'create-check-run', run }];
}

function annotationsKey(externalId: string | null): string {
  return externalId?.split(':').at(-1) ?? 'unknown';
}

function commentWrites({ number, body, mode, cause = null }: CommentEffect, { comment }: Present): readonly Write[] {
  if (!comment) return mode === 'upsert' ? [{ do: 'create-comment', number, body, cause }] : [];
  return same(comment.body, body) ? [] : [{ do: 'update-comment', id: comment.id, body }];
}

/** Where nobody looked whether there is an issue, none is made: it could be the second. */
function issueOrNone(wished: IssueEffect, present: Present): readonly Write[] {
  const there = wished.about === 'policy' ? present.policyIssue : present.issue;
  if (there === undefined) return [];
  return there ? issueWrites(wished, there) : newIssue(wished);
}

/** Who closed the issue does not want to be told. */
function noteWrites({ key, body }: NoteEffect, { policyIssue }: Present): readonly Write[] {
  return policyIssue?.state === 'open' ? [{ do: 'create-note', number: policyIssue.number, key, body }] : [];
}

function newIssue({ title, body, state, about = 'upkeep', cause = null }: IssueEffect): readonly Write[] {
  return state === 'open' ? [{ do: 'create-issue', about, title, body, cause }] : [];
}

/** A person's word counts: closed as not planned or as a duplicate stays so, closed as completed is contradicted once. */
function issueWrites(wished: IssueEffect, there: PresentIssue): readonly Write[] {
  const isClosed = there.state === 'closed';
  const isByPerson = isClosed && !there.isClosedBySteward;
  if (isByPerson && (there.stateReason === 'not_planned' || there.stateReason === 'duplicate')) return [];
  // Steward's own reason is that people are done; this was taken back, and its words say why.
  if (isClosed && wished.state === 'closed' && there.stateReason === 'not_planned') return [];
  const wasContradicted = there.body.includes(REOPENED_MARKER);
  if (wished.state === 'open' && isByPerson && wasContradicted) return [];

  const isMarked = wished.state === 'open' && (isByPerson || wasContradicted);
  const body = isMarked ? `${wished.body}\n\n${REOPENED_MARKER}` : wished.body;
  if (there.state === wished.state && there.title === wished.title && same(there.body, body)) return [];
  const stateReason = there.state === wished.state ? null : wished.state === 'closed' ? 'completed' : 'reopened';
  const { about = 'upkeep', title, state, cause = null } = wished;
  return [{ do: 'update-issue', about, number: there.number, title, body, state, stateReason, cause }];
}

/** Equal as GitHub stores texts: line ends and blanks at ends of lines do not count. */
function same(a: string, b: string): boolean {
  return stored(a) === stored(b);
}

function stored(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
