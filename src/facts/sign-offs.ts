/** Reads the sign-offs of a commit message, in one of three modes. */
import type { Person } from './source.ts';
import { linesOf, onlyTrailer, trailers, type Trailer } from './trailers.ts';

export interface SignOff extends Person {
  /** Line of the message, counting from 1. */
  readonly line: number;
}

/** How sign-offs are read: see the options of the rule `dco`. */
export interface Reading {
  readonly trailers: 'git' | 'strict' | 'compat';
  readonly tolerateSpacing: boolean;
}

/** A line that looks like a sign-off, wherever it stands. */
export interface Lookalike {
  readonly line: number;
  /** What stands before it on its line: blanks, a quotation mark. */
  readonly before: string;
  /** Null: it names nobody in the form NAME <ADDRESS>. */
  readonly person: Person | null;
}

const AS_GIT: Reading = { trailers: 'git', tolerateSpacing: true };
const TOKEN = 'signed-off-by';
/** Most messages can be put aside at a glance. */
const MENTIONED = /signed-off-by/i;

/**
 * The sign-offs of a message, in order. Two tolerances that git does not have: a message that is nothing but one
 * sign-off counts, and blanks around name and address do not matter unless `tolerateSpacing` is off. Text after the
 * address is allowed, as in git. `compat` has none of that.
 */
export function signOffs(message: string, { trailers: mode, tolerateSpacing }: Reading = AS_GIT): readonly SignOff[] {
  if (mode === 'compat') return MENTIONED.test(message) ? linesOf(message).flatMap(signOffOfApps) : [];
  return signOffTrailers(message, mode === 'strict').flatMap(({ value, line }) => {
    const person = personIn(value);
    return person && (tolerateSpacing || isPlainlySpaced(value, person)) ? [{ ...person, line }] : [];
  });
}

/** The trailers called Signed-off-by, whatever they say. */
export function signOffTrailers(message: string, isStrict = false): readonly Trailer[] {
  if (!MENTIONED.test(message)) return [];
  const only = onlyTrailer(message);
  const all = [...trailers(message, { isStrict }), ...(only ? [only] : [])];
  return all.filter(({ token }) => token.toLowerCase() === TOKEN);
}

/** Lines that look like a sign-off anywhere in the message, for telling people why one does not count. */
export function lookalikes(message: string): readonly Lookalike[] {
  if (!MENTIONED.test(message)) return [];
  return linesOf(message).flatMap((text, index) => {
    const [all, before = ''] = /^([ \t>*#-]*)signed-off-by[ \t]*:/i.exec(text) ?? [];
    return all === undefined ? [] : [{ line: index + 1, before, person: personIn(text.slice(all.length)) }];
  });
}

/** `NAME <ADDRESS>`, with blanks around them, and any text after. */
function personIn(value: string): Person | null {
  const open = value.indexOf('<');
  const close = value.indexOf('>', open);
  if (open < 0 || close < 0) return null;
  return { name: value.slice(0, open).trim(), email: value.slice(open + 1, close).trim() };
}

function isPlainlySpaced(value: string, { name, email }: Person): boolean {
  return value.startsWith(`${name} <${email}>`);
}

/** `Signed-off-by: NAME <ADDRESS>` as both DCO Apps read it: the whole line, in any case, with these blanks and no others. */
function signOffOfApps(text: string, index: number): readonly SignOff[] {
  const line = text.trimEnd();
  const start = TOKEN.length + 2;
  if (line.slice(0, start).toLowerCase() !== `${TOKEN}: ` || !line.endsWith('>')) return [];
  const open = line.lastIndexOf(' <');
  return open < start ? [] : [{ name: line.slice(start, open), email: line.slice(open + 2, -1), line: index + 1 }];
}
