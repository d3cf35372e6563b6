/** The license texts in a folder, and what they are. */
import { known, map, type Answer } from '../answer.ts';
import { COMMUNITY, isLicenseName } from '../community-names.ts';
import type { Ask, Question } from '../fact.ts';
import { join, listing, type Placed } from '../files.ts';
import { follow } from '../symlinks.ts';
import { detected } from './detected.ts';
import { licenseText, type LicenseText } from './license-text.ts';

export interface LicenseFile {
  readonly path: string;
  readonly via: 'file' | 'symlink';
  /** Git id of the text. */
  readonly oid?: string;
  /** Unknown where the text could not be read, with the reason. */
  readonly license: Answer<LicenseText>;
}

/** More license files than this are a list of other people's licenses; the rest is not read. */
const MOST = 12;

/** Every license file at the root, by name. GitHub looks nowhere else. */
export function licenseFiles(side: 'head' | 'base'): Question<readonly LicenseFile[]> {
  return {
    key: `license-files:${side}`,
    permissions: ['contents'],
    answer: async (_, ask) => {
      const root = await ask(listing(side, '', COMMUNITY));
      return root.known ? known(await readLicenses(side, '', root.value ?? [], ask)) : root;
    },
  };
}

/** Reads those entries of a folder that are named like license texts. */
export async function readLicenses(
  side: 'head' | 'base',
  folder: string,
  entries: readonly Placed[],
  ask: Ask,
): Promise<readonly LicenseFile[]> {
  const named = [...entries]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name, kind }) => isLicenseName(name) && (kind === 'file' || kind === 'symlink'));
  const files = await Promise.all(named.slice(0, MOST).map((entry) => read(side, join(folder, entry.name), entry, ask)));
  return files.flatMap((file) => file ?? []);
}

/** Null: a link that leads to no file. */
async function read(side: 'head' | 'base', path: string, entry: Placed, ask: Ask): Promise<LicenseFile | null> {
  const via = entry.kind === 'symlink' ? 'symlink' : 'file';
  const end = await follow(side, path, entry, ask);
  if (!end.known) return { path, via, license: end };
  if (end.value?.entry.kind !== 'file') return null;
  const { oid, tree } = end.value.entry;
  return { path, via, oid, license: map(await ask(detected(tree, oid)), licenseText) };
}
