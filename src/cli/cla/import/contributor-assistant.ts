/** The file in which contributor-assistant ("CLA Assistant Lite") keeps signatures: the only one with numeric ids. */
import { z } from 'zod';
import { jsonOf, listIn, readItems } from './json.ts';
import type { Parsed } from './row.ts';
import { timeOf, WANTED_TIME } from './time.ts';

const shape = z.looseObject({
  name: z.string(),
  id: z.int().positive(),
  comment_id: z.int().positive().nullish(),
  created_at: z.string(),
});

/** Reads `{"signedContributors": […]}`. */
export function contributorAssistant(text: string): Parsed {
  const value = jsonOf(text);
  const inner = (value as { readonly signedContributors?: unknown } | null)?.signedContributors ?? value;
  return readItems(
    listIn(inner, '{"signedContributors": […]}'),
    shape,
    ({ name, id, comment_id: commentId, created_at: time }) => {
      const at = timeOf(time);
      if (at === null) return { found: `"${time}" under created_at`, wanted: WANTED_TIME };
      return { kind: 'signature', login: name, accountId: id, at, revokedAt: null, ...(commentId ? { commentId } : {}) };
    },
  );
}
