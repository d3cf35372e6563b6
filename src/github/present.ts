/** What Steward already shows on a subject. A wrong answer would double comments, so a doubtful one is tried again later. */
import { COMMENT_MARKER, type Present, type PresentCheckRun, type PresentComment } from '../views/effect.ts';
import { LaterError, MODEST } from './later.ts';
import { commitState, type Desk, type Look, type Spot } from './look.ts';
import { isApp } from './people.ts';
import { MORE_COMMENTS } from './queries.ts';
import { query, type Faults } from './reply.ts';
import { issueOf } from './issue.ts';
import type { CommentShape, PageShape } from './shapes.ts';

export interface Shown {
  /** The App's name in logins. */
  readonly slug: () => Promise<string>;
  /** The comment's number, when it is remembered; looked for first where many comments would have to be read. */
  readonly comment: number | null;
}

/** Reads what is shown: nearly always from the first call. */
export async function presentOf(desk: Desk, seen: Look, shown: Shown): Promise<Present> {
  const { subject } = desk;
  const spot =
    subject.kind === 'merge-group' ? await commitState(desk, seen.owner, seen.repo, subject.headSha, false) : seen.head;
  return {
    checkRuns: checkRunsOf(spot),
    comment: await commentOf(desk, seen, shown),
    issue: subject.kind === 'repository' ? await issueOf(desk, seen, shown.slug) : null,
    ...(desk.policyIssue === undefined ? {} : { policyIssue: await issueOf(desk, seen, shown.slug, 'policyIssue') }),
    siblings: subject.kind === 'pull-request' ? siblingsOf(seen) : [],
  };
}

/** Steward's check runs on the judged commit, in a call of its own. */
export async function checkRunsNow(desk: Desk, { owner, repo, head }: Look): Promise<readonly PresentCheckRun[]> {
  const sha = desk.subject.kind === 'merge-group' ? desk.subject.headSha : head.state?.oid;
  return sha === undefined ? [] : checkRunsOf(await commitState(desk, owner, repo, sha, false));
}

function checkRunsOf({ state, faults }: Spot): readonly PresentCheckRun[] {
  if (!state) return [];
  must(faults, 'checkSuites');
  return (state.checkSuites?.nodes ?? [])
    .flatMap((suite) => (suite?.checkRuns?.nodes ?? []).map((run) => ({ run, isAwaited: suite?.status === 'QUEUED' })))
    .flatMap(({ run, isAwaited }) =>
      run === null || run.databaseId === null
        ? []
        : [
            {
              id: run.databaseId,
              name: run.name,
              sha: state.oid,
              isCompleted: run.status === 'COMPLETED',
              ...(isAwaited && run.status === 'COMPLETED' ? { isAwaited } : {}),
              externalId: run.externalId,
            },
          ],
    );
}

function siblingsOf({ owner, repo, head, pull }: Look): readonly number[] {
  must(head.faults, 'associatedPullRequests');
  const here = `${owner}/${repo}`.toLowerCase();
  const numbers = (head.state?.associatedPullRequests?.nodes ?? []).flatMap((one) =>
    one?.state === 'OPEN' && one.headRefOid === head.state?.oid && one.baseRepository?.nameWithOwner.toLowerCase() === here
      ? [one.number]
      : [],
  );
  // GitHub is slow to associate a commit with a pull request that was just opened.
  const own = pull?.state === 'OPEN' ? [pull.number] : [];
  return [...new Set([...numbers, ...own])].sort((a, b) => a - b);
}

async function commentOf(desk: Desk, { owner, repo, pull, faults }: Look, shown: Shown): Promise<PresentComment | null> {
  if (!pull) return null;
  must(faults, 'repository', 'pullRequest', 'comments');
  const marked = (page: PageShape<CommentShape>): CommentShape[] =>
    (page.nodes ?? []).flatMap((comment) => (comment && isMarked(comment.body, COMMENT_MARKER) ? [comment] : []));
  let page = pull.comments;
  let candidates = marked(page);
  if (candidates.length === 0 && page.pageInfo.hasNextPage && shown.comment !== null) {
    const remembered = await rememberedComment(desk, { owner, repo, number: pull.number, id: shown.comment }, shown);
    if (remembered) return remembered;
  }
  for (;;) {
    // Asking who we are is worth a call only when somebody's comment carries the mark.
    const slug = candidates.length > 0 ? await shown.slug() : '';
    const own = candidates.find(({ author, databaseId }) => databaseId !== null && isApp(author, slug));
    if (own?.databaseId) return { id: own.databaseId, body: own.body };
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage || endCursor === null) return null;
    page = await moreComments(desk, { owner, repo, number: pull.number, after: endCursor });
    candidates = marked(page);
  }
}

/** Ownership needs the mark on the first line; a quoted or pasted one further down is somebody else's. */
export function isMarked(body: string, marker: string): boolean {
  return body.startsWith(marker);
}

async function moreComments(
  desk: Desk,
  variables: { owner: string; repo: string; number: number; after: string },
): Promise<PageShape<CommentShape>> {
  type Shape = { repository: { pullRequest: { page: PageShape<CommentShape> } | null } | null };
  const { data, faults } = await query<Shape>(desk.api, MORE_COMMENTS, variables);
  must(faults, 'repository', 'pullRequest', 'page');
  const page = data.repository?.pullRequest?.page;
  if (!page || page.pageInfo.endCursor === variables.after) throw doubtful('the comments are not listed to the end');
  return page;
}

async function rememberedComment(
  desk: Desk,
  { owner, repo, number, id }: { owner: string; repo: string; number: number; id: number },
  shown: Shown,
): Promise<PresentComment | null> {
  try {
    const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';
    const { data } = await desk.api.request(route, { owner, repo, comment_id: id });
    const author = data.user && { __typename: data.user.type, login: data.user.login };
    const isOurs = isMarked(data.body ?? '', COMMENT_MARKER) && isApp(author, await shown.slug());
    return isOurs && data.issue_url.endsWith(`/${number}`) ? { id: Number(data.id), body: data.body ?? '' } : null;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null;
    throw error;
  }
}

function must(faults: Faults, ...path: readonly (string | number)[]): void {
  const fault = faults.at(...path);
  if (fault !== null) throw doubtful(fault);
}

function doubtful(reason: string): LaterError {
  return new LaterError(`What Steward already shows could not be read: ${reason}.`, { after: MODEST });
}
