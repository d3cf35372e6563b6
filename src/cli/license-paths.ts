/** Files to look at for licenses: what is named, and what lies in named folders. Links are read only where they stay inside. */
import { constants, lstat, open, opendir, realpath, type FileHandle } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { known, unknown, type Answer } from '../facts/answer.ts';
import { UsageError } from './repository.ts';

/** A file and how to read it. */
export interface Found {
  readonly path: string;
  /** Named itself, rather than found in a folder. */
  readonly isNamed: boolean;
  read(): Promise<Answer<Uint8Array>>;
}

/** Folders that hold no work of the project: git's own, and what package managers fetch. */
const SKIPPED = new Set(['.git', 'node_modules', '.hg', '.svn']);
/** Larger files are no license texts. */
const LARGEST = 10 * 1024 * 1024;

/** Every file at or below the paths, in order. Throws `UsageError` where there is nothing. */
export async function* filesAt(paths: readonly string[]): AsyncGenerator<Found> {
  for (const path of paths) {
    const stat = await lstat(path).catch(() => null);
    if (stat === null) throw new UsageError(`There is no ${path}. Name files or folders.`);
    if (stat.isDirectory()) yield* below(path, await realpath(path));
    else yield found(path, true, await boundary(path));
  }
}

async function* below(folder: string, root: string): AsyncGenerator<Found> {
  const entries = [];
  for await (const entry of await opendir(folder)) entries.push(entry);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* below(path, root);
    } else if (entry.isFile() || entry.isSymbolicLink()) yield found(path, false, root);
  }
}

function found(path: string, isNamed: boolean, root: string): Found {
  return { path, isNamed, read: () => read(path, root) };
}

/** Where a named link may lead: into the work tree that it lies in, else into its own folder. */
async function boundary(path: string): Promise<string> {
  const folder = await realpath(dirname(path));
  for (let here = folder; ; here = dirname(here)) {
    if (
      await lstat(join(here, '.git')).then(
        () => true,
        () => false,
      )
    )
      return here;
    if (dirname(here) === here) return folder;
  }
}

async function read(path: string, root: string): Promise<Answer<Uint8Array>> {
  try {
    const real = await realpath(path);
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      return unknown('it is a symbolic link that leads out of the folder, and is not followed');
    }
    return await contentOf(real);
  } catch (error) {
    return unknown(`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'no reason given'})`);
  }
}

/** Reads no pipe and no device: those may never end, and opening a pipe waits for somebody who writes. */
async function contentOf(path: string): Promise<Answer<Uint8Array>> {
  const handle: FileHandle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return unknown('it is no file');
    if (stat.size > LARGEST) return unknown(`it is larger than 10 MiB (${Math.ceil(stat.size / 1024 / 1024)} MiB)`);
    return known(await handle.readFile());
  } finally {
    await handle.close();
  }
}
