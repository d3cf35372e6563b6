/** Versions of Maven and Gradle: one, or something from which one follows later. */
import type { Package } from '../package.ts';

/** `1.2.3` is a version; ranges (`[1,2)`), `1.+`, `latest.release`, `RELEASE` and whatever holds a property are constraints. */
export function versionOf(written: string | null): Pick<Package, 'version' | 'constraint'> {
  if (written === null) return { version: null, constraint: null };
  const isExact = /^[\w.+-]+$/.test(written) && !/\+$|^latest\.|^(?:LATEST|RELEASE)$/.test(written);
  return isExact ? { version: written, constraint: null } : { version: null, constraint: written };
}
