/** What tells a package from every other one, for keeping what is known of it. */
import type { Origin, Package } from './package.ts';

/**
 * Two packages have the same key only when ecosystem, name, version and origin are the same, letter for letter. A package URL does
 * not promise that: it folds the case of npm's names and doubled slashes, and `JSONStream` is not `jsonstream`.
 */
export function packageKey({ ecosystem, name, version, origin }: Package): string {
  return JSON.stringify([ecosystem, name, version, origin.kind, ...partsOf(origin)]);
}

function partsOf(origin: Origin): readonly (string | null)[] {
  switch (origin.kind) {
    case 'registry':
      return [origin.registry];
    case 'repository':
      return [origin.url, origin.ref, origin.path];
    case 'archive':
      return [origin.url];
    case 'own':
      return [];
  }
}
