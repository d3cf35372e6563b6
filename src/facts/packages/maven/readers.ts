/** The files of Maven and Gradle that name packages. */
import type { PackageReader } from '../package.ts';
import { nameOf } from '../paths.ts';
import { readCatalog, readLockfile, readScript } from './gradle.ts';
import { readPom } from './pom.ts';

const ecosystem = 'maven';

export const readers: readonly PackageReader[] = [
  { role: 'manifest', ecosystem, matches: named(/^pom\.xml$|\.pom$/), read: readPom },
  { role: 'manifest', ecosystem, matches: named(/^build\.gradle(?:\.kts)?$/), read: readScript },
  { role: 'manifest', ecosystem, matches: named(/^[\w-]+\.versions\.toml$/), read: readCatalog },
  { role: 'lock', ecosystem, matches: named(/^(?:buildscript-)?gradle\.lockfile$/), read: readLockfile },
];

function named(pattern: RegExp): (path: string) => boolean {
  return (path) => pattern.test(nameOf(path));
}
