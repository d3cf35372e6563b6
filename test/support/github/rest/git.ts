/** Git data, contents, commits and comparisons. */
import { invalid, notFound } from '../access.ts';
import { entryAt } from '../git.ts';
import type { GitCommit, TreeEntry } from '../git.ts';
import { changesBetween, commitsBetween, historyOf, mergeBase } from '../history.ts';
import type { Repository } from '../model.ts';
import { API, WEB, commit as commitShape, fullName, gitCommit } from '../shapes.ts';
import { fileShape } from './pulls.ts';
import { READ, onRepository, paged, resolveRef } from './route.ts';
import type { Answer, Call, Routes } from './route.ts';

function commitAt(one: Repository, ref: string): GitCommit {
  const commit = one.objects.commits.get(resolveRef(one, ref) ?? '');
  if (commit === undefined) throw notFound();
  return commit;
}

function blob({ params, accept }: Call, one: Repository): Answer {
  const sha = params.file_sha ?? '';
  const bytes = one.objects.blobs.get(sha);
  if (bytes === undefined) throw notFound();
  if (accept.includes('raw')) return { raw: bytes };
  const url = `${API}/repos/${fullName(one)}/git/blobs/${sha}`;
  return { body: { sha, url, size: bytes.length, encoding: 'base64', content: inLines(bytes) } };
}

/** Base64 broken every 60 characters, as GitHub sends it. */
function inLines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{60}/g, '$&\n');
}

function tree({ world, params, query }: Call, one: Repository): Answer {
  const ref = params.tree_sha ?? '';
  const sha = one.objects.trees.has(ref) ? ref : commitAt(one, ref).tree;
  const line = (path: string, { mode, type, oid }: Omit<TreeEntry, 'name'>): unknown => ({
    path,
    mode: mode.padStart(6, '0'),
    type,
    sha: oid,
    ...(type === 'blob' ? { size: one.objects.blobs.get(oid)?.length ?? 0 } : {}),
  });
  const lines = query.has('recursive')
    ? withFolders(one, sha).map(([path, entry]) => line(path, entry))
    : (one.objects.trees.get(sha) ?? []).map((entry) => line(entry.name, entry));
  const most = world.treeLimit;
  const url = `${API}/repos/${fullName(one)}/git/trees/${sha}`;
  return { body: { sha, url, truncated: lines.length > most, tree: lines.slice(0, most) } };
}

/** Every entry below a tree, folders before what they hold. */
function withFolders(one: Repository, tree: string, prefix = ''): (readonly [string, Omit<TreeEntry, 'name'>])[] {
  return (one.objects.trees.get(tree) ?? []).flatMap(({ name, ...entry }) => {
    const path = `${prefix}${name}`;
    return [[path, entry] as const, ...(entry.type === 'tree' ? withFolders(one, entry.oid, `${path}/`) : [])];
  });
}

function contents({ params, query, accept }: Call, one: Repository): Answer {
  if (one.branches.size === 0) throw notFound();
  const path = (params.path ?? '').replace(/^\/+|\/+$/g, '');
  const root = commitAt(one, query.get('ref') ?? one.defaultBranch).tree;
  const entry = entryAt(one.objects, root, path);
  if (entry === undefined) throw notFound();
  if (entry.type === 'tree') {
    const children = one.objects.trees.get(entry.oid) ?? [];
    return { body: children.map((child) => contentShape(one, path === '' ? child.name : `${path}/${child.name}`, child)) };
  }
  const found = entry.mode === '120000' ? (followed(one, root, path, entry) ?? entry) : entry;
  const bytes = one.objects.blobs.get(found.oid);
  if (accept.includes('raw') && bytes !== undefined) return { raw: bytes };
  return { body: { ...contentShape(one, path, found), ...contentOf(found, bytes) } };
}

/** GitHub answers a link to a file with the file. */
function followed(one: Repository, root: string, path: string, link: TreeEntry): TreeEntry | undefined {
  const target = one.objects.blobs.get(link.oid)?.toString() ?? '';
  const { pathname } = new URL(target, `file:///${path}`);
  const entry = entryAt(one.objects, root, decodeURIComponent(pathname));
  return entry?.type === 'blob' ? entry : undefined;
}

/** Files over 1 MB come without content, as from GitHub. */
function contentOf(entry: TreeEntry, bytes: Buffer | undefined): Readonly<Record<string, unknown>> {
  if (entry.mode === '120000') return { target: bytes?.toString() ?? '' };
  if (bytes === undefined) return { submodule_git_url: `${WEB}/somebody/something.git` };
  return bytes.length > 1_000_000 ? { encoding: 'none', content: '' } : { encoding: 'base64', content: inLines(bytes) };
}

function contentShape(one: Repository, path: string, entry: TreeEntry): Readonly<Record<string, unknown>> {
  const kinds = { blob: entry.mode === '120000' ? 'symlink' : 'file', tree: 'dir', commit: 'submodule' };
  const url = `${API}/repos/${fullName(one)}/contents/${path.split('/').map(encodeURIComponent).join('/')}`;
  return {
    type: kinds[entry.type],
    size: one.objects.blobs.get(entry.oid)?.length ?? 0,
    name: path.split('/').at(-1) ?? '',
    path,
    sha: entry.oid,
    url,
    git_url: url,
    html_url: url,
    download_url: entry.type === 'blob' ? url : null,
    _links: { self: url, git: url, html: url },
  };
}

function listCommits(call: Call, one: Repository): Answer {
  if (one.branches.size === 0) return { status: 409, body: { message: 'Git Repository is empty.' } };
  const head = commitAt(one, call.query.get('sha') ?? one.defaultBranch);
  const commits = historyOf(one.objects, head.oid, call.query.get('path'));
  return paged(call, commits, (commit) => commitShape(one, commit, call.world.accountByEmail));
}

function getCommit(call: Call, one: Repository): Answer {
  const oid = resolveRef(one, call.params.ref ?? '');
  const commit = oid === undefined ? undefined : one.objects.commits.get(oid);
  if (commit === undefined) throw invalid(`No commit found for SHA: ${call.params.ref ?? ''}`);
  const files = changesBetween(one.objects, commit.parents[0] ?? null, commit.oid);
  return {
    body: {
      ...commitShape(one, commit, call.world.accountByEmail),
      stats: { additions: 0, deletions: 0, total: 0 },
      files: files.map((change) => fileShape(one, commit.oid, change)),
    },
  };
}

/** Files come on the first page only, and at most 300 of them. */
function compare(call: Call, one: Repository): Answer {
  const [baseRef = '', headRef = ''] = (call.params.basehead ?? '').split('...').map((ref) => ref.replace(/^[\w.-]+:/, ''));
  const [base, head] = [commitAt(one, baseRef), commitAt(one, headRef)];
  const common = mergeBase(one.objects, base.oid, head.oid);
  if (common === null) throw notFound();
  const ahead = commitsBetween(one.objects, base.oid, head.oid);
  const behind = commitsBetween(one.objects, head.oid, base.oid);
  const shape = (commit: GitCommit): unknown => commitShape(one, commit, call.world.accountByEmail);
  const files =
    call.query.get('page') === null || call.query.get('page') === '1' ? changesBetween(one.objects, common, head.oid) : [];
  const status = ahead.length === 0 ? (behind.length === 0 ? 'identical' : 'behind') : behind.length === 0 ? 'ahead' : 'diverged';
  return paged(call, ahead, shape, (commits) => ({
    base_commit: shape(base),
    merge_base_commit: shape(commitAt(one, common)),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits,
    files: files.slice(0, 300).map((change) => fileShape(one, head.oid, change)),
  }));
}

function branch(call: Call, one: Repository): Answer {
  const name = call.params.branch ?? '';
  const sha = one.branches.get(name);
  if (sha === undefined) throw notFound();
  return { body: { name, commit: commitShape(one, commitAt(one, sha), call.world.accountByEmail), protected: false } };
}

function ref({ params }: Call, one: Repository): Answer {
  const name = params.ref ?? '';
  const sha = one.branches.get(name.replace(/^heads\//, ''));
  if (!name.startsWith('heads/') || sha === undefined) throw notFound();
  return { body: { ref: `refs/${name}`, object: { type: 'commit', sha } } };
}

function objectCommit({ params }: Call, one: Repository): Answer {
  const commit = one.objects.commits.get(params.commit_sha ?? '');
  if (commit === undefined) throw notFound();
  return { body: gitCommit(one, commit) };
}

export const git: Routes = {
  'git/get-blob': onRepository(READ.contents, blob),
  'git/get-tree': onRepository(READ.contents, tree, ['recursive']),
  'git/get-commit': onRepository(READ.contents, objectCommit),
  'git/get-ref': onRepository(READ.contents, ref),
  'repos/get-branch': onRepository(READ.contents, branch),
  'repos/get-content': onRepository(READ.contents, contents, ['ref']),
  'repos/list-commits': onRepository(READ.contents, listCommits, ['sha', 'path']),
  'repos/get-commit': onRepository(READ.contents, getCommit),
  'repos/compare-commits-with-basehead': onRepository(READ.contents, compare),
};
