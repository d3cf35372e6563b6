/** Git that remembers objects: what is asked of many commits is mostly the same files, and starting git costs more than reading. */
import type { Git } from '../git.ts';

/** Bytes of objects that are remembered; the oldest go first. */
const ROOM = 128 * 1024 * 1024;
/** A larger object is read each time. */
const LARGEST = 1024 * 1024;

interface Kept {
  readonly oid: string;
  readonly type: string;
  readonly content: Buffer;
}

export interface KeptGit {
  readonly git: Git;
  /** Reads objects together that are about to be asked for, by id or by a name such as `COMMIT^{tree}`. */
  readonly prefetch: (names: readonly string[]) => Promise<void>;
}

/** Answers `cat-file --batch…` and `ls-tree` from what it remembers; everything else, and what it does not remember, asks git. */
export function keptGit(git: Git): KeptGit {
  const shelf = new ObjectShelf();
  const prefetch = async (names: readonly string[]): Promise<void> => {
    const missing = [...new Set(names)].filter((name) => !shelf.has(name));
    if (missing.length > 0) await fetchInto(shelf, git, missing);
  };
  return {
    prefetch,
    git: async (args, running) => {
      const answer = await answered(args, running?.input ?? '', { shelf, prefetch });
      return answer === null ? git(args, running) : { status: 0, stdout: answer, stderr: '' };
    },
  };
}

type Sources = Pick<KeptGit, 'prefetch'> & { readonly shelf: ObjectShelf };

/** What git would print; null: it has to be asked. */
async function answered(args: readonly string[], input: string, { shelf, prefetch }: Sources): Promise<Buffer | null> {
  const [command, ...rest] = args;
  if (command === 'ls-tree') return listed(rest, { shelf, prefetch });
  const mode = command === 'cat-file' ? rest.join(' ') : '';
  if (mode !== '--batch' && mode !== '--batch-check') return null;
  const names = input.split('\n').slice(0, -1);
  await prefetch(names);
  const objects = names.map((name) => shelf.get(name));
  if (!objects.every((one) => one !== undefined)) return null;
  return Buffer.concat(objects.flatMap((one) => (mode === '--batch' ? [header(one), one.content, LINE_FEED] : [header(one)])));
}

const LINE_FEED = Buffer.from('\n');

function header({ oid, type, content }: Kept): Buffer {
  return Buffer.from(`${oid} ${type} ${content.length}\n`);
}

/** What `ls-tree -z TREE` and `ls-tree -r -z TREE` print; null: git has to be asked. */
async function listed(args: readonly string[], { shelf, prefetch }: Sources): Promise<Buffer | null> {
  const name = args.at(-1) ?? '';
  const flags = args.slice(0, -1).join(' ');
  if (flags !== '-z' && flags !== '-r -z') return null;
  const isDeep = flags !== '-z';
  await prefetch([name]);
  // A level at a time, so that git is started a few times and not for each folder.
  for (let level = isDeep ? treesIn(shelf.get(name)) : []; level.length > 0;) {
    const cold = [...new Set(level)].filter((oid) => !shelf.has(oid));
    await prefetch(cold);
    level = cold.flatMap((oid) => treesIn(shelf.get(oid)));
  }
  const listing: Listing = { shelf, isDeep, rows: [], size: 0 };
  return list(shelf.get(name), '', listing) ? Buffer.concat(listing.rows) : null;
}

interface Listing {
  readonly shelf: ObjectShelf;
  readonly isDeep: boolean;
  readonly rows: Buffer[];
  size: number;
}

/** A listing that is longer is git's to refuse. */
const LONGEST = 32 * 1024 * 1024;

/** False: something is not here, is no tree, or would be too long. */
function list(tree: Kept | undefined, folder: string, listing: Listing): boolean {
  const entries = tree?.type === 'tree' ? entriesOf(tree) : null;
  return (
    entries?.every(({ mode, path, oid }) => {
      const whole = Buffer.concat([Buffer.from(folder, 'latin1'), path]);
      if (listing.isDeep && mode === TREE) return list(listing.shelf.get(oid), `${whole.toString('latin1')}/`, listing);
      const row = Buffer.concat([Buffer.from(`${mode} ${TYPES.get(mode) ?? 'blob'} ${oid}\t`), whole, ZERO]);
      listing.rows.push(row);
      listing.size += row.length;
      return listing.size <= LONGEST;
    }) ?? false
  );
}

function treesIn(tree: Kept | undefined): readonly string[] {
  const entries = tree?.type === 'tree' ? entriesOf(tree) : null;
  return (entries ?? []).filter(({ mode }) => mode === TREE).map(({ oid }) => oid);
}

const ZERO = Buffer.from([0]);
const TREE = '040000';
const TYPES: ReadonlyMap<string, string> = new Map([
  [TREE, 'tree'],
  ['160000', 'commit'],
]);

interface TreeEntry {
  readonly mode: string;
  readonly path: Buffer;
  readonly oid: string;
}

/** A tree as git stores it: mode, name and binary id of each entry. Null: it is not sound. */
function entriesOf({ oid, content }: Kept): readonly TreeEntry[] | null {
  const size = oid.length / 2;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length;) {
    const [space, end] = [content.indexOf(32, at), content.indexOf(0, at)];
    if (space < 0 || end < space || end + 1 + size > content.length) return null;
    const mode = content.toString('latin1', at, space).padStart(6, '0');
    entries.push({ mode, path: content.subarray(space + 1, end), oid: content.toString('hex', end + 1, end + 1 + size) });
    at = end + 1 + size;
  }
  return entries;
}

/** Remembers objects by id and by the name they were asked by. */
class ObjectShelf {
  private readonly objects = new Map<string, Kept>();
  private readonly names = new Map<string, string>();
  private size = 0;

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get(name: string): Kept | undefined {
    return this.objects.get(this.names.get(name) ?? name);
  }

  put(name: string, kept: Kept): void {
    if (name !== kept.oid) this.names.set(name, kept.oid);
    if (this.objects.has(kept.oid)) return;
    this.objects.set(kept.oid, kept);
    this.size += kept.content.length + 200;
    for (const [oid, oldest] of this.objects) {
      if (this.size <= ROOM) return;
      this.objects.delete(oid);
      this.size -= oldest.content.length + 200;
    }
  }
}

/** Reads what is not too large. What is missing is left out, and whoever asks for it asks git. */
async function fetchInto(shelf: ObjectShelf, git: Git, names: readonly string[]): Promise<void> {
  const input = (some: readonly string[]): string => some.map((name) => `${name}\n`).join('');
  const { status, stdout } = await git(['cat-file', '--batch-check'], { input: input(names), expect: [0, 128] });
  if (status !== 0) return;
  const heads = stdout.toString('latin1').split('\n');
  const small = names.filter((_name, index) => Number(/ (\d+)$/.exec(heads[index] ?? '')?.[1] ?? Infinity) <= LARGEST);
  for (const some of portions(small))
    read(shelf, some, (await git(['cat-file', '--batch'], { input: input(some), cap: 2 * PART * LARGEST })).stdout);
}

/** Objects read at once: at most this many times the largest. */
const PART = 64;

function portions(names: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(names.length / PART) }, (_, index) => names.slice(index * PART, (index + 1) * PART));
}

function read(shelf: ObjectShelf, names: readonly string[], output: Buffer): void {
  let at = 0;
  for (const name of names) {
    const end = output.indexOf(10, at);
    const [, oid, type, size] = /^([0-9a-f]+) ([a-z]+) (\d+)$/.exec(output.toString('latin1', at, end)) ?? [];
    if (oid === undefined || type === undefined) return;
    const from = end + 1;
    at = from + Number(size) + 1;
    // A copy, so that one small object does not keep the whole answer.
    shelf.put(name, { oid, type, content: Buffer.from(output.subarray(from, at - 1)) });
  }
}
