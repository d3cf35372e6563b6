/** The NOTICE file at the root, and whom it names. */
import { known } from '../answer.ts';
import { COMMUNITY, kindOf } from '../community-names.ts';
import type { Question } from '../fact.ts';
import { listing } from '../files.ts';
import { contribution } from '../commits.ts';
import { text } from '../text.ts';

export interface CopyrightLine {
  /** As written, without marks and blanks around it. */
  readonly text: string;
  readonly line: number;
}

export interface Notice {
  readonly path: string;
  readonly oid: string;
  /** Lines that say who holds the copyright. */
  readonly copyrights: readonly CopyrightLine[];
}

/** More lines than this are a list of other people's works. */
const MOST = 100;
const LONGEST = 300;

/** The notice of the repository; null: there is none. */
export function notice(side: 'head' | 'base'): Question<Notice | null> {
  return {
    key: `notice:${side}`,
    permissions: ['contents'],
    answer: async (_, ask) => {
      const root = await ask(listing(side, '', COMMUNITY));
      if (!root.known) return root;
      const entry = root.value?.find(({ name, kind }) => kind === 'file' && kindOf('notice').isNamed(name));
      if (!entry) return known(null);
      const written = await ask(text(entry.tree, entry.oid));
      return written.known ? known({ path: entry.name, oid: entry.oid, copyrights: copyrightsIn(written.value) }) : written;
    },
  };
}

/** The notice before a contribution; null: there was none, or the repository is judged for itself. */
export function noticeBefore(side: 'head' | 'base'): Question<Notice | null> {
  return {
    key: `notice-before:${side}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (_, ask) => {
      const proposed = await ask(contribution());
      return side === 'head' && proposed.known ? ask(notice('base')) : known(null);
    },
  };
}

function copyrightsIn(written: string): readonly CopyrightLine[] {
  return written
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ text: line.slice(0, LONGEST).replace(/^[\s#*>-]+|\s+$/g, ''), line: index + 1 }))
    .filter(({ text }) => /copyright|©|\(c\)\s*\d{4}/i.test(text) && /[\p{L}\p{N}]{2}/u.test(text.replace(/copyright/gi, '')))
    .slice(0, MOST);
}
