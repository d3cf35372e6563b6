/** Which license texts govern a folder: its own, or those of the nearest one above that has some. */
import type { Ask } from '../fact.ts';
import { readLicenses, type LicenseFile } from '../license/files.ts';
import type { Folder } from './folders.ts';
import { upward } from './paths.ts';

/** Asks for the texts of folders, and remembers what was found. */
export interface Governor {
  /** The folder whose license files govern a folder: its own, or the nearest one above that has some; null: none has. */
  readonly folderOf: (folder: string) => Promise<string | null>;
  /** What was found in the folders that govern. */
  readonly texts: () => Promise<Readonly<Record<string, readonly LicenseFile[]>>>;
}

/** Each folder is read once. */
export function governor(side: 'head' | 'base', folders: readonly Folder[], ask: Ask): Governor {
  const byPath = new Map(folders.map(({ path, entries }) => [path, entries]));
  const read = new Map<string, Promise<readonly LicenseFile[]>>();
  const own = (folder: string): Promise<readonly LicenseFile[]> => {
    const files = read.get(folder) ?? readLicenses(side, folder, byPath.get(folder) ?? [], ask);
    read.set(folder, files);
    return files;
  };
  return {
    folderOf: async (folder) => {
      for (const path of upward(folder)) if ((await own(path)).length > 0) return path;
      return null;
    },
    texts: async () => {
      const found = await Promise.all([...read].map(async ([path, files]) => [path, await files] as const));
      return Object.fromEntries(found.filter(([, files]) => files.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}
