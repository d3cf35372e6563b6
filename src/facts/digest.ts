/** Names for values: equal values have equal digests. */
import { createHash } from 'node:crypto';

/** Names options, whatever the order of their keys. */
export function digestOf(options: Readonly<Record<string, unknown>>): string {
  const ordered = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex').slice(0, 32);
}

/** Names options together with what else decides. */
export function termsName(options: string, terms: unknown): string {
  return digestOf({ options, terms });
}

/** SHA-256 of a text in UTF-8, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
