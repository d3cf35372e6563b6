/** What the lists of a policy say about licenses without effect, for whoever keeps it. */
import type { Remark } from '../rule.ts';
import { compiled, LISTS, type Compiled, type List } from './compiled.ts';
import { decide } from './decide.ts';
import { readEntry } from './entry.ts';
import type { Terms } from './terms.ts';

interface Instead {
  readonly list: List;
  readonly entry: string;
}

/** Entries that another list overrules: what is denied is not allowed, whichever list it stands in as well. */
export function termsRemarks(terms: Terms): readonly Remark[] {
  const prepared = compiled(terms);
  const lists: readonly List[] = ['allow', 'review'];
  return lists.flatMap((list) =>
    terms[list].flatMap((written) => {
      const instead = overruling(written, list, prepared);
      return instead === null ? [] : [remark(written, list, instead)];
    }),
  );
}

function overruling(written: string, list: List, terms: Compiled): Instead | null {
  const read = readEntry(written);
  if (!read.known) return null;
  const stronger = LISTS.slice(0, LISTS.indexOf(list));
  if (read.value.kind === 'license') {
    const { standing, entry } = decide(read.value.license, terms);
    const found = stronger.find((one) => one === standing);
    return found === undefined || entry === null ? null : { list: found, entry };
  }
  for (const one of stronger) {
    const { none, byCategory } = terms.lists[one];
    const entry = read.value.kind === 'none' ? none : (byCategory.get(read.value.category) ?? null);
    if (entry !== null) return { list: one, entry };
  }
  return null;
}

function remark(written: string, list: List, instead: Instead): Remark {
  return {
    option: list,
    message: `${JSON.stringify(written)} has no effect here: ${instead.list} names it too, by ${JSON.stringify(instead.entry)}.`,
    hint: `Remove it from one of the two lists. To allow one license of a category that is denied, put it into another category by "categories".`,
  };
}
