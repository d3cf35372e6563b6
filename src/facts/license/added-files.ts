/** The files that a contribution adds, as far as somebody asks about them. */
import { known, unknown, type Answer } from '../answer.ts';
import { changes } from '../changes.ts';
import type { Ask } from '../fact.ts';
import { listing, type Placed } from '../files.ts';
import { folderOf, isForeign, nameOf } from '../packages/paths.ts';
import { leftOut } from './generated.ts';
import { isMatch, readGlob, type Glob } from './glob.ts';

/** Which files are meant. */
export interface Wanted {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface AddedFile {
  readonly path: string;
  /** Unknown: its folder could not be read. */
  readonly entry: Answer<Placed>;
  /** A file of the same name with `.license` behind it; null: there is none. */
  readonly sidecar: Placed | null;
}

export interface AddedFiles {
  readonly files: readonly AddedFile[];
  /** How many more there are than are read. */
  readonly left: number;
}

const MOST_FILES = 200;
/** Each of them is a question of its own. */
const MOST_FOLDERS = 60;
/** So many characters of paths are held against patterns, which takes time that grows with both. */
const MOST_CHARACTERS = 200_000;

/** Links and submodules are none, nor is what others wrote or tools made. */
export async function addedFiles(wanted: Wanted, ask: Ask): Promise<Answer<AddedFiles>> {
  const changed = await ask(changes());
  if (!changed.known) return changed;
  const isWanted = chooser(wanted);
  const paths = changed.value.filter(({ status }) => status === 'added' || status === 'copied').map(({ path }) => path);
  const looked = within(paths);
  const unseen = paths.length - looked.length;
  const some = looked.filter((path) => !isForeign(path) && isWanted(path));
  if (some.length === 0) return known({ files: [], left: unseen });
  // No contribution takes its own files out; what it does not touch is cheapest to read where the files are.
  const isTouched = changed.value.some(({ path }) => path === '.gitattributes');
  const isLeftOut = await leftOut(isTouched ? 'base' : 'head', ask);
  if (!isLeftOut.known) return isLeftOut;
  const all = some.filter((path) => !isLeftOut.value(path)).sort();
  const near = nearest(all);
  const files = await Promise.all(near.map((path) => placed(path, ask)));
  return known({ files: files.flatMap((file) => file ?? []), left: unseen + all.length - near.length });
}

function chooser({ include, exclude }: Wanted): (path: string) => boolean {
  const [inside, outside] = [globs(include), globs(exclude)];
  const isIn = (list: readonly Glob[], path: string): boolean => list.some((glob) => isMatch(glob, path));
  return (path) => !path.endsWith('.license') && isIn(inside, path) && !isIn(outside, path);
}

function globs(written: readonly string[]): readonly Glob[] {
  return written.flatMap((one) => {
    const glob = readGlob(one, 'path');
    return glob.known ? [glob.value] : [];
  });
}

/** As many paths as are looked at. */
function within(paths: readonly string[]): readonly string[] {
  let characters = 0;
  return paths.filter((path) => (characters += path.length) <= MOST_CHARACTERS);
}

/** As many as are read, in their order. */
function nearest(paths: readonly string[]): readonly string[] {
  const folders = new Set([...new Set(paths.map(folderOf))].slice(0, MOST_FOLDERS));
  return paths.filter((path) => folders.has(folderOf(path))).slice(0, MOST_FILES);
}

/** Null: what lies there is no file. */
async function placed(path: string, ask: Ask): Promise<AddedFile | null> {
  const folder = await ask(listing('head', folderOf(path)));
  if (!folder.known) return { path, entry: folder, sidecar: null };
  const [entry, beside] = [nameOf(path), `${nameOf(path)}.license`].map((name) => folder.value?.find((one) => one.name === name));
  if (!entry) return { path, entry: unknown('it was not found where the contribution adds it'), sidecar: null };
  return entry.kind === 'file' ? { path, entry: known(entry), sidecar: beside?.kind === 'file' ? beside : null } : null;
}
