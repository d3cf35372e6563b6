/** Words for problems: the nearest known word, and how a found value is called. */
import { visible } from '../facts/words.ts';
import type { Problem } from './policy.ts';

/** More problems than this in one file are not listed. */
export const MAX_PROBLEMS = 50;

const MAX_WORD = 64;
const MAX_SHOWN = 60;
const MAX_LISTED = 24;

/** One line for a terminal or a log: `FILE:LINE:COLUMN PATH: MESSAGE HINT`. */
export function problemText(problem: Problem): string {
  const place = `${visible(problem.source)}:${problem.line}:${problem.column}`;
  const path = problem.path === '' ? '' : ` ${visible(problem.path)}`;
  const hint = problem.hint === null ? '' : ` ${visible(problem.hint)}`;
  return `${place}${path}: ${visible(problem.message)}${hint}`;
}

/** Problems in the order of the text, at most `MAX_PROBLEMS`; the last one then says that there are more. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const last = sorted[MAX_PROBLEMS - 1];
  if (sorted.length <= MAX_PROBLEMS || !last) return sorted;
  const more: Problem = {
    ...last,
    path: '',
    message: 'There are more problems from here on.',
    hint: 'Mend the ones above first.',
  };
  return [...sorted.slice(0, MAX_PROBLEMS - 1), more];
}

/** The known word that was probably meant; null when none is near. Case, `-` and `_` count for nothing. */
export function nearest(word: string, known: Iterable<string>): string | null {
  if (word.length > MAX_WORD) return null;
  const wanted = bare(word);
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const plain = bare(candidate);
    const far = distance(wanted, plain);
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, plain.length) / 3));
    const isNear = far <= limit || isBeginning(wanted, plain);
    if (isNear && far < (best?.distance ?? Infinity)) best = { word: candidate, distance: far };
  }
  return best?.word ?? null;
}

/** `Did you mean "…"?`, or null. */
export function didYouMean(word: string, known: Iterable<string>): string | null {
  const meant = nearest(word, known);
  return meant === null ? null : `Did you mean "${meant}"?`;
}

/** What stands in a file, in words: text in quotes and cut, everything else by its kind. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the value ${String(value)}`;
  return Array.isArray(value) ? 'a list' : 'a group of keys';
}

/** Foreign text in quotes, on one line and cut to a readable length. */
export function quoted(text: string): string {
  const characters = Array.from(text.slice(0, 2 * MAX_SHOWN));
  const isCut = characters.length > MAX_SHOWN;
  return `"${visible(characters.slice(0, MAX_SHOWN).join(''))}${isCut ? '…' : ''}"`;
}

/** Words with commas between them; a long list is cut. */
export function listed(words: Iterable<unknown>): string {
  const all = [...words].map(String);
  return all.length <= MAX_LISTED ? all.join(', ') : `${all.slice(0, MAX_LISTED).join(', ')}, …`;
}

/** Keys and indexes as people write them: `rules.license-file.allow[0]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${visible(String(key).slice(0, 100))}`,
    )
    .join('');
}

/** One word is the beginning of the other, and long enough to mean it. */
function isBeginning(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= 3 && (one.startsWith(other) || other.startsWith(one));
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

/** Damerau-Levenshtein distance (optimal string alignment): a swap of neighbors counts as one slip. */
function distance(a: string, b: string): number {
  let twoAbove: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? at(twoAbove, j - 2) + 1 : Infinity;
      row.push(Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + change, swap));
    }
    [twoAbove, above] = [above, row];
  }
  return at(above, b.length);
}
