/** Placeholder until the readers follow. */
import type { PackageReader } from '../package.ts';

export const readers: readonly PackageReader[] = [];
