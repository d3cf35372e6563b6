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

/** Beyond these, comparing costs more than it tells: what was there and what is there are shown one after the other. */
const PARAGRAPHS = 2_000;
const CHARACTERS = 40_000;
const EDITS = 2_000;

/** The changes from one text to another. Line breaks and blanks within a paragraph are no change. */
export function compare(before: string, after: string): readonly Stretch[] {
  const [old, young] = [paragraphs(before), paragraphs(after)];
  const isSame = (a: string, b: string): boolean => bare(a) === bare(b);
  const runs = diffArrays([...old], [...young], { comparator: isSame, maxEditLength: PARAGRAPHS });
  if (!runs) return [{ kind: 'changed', words: replaced(old, young) }];
  const stretches: Stretch[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index];
    if (!run) continue;
    const next = runs[index + 1];
    if (!run.added && !run.removed) stretches.push({ kind: 'same', paragraphs: run.value });
    else if (run.removed && next?.added) {
      stretches.push({ kind: 'changed', words: words(run.value, next.value) });
      index += 1;
    } else stretches.push({ kind: 'changed', words: run.added ? replaced([], run.value) : replaced(run.value, []) });
  }
  return stretches;
}

/** Whether two versions say the same in the same words. */
export function isSameText(before: string, after: string): boolean {
  return compare(before, after).every(({ kind }) => kind === 'same');
}

function paragraphs(text: string): readonly string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ''))
    .filter((paragraph) => paragraph !== '');
}

function bare(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function words(old: readonly string[], young: readonly string[]): readonly Word[] {
  const [before, after] = [old.join('\n\n'), young.join('\n\n')];
  if (before.length + after.length > CHARACTERS) return replaced(old, young);
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
