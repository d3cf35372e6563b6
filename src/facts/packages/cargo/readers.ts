/** The files by which Cargo names packages. */
import type { PackageReader } from '../package.ts';
import { nameOf } from '../paths.ts';
import { readCargoLock } from './lock.ts';
import { readCargoManifest } from './manifest.ts';

export const readers: readonly PackageReader[] = [
  { role: 'manifest', ecosystem: 'cargo', matches: (path) => nameOf(path) === 'Cargo.toml', read: readCargoManifest },
  { role: 'lock', ecosystem: 'cargo', matches: (path) => nameOf(path) === 'Cargo.lock', read: readCargoLock },
];
