/** CHaP, Cardano's Haskell packages, as `cabal.project` names it. */
import type { Package } from '../package.ts';
import type { Repository } from './project.ts';

/** One address for all projects, so that what is known of a package is kept once. */
const ADDRESS = 'https://chap.intersectmbo.org/';

/** The addresses under which projects name CHaP, today's and that of before. */
export function isChap(registry: string): boolean {
  const url = URL.parse(registry);
  if (url?.hostname === 'chap.intersectmbo.org') return true;
  return url?.hostname === 'input-output-hk.github.io' && url.pathname.startsWith('/cardano-haskell-package');
}

/** The package as a project with these repositories beside Hackage gets it: from CHaP where that is one of them and has it. */
export function fromChap(found: Package, repositories: readonly Repository[]): Package {
  const { ecosystem, origin } = found;
  const isOpen = ecosystem === 'hackage' && origin.kind === 'registry' && origin.registry === null;
  if (!isOpen || !repositories.some(({ url }) => url !== null && isChap(url))) return found;
  return { ...found, origin: { kind: 'registry', registry: ADDRESS } };
}
