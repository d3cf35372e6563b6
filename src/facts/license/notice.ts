/** The NOTICE file at the root, and whom it names. */
import { known, map, unknown, type Answer } from '../answer.ts';
import { COMMUNITY, kindOf } from '../community-names.ts';
import type { Ask, Question } from '../fact.ts';
import { listing, type Placed } from '../files.ts';
import { follow } from '../symlinks.ts';
import { text } from '../text.ts';
import { copyrightsIn, unfilledIn, type NoticeLine } from './attribution.ts';

export type { NoticeLine } from './attribution.ts';

export interface Notice {
  readonly path: string;
  readonly oid: string;
  /** Lines that say who holds the copyright. */
  readonly copyrights: readonly NoticeLine[];
  /** Their fields that nobody filled in. */
  readonly unfilled: readonly NoticeLine[];
}

/** The notice of the repository; null: there is none. Unknown where it is a link that leads to no file. */
export function notice(side: 'head' | 'base'): Question<Notice | null> {
  return {
    key: `notice:${side}`,
    permissions: ['contents'],
    answer: async (_, ask) => {
      const entry = await noticeEntry(side, ask);
      if (!entry.known || entry.value === null) return entry.known ? known(null) : entry;
      const { name: path, tree, oid } = entry.value;
      if (entry.value.kind !== 'file') return unknown(`${path} is a link that leads out of the repository, or nowhere`);
      const written = await ask(text(tree, oid));
      return map(written, (all) => ({ path, oid, copyrights: copyrightsIn(all), unfilled: unfilledIn(all) }));
    },
  };
}

/** The file of the notice under its name at the root, through links; still a link where they lead to no file; null: there is none. */
export async function noticeEntry(side: 'head' | 'base', ask: Ask): Promise<Answer<Placed | null>> {
  const root = await ask(listing(side, '', COMMUNITY));
  if (!root.known) return root;
  const isNotice = ({ name, kind }: Placed): boolean => (kind === 'file' || kind === 'symlink') && kindOf('notice').isNamed(name);
  const entry = root.value?.find(isNotice);
  return entry ? targetOf(side, entry, ask) : known(null);
}

/** What a file or link at the root holds, under the name that it has there. */
export async function targetOf(side: 'head' | 'base', entry: Placed, ask: Ask): Promise<Answer<Placed>> {
  const end = await follow(side, entry.name, entry, ask);
  return map(end, (target) => (target?.entry.kind === 'file' ? { ...target.entry, name: entry.name } : entry));
}
