/** JSON as the store keeps it: as text, read back as what was put in. */
import { createHash } from 'node:crypto';

/** Text for a column. Also for foreign text: PostgreSQL refuses a zero character, JSON writes it as an escape. */
export function pack(value: unknown): string {
  return JSON.stringify(value);
}

/** What `pack` was given. The caller names the type: only this room writes these columns. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a typed read of a column that only `pack` fills
export function unpack<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** A digest that is equal for equal values, whatever the order of their keys. */
export function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(value)))
    .digest('hex');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // Pairs, not an object: a key named `__proto__` stays a key, and numeric keys stay in order.
  return entries.map(([name, inner]) => [name, ordered(inner)]);
}
