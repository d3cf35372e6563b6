/** The license text that a manifest names: `license-file`, `SEE LICENSE IN`, `license-files`. */
import { known, map, type Answer } from '../answer.ts';
import { contribution } from '../commits.ts';
import type { Ask } from '../fact.ts';
import { join, listing, type Placed, type Side } from '../files.ts';
import { detected } from '../license/detected.ts';
import type { LicenseFile } from '../license/files.ts';
import { isMatch, readGlob } from '../license/glob.ts';
import { licenseText } from '../license/license-text.ts';
import { follow, resolve } from '../symlinks.ts';
import { text } from '../text.ts';
import { headFiles, type Folder } from './folders.ts';
import { folderOf, nameOf, upward } from './paths.ts';

/** `missing`: there is no such file. `elsewhere`: it lies where nobody looked, or where no file of this repository can lie. */
export type NamedText = LicenseFile | 'missing' | 'elsewhere';

/** Looks for the file that a manifest in a folder names, as written. */
export type Lookup = (folder: string, written: string) => Promise<NamedText>;

/** Looks among the folders at hand; of a repository that is judged for itself among all files. */
export function lookup(side: 'head' | 'base', folders: readonly Folder[], ask: Ask): Lookup {
  return async (folder, written) => {
    if (/[*?]/.test(written)) return matching(side, folder, written, folders, ask);
    const path = resolve(join(folder, 'manifest'), written);
    if (path === null) return 'elsewhere';
    const entry = await entryAt(side, path, upward(folder), ask);
    if (!entry.known) return { path, via: 'file', license: entry };
    if (entry.value === null) return 'missing';
    return entry.value === 'elsewhere' ? 'elsewhere' : read(side, path, entry.value, ask);
  };
}

/** `license-files` of Python may be a pattern; the first text that it means is enough to compare. */
async function matching(side: Side, folder: string, written: string, folders: readonly Folder[], ask: Ask): Promise<NamedText> {
  const glob = readGlob(written, 'path');
  const entries = folders.find(({ path }) => path === folder)?.entries ?? [];
  const entry = glob.known ? entries.find(({ name }) => isMatch(glob.value, name)) : undefined;
  return entry ? read(side, join(folder, entry.name), entry, ask) : 'elsewhere';
}

/** Null: there is no such file. A contribution looks into folders that are read anyway, so that a path costs no call. */
async function entryAt(
  side: 'head' | 'base',
  path: string,
  atHand: readonly string[],
  ask: Ask,
): Promise<Answer<Placed | 'elsewhere' | null>> {
  const folder = folderOf(path);
  if ((await ask(contribution())).known) {
    if (!atHand.includes(folder)) return known('elsewhere');
    return map(await ask(listing(side, folder)), (entries) => entries?.find(({ name }) => name === nameOf(path)) ?? null);
  }
  return map(await ask(headFiles()), (all) => {
    const found = all.find((file) => file.path === path);
    return found ? { name: nameOf(path), kind: found.kind, oid: found.oid, tree: 'head' as const } : null;
  });
}

async function read(side: Side, path: string, entry: Placed, ask: Ask): Promise<NamedText> {
  const end = await follow(side, path, entry, ask);
  const via = entry.kind === 'symlink' ? 'symlink' : 'file';
  if (!end.known) return { path, via, license: end };
  if (end.value?.entry.kind !== 'file') return 'missing';
  const { oid, tree } = end.value.entry;
  const [found, written] = await Promise.all([ask(detected(tree, oid)), ask(text(tree, oid))]);
  return { path, via, oid, license: written.known ? map(found, (detection) => licenseText(detection, written.value)) : written };
}
