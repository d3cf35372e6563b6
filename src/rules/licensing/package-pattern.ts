/** Package URLs of a policy, with `*` for any characters; matched without ever going back. */
import { isChap } from '../../facts/packages/haskell/chap.ts';

/** A package URL whose type is written out: `pkg:npm/@acme/*`, `pkg:cargo/serde@1.*`, `pkg:npm/x?vcs_url=git+https://github.com/acme/*`. */
export const PACKAGE_PATTERN = /^pkg:[a-z0-9.+-]{1,40}\/[^\s?#]{1,300}(?:\?[^\s?#]{1,600})?$/;

/**
 * Whether a pattern names a package; one without a version names every version. What says where a package comes from has to
 * be named too, since anybody can call a repository or an archive as a package of a public registry is called. Subpaths do not matter.
 */
export function isPackageNamed(pattern: string, packageUrl: string): boolean {
  const [wanted, found] = [partsOf(pattern), partsOf(packageUrl.split('#', 1)[0] ?? '')];
  if (!isMatch(wanted.name, decoded(found.name)) || !isOriginNamed(wanted.qualifiers, found)) return false;
  return wanted.version === null || (found.version !== null && isMatch(wanted.version, decoded(found.version)));
}

/**
 * The pattern that names one package, as short as it can be: with its origin only where that is no public registry, and a star
 * that a name brings as `%2A`. Null: it is longer than a pattern may be.
 */
export function patternFor(packageUrl: string): string | null {
  const [whole = ''] = packageUrl.split('#', 1);
  const { qualifiers } = partsOf(whole);
  const [bare = ''] = whole.split('?', 1);
  const isElsewhere = ORIGINS.some((origin) => qualifiers.has(origin) && !isPublic(origin, qualifiers, bare));
  const pattern = (isElsewhere ? whole : bare).replaceAll('*', '%2A');
  return PACKAGE_PATTERN.test(pattern) ? pattern : null;
}

/** Qualifiers that say where a package comes from (purl specification, "known qualifiers"). */
const ORIGINS: readonly string[] = ['vcs_url', 'download_url', 'repository_url'];

/** By name; values as they are written. */
type Qualifiers = ReadonlyMap<string, string>;

function isOriginNamed(wanted: Qualifiers, { name, qualifiers }: Parts): boolean {
  const isMet = [...wanted].every(([key, pattern]) => isMatch(pattern, decoded(qualifiers.get(key) ?? '')));
  return isMet && ORIGINS.every((origin) => !qualifiers.has(origin) || wanted.has(origin) || isPublic(origin, qualifiers, name));
}

/** Hackage and CHaP are one for those who build on Cardano: what stands in CHaP was looked at by those who keep it. */
function isPublic(origin: string, qualifiers: Qualifiers, name: string): boolean {
  return origin === 'repository_url' && name.startsWith('pkg:hackage/') && isChap(decoded(qualifiers.get(origin) ?? ''));
}

/** Of a package URL, each as it is written. */
interface Parts {
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers: Qualifiers;
}

function partsOf(written: string): Parts {
  const start = written.indexOf('?');
  const [packageUrl, rest] = start < 0 ? [written, ''] : [written.slice(0, start), written.slice(start + 1)];
  return { ...namedBy(packageUrl), qualifiers: qualifiersOf(rest) };
}

function qualifiersOf(written: string): Qualifiers {
  const pairs = written.split('&').filter((pair) => pair.includes('='));
  return new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).toLowerCase(), pair.slice(pair.indexOf('=') + 1)] as const),
  );
}

/** The name and the version; `@` starts a version unless it starts a name, as a scope of npm does. */
function namedBy(packageUrl: string): Omit<Parts, 'qualifiers'> {
  const at = packageUrl.lastIndexOf('@');
  const isVersion = at > packageUrl.lastIndexOf('/') + 1;
  const name = isVersion ? packageUrl.slice(0, at) : packageUrl;
  return { name, version: isVersion ? packageUrl.slice(at + 1) : null };
}

/** Percent signs that start no code are what they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Each piece between stars as early as it can be, the last one at the end. A star written as `%2A` is one of the name. */
function isMatch(pattern: string, text: string): boolean {
  const [first = '', ...pieces] = pattern.split('*').map(decoded);
  const last = pieces.pop();
  if (last === undefined) return first === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from + last.length <= text.length;
}
