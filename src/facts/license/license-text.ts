/** What a license file says, small enough to be kept and told. */
import { tags } from './claims.ts';
import type { Detection, Match, WordEdit } from './detection.ts';

export interface LicenseText {
  /** SPDX expression; null: altered, several that cannot be told apart, or none. */
  readonly expression: string | null;
  /** Every expression that the text can stand for. Several only where SPDX gives one text to several ids. */
  readonly may: readonly string[];
  readonly altered: readonly Altered[];
  /** Why there is no expression, completing "… is not known: ". */
  readonly reason: string | null;
  /** It says that a license applies, or names one, and the text of none stands there. */
  readonly isOnlyNamed?: true;
  /** The license that is named where nothing is sure. */
  readonly named?: string;
  /** SPDX expression of an altered text that gives itself a `LicenseRef-` name, with what else stands there. */
  readonly ownName?: string;
}

/** A license whose words were changed. */
export interface Altered {
  readonly license: string;
  /** The first of them. */
  readonly edits: readonly Edit[];
  readonly count: number;
}

export interface Edit extends Pick<WordEdit, 'removed' | 'added'> {
  readonly line: number;
}

/** So many edits show what happened; a rewritten license has hundreds. */
const MOST_EDITS = 5;
/** Characters of one edit: a removed clause is recognized by its beginning. */
const LONGEST_EDIT = 160;
const NOTHING = 'it speaks of no license that Steward knows';
/** Under a `LicenseRef-` name stands a text of one's own; fewer words are none. */
export const FEWEST_WORDS = 20;
/** So many lines are the head of a text: a tag there speaks of all of it. */
const HEAD_LINES = 5;
/** Longer lines are no head. */
const LONGEST_HEAD = 4096;

/** What was detected in a text as it is written; without the text, a `LicenseRef-` name counts as no more than a name. */
export function licenseText({ expression, matches, reason }: Detection, written = ''): LicenseText {
  const ownName = ownNameIn(matches, written);
  const named = expression === null ? matches[0]?.expression : undefined;
  return {
    expression,
    may: expression === null ? [] : [...new Set([expression, ...readings(expression, matches)])],
    altered: matches.flatMap(alteredOf),
    reason: expression === null ? (reason ?? NOTHING) : null,
    ...(expression !== null && !holdsText(matches, written) && { isOnlyNamed: true }),
    ...(named !== undefined && { named }),
    ...(ownName !== null && { ownName }),
  };
}

function holdsText(matches: readonly Match[], written: string): boolean {
  if (matches.some(({ kind }) => kind === 'text')) return true;
  return matches.some(isOwnName) && wordsBeside(matches, written) >= FEWEST_WORDS;
}

function isOwnName({ kind, expression }: Match): boolean {
  return kind === 'tag' && expression.startsWith('LicenseRef-');
}

/** How many words of a text say nothing about known licenses. */
function wordsBeside(matches: readonly Match[], written: string): number {
  let end = 0;
  const beside = matches.map(({ span }) => {
    const part = written.slice(end, Math.max(end, span.start));
    end = Math.max(end, span.end);
    return part;
  });
  return `${beside.join(' ')} ${written.slice(end)}`.match(/\p{L}{2,}/gu)?.length ?? 0;
}

/** Null: nothing was altered, or the text gives itself no name of its own, or several. */
function ownNameIn(matches: readonly Match[], written: string): string | null {
  const found = matches.filter(({ kind }) => kind === 'tag').map(({ expression }) => expression);
  const names = new Set([...found, ...namesAtHead(written)]);
  const [name] = names;
  if (name === undefined || names.size > 1 || !name.startsWith('LicenseRef-')) return null;
  if (matches.every(({ modified }) => modified === null)) return null;
  const others = matches.filter(({ kind, modified }) => modified === null && (kind === 'text' || kind === 'header'));
  return [...new Set([name, ...others.map(({ expression }) => expression)])].join(' AND ');
}

/** What the first lines name. A license can be taken to begin above them, and then no match tells of them. */
function namesAtHead(written: string): readonly string[] {
  return tags(written.slice(0, LONGEST_HEAD))
    .filter(({ span, isOfSnippet }) => span.line <= HEAD_LINES && !isOfSnippet)
    .flatMap(({ licenses }) => licenses);
}

/** The expression once more for each other id that its texts can stand for. */
function readings(expression: string, matches: readonly Match[]): readonly string[] {
  const several = matches.filter(({ ids }) => ids.length > 1);
  const most = Math.max(0, ...several.map(({ ids }) => ids.length));
  return Array.from({ length: most }, (_, index) =>
    several.reduce((text, { expression: first, ids }) => text.replaceAll(first, ids[index] ?? first), expression),
  );
}

function alteredOf({ expression: license, modified }: Match): readonly Altered[] {
  if (modified === null) return [];
  const edits = modified.slice(0, MOST_EDITS).map(({ removed, added, span }) => ({
    removed: cut(removed),
    added: cut(added),
    line: span.line,
  }));
  return [{ license, edits, count: modified.length }];
}

function cut(words: string): string {
  return words.length > LONGEST_EDIT ? `${words.slice(0, LONGEST_EDIT - 1)}…` : words;
}
