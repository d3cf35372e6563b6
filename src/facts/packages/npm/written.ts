/** Parts of what npm's files write: names with versions, exact versions, encoded text. */

const EXACT = /^[=v]{0,2} ?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/;

/** The name and the rest of `name@rest`; the rest is null when there is none. */
export function splitAt(written: string): { readonly name: string; readonly rest: string | null } {
  const at = written.indexOf('@', 1);
  return at < 0 ? { name: written, rest: null } : { name: written.slice(0, at), rest: written.slice(at + 1) };
}

/** The exact version that a range allows; null: it allows several. */
export function exactVersion(range: string): string | null {
  return EXACT.exec(range.trim())?.[1] ?? null;
}

/** `decodeURIComponent`, which throws on what is not encoded by its rules. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
