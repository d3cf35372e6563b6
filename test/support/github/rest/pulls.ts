/** Pull requests: one, lists, their files and commits. */
import { invalid, notFound } from '../access.ts';
import type { FileChange } from '../history.ts';
import type { PullRequest, Repository } from '../model.ts';
import { API, WEB, commit as commitShape, fullName } from '../shapes.ts';
import { pull as pullShape, pullChanges, pullCommits, pullSimple } from '../shapes-shown.ts';
import { READ, onRepository, paged, resolveRef } from './route.ts';
import type { Answer, Call, Routes } from './route.ts';

function pullOf({ params }: Call, one: Repository): PullRequest {
  const pull = one.pulls.get(Number(params.pull_number));
  if (pull === undefined) throw notFound();
  return pull;
}

function list(call: Call, one: Repository): Answer {
  const state = call.query.get('state') ?? 'open';
  const head = call.query.get('head');
  const base = call.query.get('base');
  const key = call.query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const sign = call.query.get('direction') === 'asc' ? 1 : -1;
  const label = (pull: PullRequest): string => `${pull.head.repository?.owner.login ?? ''}:${pull.head.ref}`;
  const pulls = [...one.pulls.values()]
    .filter((pull) => state === 'all' || pull.state === state)
    .filter((pull) => (head === null || label(pull) === head) && (base === null || pull.base.ref === base))
    .sort((a, b) => sign * (Date.parse(a[key]) - Date.parse(b[key]) || a.number - b.number));
  return paged(call, pulls, (pull) => pullSimple(one, pull));
}

/** A changed file as pull requests and comparisons list it. */
export function fileShape(one: Repository, sha: string, change: FileChange): unknown {
  const path = change.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: change.oid,
    filename: change.path,
    ...(change.from === null ? {} : { previous_filename: change.from }),
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${WEB}/${fullName(one)}/blob/${sha}/${path}`,
    raw_url: `${WEB}/${fullName(one)}/raw/${sha}/${path}`,
    contents_url: `${API}/repos/${fullName(one)}/contents/${path}?ref=${sha}`,
  };
}

/** Pull requests that hold a commit or brought it, whose own head it is first. */
export function pullsWith(one: Repository, sha: string): readonly PullRequest[] {
  const holding = [...one.pulls.values()].filter(
    (pull) => pull.head.sha === sha || pull.mergedCommits.includes(sha) || pullCommits(one, pull).some(({ oid }) => oid === sha),
  );
  return holding.sort((a, b) => Number(b.head.sha === sha) - Number(a.head.sha === sha) || b.number - a.number);
}

function pullsOfCommit(call: Call, one: Repository): Answer {
  const sha = resolveRef(one, call.params.commit_sha ?? '');
  if (sha === undefined) throw invalid(`No commit found for SHA: ${call.params.commit_sha ?? ''}`);
  // GitHub leaves out pull requests from forks, whose commits are not in any branch of the repository.
  const own = pullsWith(one, sha).filter(({ head }) => head.repository === one);
  return paged(call, own, (pull) => pullSimple(one, pull));
}

export const pulls: Routes = {
  'pulls/list': onRepository(READ.pulls, list, ['state', 'head', 'base', 'sort', 'direction']),
  'pulls/get': onRepository(READ.pulls, (call, one) => ({ body: pullShape(one, pullOf(call, one)) })),
  // GitHub lists at most 3,000 files and 250 commits, whatever the paging.
  'pulls/list-files': onRepository(READ.pulls, (call, one) => {
    const pull = pullOf(call, one);
    return paged(call, pullChanges(one, pull).slice(0, 3000), (change) => fileShape(one, pull.head.sha, change));
  }),
  'pulls/list-commits': onRepository(READ.pulls, (call, one) =>
    paged(call, pullCommits(one, pullOf(call, one)).slice(0, 250), (commit) =>
      commitShape(one, commit, call.world.accountByEmail),
    ),
  ),
  'repos/list-pull-requests-associated-with-commit': onRepository(READ.pulls, pullsOfCommit),
};
