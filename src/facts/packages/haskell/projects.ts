/** What a Cabal project says of packages beyond its lists of them: which are its own, where the others come from, and up to when. */
import { known, type Answer } from '../../answer.ts';
import { changes } from '../../changes.ts';
import type { Ask } from '../../fact.ts';
import type { TreeFile } from '../../source.ts';
import { headFiles } from '../folders.ts';
import { packageText, type PackageFile } from '../package-files.ts';
import { folderOf, isForeign, nameOf } from '../paths.ts';
import { readerOf } from '../readers.ts';
import { readProject, type Project } from './project.ts';

const PROJECT = /^cabal(?:[-.][\w-]+)*\.project(?:\.local)?$/;

/** Those of the files that are projects, as far as they can be read, by their paths. */
export async function projectsIn(files: readonly PackageFile[], ask: Ask): Promise<ReadonlyMap<string, Project>> {
  const named = files.filter(({ path, entry }) => PROJECT.test(nameOf(path)) && entry.kind === 'file');
  const read = await Promise.all(
    named.map(async ({ path, entry }) => {
      const text = await ask(packageText(entry));
      const project = text.known ? readProject(text.value) : text;
      return project.known ? [[path, project.value] as const] : [];
    }),
  );
  return new Map(read.flat());
}

/** A project that looks at its package repositories up to another time than before. */
export interface MovedProject {
  readonly path: string;
  /** As written, one for each repository. */
  readonly from: string;
  readonly to: string;
}

/** Whoever moves the time gets other versions of packages, and changes the name of none. */
export function movedProjects(now: ReadonlyMap<string, Project>, before: ReadonlyMap<string, Project>): readonly MovedProject[] {
  return [...now].flatMap(([path, project]) => {
    const old = before.get(path);
    if (old === undefined) return [];
    const [from, to] = [timesOf(old), timesOf(project)];
    return from === to ? [] : [{ path, from, to }];
  });
}

function timesOf({ indexStates }: Project): string {
  return indexStates.map(({ repository, time }) => (repository === null ? time : `${repository} ${time}`)).join(', ');
}

const SUFFIX = '.cabal';

/**
 * Those of the names that are packages of this repository. A package's file is called as the package is (Cabal user guide,
 * "package.cabal") and belongs to a project; one that the contribution brings has to describe a package of that name.
 */
export async function ownPackages(
  names: ReadonlySet<string>,
  projects: ReadonlyMap<string, Project>,
  ask: Ask,
): Promise<Answer<ReadonlySet<string>>> {
  const files = await ask(headFiles());
  if (!files.known) return files;
  const named = files.value.filter(({ path }) => isCovered(path, projects) && names.has(packageOf(path)));
  const isNew = await isBrought(ask);
  const own = await Promise.all(named.map(async (file) => !isNew(file.path) || describes(file, ask)));
  return known(new Set(named.filter((_, index) => own[index]).map(({ path }) => packageOf(path))));
}

function packageOf(path: string): string {
  return nameOf(path).slice(0, -SUFFIX.length);
}

/** Without a project that lists its packages they lie at the root or one folder deep. */
function isCovered(path: string, projects: ReadonlyMap<string, Project>): boolean {
  if (!path.endsWith(SUFFIX) || isForeign(path)) return false;
  const listing = [...projects].filter(([, { packages }]) => packages.length > 0);
  if (listing.length === 0) return path.split('/').length <= 2;
  return listing.some(([project, { packages }]) => packages.some((pattern) => isListed(path, folderOf(project), pattern)));
}

/** Cabal's patterns: files, or folders with a file in them; `*` and `{a,b}`, which is cut at its comma, stand within one name. */
function isListed(path: string, folder: string, pattern: string): boolean {
  const wanted = join(folder, pattern.replaceAll(/\{[^{}]*\}?/g, '*'));
  return isMatch(wanted, partsOf(path)) || isMatch(wanted, partsOf(folderOf(path)));
}

function isMatch(wanted: readonly string[], found: readonly string[]): boolean {
  return wanted.length === found.length && wanted.every((part, index) => isNamed(part, found[index] ?? ''));
}

/** Each piece between stars as early as it can be, the last one at the end. */
function isNamed(pattern: string, name: string): boolean {
  const [first = '', ...pieces] = pattern.split('*');
  const last = pieces.pop();
  if (last === undefined) return pattern === name;
  let from = name.startsWith(first) ? first.length : Infinity;
  for (const piece of pieces) {
    const at = name.indexOf(piece, from);
    from = at < 0 ? Infinity : at + piece.length;
  }
  return name.endsWith(last) && from + last.length <= name.length;
}

/** The parts of a pattern from the root; a package in a folder above is none of this repository's. */
function join(folder: string, pattern: string): readonly string[] {
  return partsOf(`${folder}/${pattern}`);
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** Whether the contribution puts a file where none was; where that is not known, it may have. */
async function isBrought(ask: Ask): Promise<(path: string) => boolean> {
  const changed = await ask(changes());
  if (!changed.known) return () => true;
  const paths = new Set(changed.value.filter(({ status }) => status !== 'modified').map(({ path }) => path));
  return (path) => paths.has(path);
}

async function describes({ path, kind, oid }: TreeFile, ask: Ask): Promise<boolean> {
  const reader = kind === 'file' ? readerOf(path) : null;
  if (reader?.role !== 'manifest') return false;
  const text = await ask(packageText({ tree: 'head', oid }));
  const manifest = text.known ? reader.read(text.value) : text;
  return manifest.known && manifest.value.name === packageOf(path);
}
