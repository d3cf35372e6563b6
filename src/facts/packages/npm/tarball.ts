/** The package that an address installs: npm looks at the archive behind it, whatever the file calls it. */
import type { Package } from '../package.ts';
import { isPublic, originOf, REGISTRY } from './origin.ts';
import { decoded, exactVersion } from './written.ts';

/** What a file calls a package. */
export type Named = Pick<Package, 'name' | 'version'>;

/** Name and version are those of the archive where the public registry serves it; an address there that tells neither is an archive. */
export function installed(called: Named, address: string): Named & Pick<Package, 'origin'> {
  if (!isPublic(address)) return { ...called, origin: originOf(address) };
  const found = archived(address, called.version);
  return found === null ? { ...called, origin: originOf(address) } : { ...found, origin: REGISTRY };
}

/** `https://registry.npmjs.org/@scope/name/-/name-1.0.0.tgz`, without what follows `?` or `#`. */
const ADDRESS = /^https?:\/\/[^/]+\/((?:@[^/]+(?:\/|%2f))?[^/@%]+)\/-\/(?:@[^/]+(?:\/|%2f))?([^/]+)\.tgz$/i;

/** Null: the address is none of an archive. Old versions are no semantic ones; the one that the file tells is known by its text. */
function archived(address: string, version: string | null): Named | null {
  const [, path = '', file = ''] = ADDRESS.exec(address.split(/[?#]/, 1)[0] ?? '') ?? [];
  const name = decoded(path);
  const start = `${name.slice(name.indexOf('/') + 1)}-`;
  const rest = decoded(file);
  if (name === '' || !rest.startsWith(start)) return null;
  const found = rest.slice(start.length);
  return found === version ? { name, version } : exactVersion(found) === null ? null : { name, version: exactVersion(found) };
}
