/** Lists read to the end, or not at all: a part of a list must never look like the whole. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { PageShape } from './shapes.ts';

/** Longer lists are reported as unknown rather than read for ever. */
const MOST_PAGES = 100;

export interface Listing<T> {
  /** What is listed, as people call it: "commits". */
  readonly what: string;
  readonly first: PageShape<T>;
  readonly next: (after: string) => Promise<Answer<PageShape<T>>>;
  /** Names an item; two items of one name mean that the pages did not fit together. */
  readonly key: (item: T) => string;
}

/** Every item of a paged list, after checking that the pages agree with each other and with the total. */
export async function readAll<T>({ what, first, next, key }: Listing<T>): Promise<Answer<readonly T[]>> {
  const total = first.totalCount;
  const items = new Map<string, T>();
  const cursors = new Set<string>();
  const most = Math.min(Math.ceil(total / 100) + 1, MOST_PAGES);
  let page = first;
  for (let read = 1; ; read += 1) {
    const doubt = add(items, page, total, key);
    if (doubt !== null) return unknown(`GitHub's list of ${what} ${doubt}`);
    if (!page.pageInfo.hasNextPage) break;
    const cursor = page.pageInfo.endCursor;
    if (cursor === null || cursors.has(cursor)) return unknown(`GitHub's list of ${what} does not advance`);
    if (read >= most) return unknown(`GitHub's list of ${what} is longer than ${total.toLocaleString('en')} or too long to read`);
    cursors.add(cursor);
    const answer = await next(cursor);
    if (!answer.known) return answer;
    page = answer.value;
  }
  if (items.size !== total) return unknown(`GitHub lists ${items.size} of ${total} ${what}`);
  return known([...items.values()]);
}

function add<T>(items: Map<string, T>, page: PageShape<T>, total: number, key: (item: T) => string): string | null {
  if (page.totalCount !== total) return 'changed while it was read';
  for (const item of page.nodes ?? []) {
    if (item === null) return 'has gaps';
    if (items.has(key(item))) return 'repeats itself';
    items.set(key(item), item);
  }
  return null;
}
