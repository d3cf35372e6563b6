/** Every kind of file that names packages, in one list. */
import { readers as aiken } from './aiken/readers.ts';
import { readers as cargo } from './cargo/readers.ts';
import { readers as go } from './go/readers.ts';
import { readers as haskell } from './haskell/readers.ts';
import { readers as maven } from './maven/readers.ts';
import { readers as nix } from './nix/readers.ts';
import { readers as npm } from './npm/readers.ts';
import type { PackageReader } from './package.ts';
import { readers as python } from './python/readers.ts';

export const READERS: readonly PackageReader[] = [...npm, ...cargo, ...python, ...go, ...maven, ...haskell, ...aiken, ...nix];

/** The reader of the file at a path; null: it names no packages. */
export function readerOf(path: string): PackageReader | null {
  return READERS.find((reader) => reader.matches(path)) ?? null;
}
