/** Which repositories documents treat alike, so that their policy is resolved once for all of them. */
import type { Occasion } from './managed.ts';
import type { Document } from './parse.ts';

/** A name that is equal for all occasions for which these documents make the same policy. */
export function alike(documents: readonly Document[], { isFirst }: Occasion): string {
  return documents.length === 0 ? '' : String(isFirst);
}
