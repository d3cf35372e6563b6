/** The subjects that a group stands for: every page of them, or a fault. */
import type { Group, HeadSubject, Judged, OwnerSubject, PullRequestsSubject } from '../facts/subject.ts';
import type { Api } from './client.ts';
import { GoneError, LaterError, MODEST } from './later.ts';
import { OPEN_PULL_REQUESTS, REPOSITORY_PULL_REQUESTS } from './queries.ts';
import { query } from './reply.ts';

/** Expands a group as it stands now. */
export function expand(api: Api, group: Group): Promise<readonly Judged[]> {
  switch (group.kind) {
    case 'head':
      return pullRequestsAt(api, group);
    case 'pull-requests':
      return pullRequestsOf(api, group, null);
    case 'owner':
      return everythingOf(api, group);
  }
}

/** Open pull requests with this head commit. GitHub leaves out those from forks: whoever asks remembers them itself. */
async function pullRequestsAt(api: Api, { owner, repo, sha }: HeadSubject): Promise<readonly Judged[]> {
  const found: Judged[] = [];
  const here = `${owner}/${repo}`.toLowerCase();
  for (let page = 1; ; page += 1) {
    const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls';
    const pulls = await orNone(api.request(route, { owner, repo, commit_sha: sha, per_page: 100, page }));
    for (const pull of pulls) {
      const isHere = pull.base.repo.full_name.toLowerCase() === here;
      if (pull.state === 'open' && pull.head.sha === sha && isHere) {
        found.push({ kind: 'pull-request', owner, repo, number: pull.number });
      }
    }
    if (pulls.length < 100) return found;
  }
}

/** A commit or repository that is not there has no pull requests. */
async function orNone<T>(asked: Promise<{ data: readonly T[] }>): Promise<readonly T[]> {
  try {
    return (await asked).data;
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 404 || status === 422) return [];
    throw error;
  }
}

interface OpenShape {
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly isArchived: boolean;
  readonly pullRequests: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly ({ readonly number: number } | null)[] | null;
  };
}

/** Open pull requests of one repository after a cursor. */
async function pullRequestsOf(
  api: Api,
  { owner, repo }: Pick<PullRequestsSubject, 'owner' | 'repo'>,
  after: string | null,
): Promise<readonly Judged[]> {
  const found: Judged[] = [];
  for (let cursor = after; ;) {
    type Shape = { repository: OpenShape | null };
    const { data, faults } = await query<Shape>(api, REPOSITORY_PULL_REQUESTS, { owner, repo, after: cursor });
    const fault = faults.at('repository');
    if (fault !== null) throw unlisted(fault);
    if (!data.repository) throw new GoneError(`${owner}/${repo} does not exist, or Steward may not see it.`);
    if (data.repository.isArchived) return [];
    found.push(...judgedOf(data.repository));
    const { hasNextPage, endCursor } = data.repository.pullRequests.pageInfo;
    if (!hasNextPage) return found;
    if (endCursor === null || endCursor === cursor) throw unlisted('the list does not advance');
    cursor = endCursor;
  }
}

const REPOSITORIES_A_QUERY = 50;

/** Every repository that the installation serves, and its open pull requests. */
async function everythingOf(api: Api, { owner }: OwnerSubject): Promise<readonly Judged[]> {
  const repositories = await installedRepositories(api);
  const found: Judged[] = [...repositories.values()].map((repo) => ({ kind: 'repository', owner, repo }));
  const ids = [...repositories.keys()];
  for (let from = 0; from < ids.length; from += REPOSITORIES_A_QUERY) {
    found.push(...(await pullRequestsIn(api, ids.slice(from, from + REPOSITORIES_A_QUERY))));
  }
  return found;
}

/** Names of repositories by their global id. */
async function installedRepositories(api: Api): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let page = 1; ; page += 1) {
    const { data } = await api.request('GET /installation/repositories', { per_page: 100, page });
    for (const { node_id: id, name, archived, disabled } of data.repositories) {
      if (!archived && !disabled) found.set(id, name);
    }
    if (data.repositories.length < 100) return found;
  }
}

async function pullRequestsIn(api: Api, ids: readonly string[]): Promise<readonly Judged[]> {
  const { data, faults } = await query<{ nodes: readonly (OpenShape | null)[] }>(api, OPEN_PULL_REQUESTS, { ids });
  const found: Judged[] = [];
  for (const [index, repository] of data.nodes.entries()) {
    const fault = faults.at('nodes', index);
    if (fault !== null) throw unlisted(fault);
    // Deleted since it was listed.
    if (!repository) continue;
    found.push(...judgedOf(repository));
    const { hasNextPage, endCursor } = repository.pullRequests.pageInfo;
    const names = { owner: repository.owner.login, repo: repository.name };
    if (hasNextPage) found.push(...(await pullRequestsOf(api, names, endCursor)));
  }
  return found;
}

function judgedOf({ owner, name, pullRequests }: OpenShape): readonly Judged[] {
  return (pullRequests.nodes ?? []).flatMap((pull) =>
    pull ? [{ kind: 'pull-request' as const, owner: owner.login, repo: name, number: pull.number }] : [],
  );
}

function unlisted(reason: string): LaterError {
  return new LaterError(`The open pull requests could not be listed: ${reason}.`, { after: MODEST });
}
