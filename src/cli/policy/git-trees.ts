/** Lists trees from remembered objects as `git ls-tree` does. */
import type { KeptObject, ObjectShelf } from './object-shelf.ts';

/** What `ls-tree -z TREE` and `ls-tree -r -z TREE` print; null: git has to be asked. */
export async function listing(
  args: readonly string[],
  shelf: ObjectShelf,
  prefetch: (names: readonly string[]) => Promise<void>,
): Promise<Buffer | null> {
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
  const whole: Listing = { shelf, isDeep, rows: [], size: 0 };
  return list(shelf.get(name), '', whole) ? Buffer.concat(whole.rows) : null;
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
function list(tree: KeptObject | undefined, folder: string, listing: Listing): boolean {
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

function treesIn(tree: KeptObject | undefined): readonly string[] {
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
function entriesOf({ oid, content }: KeptObject): readonly TreeEntry[] | null {
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
