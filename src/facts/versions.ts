/** Versions of agreements: `1`, `1.2` or `1.2.3`. */

/** The first number, which changes when people have to sign again; -1 for what is no version. */
export function majorOf(version: string): number {
  const [, major] = /^(\d{1,6})(?:\.\d{1,6}){0,2}$/.exec(version) ?? [];
  return major === undefined ? -1 : Number(major);
}

/** Orders versions by their numbers: 1.10 comes after 1.9, and 1 is 1.0.0. */
export function byVersion(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Orders the versions of an agreement by when they were last in force; of those seen at once the highest is last. */
export function bySeen(a: Seen, b: Seen): number {
  return Date.parse(a.seen ?? a.at) - Date.parse(b.seen ?? b.at) || byVersion(a.version, b.version);
}

interface Seen {
  readonly version: string;
  readonly at: string;
  readonly seen?: string;
}

function numbers(version: string): readonly [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number(part) || 0);
  return [major, minor, patch];
}
