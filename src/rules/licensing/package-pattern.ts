/** Package URLs of a policy, with `*` for any characters; matched without ever going back. */

/** A package URL whose type is written out: `pkg:npm/@acme/*`, `pkg:cargo/serde@1.*`. */
export const PACKAGE_PATTERN = /^pkg:[a-z0-9.+-]{1,40}\/[^\s?#]{1,300}$/;

/** Whether a pattern names a package; one without a version names every version. Qualifiers and subpaths do not matter. */
export function isPackageNamed(pattern: string, packageUrl: string): boolean {
  const [wanted, found] = [partsOf(pattern), partsOf(packageUrl.split(/[?#]/, 1)[0] ?? '')];
  if (!isMatch(wanted.name, found.name)) return false;
  return wanted.version === null || (found.version !== null && isMatch(wanted.version, found.version));
}

/** The name and the version; `@` starts a version unless it starts a name, as a scope of npm does. */
function partsOf(packageUrl: string): { readonly name: string; readonly version: string | null } {
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
