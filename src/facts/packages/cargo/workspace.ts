/** What crates take over from the root of their workspace. */
import type { Ask } from '../../fact.ts';
import { text } from '../../text.ts';
import type { Folder } from '../folders.ts';
import { upward } from '../paths.ts';
import { sharedLicense, type Shared } from './manifest.ts';

/** What a root declares for its crates, and where it lies. */
export interface Workspace extends Shared {
  readonly folder: string;
}

/** The workspace of a crate in some folder: the nearest root in it or above, as Cargo looks for it; null: none is at hand. */
export type WorkspaceOf = (folder: string) => Promise<Workspace | null>;

/** Looks among the folders at hand; each file is read once, and only when a crate asks. */
export function workspaces(folders: readonly Folder[], ask: Ask): WorkspaceOf {
  const byPath = new Map(folders.map((folder) => [folder.path, folder]));
  const roots = new Map<string, Promise<Workspace | null>>();
  const rootAt = (path: string): Promise<Workspace | null> => {
    const root = roots.get(path) ?? readRoot(byPath.get(path), ask);
    roots.set(path, root);
    return root;
  };
  return async (folder) => {
    for (const path of upward(folder)) {
      const root = await rootAt(path);
      if (root) return root;
    }
    return null;
  };
}

async function readRoot(folder: Folder | undefined, ask: Ask): Promise<Workspace | null> {
  const entry = folder?.entries.find(({ name, kind }) => name === 'Cargo.toml' && kind === 'file');
  if (!folder || !entry) return null;
  const written = await ask(text(entry.tree, entry.oid));
  const shared = written.known ? sharedLicense(written.value) : written;
  return shared.known && shared.value ? { ...shared.value, folder: folder.path } : null;
}
