/** The license texts in a folder, and what they are. */
import { known, map, unknown, type Answer } from '../answer.ts';
import { COMMUNITY, isLicenseName } from '../community-names.ts';
import type { Ask, Question } from '../fact.ts';
import { join, listing, type Placed } from '../files.ts';
import { follow } from '../symlinks.ts';
import { text } from '../text.ts';
import { detected } from './detected.ts';
import { licenseText, type LicenseText } from './license-text.ts';

export interface LicenseFile {
  readonly path: string;
  /** A dead link leads out of the repository, or nowhere: its license is unknown. */
  readonly via: 'file' | 'symlink' | 'dead-link';
  /** Git id of the text. */
  readonly oid?: string;
  /** Unknown where the text could not be read, with the reason. */
  readonly license: Answer<LicenseText>;
}

/** More license files than this are a list of other people's licenses; the rest is not read. */
const MOST = 12;
const DEAD = 'it is a link that leads out of the repository, or nowhere';

/** Every license file at the root, by name. GitHub looks nowhere else. */
export function licenseFiles(side: 'head' | 'base'): Question<readonly LicenseFile[]> {
  return {
    key: `license-files:${side}`,
    permissions: ['contents'],
    answer: async (_, ask) => {
      const root = await ask(listing(side, '', COMMUNITY));
      return root.known ? known(await readAll(side, '', root.value ?? [], ask)) : root;
    },
  };
}

/** Reads those entries of a folder that are named like license texts; dead links are left out. */
export async function readLicenses(
  side: 'head' | 'base',
  folder: string,
  entries: readonly Placed[],
  ask: Ask,
): Promise<readonly LicenseFile[]> {
  return (await readAll(side, folder, entries, ask)).filter(({ via }) => via !== 'dead-link');
}

async function readAll(
  side: 'head' | 'base',
  folder: string,
  entries: readonly Placed[],
  ask: Ask,
): Promise<readonly LicenseFile[]> {
  const named = [...entries]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name, kind }) => isLicenseName(name) && (kind === 'file' || kind === 'symlink'));
  return Promise.all(named.slice(0, MOST).map((entry) => read(side, join(folder, entry.name), entry, ask)));
}

async function read(side: 'head' | 'base', path: string, entry: Placed, ask: Ask): Promise<LicenseFile> {
  const via = entry.kind === 'symlink' ? 'symlink' : 'file';
  const end = await follow(side, path, entry, ask);
  if (!end.known) return { path, via, license: end };
  if (end.value?.entry.kind !== 'file') return { path, via: 'dead-link', oid: entry.oid, license: unknown(DEAD) };
  const { oid, tree } = end.value.entry;
  const [found, written] = await Promise.all([ask(detected(tree, oid)), ask(text(tree, oid))]);
  return { path, via, oid, license: written.known ? map(found, (detection) => licenseText(detection, written.value)) : written };
}
