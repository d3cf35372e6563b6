/** Versions of agreements: `1`, `1.2` or `1.2.3`. */

/** The first number, which changes when people have to sign again; -1 for what is no version. */
export function majorOf(version: string): number {
  const [, major] = /^(\d{1,6})(?:\.\d{1,6}){0,2}$/.exec(version) ?? [];
  return major === undefined ? -1 : Number(major);
}
