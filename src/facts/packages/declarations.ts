/** What manifests declare about their license, and the license texts that govern their folders. */
import { known, type Answer } from '../answer.ts';
import type { Ask, Question } from '../fact.ts';
import { join, type Placed } from '../files.ts';
import { readLicenses, type LicenseFile } from '../license/files.ts';
import { text } from '../text.ts';
import { packageFolders, type Folder } from './folders.ts';
import type { Ecosystem, Manifest, ManifestReader } from './package.ts';
import { isAside, upward } from './paths.ts';
import { readerOf } from './readers.ts';

/** What one manifest says of its package, without what it depends on. */
export type Stated = Omit<Manifest, 'dependencies' | 'ecosystem' | 'version'>;

export interface Declaration {
  /** The manifest, from the root. */
  readonly path: string;
  readonly ecosystem: Ecosystem;
  /** Tests, examples, documentation: not part of what is shipped. */
  readonly isAside: boolean;
  /** Unknown when the manifest cannot be read, with the reason. */
  readonly stated: Answer<Stated>;
  /** The folder whose license texts govern it: its own, or the nearest one above that has some; null: none has. */
  readonly governedBy: string | null;
}

export interface Declarations {
  readonly read: readonly Declaration[];
  /** The license texts of every folder that governs, by its path. */
  readonly texts: Readonly<Record<string, readonly LicenseFile[]>>;
  /** Manifests of what is shipped that were not read, because there are more than Steward reads. */
  readonly left: number;
}

/** So many manifests are read. */
const MOST = 150;

/** What the manifests of a repository declare; of a contribution those at the root and where it changes some. */
export function declarations(side: 'head' | 'base'): Question<Declarations> {
  return {
    key: `declarations:${side}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (_, ask) => {
      const folders = await ask(packageFolders(side));
      if (!folders.known) return folders;
      const all = folders.value.flatMap(manifestsOf).sort(byWeight);
      const governing = governor(side, folders.value, ask);
      const read = await Promise.all(all.slice(0, MOST).map((found) => readDeclaration(found, governing.folderOf, ask)));
      const left = all.slice(MOST).filter(({ path }) => !isAside(path)).length;
      return known({ read: [...read].sort((a, b) => (a.path < b.path ? -1 : 1)), texts: await governing.texts(), left });
    },
  };
}

interface Found {
  readonly folder: string;
  readonly path: string;
  readonly entry: Placed;
  readonly reader: ManifestReader;
}

function manifestsOf({ path: folder, entries }: Folder): readonly Found[] {
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    const reader = entry.kind === 'file' ? readerOf(path) : null;
    return reader?.role === 'manifest' ? [{ folder, path, entry, reader }] : [];
  });
}

/** What is shipped first, and what is nearer to the root. */
function byWeight(one: Found, other: Found): number {
  const aside = Number(isAside(one.path)) - Number(isAside(other.path));
  return aside || upward(one.folder).length - upward(other.folder).length || (one.path < other.path ? -1 : 1);
}

interface Governor {
  /** The folder whose license files govern a folder: its own, or the nearest one above that has some; null: none has. */
  readonly folderOf: (folder: string) => Promise<string | null>;
  /** What was found in the folders that govern. */
  readonly texts: () => Promise<Declarations['texts']>;
}

/** Each folder is read once. */
function governor(side: 'head' | 'base', folders: readonly Folder[], ask: Ask): Governor {
  const byPath = new Map(folders.map(({ path, entries }) => [path, entries]));
  const read = new Map<string, Promise<readonly LicenseFile[]>>();
  const own = (folder: string): Promise<readonly LicenseFile[]> => {
    const files = read.get(folder) ?? readLicenses(side, folder, byPath.get(folder) ?? [], ask);
    read.set(folder, files);
    return files;
  };
  return {
    folderOf: async (folder) => {
      for (const path of upward(folder)) if ((await own(path)).length > 0) return path;
      return null;
    },
    texts: async () => {
      const found = await Promise.all([...read].map(async ([path, files]) => [path, await files] as const));
      return Object.fromEntries(found.filter(([, files]) => files.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

async function readDeclaration(
  { folder, path, entry, reader }: Found,
  governing: Governor['folderOf'],
  ask: Ask,
): Promise<Declaration> {
  const written = await ask(text(entry.tree, entry.oid));
  const manifest = written.known ? reader.read(written.value) : written;
  return {
    path,
    ecosystem: reader.ecosystem,
    isAside: isAside(path),
    stated: manifest.known ? known(stated(manifest.value)) : manifest,
    governedBy: await governing(folder),
  };
}

function stated({ name, license, licenseFile, isPrivate, isScaffold }: Manifest): Stated {
  return { name, license, licenseFile, isPrivate, isScaffold };
}
