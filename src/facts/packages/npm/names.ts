/** Names of npm packages, by npm's own rules for those that exist: what breaks them, no registry has. */
import type { Package, Unread } from '../package.ts';

/** Old names may be long and hold capitals and `~'!()*` (npm's `validate-npm-package-name`, "validForOldPackages"). */
const NAME = /^(?:@[\w.~'!()*-]+\/)?(?![._])[\w.~'!()*-]+$/;
const TAKEN = ['node_modules', 'favicon.ico'];

export function isName(name: string): boolean {
  return NAME.test(name) && !TAKEN.includes(name.toLowerCase());
}

/** The packages whose names are some, and as unread what else the file names. */
export function named(found: readonly Package[]): { readonly packages: readonly Package[]; readonly unread?: readonly Unread[] } {
  const strange = found.filter(({ name }) => !isName(name));
  if (strange.length === 0) return { packages: found };
  const unread = strange.map(({ name, line }) => ({
    line,
    what: `${JSON.stringify(name.slice(0, 80))} is no name of an npm package`,
  }));
  return { packages: found.filter(({ name }) => isName(name)), unread };
}
