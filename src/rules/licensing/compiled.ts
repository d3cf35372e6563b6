/** The lists of a policy, prepared so that a license meets only the entries that may name it. */
import type { License } from '../../facts/spdx/expression.ts';
import { categorized, type Categorized } from './categories.ts';
import { readEntry } from './entry.ts';
import type { Category } from './shipped.ts';
import type { Lists, Terms } from './terms.ts';
import { isOrLater, stemOf } from './versions.ts';

/** From what is decided by it first. */
export const LISTS = ['deny', 'review', 'allow'] as const satisfies readonly (keyof Lists)[];
export type List = (typeof LISTS)[number];

export interface LicenseEntry {
  readonly written: string;
  readonly license: License;
}

export interface CompiledList {
  /** Entries of one version, by their id in lower case. */
  readonly byId: ReadonlyMap<string, readonly LicenseEntry[]>;
  /** Entries of a version or later, by what ids of their family begin with. */
  readonly orLater: ReadonlyMap<string, readonly LicenseEntry[]>;
  /** Entries as they are written. */
  readonly byCategory: ReadonlyMap<Category, string>;
  /** The entry `NONE`; null: it does not stand there. */
  readonly none: string | null;
}

export interface Compiled {
  readonly lists: Readonly<Record<List, CompiledList>>;
  readonly categories: Categorized;
  readonly exactExceptions: boolean;
  /** An empty list allows what is identified. */
  readonly isOpen: boolean;
}

const made = new WeakMap<Terms, Compiled>();

/** Made once for the same terms. Entries that cannot be read, which the schema refuses, name nothing. */
export function compiled(terms: Terms): Compiled {
  const before = made.get(terms);
  if (before !== undefined) return before;
  const fresh = {
    lists: { deny: compiledList(terms.deny), review: compiledList(terms.review), allow: compiledList(terms.allow) },
    categories: categorized(terms.categories),
    exactExceptions: terms.exactExceptions,
    isOpen: terms.allow.length === 0,
  };
  made.set(terms, fresh);
  return fresh;
}

function compiledList(list: readonly string[]): CompiledList {
  const entries = list.flatMap((written) => {
    const read = readEntry(written);
    return read.known ? [{ written, entry: read.value }] : [];
  });
  const licenses = entries.flatMap(({ written, entry }) =>
    entry.kind === 'license' ? [{ written, license: entry.license }] : [],
  );
  return {
    byId: Map.groupBy(
      licenses.filter(({ license }) => !isOrLater(license)),
      ({ license }) => license.id.toLowerCase(),
    ),
    orLater: Map.groupBy(
      licenses.filter(({ license }) => isOrLater(license)),
      ({ license }) => stemOf(license.id),
    ),
    byCategory: new Map(
      entries.flatMap(({ written, entry }) => (entry.kind === 'category' ? [[entry.category, written] as const] : [])),
    ),
    none: entries.find(({ entry }) => entry.kind === 'none')?.written ?? null,
  };
}
