/** How GitHub writes what people and Apps see: pull requests, issues, comments, check suites and check runs. */
import { changesBetween, commitsBetween, mergeBase } from './history.ts';
import type { App, CheckRun, CheckSuite, Comment, Issue, PullRequest, Reaction, Repository } from './model.ts';
import {
  API,
  WEB,
  account,
  app,
  association,
  fullName,
  gitCommit,
  nodeId,
  pullEnd,
  pullReference,
  repository,
} from './shapes.ts';
import type { Json } from './shapes.ts';

/** A pull request as lists and other objects hold it. */
export function pullSimple(repo: Repository, one: PullRequest): Json {
  return {
    id: one.id,
    node_id: nodeId('PullRequest', one.id),
    number: one.number,
    url: `${API}/repos/${fullName(repo)}/pulls/${one.number}`,
    html_url: `${WEB}/${fullName(repo)}/pull/${one.number}`,
    title: one.title,
    body: one.body,
    state: one.state,
    locked: false,
    draft: one.isDraft,
    user: account(one.author),
    author_association: one.association ?? association(repo, one.author),
    head: pullEnd(one.head.repository, one.head.ref, one.head.sha),
    base: pullEnd(repo, one.base.ref, one.base.sha),
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    closed_at: one.state === 'closed' ? one.updatedAt : null,
    merged_at: one.mergedAt,
    merge_commit_sha: one.mergeCommitSha,
  };
}

/** A pull request in full, with what it adds up to. */
export function pull(repo: Repository, one: PullRequest): Json {
  const changes = pullChanges(repo, one);
  const sum = (key: 'additions' | 'deletions'): number => changes.reduce((total, change) => total + change[key], 0);
  return {
    ...pullSimple(repo, one),
    merged: one.mergedAt !== null,
    mergeable: one.state === 'open' ? true : null,
    mergeable_state: 'unknown',
    comments: [...repo.comments.values()].filter(({ number }) => number === one.number).length,
    commits: pullCommits(repo, one).length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: changes.length,
  };
}

/** The commits a pull request adds to its base, oldest first. */
export function pullCommits(repo: Repository, one: PullRequest): ReturnType<typeof commitsBetween> {
  return commitsBetween(repo.objects, one.base.sha, one.head.sha);
}

/** The files a pull request changes since it left its base. */
export function pullChanges(repo: Repository, one: PullRequest): ReturnType<typeof changesBetween> {
  return changesBetween(repo.objects, mergeBase(repo.objects, one.base.sha, one.head.sha), one.head.sha);
}

export function issue(repo: Repository, one: Issue | PullRequest): Json {
  const isPull = 'head' in one;
  const url = `${API}/repos/${fullName(repo)}/issues/${one.number}`;
  return {
    id: one.id,
    node_id: nodeId(isPull ? 'PullRequest' : 'Issue', one.id),
    number: one.number,
    url,
    repository_url: `${API}/repos/${fullName(repo)}`,
    comments_url: `${url}/comments`,
    html_url: `${WEB}/${fullName(repo)}/${isPull ? 'pull' : 'issues'}/${one.number}`,
    title: one.title,
    body: one.body,
    state: one.state,
    state_reason: isPull ? null : one.stateReason,
    user: account(one.author),
    author_association: association(repo, one.author),
    labels: [],
    assignees: [],
    locked: false,
    comments: [...repo.comments.values()].filter(({ number }) => number === one.number).length,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    closed_at: one.state === 'closed' ? one.updatedAt : null,
    closed_by: !isPull && one.closedBy !== null ? account(one.closedBy) : null,
    ...(isPull ? { draft: one.isDraft, pull_request: pullLinks(repo, one) } : {}),
  };
}

function pullLinks(repo: Repository, one: PullRequest): Json {
  const web = `${WEB}/${fullName(repo)}/pull/${one.number}`;
  const links = { html_url: web, diff_url: `${web}.diff`, patch_url: `${web}.patch` };
  return { url: `${API}/repos/${fullName(repo)}/pulls/${one.number}`, ...links, merged_at: one.mergedAt };
}

export function comment(repo: Repository, one: Comment): Json {
  return {
    id: one.id,
    node_id: nodeId('IssueComment', one.id),
    url: `${API}/repos/${fullName(repo)}/issues/comments/${one.id}`,
    html_url: `${WEB}/${fullName(repo)}/issues/${one.number}#issuecomment-${one.id}`,
    issue_url: `${API}/repos/${fullName(repo)}/issues/${one.number}`,
    body: one.body,
    user: account(one.author),
    author_association: association(repo, one.author),
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    performed_via_github_app: null,
  };
}

export function reaction(one: Reaction): Json {
  const { id, by, content, createdAt } = one;
  return { id, node_id: nodeId('Reaction', id), user: account(by), content, created_at: createdAt };
}

/** Open pull requests from the repository itself with this head; GitHub leaves out those from forks. */
function ownPulls(repo: Repository, sha: string): readonly PullRequest[] {
  return [...repo.pulls.values()].filter((one) => one.state === 'open' && one.head.sha === sha && one.head.repository === repo);
}

export function checkSuite(repo: Repository, own: App, one: CheckSuite): Json {
  const runs = [...repo.checkRuns.values()].filter((run) => run.suite === one);
  const isCompleted = runs.length > 0 && runs.every((run) => run.status === 'completed');
  const head = repo.objects.commits.get(one.headSha);
  const branch = [...repo.branches].find(([, sha]) => sha === one.headSha)?.[0] ?? null;
  return {
    id: one.id,
    node_id: nodeId('CheckSuite', one.id),
    head_branch: branch,
    head_sha: one.headSha,
    status: isCompleted ? 'completed' : 'queued',
    conclusion: isCompleted ? (runs[0]?.conclusion ?? null) : null,
    url: `${API}/repos/${fullName(repo)}/check-suites/${one.id}`,
    before: null,
    after: one.headSha,
    pull_requests: ownPulls(repo, one.headSha).map((pull) => pullReference(repo, pull)),
    // GitHub's webhook schema of 2026 does not know that an App can hear of these.
    app: { ...app(own), events: own.events.filter((event) => !['installation_target', 'merge_group'].includes(event)) },
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    latest_check_runs_count: runs.length,
    check_runs_url: `${API}/repos/${fullName(repo)}/check-suites/${one.id}/check-runs`,
    ...(head === undefined ? {} : { head_commit: headCommit(repo, head.oid) }),
  };
}

function headCommit(repo: Repository, oid: string): Json {
  const own = repo.objects.commits.get(oid);
  if (own === undefined) return {};
  const { author, committer, message } = gitCommit(repo, own);
  return { id: own.oid, tree_id: own.tree, message, timestamp: own.committer.date, author, committer };
}

export function checkRun(repo: Repository, own: App, one: CheckRun, isDelivery = false): Json {
  const url = `${API}/repos/${fullName(repo)}/check-runs/${one.id}`;
  return {
    id: one.id,
    node_id: nodeId('CheckRun', one.id),
    name: one.name,
    head_sha: one.headSha,
    external_id: one.externalId ?? '',
    url,
    html_url: `${WEB}/${fullName(repo)}/runs/${one.id}`,
    details_url: one.detailsUrl ?? `${WEB}/apps/${own.slug}`,
    status: one.status,
    conclusion: one.conclusion,
    started_at: one.startedAt,
    completed_at: one.completedAt,
    output: {
      title: one.title,
      summary: one.summary,
      text: one.text,
      annotations_count: one.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: isDelivery ? checkSuite(repo, own, one.suite) : { id: one.suite.id },
    app: app(own),
    pull_requests: ownPulls(repo, one.headSha).map((pull) => pullReference(repo, pull)),
    ...(isDelivery && one.actions.length > 0 ? { actions: one.actions } : {}),
  };
}

/** A repository as an installation delivery lists it. */
export function repositoryReference(one: Repository): Json {
  const { id, node_id, name, full_name, private: isPrivate } = repository(one);
  return { id, node_id, name, full_name, private: isPrivate };
}
