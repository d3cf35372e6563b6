/** The files by which npm, pnpm, yarn and bun name packages. */
import type { PackageReader } from '../package.ts';
import { nameOf } from '../paths.ts';
import { readBunBinary, readBunLock } from './bun.ts';
import { readManifest } from './manifest.ts';
import { readPackageLock } from './package-lock.ts';
import { readPnpmLock } from './pnpm.ts';
import { readYarnLock } from './yarn.ts';

const common = { role: 'lock', ecosystem: 'npm' } as const;

export const readers: readonly PackageReader[] = [
  { role: 'manifest', ecosystem: 'npm', matches: called('package.json'), read: readManifest },
  { ...common, matches: called('package-lock.json', 'npm-shrinkwrap.json'), read: readPackageLock },
  { ...common, matches: called('pnpm-lock.yaml'), read: readPnpmLock },
  { ...common, matches: called('yarn.lock'), read: readYarnLock },
  { ...common, matches: called('bun.lock'), read: readBunLock },
  { ...common, matches: called('bun.lockb'), read: readBunBinary },
];

function called(...names: readonly string[]): (path: string) => boolean {
  return (path) => names.includes(nameOf(path));
}
