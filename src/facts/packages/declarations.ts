/** What manifests declare about their license, and the license texts that govern their folders. */
import { known, type Answer } from '../answer.ts';
import { sha256 } from '../digest.ts';
import type { Ask, Question } from '../fact.ts';
import { join, type Placed } from '../files.ts';
import type { LicenseFile } from '../license/files.ts';
import { isMatch, readGlob } from '../license/glob.ts';
import { text } from '../text.ts';
import { workspaces, type Workspace, type WorkspaceOf } from './cargo/workspace.ts';
import { packageFolders, type Folder } from './folders.ts';
import type { Ecosystem, Manifest, ManifestReader } from './package.ts';
import { governor, type Governor } from './governor.ts';
import { lookup, type Lookup, type NamedText } from './named-text.ts';
import { isAside, upward } from './paths.ts';
import { readerOf } from './readers.ts';

/** What one manifest says of its package, without what it depends on. */
export type Stated = Omit<Manifest, 'dependencies' | 'ecosystem' | 'version' | 'unread'>;

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
  /** The license text that it names; null: none. */
  readonly named: NamedText | null;
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

/**
 * What the manifests of a repository declare; of a contribution those at the root and where it changes some.
 * `exclude`: patterns of paths from the root whose manifests are not read.
 */
export function declarations(side: 'head' | 'base', exclude: readonly string[] = []): Question<Declarations> {
  const selection = exclude.length === 0 ? '' : `:${sha256(JSON.stringify(exclude)).slice(0, 32)}`;
  return {
    key: `declarations:${side}${selection}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (_, ask) => {
      const folders = await ask(packageFolders(side));
      if (!folders.known) return folders;
      const isExcluded = matcher(exclude);
      const all = folders.value
        .flatMap(manifestsOf)
        .filter(({ path }) => !isExcluded(path))
        .sort(byWeight);
      const governing = governor(side, folders.value, ask);
      const reading = {
        governing: governing.folderOf,
        workspaceOf: workspaces(folders.value, ask),
        named: lookup(side, folders.value, ask),
        ask,
      };
      const read = await Promise.all(all.slice(0, MOST).map((found) => readDeclaration(found, reading)));
      const left = all.slice(MOST).filter(({ path }) => !isAside(path)).length;
      return known({ read: [...read].sort((a, b) => (a.path < b.path ? -1 : 1)), texts: await governing.texts(), left });
    },
  };
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.flatMap((pattern) => {
    const glob = readGlob(pattern, 'path');
    return glob.known ? [glob.value] : [];
  });
  return (path) => globs.some((glob) => isMatch(glob, path));
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

/** What one manifest is read with. */
interface Reading {
  readonly governing: Governor['folderOf'];
  readonly workspaceOf: WorkspaceOf;
  readonly named: Lookup;
  readonly ask: Ask;
}

async function readDeclaration({ folder, path, entry, reader }: Found, reading: Reading): Promise<Declaration> {
  const written = await reading.ask(text(entry.tree, entry.oid));
  const manifest = written.known ? reader.read(written.value) : written;
  const workspace = manifest.known && isTakenOver(manifest.value) ? await reading.workspaceOf(folder) : null;
  const whole = manifest.known ? known(stated(manifest.value, workspace)) : manifest;
  const file = whole.known ? whole.value.licenseFile : null;
  return {
    path,
    ecosystem: reader.ecosystem,
    isAside: isAside(path),
    stated: whole,
    governedBy: await reading.governing(folder),
    named: file === null ? null : await reading.named(workspace?.folder ?? folder, file),
  };
}

function isTakenOver({ ecosystem, license }: Manifest): boolean {
  return ecosystem === 'cargo' && license?.untold !== undefined;
}

/** What a workspace declares is told at the line where its crate takes it over. */
function stated({ name, license, licenseFile, isPrivate, isScaffold }: Manifest, workspace: Workspace | null): Stated {
  if (!workspace) return { name, license, licenseFile, isPrivate, isScaffold };
  const shared = workspace.license && { ...workspace.license, line: license?.line ?? null };
  return { name, license: shared, licenseFile: workspace.licenseFile, isPrivate, isScaffold };
}
