/** The words and marks of a license expression, each with where it stands. */
import { known, unknown, type Answer } from '../answer.ts';

export interface Token {
  /** `word`: an id, or what should be one. */
  readonly kind: 'word' | 'and' | 'or' | 'with' | '(' | ')';
  readonly text: string;
  /** Counted from 1, as people do. */
  readonly at: number;
}

/** Cargo wrote `MIT/Apache-2.0` before it took up SPDX: either one, which binds as loosely as OR. */
const MARKS: ReadonlyMap<string, Token['kind']> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['with', 'with'],
  ['/', 'or'],
  ['(', '('],
  [')', ')'],
]);

const LONGEST_SHOWN = 40;

/** Reads in one pass; unknown when there is a character that no expression has. */
export function tokensOf(text: string): Answer<readonly Token[]> {
  const tokens: Token[] = [];
  const next = /\s+|[()/]|[A-Za-z0-9_.:+-]+/y;
  while (next.lastIndex < text.length) {
    const at = next.lastIndex + 1;
    const found = next.exec(text)?.[0];
    if (found === undefined) return unknown(`${characterAt(text, at)} at character ${at} is not part of an SPDX expression`);
    if (found.trim() !== '') tokens.push({ kind: MARKS.get(found.toLowerCase()) ?? 'word', text: found, at });
  }
  return known(tokens);
}

/** A token in a sentence. */
export function shown({ text, at }: Token): string {
  const short = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return `${short} at character ${at}`;
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at - 1) ?? 0);
}
