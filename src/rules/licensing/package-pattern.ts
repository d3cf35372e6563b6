/** Package URLs of a policy, with `*` for any characters; matched without ever going back. */

/** A package URL whose type is written out: `pkg:npm/@acme/*`, `pkg:cargo/serde@1.*`, `pkg:npm/x?vcs_url=git+https://github.com/acme/*`. */
export const PACKAGE_PATTERN = /^pkg:[a-z0-9.+-]{1,40}\/[^\s?#]{1,300}(?:\?[^\s?#]{1,600})?$/;

/**
 * Whether a pattern names a package; one without a version names every version. What says where a package comes from has to
 * be named too, since anybody can call a repository or an archive as a package of the public registry is called. Subpaths do not matter.
 */
export function isPackageNamed(pattern: string, packageUrl: string): boolean {
  const [wanted, found] = [partsOf(pattern), partsOf(packageUrl.split('#', 1)[0] ?? '')];
  if (!isMatch(wanted.name, found.name) || !isOriginNamed(wanted.qualifiers, found.qualifiers)) return false;
  return wanted.version === null || (found.version !== null && isMatch(wanted.version, found.version));
}

/** Qualifiers that say where a package comes from (purl specification, "known qualifiers"). */
const ORIGINS: readonly string[] = ['vcs_url', 'download_url', 'repository_url'];

type Qualifiers = ReadonlyMap<string, string>;

function isOriginNamed(wanted: Qualifiers, found: Qualifiers): boolean {
  const isMet = [...wanted].every(([name, pattern]) => isMatch(pattern, found.get(name) ?? ''));
  return isMet && ORIGINS.every((name) => !found.has(name) || wanted.has(name));
}

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
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).toLowerCase(), decoded(pair.slice(pair.indexOf('=') + 1))] as const),
  );
}

/** The name and the version; `@` starts a version unless it starts a name, as a scope of npm does. */
function namedBy(packageUrl: string): Omit<Parts, 'qualifiers'> {
  const at = packageUrl.lastIndexOf('@');
  const isVersion = at > packageUrl.lastIndexOf('/') + 1;
  const name = decoded(isVersion ? packageUrl.slice(0, at) : packageUrl);
  return { name, version: isVersion ? decoded(packageUrl.slice(at + 1)) : null };
}

/** Percent signs that start no code are what they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Each piece between stars as early as it can be, the last one at the end. */
function isMatch(pattern: string, text: string): boolean {
  const [first = '', ...pieces] = pattern.split('*');
  const last = pieces.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from + last.length <= text.length;
}
