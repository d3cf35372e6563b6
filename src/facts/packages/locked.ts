/** Which mentions of manifests lock files say more exactly, so that they are not told twice. */
import type { Ask } from '../fact.ts';
import { added, isNewTo } from './diff.ts';
import type { Origin, Package } from './package.ts';
import { readPackages, type Mentioned, type PackageFile } from './package-files.ts';
import { folderOf, upward } from './paths.ts';
import { onGitHub } from './repository-url.ts';

/** A package that a lock file pins. */
interface Pin {
  readonly found: Mentioned;
  readonly isNew: boolean;
  /** The contribution changes the lock file. */
  readonly isTouched: boolean;
}

/** Pins by the folders of their lock files, and there by ecosystem and name. */
type Pins = ReadonlyMap<string, ReadonlyMap<string, readonly Pin[]>>;

/** What the contribution names, without what manifests say less exactly than a lock file beside or above them. */
export async function withoutLocked(
  mentions: readonly Mentioned[],
  before: readonly Mentioned[],
  unchanged: readonly PackageFile[],
  ask: Ask,
): Promise<readonly Mentioned[]> {
  const pins = await pinned(mentions, before, unchanged, ask);
  const stated = new Set(before.filter(({ role }) => role === 'manifest').map(nameKey));
  return mentions.filter((one) => one.role === 'lock' || !isPinned(one, pins, stated.has(nameKey(one))));
}

/** Unchanged lock files are read only where a manifest names something anew. */
async function pinned(
  mentions: readonly Mentioned[],
  before: readonly Mentioned[],
  unchanged: readonly PackageFile[],
  ask: Ask,
): Promise<Pins> {
  const stated = added(mentions, before).filter(({ role }) => role === 'manifest');
  const ecosystems = new Set(stated.map(({ ecosystem }) => ecosystem));
  const others = await readPackages(
    unchanged.filter(({ reader }) => reader.role === 'lock' && ecosystems.has(reader.ecosystem)),
    ask,
  );
  const isNew = isNewTo(before);
  const pins = [
    ...mentions.filter(({ role }) => role === 'lock').map((found) => ({ found, isNew: isNew(found), isTouched: true })),
    ...others.packages.map((found) => ({ found, isNew: false, isTouched: false })),
  ];
  const byFolder = Map.groupBy(pins, ({ found }) => folderOf(found.path));
  return new Map([...byFolder].map(([folder, all]) => [folder, Map.groupBy(all, ({ found }) => nameKey(found))]));
}

/** A lock file of another time may pin what the manifest no longer means, and whoever builds may get something else. */
function isPinned(one: Mentioned, pins: Pins, isChanged: boolean): boolean {
  const named = upward(folderOf(one.path)).flatMap((folder) => pins.get(folder)?.get(nameKey(one)) ?? []);
  return named.some(({ found, isNew, isTouched }) => {
    if (!isSamePlace(one.origin, found.origin)) return false;
    return isNew || (isSameStart(one, found) && (isTouched || !isChanged));
  });
}

/** Whether two mentions of a package may mean the same place, whatever the version there. */
export function isSamePlace(one: Origin, other: Origin): boolean {
  if (one.kind === 'repository') return other.kind === 'repository' && addressOf(one.url) === addressOf(other.url);
  if (one.kind === 'archive') return other.kind === 'archive' && one.url === other.url;
  return one.kind === other.kind;
}

function addressOf(url: string): string {
  const found = onGitHub(url);
  return found === null ? url : `${found.owner}/${found.name}`.toLowerCase();
}

/** Whether a range and the version that is pinned begin with the same number, as far as both have one. */
function isSameStart(range: Package, pin: Package): boolean {
  const [wanted, found] = [firstNumber(range), firstNumber(pin)];
  return wanted === null || found === null || wanted === found;
}

function firstNumber({ version, constraint }: Package): string | null {
  return /\d+/.exec(version ?? constraint ?? '')?.[0] ?? null;
}

/** Tells packages of one name from others. */
export function nameKey({ ecosystem, name }: Package): string {
  return `${ecosystem}:${name}`;
}
