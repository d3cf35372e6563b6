/** What a license file says, small enough to be kept and told. */
import type { Detection, Match, WordEdit } from './detection.ts';

export interface LicenseText {
  /** SPDX expression; null: altered, several that cannot be told apart, or none. */
  readonly expression: string | null;
  /** Every expression that the text can stand for. Several only where SPDX gives one text to several ids. */
  readonly may: readonly string[];
  readonly altered: readonly Altered[];
  /** Why there is no expression, completing "… is not known: ". */
  readonly reason: string | null;
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

export function licenseText({ expression, matches, reason }: Detection): LicenseText {
  return {
    expression,
    may: expression === null ? [] : [...new Set([expression, ...readings(expression, matches)])],
    altered: matches.flatMap(alteredOf),
    reason: expression === null ? (reason ?? NOTHING) : null,
  };
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
