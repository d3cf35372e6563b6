/**
 * Phrases that are looked for at a word. A phrase is written in words with blanks between them: `a|b` is either word, `a?` may be
 * missing, `*3` stands for up to three words of any kind.
 */
import type { Word } from './words.ts';

interface Step {
  readonly words: ReadonlySet<string>;
  readonly optional: boolean;
  /** More than 0: any words, up to so many. */
  readonly gap: number;
}

export interface Found<T> {
  readonly value: T;
  /** Index behind the last word. */
  readonly end: number;
}

/** Says which phrase begins at a word, the longest first; null: none. */
export type Phrases<T> = (words: readonly Word[], at: number) => Found<T> | null;

/** Never reads more words than the phrases are long, wherever they are looked for. Gaps end as late as they can, or as early. */
export function phrases<T>(table: Iterable<readonly [phrase: string, value: T]>, gaps: 'late' | 'early' = 'late'): Phrases<T> {
  // Not before the first word: most license files have no words but those of the license.
  let byFirst: ByFirst<T> | null = null;
  return (words, at) => {
    byFirst ??= indexed(table);
    let best: Found<T> | null = null;
    for (const [steps, value] of byFirst.get(words[at]?.word ?? '') ?? []) {
      const end = endOf(steps, words, at + 1, gaps);
      if (end !== null && end > (best?.end ?? 0)) best = { value, end };
    }
    return best;
  };
}

type ByFirst<T> = ReadonlyMap<string, readonly (readonly [steps: readonly Step[], value: T])[]>;

function indexed<T>(table: Iterable<readonly [phrase: string, value: T]>): ByFirst<T> {
  const byFirst = new Map<string, (readonly [steps: readonly Step[], value: T])[]>();
  for (const [phrase, value] of table) {
    const steps = phrase.split(' ').map(step);
    const needed = steps.findIndex(({ optional }) => !optional);
    for (const [index, { words }] of steps.slice(0, needed + 1).entries())
      for (const word of words) byFirst.set(word, [...(byFirst.get(word) ?? []), [steps.slice(index + 1), value]]);
  }
  return byFirst;
}

function step(text: string): Step {
  if (text.startsWith('*')) return { words: new Set(), optional: true, gap: Number(text.slice(1)) };
  const optional = text.endsWith('?');
  return { words: new Set((optional ? text.slice(0, -1) : text).split('|')), optional, gap: 0 };
}

/** Where the phrase can end, at the latest or at the earliest. */
function endOf(steps: readonly Step[], words: readonly Word[], at: number, gaps: 'late' | 'early'): number | null {
  let places: readonly number[] = [at];
  for (const { words: wanted, optional, gap } of steps) {
    const next: number[] = [];
    const add = (place: number): void => {
      if (!next.includes(place)) next.push(place);
    };
    for (const place of places) {
      for (let skip = 0; skip <= gap && optional; skip += 1) add(place + skip);
      if (gap === 0 && wanted.has(words[place]?.word ?? '')) add(place + 1);
    }
    if (next.length === 0) return null;
    places = next;
  }
  const end = gaps === 'late' ? Math.max(...places) : Math.min(...places);
  return end <= words.length ? end : null;
}
