/** The files of one commit, read from git's objects: symbolic links are seen, never followed. */
import DataLoader from 'dataloader';
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Entry, TreeFile } from '../facts/source.ts';
import type { Git } from './git.ts';
import { readObjects, type GitObject } from './objects.ts';

export interface TreeReader {
  directory(path: string): Promise<Answer<readonly Entry[] | null>>;
  text(oid: string, largest?: number): Promise<Answer<string>>;
  /** Every file of the tree. */
  files(): Promise<Answer<readonly TreeFile[]>>;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** Reads the tree of a commit. Directories are listed once each; texts asked for together are read together. */
export function treeAt(git: Git, commit: string): TreeReader {
  const listings = new Map<string, Promise<Answer<readonly Entry[] | null>>>();
  const loaders = new Map<number, Blobs>();
  let all: Promise<Answer<readonly TreeFile[]>> | undefined;
  const blobs = (largest: number): Blobs => {
    const loader = loaders.get(largest) ?? blobsOf(git, largest);
    loaders.set(largest, loader);
    return loader;
  };
  const directory = (path: string): Promise<Answer<readonly Entry[] | null>> => {
    const listing = listings.get(path) ?? listed(path);
    listings.set(path, listing);
    return listing;
  };
  const listed = async (path: string): Promise<Answer<readonly Entry[] | null>> => {
    if (path === '') return readTree(git, `${commit}^{tree}`);
    const slash = path.lastIndexOf('/');
    const parent = await directory(slash < 0 ? '' : path.slice(0, slash));
    if (!parent.known || parent.value === null) return parent;
    const own = parent.value.find(({ name, kind }) => kind === 'directory' && name === path.slice(slash + 1));
    return own ? readTree(git, own.oid) : known(null);
  };
  return {
    directory,
    text: async (oid, largest = MIB) => readText(await blobs(largest).load(oid), largest),
    files: () => (all ??= readFiles(git, `${commit}^{tree}`)),
  };
}

type Blobs = DataLoader<string, GitObject | null>;

const blobsOf = (git: Git, largest: number): Blobs =>
  new DataLoader((oids: readonly string[]) => readObjects(git, oids, largest), { maxBatchSize: 1000 });

const KINDS: ReadonlyMap<string, Entry['kind']> = new Map([
  ['040000', 'directory'],
  ['120000', 'symlink'],
  ['160000', 'submodule'],
]);

const ABSENT = unknown('the folder is not in this clone (a partial clone, perhaps)');

async function readTree(git: Git, tree: string): Promise<Answer<readonly Entry[]>> {
  const rows = await list(git, ['ls-tree', '-z', tree]);
  return rows ? known(rows.map(({ path, ...entry }) => ({ name: path, ...entry }))) : ABSENT;
}

/** Submodules and links are entries like any other: `ls-tree` enters neither. */
async function readFiles(git: Git, tree: string): Promise<Answer<readonly TreeFile[]>> {
  const rows = await list(git, ['ls-tree', '-r', '-z', tree]);
  return rows ? known(rows.flatMap(({ kind, ...file }) => (kind === 'directory' ? [] : { ...file, kind }))) : ABSENT;
}

interface Row {
  readonly path: string;
  readonly kind: Entry['kind'];
  readonly oid: string;
}

/** What `ls-tree -z` tells; null: the tree, or one within it, is not here. */
async function list(git: Git, args: readonly string[]): Promise<readonly Row[] | null> {
  const { status, stdout } = await git(args, { expect: [0, 128] });
  if (status !== 0) return null;
  const rows = stdout.toString('utf8').split('\0').slice(0, -1);
  return rows.map((row) => {
    const tab = row.indexOf('\t');
    const [mode = '', , oid = ''] = row.slice(0, tab).split(' ');
    return { path: row.slice(tab + 1), kind: KINDS.get(mode) ?? 'file', oid };
  });
}

function readText(blob: GitObject | null, largest: number): Answer<string> {
  if (!blob) return unknown('the file is not in this clone (a partial clone, or a submodule)');
  if (blob.type !== 'blob') return unknown('it is not a file');
  if (!blob.content) return unknown(`the file is larger than ${inWords(largest)} (${inWords(blob.size)})`);
  if (blob.content.includes(0)) return unknown('the file is not text');
  return known(new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob.content));
}

/** A size, rounded up. */
function inWords(bytes: number): string {
  return bytes < MIB ? `${Math.ceil(bytes / KIB)} KiB` : `${Math.ceil(bytes / MIB)} MiB`;
}
