/** Where a symbolic link leads, as far as it stays inside the repository. */
import { known, type Answer } from './answer.ts';
import type { Ask } from './fact.ts';
import { listing, type Placed, type Side } from './files.ts';
import { text } from './text.ts';

/** The file or folder at the end of a link. */
export interface Target {
  readonly path: string;
  readonly entry: Placed;
}

/** Links that lead to links that lead to links … are read to this depth. */
const DEPTH = 5;

/** Follows an entry to what is not a link; null: it leads nowhere, in a circle, or out of the repository. */
export async function follow(side: Side, path: string, entry: Placed, ask: Ask): Promise<Answer<Target | null>> {
  let here: Target = { path, entry };
  for (let step = 0; step < DEPTH; step++) {
    if (here.entry.kind !== 'symlink') return known(here.entry.kind === 'submodule' ? null : here);
    const written = await ask(text(here.entry.tree, here.entry.oid));
    if (!written.known) return written;
    const path = resolve(here.path, written.value);
    if (path === null) return known(null);
    const [folder, name] = split(path);
    const siblings = await ask(listing(side, folder));
    if (!siblings.known) return siblings;
    const next = siblings.value?.find((sibling) => sibling.name === name);
    if (!next) return known(null);
    here = { path, entry: next };
  }
  return known(null);
}

/** The path a link means, from the root; null when it is absolute, leaves the repository, or names the root. */
export function resolve(link: string, target: string): string | null {
  if (target === '' || target.length > 4096 || target.startsWith('/') || target.includes('\0')) return null;
  const parts = link.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? null : parts.join('/');
}

function split(path: string): readonly [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? ['', path] : [path.slice(0, slash), path.slice(slash + 1)];
}
