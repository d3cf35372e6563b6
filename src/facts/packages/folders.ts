/**
 * Folders that hold packages, with those above them. Of a repository all of them; of a contribution the root and those in
 * which it changes a file that names packages or holds a license, so that a push costs no call for what it leaves alone.
 */
import { known, map, type Answer } from '../answer.ts';
import { changes } from '../changes.ts';
import { isLicenseName } from '../community-names.ts';
import { contribution } from '../commits.ts';
import type { Ask, Question } from '../fact.ts';
import { join, listing, type Placed, type Relevance } from '../files.ts';
import type { TreeFile } from '../source.ts';
import { folderOf, isForeign, nameOf, upward } from './paths.ts';
import { readerOf } from './readers.ts';

export interface Folder {
  /** From the root, which is `''`. */
  readonly path: string;
  /** Its entries that name packages, hold licenses, or say what the project is. */
  readonly entries: readonly Placed[];
}

/** The folders by path, from the root downward. */
export function packageFolders(side: 'head' | 'base'): Question<readonly Folder[]> {
  return {
    key: `package-folders:${side}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (_, ask) => {
      const proposed = await ask(contribution());
      return proposed.known ? touched(side, ask) : whole(ask);
    },
  };
}

/** More folders than this are not looked into in one contribution: each may cost a part of a call. */
const MOST_TOUCHED = 60;

async function touched(side: 'head' | 'base', ask: Ask): Promise<Answer<readonly Folder[]>> {
  const changed = await ask(changes());
  if (!changed.known) return changed;
  const folders = changed.value.filter(({ path }) => isOfInterest(path)).flatMap(({ path }) => upward(folderOf(path)));
  const paths = ['', ...new Set(folders.filter((path) => path !== ''))].sort();
  if (paths.length > MOST_TOUCHED) {
    return { known: false, reason: `the contribution changes packages in more than ${MOST_TOUCHED} folders` };
  }
  const listings = await Promise.all(paths.map((path) => ask(listing(side, path, PACKAGES))));
  const found: Folder[] = [];
  for (const [index, listed] of listings.entries()) {
    if (!listed.known) return listed;
    const path = paths[index] ?? '';
    found.push({ path, entries: (listed.value ?? []).filter(({ name }) => isOfInterest(join(path, name))) });
  }
  return known(found);
}

const PACKAGES: Relevance = { name: 'packages', includes: ({ name }) => isOfInterest(name) };

async function whole(ask: Ask): Promise<Answer<readonly Folder[]>> {
  const files = await ask(headFiles());
  return map(files, (all) => {
    const folders = new Map<string, Placed[]>([['', []]]);
    for (const { path, kind, oid } of all) {
      if (kind === 'submodule' || !isOfInterest(path)) continue;
      const folder = folderOf(path);
      const entries = folders.get(folder) ?? [];
      folders.set(folder, entries);
      entries.push({ name: nameOf(path), kind, oid, tree: 'head' });
    }
    return [...folders].map(([path, entries]) => ({ path, entries })).sort((a, b) => (a.path < b.path ? -1 : 1));
  });
}

/** Every file of the judged tree. Costs a call. */
export function headFiles(): Question<readonly TreeFile[]> {
  return { key: 'files:head', permissions: ['contents'], answer: (source) => source.files('head') };
}

function isOfInterest(path: string): boolean {
  return !isForeign(path) && (isLicenseName(nameOf(path)) || readerOf(path) !== null);
}
