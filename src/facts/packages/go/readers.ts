/** The file by which Go names modules. */
import type { PackageReader } from '../package.ts';
import { nameOf } from '../paths.ts';
import { readGoModule } from './manifest.ts';

export const readers: readonly PackageReader[] = [
  { role: 'manifest', ecosystem: 'golang', matches: (path) => nameOf(path) === 'go.mod', read: readGoModule },
];
