/** A source that answers from a git clone: the committed state, never the work tree, and no network. */
import { known, map, unknown, type Answer } from '../facts/answer.ts';
import type { Commit, Contribution, Observed, Repository, Tree } from '../facts/source.ts';
import { GitFault } from './git.ts';
import { readCommits, readDiff, readHistory, type Range } from './history.ts';
import { commitAt, locate, UsageError, type Located } from './repository.ts';
import { treeAt, type TreeReader } from './tree.ts';
import { isDirty } from './work-tree.ts';

export interface CheckoutOptions {
  /** Judge what the head adds to this revision. */
  readonly base?: string;
  /** The branch to judge; without it HEAD. */
  readonly head?: string;
  /** A clone of the organization's public `.github` repository. */
  readonly defaults?: string;
  /** `OWNER/REPO` on GitHub; without it, as the clone's `origin` says. */
  readonly name?: string;
}

export interface Checkout extends Observed {
  readonly owner: string;
  readonly name: string;
  /** Null: no commit yet. */
  readonly headSha: string | null;
  readonly base: { readonly ref: string; readonly sha: string } | null;
  /** True: the work tree has changes that are not committed, so they are not judged. Null: there is none, or it cannot be told. */
  readonly isDirty: boolean | null;
  /** The clone given as `defaults`. */
  readonly defaults: { readonly owner: string; readonly name: string; readonly headSha: string | null } | null;
}

const NO_BASE = 'no base was given; `--base REF` says what to compare with';
const NO_COMMIT = 'the repository has no commit yet';
const NO_DEFAULTS =
  "the organization's default files are not in this clone; `--defaults PATH` names a clone of its public `.github` repository";

/** Opens the clone at a path. Throws `UsageError` when there is no repository, or no such base. */
export async function openCheckout(path: string, options: CheckoutOptions = {}): Promise<Checkout> {
  const located = named(await at(await locate(path), options.head), options.name);
  const base = options.base === undefined ? null : await baseOf(located, options.base);
  const defaults = options.defaults === undefined ? null : await locate(options.defaults);
  const range = base && located.headSha !== null ? { base: base.sha, head: located.headSha, isShallow: located.isShallow } : null;
  const trees: Readonly<Record<Tree, TreeReader | string>> = {
    head: located.headSha === null ? NO_COMMIT : treeAt(located.git, located.headSha),
    base: base ? treeAt(located.git, base.sha) : NO_BASE,
    defaults: defaults ? (defaults.headSha === null ? NO_COMMIT : treeAt(defaults.git, defaults.headSha)) : NO_DEFAULTS,
  };
  return {
    owner: located.owner,
    name: located.name,
    headSha: located.headSha,
    base,
    isDirty: located.workTree === null || located.headSha === null ? null : await isDirty(located.workTree),
    defaults: defaults && { owner: defaults.owner, name: defaults.name, headSha: defaults.headSha },
    repository: () => Promise.resolve(known(repositoryOf(located))),
    properties: () => Promise.resolve(unknown('a clone does not hold the custom properties of its repository')),
    contribution: () => Promise.resolve(contributionOf(located, base)),
    ...historyOf(located, range),
    mailmap: () => from(trees[base ? 'base' : 'head'], readMailmap),
    memberships: () => Promise.resolve(unknown('a clone does not know who belongs to the organization')),
    history: (since) => historySince(located, base?.sha ?? located.headSha, since),
    directory: async (tree, folder) => from(trees[tree], (reader) => reader.directory(folder)),
    text: async (tree, oid, largest) => from(trees[tree], (reader) => reader.text(oid, largest)),
    files: async (tree) => from(trees[tree], (reader) => reader.files()),
    graphed: () => Promise.resolve(known(null)),
  };
}

/** The repository as it looks from another branch than the one checked out. */
async function at(located: Located, head: string | undefined): Promise<Located> {
  if (head === undefined) return located;
  const headSha = await commitAt(located.git, head);
  if (headSha === null) throw new UsageError(`${head} names no commit of this clone.`);
  return { ...located, branch: head, headSha };
}

function named(located: Located, name: string | undefined): Located {
  if (name === undefined) return located;
  const [, owner, repo] = /^([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})$/.exec(name) ?? [];
  if (!owner || !repo) throw new UsageError(`${name} is no name of a repository. Write OWNER/REPO, as in its address on GitHub.`);
  return { ...located, owner, name: repo };
}

async function baseOf({ git, headSha, isShallow }: Located, ref: string): Promise<{ ref: string; sha: string }> {
  if (headSha === null) throw new UsageError(`There is nothing to compare with ${ref}: ${NO_COMMIT}.`);
  const sha = await commitAt(git, ref);
  if (sha !== null) return { ref, sha };
  const shallow = isShallow ? ' The clone is shallow: `git fetch --unshallow` brings its whole history.' : '';
  throw new UsageError(
    `--base ${ref} names no commit of this clone. Use a branch, a tag or a commit that \`git log\` knows.${shallow}`,
  );
}

function repositoryOf({ owner, name, url, branch, headSha }: Located): Repository {
  return {
    owner,
    name,
    url,
    description: null,
    isPrivate: false,
    isArchived: false,
    isFork: false,
    hasIssues: true,
    defaultBranch: headSha === null ? null : (branch ?? 'HEAD'),
    headSha,
    isFromGitHub: false,
  };
}

function contributionOf({ branch, headSha }: Located, base: Checkout['base']): Answer<Contribution> {
  if (!base || headSha === null) return unknown(NO_BASE);
  const headRef = branch ?? 'HEAD';
  return known({
    number: null,
    title: `${headRef} since ${base.ref}`,
    url: null,
    state: 'open',
    isDraft: false,
    headSha,
    headRef,
    isFromSameRepository: true,
    baseRef: base.ref,
    baseSha: base.sha,
    author: null,
    createdAt: null,
  });
}

/** Commits and changes are read at most once, when they are first asked for. */
function historyOf({ git }: Located, range: Range | null): Pick<Observed, 'commits' | 'changes' | 'renames'> {
  if (!range) {
    const none = () => Promise.resolve(unknown(NO_BASE));
    return { commits: none, changes: none, renames: none };
  }
  let diff: ReturnType<typeof readDiff> | undefined;
  const read = () => (diff ??= honest(() => readDiff(git, range)));
  return {
    commits: () => honest(() => readCommits(git, range)),
    changes: async () => map(await read(), ({ changes }) => changes),
    renames: async () => map(await read(), ({ renames }) => renames),
  };
}

/** The history of the base, which stands for the default branch; without one, of the head. */
function historySince({ git, isShallow }: Located, head: string | null, since: string): Promise<Answer<readonly Commit[]>> {
  return head === null ? Promise.resolve(known([])) : honest(() => readHistory(git, { head, isShallow }, since));
}

/** A symbolic link is no list of people: git does not follow it either. */
export async function readMailmap(tree: TreeReader): Promise<Answer<string | null>> {
  const root = await tree.directory('');
  if (!root.known) return root;
  const file = root.value?.find(({ name, kind }) => name === '.mailmap' && kind === 'file');
  return file ? tree.text(file.oid) : known(null);
}

function from<T>(tree: TreeReader | string, read: (reader: TreeReader) => Promise<Answer<T>>): Promise<Answer<T>> {
  return typeof tree === 'string' ? Promise.resolve(unknown(tree)) : honest(() => read(tree));
}

/** What git cannot read is unknown, with its reason. */
export async function honest<T>(read: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GitFault) return unknown(error.message);
    throw error;
  }
}
