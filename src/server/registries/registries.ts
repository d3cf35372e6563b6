/** Which registry is asked for which package; packages of other places are never told to anyone. */
import type { Detector } from '../../facts/license/detection.ts';
import { isChap } from '../../facts/packages/haskell/chap.ts';
import type { Ecosystem, Package } from '../../facts/packages/package.ts';
import { onGitHub } from '../../facts/packages/repository-url.ts';
import { chap } from './chap.ts';
import type { Ask } from './client.ts';
import { crates } from './crates.ts';
import { depsDev } from './deps-dev.ts';
import { github } from './github.ts';
import { hackage } from './hackage.ts';
import type { Looked, LookUp } from './look-up.ts';
import { misnamed } from './names.ts';
import { npm } from './npm.ts';
import { pypi } from './pypi.ts';

/** Looks a package up until `signal`. Never throws; not to be called for a package that is `kept away`. */
export type Registries = (found: Package, signal: AbortSignal) => Promise<Looked>;

/** All registries behind one client. */
export function registries(ask: Ask, detect: Detector, now: () => number = Date.now): Registries {
  const repositories = github;
  const lookUps: Readonly<Record<Ecosystem, LookUp>> = {
    npm,
    cargo: crates,
    pypi,
    golang: depsDev('go'),
    maven: depsDev('maven'),
    hackage: hackage(chap(now)),
    aiken: repositories,
    nix: repositories,
  };
  return (found, signal) => {
    const lookUp = found.origin.kind === 'repository' ? repositories : lookUps[found.ecosystem];
    return lookUp(found, { ask: (address) => ask(address, signal), detect });
  };
}

/** Why a package is none of the registries' business, whatever a policy says; null: they may be asked about it. */
export function keptAway({ ecosystem, name, origin }: Package): string | null {
  switch (origin.kind) {
    case 'own':
      return 'it is part of the repository itself';
    case 'archive':
      return 'it is an archive, of which no registry tells anything';
    case 'repository':
      return onGitHub(origin.url) ? null : 'it lies in a repository that is not on GitHub';
    case 'registry':
      if (origin.registry === null || (ecosystem === 'hackage' && isChap(origin.registry))) return misnamed(ecosystem, name);
      return 'it comes from another registry than the public one, which is not asked';
  }
}
