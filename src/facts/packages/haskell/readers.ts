/** The files of Haskell projects that name packages: of Cabal, hpack and Stack. */
import type { PackageReader } from '../package.ts';
import { nameOf } from '../paths.ts';
import { readCabal } from './cabal.ts';
import { readHpack } from './hpack.ts';
import { readFreeze, readProjectManifest } from './project.ts';
import { readStack, readStackLock } from './stack.ts';

export const readers: readonly PackageReader[] = [
  { role: 'manifest', ecosystem: 'hackage', matches: isCabal, read: readCabal },
  { role: 'manifest', ecosystem: 'hackage', matches: named(/^package\.yaml$/), read: readHpack },
  { role: 'lock', ecosystem: 'hackage', matches: named(/^cabal\.project\.freeze$|^cabal\.config$/), read: readFreeze },
  {
    role: 'manifest',
    ecosystem: 'hackage',
    matches: named(/^cabal(?:[-.][\w-]+)*\.project(?:\.local)?$/),
    read: readProjectManifest,
  },
  { role: 'lock', ecosystem: 'hackage', matches: named(/^stack[\w.-]*\.yaml\.lock$/), read: readStackLock },
  { role: 'manifest', ecosystem: 'hackage', matches: named(/^stack[\w.-]*\.yaml$/), read: readStack },
];

function named(pattern: RegExp): (path: string) => boolean {
  return (path) => pattern.test(nameOf(path));
}

/** A package has a letter in its name (Cabal user guide, "name"); an index keeps revisions as `1.cabal`. */
function isCabal(path: string): boolean {
  const name = nameOf(path);
  return /^[\w-]+\.cabal$/.test(name) && /[a-z].*\./i.test(name);
}
