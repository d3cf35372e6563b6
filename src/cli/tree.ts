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

const MIB = 1024 * 1024;

/** Reads the tree of a commit. Directories are listed once each; texts asked for together are read together. */
export function treeAt(git: Git, commit: string): TreeReader {
  const listings = new Map<string, Promise<Answer<readonly Entry[] | null>>>();
  const blobs = new DataLoader((oids: readonly string[]) => readObjects(git, oids, MIB), { maxBatchSize: 1000 });
  const directory = (path: string): Promise<Answer<readonly Entry[] | null>> => {
    const listing = listings.get(path) ?? list(path);
    listings.set(path, listing);
    return listing;
  };
  const list = async (path: string): Promise<Answer<readonly Entry[] | null>> => {
    if (path === '') return readTree(git, `${commit}^{tree}`);
    const slash = path.lastIndexOf('/');
    const parent = await directory(slash < 0 ? '' : path.slice(0, slash));
    if (!parent.known || parent.value === null) return parent;
    const own = parent.value.find(({ name, kind }) => kind === 'directory' && name === path.slice(slash + 1));
    return own ? readTree(git, own.oid) : known(null);
  };
  const text = async (oid: string): Promise<Answer<string>> => readText(await blobs.load(oid));
  return { directory, text, files: () => Promise.resolve(unknown('the files of a clone are not listed yet')) };
}

const KINDS: Readonly<Record<string, Entry['kind']>> = { '040000': 'directory', '120000': 'symlink', '160000': 'submodule' };

async function readTree(git: Git, tree: string): Promise<Answer<readonly Entry[]>> {
  const { status, stdout } = await git(['ls-tree', '-z', tree], { expect: [0, 128] });
  if (status !== 0) return unknown('the folder is not in this clone (a partial clone, perhaps)');
  const rows = stdout.toString('utf8').split('\0').slice(0, -1);
  return known(
    rows.map((row) => {
      const tab = row.indexOf('\t');
      const [mode = '', , oid = ''] = row.slice(0, tab).split(' ');
      return { name: row.slice(tab + 1), kind: KINDS[mode] ?? 'file', oid };
    }),
  );
}

function readText(blob: GitObject | null): Answer<string> {
  if (!blob) return unknown('the file is not in this clone (a partial clone, or a submodule)');
  if (blob.type !== 'blob') return unknown('it is not a file');
  if (!blob.content) return unknown(`the file is larger than 1 MiB (${Math.ceil(blob.size / MIB)} MiB)`);
  if (blob.content.includes(0)) return unknown('the file is not text');
  return known(new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob.content));
}
