/** Where the files are that a community looks for: in the repository, or in the organization's `.github` repository. */
import { known, map, unknown, type Answer } from './answer.ts';
import { COMMUNITY, COMMUNITY_FILES, KINDS, type CommunityFile, type Kind } from './community-names.ts';
import type { Ask, Question } from './fact.ts';
import { join, listing, type Placed, type Side } from './files.ts';
import { packageChangelogs } from './package-changelogs.ts';
import { repository } from './repository.ts';
import { follow } from './symlinks.ts';

export interface Place {
  /** From the root of the repository it is in; empty for the description on GitHub. */
  readonly path: string;
  readonly where: 'repository' | 'organization';
  readonly via: 'file' | 'symlink' | 'folder' | 'setting';
}

/** A file that was meant to count and does not. */
export interface NearMiss {
  readonly path: string;
  readonly reason: 'name' | 'empty' | 'dangling';
}

export interface Standing {
  /** Where it was found, in the order in which GitHub looks. */
  readonly places: readonly Place[];
  readonly nearMisses: readonly NearMiss[];
  /** Why it may exist although it was not found; null: everything that could hold it was read. */
  readonly unread: string | null;
}

export type CommunityFiles = Readonly<Record<CommunityFile, Standing>>;

const FOLDERS = ['.github', '', 'docs'] as const;
/** Git's ids of a file without content (SHA-1, SHA-256). */
const EMPTY = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

/** Every community file and the places where it counts. */
export function communityFiles(side: 'head' | 'base'): Question<CommunityFiles> {
  return {
    key: `community-files:${side}`,
    permissions: ['contents', 'metadata'],
    answer: async (_, ask) => {
      const [own, defaults, about] = await Promise.all([ask(found(side)), ask(found('defaults')), ask(repository())]);
      if (!own.known) return own;
      if (!about.known) return about;
      // What the `.github` repository holds is its own: it has no other defaults to fall back on.
      const fallback = about.value.name.toLowerCase() === '.github' ? known(NOTHING) : defaults;
      const changelogs = own.value.changelog.places.length > 0 ? known([]) : await ask(packageChangelogs(side, about.value.name));
      const standings = KINDS.map(
        (kind) => [kind.id, standing(kind, own.value[kind.id], fallback, changelogs, about.value)] as const,
      );
      return known(Object.fromEntries(standings) as CommunityFiles);
    },
  };
}

interface Found {
  readonly places: readonly Omit<Place, 'where'>[];
  readonly nearMisses: readonly NearMiss[];
}
type AllFound = Readonly<Record<CommunityFile, Found>>;

const NOTHING = Object.fromEntries(COMMUNITY_FILES.map((id) => [id, { places: [], nearMisses: [] }])) as unknown as AllFound;

interface About {
  readonly description: string | null;
  readonly isFromGitHub?: boolean;
}

function standing(
  kind: Kind,
  own: Found,
  fallback: Answer<AllFound>,
  packages: Answer<readonly string[]>,
  about: About,
): Standing {
  const places: Place[] = own.places.map((place) => ({ ...place, where: 'repository' }));
  let unread: string | null = null;
  if (kind.hasDefault) {
    if (fallback.known)
      places.push(...fallback.value[kind.id].places.map((place) => ({ ...place, where: 'organization' as const })));
    else unread = fallback.reason;
  }
  if (kind.id === 'changelog') {
    if (packages.known) places.push(...packages.value.map((path) => ({ path, where: 'repository', via: 'file' }) as const));
    else unread = packages.reason;
  }
  if (kind.id === 'description') {
    if (about.description?.trim()) places.push({ path: '', where: 'repository', via: 'setting' });
    else if (about.isFromGitHub === false) unread = "a clone does not hold the repository's description on GitHub";
  }
  return { places, nearMisses: own.nearMisses, unread: places.length > 0 ? null : unread };
}

/** What one tree holds. */
function found(side: Side): Question<AllFound> {
  return {
    key: `found:${side}`,
    permissions: ['contents'],
    answer: async (_, ask) => {
      const listings = together(await Promise.all(FOLDERS.map((folder) => ask(listing(side, folder, COMMUNITY)))));
      if (!listings.known) return listings;
      const folders = FOLDERS.map((folder, index) => [folder, listings.value[index] ?? []] as const);
      const all = together(await Promise.all(KINDS.map((kind) => search(side, kind, folders, ask))));
      return map(all, (each) => Object.fromEntries(KINDS.map(({ id }, index) => [id, each[index]])) as unknown as AllFound);
    },
  };
}

/** All values, or the first reason why there are not. */
function together<T>(answers: readonly Answer<T>[]): Answer<readonly T[]> {
  const values: T[] = [];
  for (const answer of answers) {
    if (!answer.known) return answer;
    values.push(answer.value);
  }
  return known(values);
}

type Folders = readonly (readonly [folder: (typeof FOLDERS)[number], entries: readonly Placed[]])[];

async function search(side: Side, kind: Kind, folders: Folders, ask: Ask): Promise<Answer<Found>> {
  const places: Omit<Place, 'where'>[] = [];
  const nearMisses: NearMiss[] = [];
  for (const [folder, entries] of folders) {
    if (!kind.folders.includes(folder)) continue;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (kind.isMisnamed?.(entry.name) && !kind.isNamed(entry.name) && entry.kind !== 'directory')
        nearMisses.push({ path, reason: 'name' });
      const seen = await look(side, kind, path, entry, ask);
      if (!seen.known) return seen;
      if (seen.value === null) continue;
      if ('reason' in seen.value) nearMisses.push(seen.value);
      else places.push(seen.value);
    }
  }
  return known({ places, nearMisses });
}

/** What an entry is to a kind of file: a place, a near miss, or nothing. */
async function look(
  side: Side,
  kind: Kind,
  path: string,
  entry: Placed,
  ask: Ask,
): Promise<Answer<Omit<Place, 'where'> | NearMiss | null>> {
  const isNamed = kind.isNamed(entry.name);
  const isFolder = kind.folder?.isNamed(entry.name) ?? false;
  if ((!isNamed && !isFolder) || entry.kind === 'submodule') return known(null);
  const end = await follow(side, path, entry, ask);
  if (!end.known) return unknown(`where ${path} leads could not be read: ${end.reason}`);
  if (end.value === null) return known({ path, reason: 'dangling' });
  const { entry: target, path: targetPath } = end.value;
  const via = entry.kind === 'symlink' ? 'symlink' : 'file';
  if (target.kind === 'file') return known(!isNamed ? null : EMPTY.has(target.oid) ? { path, reason: 'empty' } : { path, via });
  if (!isFolder) return known(null);
  const inside = await ask(listing(side, targetPath));
  if (!inside.known) return inside;
  const counts = inside.value?.some(({ name, kind: type }) => type === 'file' && kind.folder?.counts(name)) ?? false;
  return known(counts ? { path, via: via === 'symlink' ? via : 'folder' } : null);
}
