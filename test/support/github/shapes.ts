/** How GitHub writes accounts, repositories, commits and installations as JSON; what is left out is completed from the schema. */
import { entryAt } from './git.ts';
import type { GitCommit } from './git.ts';
import type { Account, App, Installation, PullRequest, Repository } from './model.ts';

export type Json = Readonly<Record<string, unknown>>;

export const WEB = 'https://github.com';
export const API = 'https://api.github.com';

/** GitHub's opaque id; here the type and number, as older ones were. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString('base64');
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

export function account(one: Account): Json {
  const [login] = one.login.split('[');
  return {
    login: one.login,
    id: one.id,
    node_id: nodeId(one.type, one.id),
    avatar_url: `https://avatars.githubusercontent.com/u/${one.id}?v=4`,
    html_url: one.type === 'Bot' ? `${WEB}/apps/${login ?? ''}` : `${WEB}/${one.login}`,
    url: `${API}/users/${encodeURIComponent(one.login)}`,
    type: one.type,
    site_admin: false,
  };
}

/** An organization or user in full. */
export function profile(one: Account, repositories: number): Json {
  const times = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };
  return { ...account(one), name: one.name, description: null, public_repos: repositories, ...times };
}

export function repository(one: Repository, isNested = false): Json {
  const url = `${API}/repos/${fullName(one)}`;
  return {
    id: one.id,
    node_id: nodeId('Repository', one.id),
    name: one.name,
    full_name: fullName(one),
    private: one.isPrivate,
    visibility: one.isInternal ? 'internal' : one.isPrivate ? 'private' : 'public',
    owner: account(one.owner),
    html_url: `${WEB}/${fullName(one)}`,
    clone_url: `${WEB}/${fullName(one)}.git`,
    url,
    description: one.description,
    fork: one.parent !== null,
    ...(one.parent === null || isNested ? {} : { parent: repository(one.parent, true), source: repository(one.parent, true) }),
    archived: one.isArchived,
    disabled: false,
    has_issues: one.hasIssues,
    open_issues_count: [...one.issues.values(), ...one.pulls.values()].filter(({ state }) => state === 'open').length,
    default_branch: one.defaultBranch,
    size: one.branches.size === 0 ? 0 : 1,
    topics: one.topics,
    language: one.language,
    created_at: one.createdAt,
    updated_at: one.pushedAt,
    pushed_at: one.pushedAt,
    pulls_url: `${url}/pulls{/number}`,
    contents_url: `${url}/contents/{+path}`,
  };
}

/** How a person stands to a repository, as GitHub says it beside what they write. */
export function association(one: Repository, person: Account): string {
  if (one.owner.id === person.id) return 'OWNER';
  if (one.owner.members.has(person.login)) return 'MEMBER';
  if (one.collaborators.has(person.login)) return 'COLLABORATOR';
  return 'CONTRIBUTOR';
}

/** A commit as the Commits API lists it. */
export function commit(one: Repository, own: GitCommit, people: (email: string) => Account | null): Json {
  const linked = (email: string): Json | null => {
    const person = people(email);
    return person === null ? null : account(person);
  };
  return {
    sha: own.oid,
    node_id: nodeId('Commit', own.oid),
    url: `${API}/repos/${fullName(one)}/commits/${own.oid}`,
    html_url: `${WEB}/${fullName(one)}/commit/${own.oid}`,
    commit: gitCommit(one, own),
    author: linked(own.author.email),
    committer: linked(own.committer.email),
    parents: own.parents.map((sha) => ({ sha, url: `${API}/repos/${fullName(one)}/commits/${sha}` })),
  };
}

/** A commit as git has it. */
export function gitCommit(one: Repository, own: GitCommit): Json {
  const { signature } = own;
  return {
    sha: own.oid,
    url: `${API}/repos/${fullName(one)}/git/commits/${own.oid}`,
    author: own.author,
    committer: own.committer,
    message: own.message,
    comment_count: 0,
    tree: { sha: own.tree, url: `${API}/repos/${fullName(one)}/git/trees/${own.tree}` },
    parents: own.parents.map((sha) => ({ sha })),
    verification: {
      verified: signature?.isValid ?? false,
      reason: signature === null ? 'unsigned' : signature.isValid ? 'valid' : 'unknown_key',
      signature: signature === null ? null : '-----BEGIN PGP SIGNATURE-----',
      payload: null,
      verified_at: null,
    },
  };
}

/** A commit as a push delivery lists it. */
export function pushedCommit(one: Repository, own: GitCommit, people: (email: string) => Account | null): Json {
  const person = ({ name, email, date }: GitCommit['author']): Json => {
    const linked = people(email);
    return { name, email, date, ...(linked === null ? {} : { username: linked.login }) };
  };
  const parent = own.parents[0] === undefined ? undefined : one.objects.commits.get(own.parents[0]);
  const paths = touched(one, own, parent);
  return {
    id: own.oid,
    tree_id: own.tree,
    distinct: true,
    message: own.message,
    timestamp: own.committer.date,
    url: `${WEB}/${fullName(one)}/commit/${own.oid}`,
    author: person(own.author),
    committer: person(own.committer),
    ...paths,
  };
}

function touched(
  one: Repository,
  own: GitCommit,
  parent: GitCommit | undefined,
): Record<'added' | 'removed' | 'modified', string[]> {
  const paths = new Set([...filePaths(one, own.tree), ...(parent === undefined ? [] : filePaths(one, parent.tree))]);
  const result: Record<'added' | 'removed' | 'modified', string[]> = { added: [], removed: [], modified: [] };
  for (const path of [...paths].sort()) {
    const after = entryAt(one.objects, own.tree, path)?.oid;
    const before = parent === undefined ? undefined : entryAt(one.objects, parent.tree, path)?.oid;
    if (after === before) continue;
    result[before === undefined ? 'added' : after === undefined ? 'removed' : 'modified'].push(path);
  }
  return result;
}

function filePaths(one: Repository, tree: string, prefix = ''): string[] {
  return (one.objects.trees.get(tree) ?? []).flatMap((entry) =>
    entry.type === 'tree' ? filePaths(one, entry.oid, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
  );
}

/** Either end of a pull request. */
export function pullEnd(repo: Repository | null, ref: string, sha: string): Json {
  const owner = repo?.owner;
  return {
    label: owner === undefined ? ref : `${owner.login}:${ref}`,
    ref,
    sha,
    user: owner === undefined ? null : account(owner),
    repo: repo === null ? null : repository(repo, true),
  };
}

/** A pull request named in a check run or check suite: only those from the same repository are. */
export function pullReference(repo: Repository, pull: PullRequest): Json {
  const short = { id: repo.id, url: `${API}/repos/${fullName(repo)}`, name: repo.name };
  return {
    id: pull.id,
    number: pull.number,
    url: `${API}/repos/${fullName(repo)}/pulls/${pull.number}`,
    head: { ref: pull.head.ref, sha: pull.head.sha, repo: short },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo: short },
  };
}

export function app(one: App): Json {
  return {
    id: one.id,
    slug: one.slug,
    node_id: nodeId('App', one.id),
    client_id: one.clientId,
    owner: account(one.owner),
    name: one.name,
    description: null,
    external_url: 'https://example.com',
    html_url: `${WEB}/apps/${one.slug}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    permissions: one.permissions,
    events: one.events,
  };
}

export function installation(own: App, one: Installation): Json {
  return {
    id: one.id,
    account: account(one.account),
    repository_selection: one.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${API}/app/installations/${one.id}/access_tokens`,
    repositories_url: `${API}/installation/repositories`,
    html_url: `${WEB}/organizations/${one.account.login}/settings/installations/${one.id}`,
    app_id: own.id,
    app_slug: own.slug,
    client_id: own.clientId,
    target_id: one.account.id,
    target_type: one.account.type,
    permissions: one.permissions,
    events: own.events,
    created_at: one.createdAt,
    updated_at: one.createdAt,
    single_file_name: null,
    suspended_at: one.suspendedAt,
    suspended_by: one.suspendedAt === null ? null : account(one.account),
  };
}
