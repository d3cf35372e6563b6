/** The packages that a contribution adds or changes, by the files that it changes. */
import { known, map, unknown, type Answer } from '../answer.ts';
import type { Ask, Question } from '../fact.ts';
import { added } from './diff.ts';
import { packageFolders } from './folders.ts';
import { fromChap } from './haskell/chap.ts';
import type { Repository } from './haskell/project.ts';
import { movedProjects, ownPackages, projectsIn, readBelow } from './haskell/projects.ts';
import type { Package } from './package.ts';
import { movedTo, packageFiles, readPackages, type Mentioned, type PackageFile, type Unread } from './package-files.ts';
import { folderOf, upward } from './paths.ts';
import { packageUrl } from './url.ts';

/** A package and the file that names it. */
export interface NamedPackage extends Package {
  readonly path: string;
  readonly packageUrl: string;
}

export interface Added {
  readonly packages: readonly NamedPackage[];
  /** Changed files that could not be read. */
  readonly unread: readonly Unread[];
}

/** More files than this are not read for one contribution: each may have megabytes. */
const MOST = 300;

/** What the contribution adds or changes: packages of other places that its lock files, or where there are none its manifests, name anew. */
export function addedPackages(): Question<Added> {
  return {
    key: 'added-packages',
    permissions: ['contents', 'pull_requests'],
    answer: async (_, ask) => {
      const trees = await bothTrees(ask);
      if (!trees.known) return trees;
      const { length } = trees.value.changed;
      if (length === 0) return known({ packages: [], unread: [] });
      if (length > MOST)
        return unknown(`the contribution changes ${length} files that name packages, and no more than ${MOST} are read`);
      const { mentions, before, unread, repositories } = await bothReadings(trees.value, ask);
      const locked = await lockedNames(mentions, before, trees.value, ask);
      const fresh = added(
        mentions.filter((one) => !isLocked(one, locked)),
        before,
      );
      const foreign = await withoutOwn(fresh, ask);
      if (!foreign.known) return foreign;
      return known({ packages: foreign.value.map((one) => placed(one, repositories)), unread });
    },
  };
}

interface Trees {
  readonly now: readonly PackageFile[];
  /** Those of now that were others before, or none. */
  readonly changed: readonly PackageFile[];
  /** What the changed ones were, and those that are gone. */
  readonly old: readonly PackageFile[];
}

async function bothTrees(ask: Ask): Promise<Answer<Trees>> {
  const [head, base] = await Promise.all([ask(packageFolders('head')), ask(packageFolders('base'))]);
  if (!head.known) return head;
  if (!base.known) return base;
  const [now, then] = await Promise.all([packageFiles('head', head.value, ask), packageFiles('base', base.value, ask)]);
  const before = new Map(then.map((file) => [file.path, file]));
  const changed = now.filter(({ path, entry }) => before.get(path)?.entry.oid !== entry.oid);
  const same = new Set(now.filter((file) => !changed.includes(file)).map(({ path }) => path));
  const anew = changed.filter(({ path }) => !before.has(path));
  return known({ now, changed, old: [...then.filter(({ path }) => !same.has(path)), ...(await movedTo(anew, ask))] });
}

interface Readings {
  readonly mentions: readonly Mentioned[];
  readonly before: readonly Package[];
  readonly unread: readonly Unread[];
  /** Package repositories of the Cabal projects at hand. */
  readonly repositories: readonly Repository[];
}

/** What the files name now, and what they named. A Cabal project that looks further ahead than before may build all its packages anew. */
async function bothReadings({ now, changed, old }: Trees, ask: Ask): Promise<Readings> {
  const isHaskell = changed.some(({ reader }) => reader.ecosystem === 'hackage');
  // Asked for in one moment, so that all texts come with one call.
  const [read, then, projects, earlier] = await Promise.all([
    readPackages(changed, ask),
    readPackages(old, ask),
    projectsIn(isHaskell ? now : [], ask),
    projectsIn(old, ask),
  ]);
  const repositories = [...projects.values()].flatMap((project) => project.repositories);
  const moved = movedProjects(projects, earlier);
  if (moved.length === 0) return { mentions: read.packages, before: then.packages, unread: read.unread, repositories };
  const rebuilt = await readBelow(moved, ask);
  return {
    mentions: [...read.packages, ...rebuilt.packages],
    before: then.packages.filter(({ ecosystem }) => ecosystem !== 'hackage'),
    unread: [...read.unread, ...rebuilt.unread.filter(({ path }) => !read.unread.some((one) => one.path === path))],
    repositories,
  };
}

/** Names that lock files pin, by the folders of those files. */
type Locked = ReadonlyMap<string, ReadonlySet<string>>;

/** Unchanged lock files are read only where a manifest names something anew. */
async function lockedNames(
  mentions: readonly Mentioned[],
  before: readonly Package[],
  { now, changed }: Trees,
  ask: Ask,
): Promise<Locked> {
  const stated = added(mentions, before).filter(({ role }) => role === 'manifest');
  const ecosystems = new Set(stated.map(({ ecosystem }) => ecosystem));
  const isOpen = (file: PackageFile): boolean =>
    file.reader.role === 'lock' && ecosystems.has(file.reader.ecosystem) && !changed.includes(file);
  const others = await readPackages(now.filter(isOpen), ask);
  const pinned = [...mentions, ...others.packages].filter(({ role }) => role === 'lock');
  const byFolder = Map.groupBy(pinned, ({ path }) => folderOf(path));
  return new Map([...byFolder].map(([folder, all]) => [folder, new Set(all.map(nameKey))]));
}

/** A lock file says more exactly what the manifests beside and below it name. */
function isLocked(one: Mentioned, locked: Locked): boolean {
  return one.role === 'manifest' && upward(folderOf(one.path)).some((folder) => locked.get(folder)?.has(nameKey(one)));
}

function nameKey({ ecosystem, name }: Package): string {
  return `${ecosystem}:${name}`;
}

/** Cabal names packages of the same project like any other. */
async function withoutOwn(packages: readonly Mentioned[], ask: Ask): Promise<Answer<readonly Mentioned[]>> {
  const foreign = packages.filter(({ origin }) => origin.kind !== 'own');
  if (!foreign.some(({ ecosystem }) => ecosystem === 'hackage')) return known(foreign);
  return map(await ownPackages(ask), (own) => foreign.filter(({ ecosystem, name }) => ecosystem !== 'hackage' || !own.has(name)));
}

/** With where it comes from, which for Haskell only the project says, and what others call it. */
function placed(one: Mentioned, repositories: readonly Repository[]): NamedPackage {
  const found = fromChap(packageIn(one), repositories);
  return { ...found, path: one.path, packageUrl: packageUrl(found) };
}

function packageIn({ ecosystem, name, version, constraint, origin, usage, isDirect, license, line }: Mentioned): Package {
  return { ecosystem, name, version, constraint, origin, usage, isDirect, license, line };
}
