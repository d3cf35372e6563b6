/** What a policy says of licenses: which are allowed, which somebody has to look at, and which are not allowed. */
import { z } from 'zod';
import { readEntry, readLicenseEntry } from './entry.ts';
import { CATEGORIES } from './shipped.ts';
import { categorized, categoryOf, type Overrides } from './categories.ts';

/** The lists, of all works or of some. */
export interface Lists {
  /** Empty: whatever is identified is allowed, unless another list names it. */
  readonly allow: readonly string[];
  readonly review: readonly string[];
  readonly deny: readonly string[];
}

export interface Terms extends Lists {
  readonly categories: Overrides;
  /** A license with an exception is allowed only by an entry with that exception. */
  readonly exactExceptions: boolean;
}

/** What a repository is for. */
export const KINDS = ['code', 'documentation', 'specification', 'data'] as const;
export type Kind = (typeof KINDS)[number];

/** How a repository uses what it did not write. */
export const USAGES = ['linked', 'copied', 'development'] as const;
export type Usage = (typeof USAGES)[number];

type Instead = { readonly [list in keyof Lists]?: readonly string[] | undefined };
export type Kinds = Readonly<Partial<Record<Kind, Instead>>>;
export type Usages = Readonly<Partial<Record<Usage, Instead>>>;

const entry = z.string().superRefine((text, context) => {
  const read = readEntry(text);
  if (read.known) return;
  const wanted =
    'Expected an SPDX license id, such as Apache-2.0, a LicenseRef-, a category, such as category:permissive, or NONE';
  context.addIssue({ code: 'custom', message: `${wanted}; ${read.reason}.`, params: next(read.reason) });
});
const entries = z.array(entry).max(200);
const licenses = z
  .array(
    z.string().superRefine((text, context) => {
      const read = readLicenseEntry(text);
      if (read.known) return;
      const message = `Expected an SPDX license id, such as Apache-2.0, or a LicenseRef-; ${read.reason}.`;
      context.addIssue({ code: 'custom', message, params: next(read.reason) });
    }),
  )
  .max(200);

/** Where all ids are, for an entry whose reason does not say what was meant. */
function next(reason: string): { readonly hint?: string } {
  const isToldAlready = /did you mean|: write |an entry of its own|there are /.test(reason);
  return isToldAlready
    ? {}
    : { hint: 'The ids are listed at https://spdx.org/licenses; what is not there is named LicenseRef-….' };
}

const instead = z.strictObject({ allow: entries.optional(), review: entries.optional(), deny: entries.optional() });

/** Options of every rule that judges licenses: spread into the shape of its own. */
export const termsShape = {
  allow: entries
    .default([])
    .describe(
      'Licenses that are allowed: SPDX ids, alone or WITH an exception, LicenseRef- names, categories such as category:permissive, or NONE for what has no license. When the list is empty, every license of the SPDX list is, unless it is denied or to be reviewed.',
    )
    .meta({ tighten: 'intersection' }),
  // One more entry would let pass with a look what an allow list denies, so a lower layer cannot add any.
  review: entries
    .default([])
    .describe(
      'Licenses that somebody has to look at, written as in `allow`. They are not denied, and not allowed without a word.',
    )
    .meta({ tighten: 'fixed' }),
  deny: entries
    .default([])
    .describe('Licenses that are not allowed, written as in `allow`. What stands here and in another list is denied.')
    .meta({ tighten: 'union' }),
  categories: z
    .partialRecord(z.enum(CATEGORIES), licenses)
    .default({})
    .describe(
      `Licenses by category, where the policy sees them otherwise than Steward. The categories are ${CATEGORIES.join(', ')}.`,
    )
    .meta({ tighten: 'fixed' }),
  exactExceptions: z
    .boolean()
    .default(false)
    .describe(
      'An exception, as in "GPL-2.0-only WITH Classpath-exception-2.0", adds permission, so an entry without it allows the license with it. When true, only an entry with the same exception does.',
    )
    .meta({ tighten: 'only-true' }),
} as const;

/** Options of a rule that asks other licenses of other kinds of work. */
export const kindsShape = {
  kind: z.enum(KINDS).default('code').describe('What the repository is for.').meta({ tighten: 'fixed' }),
  kinds: z
    .partialRecord(z.enum(KINDS), instead)
    .default({})
    .describe(
      'Other lists for some kinds of repository: `allow`, `review` and `deny`. A list that a kind has replaces the general one.',
    )
    .meta({ tighten: 'fixed' }),
} as const;

/** Options of a rule that asks other licenses of what is used in other ways. */
export const usagesShape = {
  usages: z
    .partialRecord(z.enum(USAGES), instead)
    .default({})
    .describe(
      'Other lists for some usages. linked: the program contains or loads it. copied: its source is part of the repository. development: only for building, testing and documenting. A list that a usage has replaces the general one.',
    )
    .meta({ tighten: 'fixed' }),
} as const;

/**
 * Whether an entry names what an empty `allow` leaves out: what has no license, what is on no list, and licenses whose category
 * nobody knows, which a denied category may hold. A lower layer that writes the first list must not bring these in.
 */
export function isLeftOutByEmpty(written: string): boolean {
  const read = readEntry(written);
  if (!read.known) return false;
  switch (read.value.kind) {
    case 'none':
      return true;
    case 'category':
      return read.value.category === 'uncategorized';
    case 'license':
      return categoryOf(read.value.license, SHIPPED_ONLY) === 'uncategorized';
  }
}

const SHIPPED_ONLY = categorized({});

/** The terms for a kind of repository. */
export function termsFor<T extends Terms & { readonly kinds: Kinds }>(options: T, kind: Kind): T {
  return withLists(options, options.kinds[kind]);
}

/** The terms for what is used in a way. */
export function termsForUsage<T extends Terms & { readonly usages: Usages }>(options: T, usage: Usage): T {
  return withLists(options, options.usages[usage]);
}

function withLists<T extends Terms>(options: T, lists: Instead = {}): T {
  const { allow = options.allow, review = options.review, deny = options.deny } = lists;
  return { ...options, allow, review, deny };
}
