declare module 'spdx-satisfies' {
  /** Whether an SPDX expression is satisfied by one of the allowed licenses. Throws on what it cannot parse. */
  export default function satisfies(expression: string, allowed: readonly string[]): boolean;
}
