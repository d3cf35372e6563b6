/** The license texts at the root of a repository, and what they are. */
import { known, unknown, type Answer } from '../answer.ts';
import { COMMUNITY, isLicenseName } from '../community-names.ts';
import type { Ask, Question } from '../fact.ts';
import { listing, type Placed } from '../files.ts';
import { follow } from '../symlinks.ts';
import { text } from '../text.ts';
import { identify } from './identify.ts';

export interface LicenseFile {
  readonly path: string;
  readonly via: 'file' | 'symlink';
  /** Git id of the text. */
  readonly oid?: string;
  /** SPDX ids that the text can stand for; several only where one text has several ids. Unknown: with the reason. */
  readonly license: Answer<readonly string[]>;
}

/** More license files than this are a list of other people's licenses; the rest is not read. */
const MOST = 12;
const NOT_IDENTIFIED = 'its text is not word for word that of a license on the SPDX list';

/** Every license file at the root, by name. GitHub looks nowhere else. */
export function licenseFiles(side: 'head' | 'base'): Question<readonly LicenseFile[]> {
  return {
    key: `license-files:${side}`,
    permissions: ['contents'],
    answer: async (_, ask) => {
      const root = await ask(listing(side, '', COMMUNITY));
      if (!root.known) return root;
      const named = [...(root.value ?? [])]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .filter(({ name, kind }) => isLicenseName(name) && (kind === 'file' || kind === 'symlink'));
      const files = await Promise.all(named.slice(0, MOST).map((entry) => read(side, entry, ask)));
      return known(files.flatMap((file) => file ?? []));
    },
  };
}

/** Null: a link that leads to no file. */
async function read(side: 'head' | 'base', entry: Placed, ask: Ask): Promise<LicenseFile | null> {
  const path = entry.name;
  const via = entry.kind === 'symlink' ? 'symlink' : 'file';
  const end = await follow(side, path, entry, ask);
  if (!end.known) return { path, via, license: end };
  if (end.value?.entry.kind !== 'file') return null;
  const { oid, tree } = end.value.entry;
  const written = await ask(text(tree, oid));
  if (!written.known) return { path, via, oid, license: written };
  const ids = identify(written.value);
  return { path, via, oid, license: ids.length > 0 ? known(ids) : unknown(NOT_IDENTIFIED) };
}
