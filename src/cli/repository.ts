/** Finds the repository that a path lies in and what its commits and refs are called. */
import { basename, dirname, resolve } from 'node:path';
import { statSync } from 'node:fs';
import { GitFault, gitAt, gitIn, type Git } from './git.ts';

/** The person asked for something that is not there: wrong path, wrong ref. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

export interface Located {
  readonly git: Git;
  /** The top of the work tree; null for a bare repository. */
  readonly workTree: string | null;
  readonly isShallow: boolean;
  /** As the clone's `origin` calls it; else `local` and the folder's name. */
  readonly owner: string;
  readonly name: string;
  readonly url: string | null;
  /** The branch that HEAD is on; null: detached. */
  readonly branch: string | null;
  /** Null: no commit yet. */
  readonly headSha: string | null;
}

/** The repository at a path: a clone, a folder inside one, a bare repository, a linked work tree. Throws `UsageError`. */
export async function locate(path: string): Promise<Located> {
  const folder = resolve(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${path} is not a folder. Give the path of a git clone.`);
  }
  const gitDir = await gitDirOf(folder, path);
  const git = gitAt(gitDir);
  const branch = await symbolic(git);
  const headSha = await commitAt(git, 'HEAD');
  if (headSha === null && branch === null) throw new UsageError(`HEAD of ${path} names a commit that is not in this clone.`);
  const workTree = await workTreeOf(folder);
  return {
    git,
    workTree,
    isShallow: (await git(['rev-parse', '--is-shallow-repository'])).stdout.toString().trim() === 'true',
    ...(await names(git, workTree ?? gitDir)),
    branch,
    headSha,
  };
}

/** The commit that a revision names; null when it names none here. */
export async function commitAt(git: Git, revision: string): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { status, stdout } = await git(args, { expect: [0, 1, 128] });
  const found = stdout.toString('latin1').trim();
  return status === 0 && /^[0-9a-f]{40,64}$/.test(found) ? found : null;
}

async function gitDirOf(folder: string, path: string): Promise<string> {
  try {
    return (await gitIn(folder)(['rev-parse', '--absolute-git-dir'])).stdout.toString('utf8').replace(/\r?\n$/, '');
  } catch (error) {
    if (error instanceof GitFault && /not a git repository/.test(error.message)) {
      throw new UsageError(`${path} is not in a git repository. Give the path of a clone, or run this inside one.`, {
        cause: error,
      });
    }
    throw error instanceof GitFault
      ? new UsageError(`${path} cannot be read as a git repository: ${error.message}.`, { cause: error })
      : error;
  }
}

/** Bare repositories and folders inside `.git` have none. */
async function workTreeOf(folder: string): Promise<string | null> {
  const { status, stdout } = await gitIn(folder)(['rev-parse', '--show-toplevel'], { expect: [0, 128] });
  const top = stdout.toString('utf8').replace(/\r?\n$/, '');
  return status === 0 && top !== '' ? top : null;
}

async function symbolic(git: Git): Promise<string | null> {
  const { stdout } = await git(['symbolic-ref', '--quiet', 'HEAD'], { expect: [0, 1] });
  const ref = stdout.toString('utf8').trim();
  return ref === '' ? null : ref.replace(/^refs\/heads\//, '');
}

async function names(git: Git, folder: string): Promise<{ owner: string; name: string; url: string | null }> {
  const { stdout } = await git(['config', '--get', 'remote.origin.url'], { expect: [0, 1, 2] });
  const origin = remoteName(stdout.toString('utf8').trim());
  if (origin) return origin;
  const inside = basename(folder) === '.git' ? dirname(folder) : folder;
  return { owner: 'local', name: basename(inside).replace(/\.git$/, '') || 'repository', url: null };
}

/** Owner and name in a remote's URL, https or ssh; only names that GitHub allows. What else the URL holds (a token) is dropped. */
export function remoteName(remote: string): { owner: string; name: string; url: string | null } | null {
  const match =
    /^(?:[a-z+]+:\/\/)?(?:[^@/\s]*@)?([A-Za-z0-9.-]+)(?::\d+)?[:/]\/?([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100}?)(?:\.git)?\/?$/.exec(
      remote.slice(0, 500),
    );
  const [, host, owner, name] = match ?? [];
  if (!host || !owner || !name || /^\.+$/.test(name)) return null;
  return { owner, name, url: host.toLowerCase() === 'github.com' ? `https://github.com/${owner}/${name}` : null };
}
