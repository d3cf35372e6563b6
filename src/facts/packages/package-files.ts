/** The files of a tree that name packages, through links that stay inside the repository, and what they name. */
import { map, unknown, type Answer } from '../answer.ts';
import { changes, renames } from '../changes.ts';
import type { Ask, Question } from '../fact.ts';
import { join, listing, type Placed } from '../files.ts';
import { follow } from '../symlinks.ts';
import type { Folder } from './folders.ts';
import type { Lock, Package, PackageReader } from './package.ts';
import { folderOf, isForeign, nameOf } from './paths.ts';
import { readerOf } from './readers.ts';

export interface PackageFile {
  readonly path: string;
  /** Where its text is: what a link leads to, or the link itself when it leads nowhere in this repository. */
  readonly entry: Placed;
  readonly reader: PackageReader;
  /** What a link leads to, when a change of that alone would not be seen; null: a change would be. */
  readonly unseen: string | null;
}

/** A file that names packages and could not be read. */
export interface Unread {
  readonly path: string;
  readonly reason: string;
}

/** Something in a file that stands for packages which nobody knows. */
export interface Unnamed {
  readonly path: string;
  /** From 1; null: not told. */
  readonly line: number | null;
  /** What it is and why it is not read. */
  readonly what: string;
}

export interface Read {
  /** With the file that names each, and the role of that file. */
  readonly packages: readonly Mentioned[];
  readonly unread: readonly Unread[];
  readonly unnamed: readonly Unnamed[];
}

export interface Mentioned extends Package {
  readonly path: string;
  readonly role: PackageReader['role'];
}

/** The files in these folders that name packages. */
export async function packageFiles(side: 'head' | 'base', folders: readonly Folder[], ask: Ask): Promise<readonly PackageFile[]> {
  const files = folders.flatMap(({ path: folder, entries }) =>
    entries.map((entry) => ({ path: join(folder, entry.name), entry })),
  );
  const found = files.map(async ({ path, entry }) => {
    const reader = entry.kind === 'file' || entry.kind === 'symlink' ? readerOf(path) : null;
    return reader ? [{ path, ...(await end(side, path, entry, ask)), reader }] : [];
  });
  return (await Promise.all(found)).flat();
}

async function end(side: 'head' | 'base', path: string, entry: Placed, ask: Ask): Promise<Pick<PackageFile, 'entry' | 'unseen'>> {
  if (entry.kind !== 'symlink') return { entry, unseen: null };
  const target = await follow(side, path, entry, ask);
  if (!target.known || target.value?.entry.kind !== 'file') return { entry, unseen: null };
  // The root is looked into whatever changes, and other folders where a file of such a name does.
  const isSeen = folderOf(path) === '' || (readerOf(target.value.path) !== null && !isForeign(target.value.path));
  return { entry: target.value.entry, unseen: isSeen ? null : target.value.path };
}

/** Files of the base that were moved to one of these from a folder that was not looked into. */
export async function movedTo(files: readonly PackageFile[], ask: Ask): Promise<readonly PackageFile[]> {
  const changed = await ask(changes());
  const renamed = new Set(
    (changed.known ? changed.value : []).flatMap(({ path, status }) => (status === 'renamed' ? [path] : [])),
  );
  if (!files.some(({ path }) => renamed.has(path))) return [];
  const moved = await ask(renames());
  // Where it came from is not known, so all that it names is taken as new.
  if (!moved.known) return [];
  const paths = new Set(files.map(({ path }) => path));
  const before = moved.value.filter(({ to }) => paths.has(to)).map(({ from }) => baseFile(from, ask));
  return (await Promise.all(before)).flat();
}

async function baseFile(path: string, ask: Ask): Promise<readonly PackageFile[]> {
  const reader = isForeign(path) ? null : readerOf(path);
  if (!reader) return [];
  const siblings = await ask(listing('base', folderOf(path)));
  const entry = siblings.known ? siblings.value?.find(({ name, kind }) => name === nameOf(path) && kind === 'file') : undefined;
  return entry ? [{ path, entry, reader, unseen: null }] : [];
}

/** Reads what the files name; those that cannot be read are told with the reason. */
export async function readPackages(files: readonly PackageFile[], ask: Ask): Promise<Read> {
  const read = await Promise.all(files.map(async (file) => ({ ...file, found: await packagesOf(file, ask) })));
  return {
    packages: read.flatMap(({ path, reader: { role }, found }) =>
      found.known ? found.value.packages.map((one) => ({ ...one, path, role })) : [],
    ),
    unread: read.flatMap(({ path, found, unseen }) => {
      if (!found.known) return [{ path, reason: found.reason }];
      return unseen === null ? [] : [{ path, reason: `it is a link to ${unseen}, and a change of that file would not be seen` }];
    }),
    unnamed: read.flatMap(({ path, found }) => (found.known ? found.value.unread.map((one) => ({ path, ...one })) : [])),
  };
}

type Contents = Required<Pick<Lock, 'packages' | 'unread'>>;

async function packagesOf({ entry, reader }: PackageFile, ask: Ask): Promise<Answer<Contents>> {
  if (entry.kind === 'symlink') return unknown('it is a link that leads to no file of this repository');
  const text = await ask(packageText(entry));
  if (!text.known) return text;
  try {
    return contentsOf(reader, text.value);
  } catch {
    // No reader throws on what was thought of.
    return unknown('Steward could not read it');
  }
}

function contentsOf(reader: PackageReader, text: string): Answer<Contents> {
  return reader.role === 'lock'
    ? map(reader.read(text), ({ packages, unread = [] }) => ({ packages, unread }))
    : map(reader.read(text), ({ dependencies, unread = [] }) => ({ packages: dependencies, unread }));
}

/** Lock files of large projects have megabytes. */
const LARGEST = 10 * 1024 * 1024;

/** The text of a file that names packages. */
export function packageText({ tree, oid }: Pick<Placed, 'tree' | 'oid'>): Question<string> {
  return { key: `lock-text:${tree}:${oid}`, permissions: ['contents'], answer: (source) => source.text(tree, oid, LARGEST) };
}
