/** The numbers that GitHub gave to what Steward made on a subject, remembered so that it is found without listing. */
import type { Judged, PullRequestSubject, RepositorySubject } from '../facts/subject.ts';
import type { Present } from '../views/effect.ts';
import type { Writes } from './cap.ts';
import { isPolicyRepository } from './policies.ts';

export interface Publications extends Writes {
  publication(subject: Judged, kind: Kind): Promise<number | null>;
  /** `cause`: the git id of the organization's policy that it follows from, when it is newly made. */
  keepPublication(subject: Judged, kind: Kind, id: number, cause?: string | null): Promise<void>;
}

type Kind = 'comment' | 'issue' | 'policy-issue';

/** What is remembered of a subject, and what to remember of it. */
export interface Kept {
  readonly comment: number | null;
  /** 0: it was looked for before and there was none. Null: nothing is remembered. */
  readonly issue: number | null;
  /** Of a policy repository alone, also of one that was renamed. */
  readonly policyIssue?: number | null;
  /** Remembers what is found. */
  found(shown: Present): Promise<void>;
}

/** Remembered of a repository without an issue of Steward's, so that it is not looked for at every push. */
const NONE = 0;
/** Remembered while one is being opened: after a crash in that moment it is looked for again, as if nothing were remembered. */
const OPENING = -1;

/** What is remembered of a subject. Without a memory every number is null. */
export async function keptOf(publications: Publications | null, subject: Judged): Promise<Kept> {
  const number = async (kind: Kind): Promise<number | null> => (await publications?.publication(keeper(subject), kind)) ?? null;
  const keep = async (kind: Kind, before: number | null, now: number | undefined): Promise<void> => {
    if (now !== undefined && now !== before) await publications?.keepPublication(keeper(subject), kind, now);
  };
  if (subject.kind !== 'repository') {
    const comment = await number('comment');
    return { comment, issue: null, found: (shown) => keep('comment', comment, shown.comment?.id) };
  }
  const issue = await number('issue');
  // One that was renamed keeps its issue.
  const policyIssue = (await number('policy-issue')) ?? (isPolicyRepository(subject.repo) ? null : undefined);
  return {
    comment: null,
    issue: unlessOpening(issue),
    ...(policyIssue === undefined ? {} : { policyIssue: unlessOpening(policyIssue) }),
    found: async (shown) => {
      await keep('issue', issue, shown.issue?.number ?? NONE);
      if (policyIssue !== undefined) await keep('policy-issue', policyIssue, shown.policyIssue?.number ?? NONE);
    },
  };
}

/** Remembers that an issue is about to be opened, and why. */
export async function keepOpening(
  publications: Publications | null,
  subject: Judged,
  { kind, cause }: { readonly kind: 'issue' | 'policy-issue'; readonly cause: string | null },
): Promise<void> {
  await publications?.keepPublication(keeper(subject), kind, OPENING, cause);
}

/** Remembers something new. */
export async function keepMade(
  publications: Publications | null,
  subject: Judged,
  made: { readonly kind: Kind; readonly id: number; readonly cause: string | null },
): Promise<void> {
  await publications?.keepPublication(keeper(subject), made.kind, made.id, made.cause);
}

function unlessOpening(number: number | null): number | null {
  return number === OPENING ? null : number;
}

/** A pull request in a merge queue shares its comment with the pull request. */
function keeper(subject: Judged): RepositorySubject | PullRequestSubject {
  if (subject.kind !== 'merge-group') return subject;
  const { owner, repo, number } = subject;
  return { kind: 'pull-request', owner, repo, number };
}
