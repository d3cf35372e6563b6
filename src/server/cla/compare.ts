/** What changed between two versions of an agreement, for people: paragraphs that stayed, words that came and went. */
import { diffArrays, diffWords } from 'diff';

/** `same` stretches are whole paragraphs; a `changed` one tells its words apart. */
export type Stretch =
  | { readonly kind: 'same'; readonly paragraphs: readonly string[] }
  | { readonly kind: 'changed'; readonly words: readonly Word[] };

export interface Word {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/**
 * Beyond these, comparing costs more than it tells: what was there and what is there are shown one after the other.
 * Characters are those of all changed stretches together.
 */
const PARAGRAPHS = 1_000;
const CHARACTERS = 40_000;
const EDITS = 1_000;

/** The changes from one text to another. Line breaks and blanks within a paragraph are no change. */
export function compare(before: string, after: string): readonly Stretch[] {
  const [old, young] = [paragraphs(before), paragraphs(after)];
  const runs = diffArrays(old.map(bare), young.map(bare), { maxEditLength: PARAGRAPHS });
  if (!runs) return [{ kind: 'changed', words: replaced(old, young) }];
  const stretches: Stretch[] = [];
  let [from, to] = [0, 0];
  let gone: readonly string[] = [];
  let left = CHARACTERS;
  for (const { count, added, removed } of [...runs, { count: 0, added: false, removed: false }]) {
    const taken = removed ? old.slice(from, from + count) : young.slice(to, to + count);
    if (!added) from += count;
    if (!removed) to += count;
    if (removed) gone = taken;
    else {
      const come = added ? taken : [];
      if (added || gone.length > 0) stretches.push({ kind: 'changed', words: words(gone, come, left) });
      left -= lengthOf(gone) + lengthOf(come);
      if (!added && count > 0) stretches.push({ kind: 'same', paragraphs: taken });
      gone = [];
    }
  }
  return stretches;
}

function paragraphs(text: string): readonly string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)
    .map((paragraph) => paragraph.replace(/^\n+/, '').trimEnd())
    .filter((paragraph) => paragraph !== '');
}

function bare(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function lengthOf(paragraphs: readonly string[]): number {
  return paragraphs.reduce((sum, { length }) => sum + length, 0);
}

function words(old: readonly string[], young: readonly string[], most: number): readonly Word[] {
  if (old.length === 0 || young.length === 0) return replaced(old, young);
  const [before, after] = [old.join('\n\n'), young.join('\n\n')];
  if (lengthOf(old) + lengthOf(young) > most) return replaced(old, young);
  const changes = diffWords(before, after, { maxEditLength: EDITS });
  if (!changes) return replaced(old, young);
  return changes.map(({ value, added, removed }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value }));
}

function replaced(old: readonly string[], young: readonly string[]): readonly Word[] {
  const whole: readonly Word[] = [
    { kind: 'removed', text: old.join('\n\n') },
    { kind: 'added', text: young.join('\n\n') },
  ];
  return whole.filter(({ text }) => text !== '');
}
