/** Words that several keys of a policy file are made of: days, names, and patterns of repository names. */
import { z } from 'zod';
import { LONGEST_GLOB } from '../facts/license/glob.ts';
import { globOf } from './where.ts';

/** A day that exists: YYYY-MM-DD. */
export const day = z.iso.date({ error: 'Expected a day that exists, as YYYY-MM-DD.' });

/** A name that other parts of the policy use: of a group, a pilot, a stage. */
export const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'Expected small letters, digits and hyphens.');

/** A pattern of repository names without the owner. */
export const repositoryGlob = z
  .string()
  .max(LONGEST_GLOB)
  .superRefine((pattern, context) => {
    const glob = globOf(pattern);
    if (glob.known) return;
    const name = pattern.slice(pattern.lastIndexOf('/') + 1);
    const hint = pattern.includes('/') && name !== '' ? `Write "${name}".` : 'Write a name such as "website" or "cardano-*".';
    context.addIssue({ code: 'custom', message: `It is no pattern of repository names: ${glob.reason}.`, params: { hint } });
  });

/** One line of plain text. */
export const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u, 'Expected one line of plain text.');
