/** Commits that name more people than fit into one page: GitHub tells a hundred of their accounts at a time. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import { coAuthorsOf } from '../facts/co-authors.ts';
import type { Desk, Look } from './look.ts';
import { MORE_AUTHORS } from './queries.ts';
import { query } from './reply.ts';
import type { CommitShape } from './shapes.ts';

/** Further pages for one contribution: two thousand people more than anybody names in earnest. */
const MOST_PAGES = 20;

/** The commits with everybody whom their messages name; unknown when GitHub does not tell, for nobody may be taken for a stranger. */
export async function withAllAuthors(
  desk: Desk,
  seen: Look,
  commits: readonly CommitShape[],
): Promise<Answer<readonly CommitShape[]>> {
  const whole: CommitShape[] = [];
  let left = MOST_PAGES;
  for (const commit of commits) {
    let { pageInfo, nodes } = commit.authors;
    while (pageInfo.hasNextPage && coAuthorsOf(commit.message).length > 0) {
      left -= 1;
      if (left < 0) return unknown('the commits name more people than can be looked up');
      const page = await pageAfter(desk, seen, commit.oid, pageInfo.endCursor);
      if (!page.known) return page;
      pageInfo = page.value.pageInfo;
      nodes = [...(nodes ?? []), ...(page.value.nodes ?? [])];
    }
    whole.push({ ...commit, authors: { pageInfo, nodes } });
  }
  return known(whole);
}

async function pageAfter(
  { api }: Desk,
  { owner, repo }: Look,
  oid: string,
  after: string | null,
): Promise<Answer<CommitShape['authors']>> {
  type Shape = { repository: { object: { page?: CommitShape['authors'] } | null } | null };
  const { data, faults } = await query<Shape>(api, MORE_AUTHORS, { owner, repo, oid, after });
  const fault = faults.at('repository', 'object', 'page');
  const page = data.repository?.object?.page;
  return fault === null && page ? known(page) : unknown(fault ?? `GitHub did not list everybody whom commit ${oid} names`);
}
