/** What a pull request does: its commits, its changed files and where renamed files came from. */
import { known, map, unknown, type Answer } from '../facts/answer.ts';
import type { Change, Commit, Contribution, Rename } from '../facts/source.ts';
import { LaterError } from './later.ts';
import { withAllAuthors } from './co-authors.ts';
import type { Desk, Look } from './look.ts';
import { readAll } from './pages.ts';
import { accountOf, commitOf } from './people.ts';
import { MORE_COMMITS, MORE_FILES } from './queries.ts';
import { query } from './reply.ts';
import type { FileShape, PageShape, PullRequestShape } from './shapes.ts';

/** GitHub lists no more changed files than this, in any of its APIs. */
const MOST_FILES = 3000;
const NEWCOMERS: readonly string[] = ['FIRST_TIMER', 'FIRST_TIME_CONTRIBUTOR', 'NONE'];
const NO_CONTRIBUTION = 'a repository by itself is no contribution';

/** The pull request itself, in the facts' words. */
export function contributionOf({ pull, base }: Look): Answer<Contribution> {
  if (!pull) return unknown(NO_CONTRIBUTION);
  return known({
    number: pull.number,
    title: pull.title,
    url: pull.url,
    state: pull.state === 'OPEN' ? 'open' : pull.state === 'MERGED' ? 'merged' : 'closed',
    isDraft: pull.isDraft,
    headSha: pull.headRefOid,
    headRef: pull.headRefName,
    isFromSameRepository: !pull.isCrossRepository,
    baseRef: pull.baseRefName,
    baseSha: base.state?.oid ?? pull.baseRefOid,
    author: accountOf(pull.author),
    createdAt: pull.createdAt,
    ...firstOf(pull.authorAssociation),
  });
}

/**
 * GitHub says FIRST_TIME_CONTRIBUTOR of some newcomers and NONE of most. It says NONE also of people whose earlier commits it
 * links to no account: they are spared once too often, which harms less than to miss newcomers.
 */
function firstOf(association: string | undefined): { readonly isFirst?: boolean } {
  return association === undefined ? {} : { isFirst: NEWCOMERS.includes(association) };
}

/** Every commit, oldest first: the first hundred come with the first call. */
export async function commitsOf(desk: Desk, seen: Look): Promise<Answer<readonly Commit[]>> {
  const { pull, faults } = seen;
  if (!pull) return unknown(NO_CONTRIBUTION);
  type Node = NonNullable<PullRequestShape['commits']>;
  const next = morePages<Node>(desk, seen, MORE_COMMITS, 'commits');
  const fault = faults.at('repository', 'pullRequest', 'commits');
  if (fault !== null) return unknown(fault);
  const first: Answer<Node> = pull.commits ? known(pull.commits) : await next(null);
  if (!first.known) return first;
  const all = await readAll({ what: 'commits', first: first.value, next, key: ({ commit }) => commit.oid });
  if (!all.known) return all;
  const shapes = all.value.map(({ commit }) => commit);
  return map(await withAllAuthors(desk, seen, shapes), (commits) => commits.map(commitOf));
}

/** Every changed file against the merge base: the first hundred come with the first call. */
export async function changesOf(desk: Desk, seen: Look): Promise<Answer<readonly Change[]>> {
  const { pull, faults } = seen;
  if (!pull) return unknown(NO_CONTRIBUTION);
  const fault = faults.at('repository', 'pullRequest', 'files');
  if (fault !== null) return unknown(fault);
  if (!pull.files) return unknown('GitHub does not list the changed files; the change is probably too large');
  if (pull.files.totalCount >= MOST_FILES) return unknown(`GitHub lists at most ${MOST_FILES} changed files`);
  const next = morePages<PageShape<FileShape>>(desk, seen, MORE_FILES, 'changed files');
  const all = await readAll({ what: 'changed files', first: pull.files, next, key: ({ path }) => path });
  return map(all, (files) => files.map(({ path, changeType }) => ({ path, status: statusOf(changeType) })));
}

function statusOf(changeType: string): Change['status'] {
  switch (changeType) {
    case 'ADDED':
      return 'added';
    case 'DELETED':
      return 'removed';
    case 'RENAMED':
      return 'renamed';
    case 'COPIED':
      return 'copied';
    case 'MODIFIED':
      return 'modified';
    default:
      return 'changed';
  }
}

/** Pages of a list of the pull request, as long as its head stays where it was. */
function morePages<P>(desk: Desk, { owner, repo, pull }: Look, document: string, what: string) {
  type Shape = { repository: { pullRequest: { headRefOid: string; page: P | null } | null } | null };
  return async (after: string | null): Promise<Answer<P>> => {
    const { data, faults } = await query<Shape>(desk.api, document, { owner, repo, number: pull?.number, after });
    const fault = faults.at('repository', 'pullRequest', 'page');
    const found = data.repository?.pullRequest;
    if (fault !== null || !found?.page) return unknown(fault ?? `GitHub did not list more ${what}`);
    if (found.headRefOid !== pull?.headRefOid) {
      throw new LaterError('The pull request was pushed to while it was read.', { after: 1000 });
    }
    return known(found.page);
  };
}

/** Where renamed files came from. Only REST tells, a hundred files a call. */
export async function renamesOf(desk: Desk, { owner, repo, pull }: Look): Promise<Answer<readonly Rename[]>> {
  if (!pull) return unknown(NO_CONTRIBUTION);
  const renames: Rename[] = [];
  let read = 0;
  for (let page = 1; page <= MOST_FILES / 100; page += 1) {
    const { data } = await desk.api.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
      owner,
      repo,
      pull_number: pull.number,
      per_page: 100,
      page,
    });
    for (const file of data) {
      if (file.status === 'renamed' && file.previous_filename !== undefined) {
        renames.push({ from: file.previous_filename, to: file.filename });
      }
    }
    read += data.length;
    if (data.length < 100) break;
  }
  const total = pull.files?.totalCount;
  return read === total ? known(renames) : unknown(`GitHub lists ${read} of ${total ?? 'all'} changed files`);
}
