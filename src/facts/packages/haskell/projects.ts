/** What a Cabal project says of packages beyond its lists of them: which are its own, where the others come from, and up to when. */
import { map, type Answer } from '../../answer.ts';
import type { Ask } from '../../fact.ts';
import { headFiles } from '../folders.ts';
import { packageText, readPackages, type PackageFile, type Read } from '../package-files.ts';
import { folderOf, isForeign, nameOf, upward } from '../paths.ts';
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

/** Paths of the projects that look at their repositories up to another time than before: every package may be built in another version. */
export function movedProjects(now: ReadonlyMap<string, Project>, before: ReadonlyMap<string, Project>): readonly string[] {
  return [...now].flatMap(([path, project]) => {
    const old = before.get(path);
    return old === undefined || timesOf(old) === timesOf(project) ? [] : [path];
  });
}

function timesOf({ indexStates }: Project): string {
  return JSON.stringify(indexStates.map(({ repository, time }) => [repository, time]));
}

/** Names of the packages of this repository. A package's file is called as the package is (Cabal user guide, "package.cabal"). */
export async function ownPackages(ask: Ask): Promise<Answer<ReadonlySet<string>>> {
  const files = await ask(headFiles());
  return map(files, (all) => {
    const cabal = all.filter(({ path }) => path.endsWith(SUFFIX) && !isForeign(path));
    return new Set(cabal.map(({ path }) => nameOf(path).slice(0, -SUFFIX.length)));
  });
}

const SUFFIX = '.cabal';

/** So many are read; no project has more. */
const MOST = 200;

/** What the packages of this repository below the folders of projects name, each of which counts as built anew. */
export async function readBelow(projects: readonly string[], ask: Ask): Promise<Read> {
  const folders = new Set(projects.map(folderOf));
  const files = await ask(headFiles());
  if (!files.known) return { packages: [], unread: projects.map((path) => ({ path, reason: files.reason })) };
  const found = files.value.flatMap(({ path, kind, oid }): PackageFile[] => {
    const isBelow =
      path.endsWith(SUFFIX) && kind === 'file' && !isForeign(path) && upward(folderOf(path)).some((one) => folders.has(one));
    const reader = isBelow ? readerOf(path) : null;
    return reader ? [{ path, entry: { name: nameOf(path), kind, oid, tree: 'head' }, reader }] : [];
  });
  if (found.length <= MOST) return readPackages(found, ask);
  return { packages: [], unread: projects.map((path) => ({ path, reason: `it builds more than ${MOST} packages` })) };
}
