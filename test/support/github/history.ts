/** What follows from git's history: ancestors, merge bases, the commits and files of a contribution. */
import { entryAt, flatten } from './git.ts';
import type { GitCommit, Leaf, Objects } from './git.ts';

/** A changed file. Only exact renames (same content) are found, which is the least git and GitHub find. */
export interface FileChange {
  readonly path: string;
  readonly from: string | null;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
}

/** The commit itself and everything before it, newest first by walk. */
export function ancestors(objects: Objects, oid: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [oid];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (seen.has(at)) continue;
    seen.add(at);
    queue.push(...(objects.commits.get(at)?.parents ?? []));
  }
  return seen;
}

/** The newest common ancestor, or null for unrelated histories. */
export function mergeBase(objects: Objects, base: string, head: string): string | null {
  const known = ancestors(objects, base);
  for (const oid of ancestors(objects, head)) if (known.has(oid)) return oid;
  return null;
}

const ranges = new WeakMap<Objects, Map<string, readonly GitCommit[]>>();

/** Commits of `head` that `base` has not, oldest first, parents before children. Objects never change, so it is walked once. */
export function commitsBetween(objects: Objects, base: string | null, head: string): readonly GitCommit[] {
  const seen = ranges.get(objects) ?? new Map<string, readonly GitCommit[]>();
  ranges.set(objects, seen);
  const key = `${base ?? ''}..${head}`;
  const commits = seen.get(key) ?? walk(objects, base, head);
  seen.set(key, commits);
  return commits;
}

function walk(objects: Objects, base: string | null, head: string): readonly GitCommit[] {
  const known = base === null ? new Set<string>() : new Set(ancestors(objects, base));
  const ordered: GitCommit[] = [];
  const stack: { oid: string; isDone: boolean }[] = [{ oid: head, isDone: false }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const commit = objects.commits.get(at.oid);
    if (commit === undefined) continue;
    if (at.isDone) ordered.push(commit);
    else if (!known.has(at.oid)) {
      known.add(at.oid);
      stack.push({ oid: at.oid, isDone: true }, ...commit.parents.map((oid) => ({ oid, isDone: false })).reverse());
    }
  }
  return ordered;
}

type Files = ReadonlyMap<string, Leaf>;

const differences = new WeakMap<Objects, Map<string, readonly FileChange[]>>();

/** The files that differ between two commits; `from` null means everything is new. Sorted by path. */
export function changesBetween(objects: Objects, from: string | null, to: string): readonly FileChange[] {
  const seen = differences.get(objects) ?? new Map<string, readonly FileChange[]>();
  differences.set(objects, seen);
  const key = `${from ?? ''}..${to}`;
  const changes = seen.get(key) ?? compare(objects, from === null ? new Map() : filesOf(objects, from), filesOf(objects, to));
  seen.set(key, changes);
  return changes;
}

function compare(objects: Objects, before: Files, after: Files): readonly FileChange[] {
  const content = ({ oid, mode }: Leaf): string => `${mode} ${oid}`;
  const removed = new Map([...before].filter(([path]) => !after.has(path)));
  const sources = new Map([...removed].map(([path, leaf]) => [content(leaf), path]));
  const changes: FileChange[] = [];
  for (const [path, leaf] of after) {
    const old = before.get(path);
    if (old !== undefined && content(old) === content(leaf)) continue;
    const from = old === undefined ? (sources.get(content(leaf)) ?? null) : null;
    if (from !== null) {
      removed.delete(from);
      sources.delete(content(leaf));
    }
    const additions = from === null ? lines(objects, leaf.oid) : 0;
    const status = old !== undefined ? 'modified' : from === null ? 'added' : 'renamed';
    changes.push({ path, from, status, oid: leaf.oid, additions, deletions: old === undefined ? 0 : lines(objects, old.oid) });
  }
  for (const [path, { oid }] of removed) {
    changes.push({ path, from: null, status: 'removed', oid, additions: 0, deletions: lines(objects, oid) });
  }
  return changes.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

function filesOf(objects: Objects, oid: string): Files {
  const commit = objects.commits.get(oid);
  return commit === undefined ? new Map<string, Leaf>() : flatten(objects, commit.tree);
}

function lines(objects: Objects, oid: string): number {
  return objects.blobs.get(oid)?.reduce((count, byte) => (byte === 10 ? count + 1 : count), 0) ?? 0;
}

/** Commits that changed a path, newest first; without a path, all of them. */
export function historyOf(objects: Objects, head: string, path: string | null): readonly GitCommit[] {
  const commits = [...commitsBetween(objects, null, head)].reverse();
  if (path === null) return commits;
  const at = (oid: string | undefined): string | undefined => {
    const commit = oid === undefined ? undefined : objects.commits.get(oid);
    return commit === undefined ? undefined : entryAt(objects, commit.tree, path)?.oid;
  };
  return commits.filter((commit) => {
    const mine = at(commit.oid);
    // As git's history simplification: a merge that took one side unchanged is not a change.
    return commit.parents.length === 0 ? mine !== undefined : commit.parents.every((parent) => at(parent) !== mine);
  });
}
