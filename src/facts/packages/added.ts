/** The packages that a contribution adds or changes, by the files that it changes. */
import { known, type Answer } from '../answer.ts';
import type { Ask, Question } from '../fact.ts';
import { join, type Placed } from '../files.ts';
import { added, merged } from './diff.ts';
import { headFiles, packageFolders, type Folder } from './folders.ts';
import type { Ecosystem, Package, PackageReader } from './package.ts';
import { isForeign, nameOf } from './paths.ts';
import { readerOf } from './readers.ts';
import { packageUrl } from './url.ts';

/** A package and the file that names it. */
export interface NamedPackage extends Package {
  readonly path: string;
  readonly packageUrl: string;
}

/** A file that names packages and could not be read. */
export interface Unread {
  readonly path: string;
  readonly reason: string;
}

export interface Added {
  readonly packages: readonly NamedPackage[];
  readonly unread: readonly Unread[];
}

/** Lock files of large projects have megabytes. */
const LARGEST_LOCK = 10 * 1024 * 1024;

/** What the contribution adds or changes: packages of other places that its lock files, or where there are none its manifests, name anew. */
export function addedPackages(): Question<Added> {
  return {
    key: 'added-packages',
    permissions: ['contents', 'pull_requests'],
    answer: async (_, ask) => {
      const [head, base] = await Promise.all([ask(packageFolders('head')), ask(packageFolders('base'))]);
      if (!head.known) return head;
      if (!base.known) return base;
      const now = filesIn(head.value);
      const before = new Map(filesIn(base.value).map((file) => [file.path, file]));
      const changed = now.filter(({ path, entry }) => before.get(path)?.entry.oid !== entry.oid);
      if (changed.length === 0) return known({ packages: [], unread: [] });
      const read = await readAll(changed, ask);
      const old = await readAll(
        changed.flatMap(({ path }) => before.get(path) ?? []),
        ask,
      );
      const unchanged = now.filter((file) => file.reader.role === 'lock' && !changed.includes(file));
      return judgeable(read, old.packages, unchanged, ask);
    },
  };
}

interface PackageFile {
  readonly path: string;
  readonly entry: Placed;
  readonly reader: PackageReader;
}

function filesIn(folders: readonly Folder[]): readonly PackageFile[] {
  return folders.flatMap(({ path: folder, entries }) =>
    entries.flatMap((entry) => {
      const path = join(folder, entry.name);
      const reader = entry.kind === 'file' ? readerOf(path) : null;
      return reader ? [{ path, entry, reader }] : [];
    }),
  );
}

interface Read {
  /** With the role of the file that names them. */
  readonly packages: readonly (NamedPackage & { readonly role: PackageReader['role'] })[];
  readonly unread: readonly Unread[];
}

async function readAll(files: readonly PackageFile[], ask: Ask): Promise<Read> {
  const texts = await Promise.all(files.map(({ entry }) => ask(lockText(entry))));
  const read = files.map(({ path, reader }, index) => ({ path, role: reader.role, found: packagesOf(reader, texts[index]) }));
  return {
    packages: read.flatMap(({ path, role, found }) =>
      found.known ? found.value.map((one) => ({ ...one, path, role, packageUrl: packageUrl(one) })) : [],
    ),
    unread: read.flatMap(({ path, found }) => (found.known ? [] : [{ path, reason: found.reason }])),
  };
}

function packagesOf(reader: PackageReader, text: Answer<string> | undefined): Answer<readonly Package[]> {
  if (text?.known !== true) return text ?? { known: false, reason: 'it was not read' };
  const read = reader.role === 'lock' ? reader.read(text.value) : reader.read(text.value);
  if (!read.known) return read;
  return known('packages' in read.value ? read.value.packages : read.value.dependencies);
}

function lockText({ tree, oid }: Placed): Question<string> {
  return { key: `lock-text:${tree}:${oid}`, permissions: ['contents'], answer: (source) => source.text(tree, oid, LARGEST_LOCK) };
}

/** What is new, without what a lock file says more exactly, and without the repository's own packages. */
async function judgeable(
  { packages, unread }: Read,
  old: readonly NamedPackage[],
  unchanged: readonly PackageFile[],
  ask: Ask,
): Promise<Answer<Added>> {
  const foreign = added(packages, old).filter(({ origin }) => origin.kind !== 'own');
  const isStated = foreign.some(({ role }) => role === 'manifest');
  const ecosystems = new Set(foreign.map(({ ecosystem }) => ecosystem));
  const locks = isStated
    ? await readAll(
        unchanged.filter(({ reader }) => ecosystems.has(reader.ecosystem)),
        ask,
      )
    : null;
  const locked = new Set([...packages, ...(locks?.packages ?? [])].filter(({ role }) => role === 'lock').map(nameKey));
  const own = await ownNames(foreign, ask);
  if (!own.known) return own;
  const kept = foreign.filter((one) => (one.role === 'lock' || !locked.has(nameKey(one))) && !own.value.has(nameKey(one)));
  return known({ packages: merged(kept).map(({ role: _, ...one }) => one), unread });
}

function nameKey({ ecosystem, name }: { readonly ecosystem: Ecosystem; readonly name: string }): string {
  return `${ecosystem}:${name}`;
}

/** Cabal names packages of the same project like any other. A package's file is called as the package is (Cabal user guide, "package.cabal"). */
async function ownNames(packages: readonly NamedPackage[], ask: Ask): Promise<Answer<ReadonlySet<string>>> {
  if (!packages.some(({ ecosystem }) => ecosystem === 'hackage')) return known(new Set());
  const files = await ask(headFiles());
  if (!files.known) return files;
  const cabal = files.value.filter(({ path }) => path.endsWith('.cabal') && !isForeign(path));
  return known(
    new Set(cabal.map(({ path }) => nameKey({ ecosystem: 'hackage', name: nameOf(path).slice(0, -'.cabal'.length) }))),
  );
}
