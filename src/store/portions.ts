/** Long lists in statements: a database takes only so many parameters at once. */

/** How many values one statement is given. */
const PORTION = 500;

/** The list in pieces that one statement can take. */
export function portions<T>(values: readonly T[], size = PORTION): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}
