/** Words for a value of the wrong kind in another tool's file. */
import type { z } from 'zod';
import type { Flaw, Positions } from '../../policy/positions.ts';
import { found } from '../../policy/problem.ts';

/** The message of a schema: what was wanted, such as `a list of texts`, and what was found. */
export function expected(what: string): { readonly error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => `Expected ${what}, found ${found(input)}.` };
}

/** What a schema found, each at its value, or at the key around it where something is missing. */
export function flawsOf(error: z.ZodError | undefined, positions: Positions): readonly Flaw[] {
  return (error?.issues ?? []).map(({ path, message }) => {
    const place = message.endsWith('found nothing.') ? positions.key(path) : positions.value(path);
    return { ...place, path, message, hint: null };
  });
}
