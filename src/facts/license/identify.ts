/** Says which license a text is, when its terms are word for word those of a license of the SPDX list. */
import { createHash } from 'node:crypto';
import { normalize } from './normalize.ts';
import texts from './texts.json' with { type: 'json' };

const INDEX: ReadonlyMap<string, string> = new Map(Object.entries(texts));

/** Every id that has a text in the table. */
export const IDENTIFIABLE: ReadonlySet<string> = new Set([...INDEX.values()].flatMap((ids) => ids.split(' ')));

/**
 * The SPDX ids that the text can stand for; none when it is not identified. There are several only where SPDX gives one
 * text to several ids: the text of GPL-3.0 is that of `GPL-3.0-only` and of `GPL-3.0-or-later`, and never decides.
 */
export function identify(text: string): readonly string[] {
  const words = normalize(text);
  return words === null ? [] : (INDEX.get(fingerprint(words))?.split(' ') ?? []);
}

/** Half of a SHA-256: short enough for a table, and nobody can write a text for a given one. */
export function fingerprint(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 32);
}
