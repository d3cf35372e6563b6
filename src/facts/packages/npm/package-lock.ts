/** package-lock.json and npm-shrinkwrap.json from version 2: every package that npm puts into a folder, with its license. */
import { known, unknown, type Answer } from '../../answer.ts';
import { readJson } from '../json.ts';
import { localOrigin } from '../local.ts';
import type { Lock, Package } from '../package.ts';
import { entries, isGroup, own, text, type Tree } from '../tree.ts';
import { statedLicense } from './license.ts';
import { named } from './names.ts';
import { readOldLock } from './old-package-lock.ts';
import { REGISTRY } from './origin.ts';
import { installed } from './tarball.ts';

/** Unknown when the text is not JSON, or no lock. Version 1 is read too; it names no licenses. */
export function readPackageLock(source: string): Answer<Lock> {
  const tree = readJson(source);
  if (!tree.known) return tree;
  const { value, line } = tree.value;
  if (!isGroup(value)) return unknown('the lock file holds no group of keys');
  const packages = own(value, 'packages');
  if (packages === undefined) return readOldLock(source, value);
  if (!isGroup(packages)) return unknown(`"packages" is no group of keys (line ${line('packages') ?? 1})`);
  return known({ ecosystem: 'npm', ...named(locked(tree.value, packages)) });
}

const OWN = { kind: 'own' } as const;
const MODULES = 'node_modules/';

/** What lies in no `node_modules` is the project itself; other folders of it link there. */
function locked({ line }: Tree, packages: Readonly<Record<string, unknown>>): readonly Package[] {
  const direct = directKeys(packages);
  return entries(packages).flatMap(([key, entry]) => {
    const at = key.lastIndexOf(MODULES);
    const name = text(own(entry, 'name')) ?? text(key.slice(at + MODULES.length));
    if (at < 0 || name === null || !isGroup(entry)) return [];
    const resolved = text(own(entry, 'resolved'));
    const isLink = own(entry, 'link') === true && resolved !== null && localOrigin(resolved).kind === 'own';
    const stated = isLink ? own(packages, resolved) : entry;
    const called = { name: (isLink ? text(own(stated, 'name')) : null) ?? name, version: text(own(stated, 'version')) };
    const found = isLink
      ? { ...called, origin: OWN }
      : resolved === null
        ? { ...called, origin: REGISTRY }
        : installed(called, resolved);
    return {
      ecosystem: 'npm' as const,
      ...found,
      constraint: null,
      usage: own(entry, 'dev') === true ? ('development' as const) : ('runtime' as const),
      isDirect: direct.has(key),
      // What the file states is of the package that it names, not of another that the address brings.
      license: found.name === called.name && found.version === called.version ? statedLicense(stated) : null,
      line: line('packages', key),
    };
  });
}

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Where npm finds what the project and its workspaces name themselves. */
function directKeys(packages: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const folders = entries(packages).filter(([key]) => !key.includes(MODULES));
  return new Set(
    folders.flatMap(([folder, entry]) => {
      const places = upward(folder);
      const names = GROUPS.flatMap((group) => entries(own(entry, group)).map(([name]) => name));
      return names.flatMap(
        (name) => places.map((place) => `${place}${MODULES}${name}`).find((key) => own(packages, key) !== undefined) ?? [],
      );
    }),
  );
}

/** No workspace lies deeper; each level costs a look-up for each name. */
const MAX_LEVELS = 12;

/** A folder and those above it, each with its slash; the root is the empty text. */
function upward(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/', MAX_LEVELS);
  return [...parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/')}/`), ''];
}
