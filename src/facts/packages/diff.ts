/** What a contribution adds to the packages of a repository, or changes of them. */
import type { Origin, Package } from './package.ts';

/** A package with the file that names it, where that is told. */
type Found = Package & { readonly path?: string };

/**
 * The packages of `head` that `base` does not have in the same version, range and place, and those that `base` has for development
 * alone and `head` does not; in the order of `head`. What is named several times is one: at run time if one of them is, direct if one of them is.
 */
export function added<P extends Found>(head: readonly P[], base: readonly Package[]): readonly P[] {
  return merged(head.filter(isNewTo(base)));
}

/** Tells of a package whether `base` does not have it, or not for what it is used for now. */
export function isNewTo(base: readonly Package[]): (found: Package) => boolean {
  const before = new Set(base.map(identity));
  const atRunTime = new Set(base.filter(({ usage }) => usage === 'runtime').map(identity));
  return (found) => !(found.usage === 'development' ? before : atRunTime).has(identity(found));
}

/** Each package once, in the order of their first mention. */
export function merged<P extends Found>(packages: readonly P[]): readonly P[] {
  const byIdentity = new Map<string, P>();
  for (const found of packages) {
    const key = identity(found);
    const other = byIdentity.get(key);
    byIdentity.set(key, other ? both(other, found) : found);
  }
  return [...byIdentity.values()];
}

/** Where a package is named, and what for, makes it no other. */
function identity({ ecosystem, name, version, constraint, origin }: Package): string {
  return [ecosystem, name, version ?? '', constraint ?? '', place(origin)].join(SEPARATOR);
}

/** What no name holds: a reader refuses a text with it. */
const SEPARATOR = '\0';

function place(origin: Origin): string {
  switch (origin.kind) {
    case 'registry':
      return `registry${SEPARATOR}${origin.registry ?? ''}`;
    case 'repository':
      return ['repository', origin.url, origin.ref ?? '', origin.path ?? ''].join(SEPARATOR);
    case 'archive':
      return `archive${SEPARATOR}${origin.url}`;
    case 'own':
      return 'own';
  }
}

/** The line is that of the direct one, which a person wrote or can change. */
function both<P extends Found>(one: P, other: P): P {
  return {
    ...one,
    usage: one.usage === 'runtime' ? 'runtime' : other.usage,
    isDirect: one.isDirect === true || other.isDirect === true ? true : (one.isDirect ?? other.isDirect),
    license: licenseOf(one, other),
    line: one.isDirect !== true && other.isDirect === true ? other.line : (one.line ?? other.line),
  };
}

/** What one file states holds for no other: else a small file beside could state any license for what another one pins. */
function licenseOf(one: Found, other: Found): string | null {
  if (one.license === other.license) return one.license;
  return one.path === other.path ? (one.license ?? other.license) : null;
}
