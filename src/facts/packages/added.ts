/** The packages that a contribution adds or changes, by the files that it changes. */
import { known, map, unknown, type Answer } from '../answer.ts';
import { changes } from '../changes.ts';
import type { Ask, Question } from '../fact.ts';
import { added } from './diff.ts';
import { packageFolders } from './folders.ts';
import { fromChap } from './haskell/chap.ts';
import type { Project } from './haskell/project.ts';
import { movedProjects, ownPackages, projectsIn, type MovedProject } from './haskell/projects.ts';
import { isSamePlace, nameKey, withoutLocked } from './locked.ts';
import type { Package } from './package.ts';
import {
  movedTo,
  packageFiles,
  readPackages,
  type Mentioned,
  type PackageFile,
  type Read,
  type Unnamed,
  type Unread,
} from './package-files.ts';
import { isForeign } from './paths.ts';
import { readerOf } from './readers.ts';
import { packageUrl } from './url.ts';

/** A package and the file that names it. */
export interface NamedPackage extends Package {
  readonly path: string;
  readonly packageUrl: string;
  /** The same package as it was there before the contribution, from the same place and for the same use; null: it was not. */
  readonly before: Package | null;
}

export interface Added {
  readonly packages: readonly NamedPackage[];
  /** Changed files that could not be read. */
  readonly unread: readonly Unread[];
  /** What stands in changed files for packages that nobody knows, and did not stand there before. */
  readonly unnamed: readonly Unnamed[];
  /** Changed files that name packages and lie among copies of others or what tools make, so they are not read. */
  readonly left: readonly string[];
  /** Cabal projects that look at their package repositories up to another time than before. */
  readonly moved: readonly MovedProject[];
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
      const left = await leftAlone(ask);
      if (length === 0) return known({ packages: [], unread: [], unnamed: [], left, moved: [] });
      if (length > MOST)
        return unknown(`the contribution changes ${length} files that name packages, and no more than ${MOST} are read`);
      const readings = await bothReadings(trees.value, ask);
      return map(await newIn(readings, trees.value, ask), (packages) => ({ packages, ...restOf(readings), left }));
    },
  };
}

/** Nobody builds from copies but who copied them, and what lies there is too much to be read. */
async function leftAlone(ask: Ask): Promise<readonly string[]> {
  const changed = await ask(changes());
  const all = changed.known ? changed.value.filter(({ status }) => status !== 'removed') : [];
  return all.map(({ path }) => path).filter((path) => isForeign(path) && readerOf(path) !== null);
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
  readonly now: Read;
  readonly before: Read;
  /** The Cabal projects at hand, by their paths. */
  readonly projects: ReadonlyMap<string, Project>;
  readonly earlier: ReadonlyMap<string, Project>;
}

/** What the files name now, and what they named. Asked for in one moment, so that all texts come with one call. */
async function bothReadings({ now, changed, old }: Trees, ask: Ask): Promise<Readings> {
  const isHaskell = changed.some(({ reader }) => reader.ecosystem === 'hackage');
  const [read, before, projects, earlier] = await Promise.all([
    readPackages(changed, ask),
    readPackages(old, ask),
    projectsIn(isHaskell ? now : [], ask),
    projectsIn(old, ask),
  ]);
  return { now: read, before, projects, earlier };
}

function restOf({ now, before, projects, earlier }: Readings): Pick<Added, 'unread' | 'unnamed' | 'moved'> {
  const known = new Set(before.unnamed.map(({ what }) => what));
  return {
    unread: now.unread,
    unnamed: now.unnamed.filter(({ what }) => !known.has(what)),
    moved: movedProjects(projects, earlier),
  };
}

async function newIn({ now, before, projects }: Readings, trees: Trees, ask: Ask): Promise<Answer<readonly NamedPackage[]>> {
  const unchanged = trees.now.filter((file) => !trees.changed.includes(file));
  const fresh = added(await withoutLocked(now.packages, before.packages, unchanged, ask), before.packages);
  const foreign = await withoutOwn(fresh, projects, ask);
  const byName = Map.groupBy(before.packages, nameKey);
  return map(foreign, (all) => all.map((one) => placed(one, beforeOf(one, byName.get(nameKey(one)) ?? []), projects)));
}

/** Cabal names packages of the same project like any other. */
async function withoutOwn(
  packages: readonly Mentioned[],
  projects: ReadonlyMap<string, Project>,
  ask: Ask,
): Promise<Answer<readonly Mentioned[]>> {
  const foreign = packages.filter(({ origin }) => origin.kind !== 'own');
  const names = new Set(foreign.filter(({ ecosystem }) => ecosystem === 'hackage').map(({ name }) => name));
  if (names.size === 0) return known(foreign);
  return map(await ownPackages(names, projects, ask), (own) =>
    foreign.filter(({ ecosystem, name }) => ecosystem !== 'hackage' || !own.has(name)),
  );
}

/** The last that was named; what was there for development alone was not there at run time. */
function beforeOf({ usage, origin }: Mentioned, named: readonly Mentioned[]): Mentioned | null {
  return named.findLast((old) => (usage === 'development' || old.usage === 'runtime') && isSameSource(old, origin)) ?? null;
}

function isSameSource(old: Package, origin: Package['origin']): boolean {
  const isSameRegistry =
    old.origin.kind !== 'registry' || (origin.kind === 'registry' && old.origin.registry === origin.registry);
  return isSameRegistry && isSamePlace(old.origin, origin);
}

/** With where it comes from, which for Haskell only the project says, and what others call it. */
function placed(one: Mentioned, old: Mentioned | null, projects: ReadonlyMap<string, Project>): NamedPackage {
  const repositories = [...projects.values()].flatMap((project) => project.repositories);
  const found = fromChap(packageIn(one), repositories);
  const before = old === null ? null : fromChap(packageIn(old), repositories);
  return { ...found, path: one.path, packageUrl: packageUrl(found), before };
}

function packageIn({ ecosystem, name, version, constraint, origin, usage, isDirect, license, line }: Mentioned): Package {
  return { ecosystem, name, version, constraint, origin, usage, isDirect, license, line };
}
