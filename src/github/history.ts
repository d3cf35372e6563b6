/** The commits on the default branch since a time: all of them, or unknown. */
import { known, map, unknown, type Answer } from '../facts/answer.ts';
import type { Commit } from '../facts/source.ts';
import type { Desk, Look } from './look.ts';
import { readAll } from './pages.ts';
import { commitOf } from './people.ts';
import { HISTORY } from './queries.ts';
import { query } from './reply.ts';
import type { CommitShape, PageShape } from './shapes.ts';

/** Fifty calls are enough for one look at a repository. */
const MOST_COMMITS = 5000;

/** Newest first, as far back as `since` (ISO 8601); the branch stays where the first call found it. */
export async function historyOf(desk: Desk, seen: Look, since: string): Promise<Answer<readonly Commit[]>> {
  const oid = seen.repository.defaultBranchRef?.target?.oid;
  if (oid === undefined) return known([]);
  const next = pages(desk, seen, oid, since);
  const first = await next(null);
  if (!first.known) return first;
  if (first.value.totalCount > MOST_COMMITS) {
    const many = first.value.totalCount.toLocaleString('en');
    return unknown(
      `the default branch has ${many} commits since ${since.slice(0, 10)}, and at most 5,000 are read; move the date forward`,
    );
  }
  const all = await readAll({ what: 'commits', first: first.value, next, key: (commit) => commit.oid });
  return map(all, (commits) => commits.map(commitOf));
}

function pages({ api }: Desk, { owner, repo }: Look, oid: string, since: string) {
  type Shape = { repository: { object: { history?: PageShape<CommitShape> | null } | null } | null };
  return async (after: string | null): Promise<Answer<PageShape<CommitShape>>> => {
    const { data, faults } = await query<Shape>(api, HISTORY, { owner, repo, oid, since, after });
    const fault = faults.at('repository', 'object', 'history');
    const page = data.repository?.object?.history;
    return fault === null && page ? known(page) : unknown(fault ?? 'GitHub did not list the commits of the default branch');
  };
}
