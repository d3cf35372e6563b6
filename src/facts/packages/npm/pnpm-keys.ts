/** The names by which pnpm-lock.yaml calls a package; three ways of writing since version 5. */
import { splitAt } from './written.ts';

export interface Called {
  readonly name: string;
  /** A version, or an address in place of one. */
  readonly version: string | null;
  /** Host of a registry, which stood before the name until version 6; null: the public one, or not told. */
  readonly host: string | null;
}

/** The parts of a key of `packages`: `/name/1.0.0_peer@1` (5), `/name@1.0.0(peer@1)` (6), `name@1.0.0` (9). */
export function called(key: string, major: number): Called {
  if (major >= 9) return { ...nameAndVersion(key), host: null };
  const slash = key.indexOf('/');
  const [host, path] =
    slash > 0 && !key.startsWith('@') ? [key.slice(0, slash), key.slice(slash + 1)] : [null, key.replace(/^\//, '')];
  return { ...(major >= 6 ? nameAndVersion(path) : ofPath(path)), host };
}

/** Without what pnpm adds on the peers that the package sees. */
export function withoutPeers(key: string): string {
  const at = key.indexOf('(');
  return at < 0 ? key : key.slice(0, at);
}

/** The keys under which a dependency may stand: its version, or the whole key where it is called otherwise there. */
export function keysOf(name: string, version: string): readonly string[] {
  return [version, `${name}@${version}`, `/${name}@${version}`, `/${name}/${version}`];
}

function nameAndVersion(key: string): { readonly name: string; readonly version: string | null } {
  const { name, rest } = splitAt(withoutPeers(key));
  return { name, version: rest };
}

function ofPath(path: string): { readonly name: string; readonly version: string | null } {
  const parts = path.split('/', 3);
  const length = path.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), version: parts[length]?.split('_', 1)[0] ?? null };
}
