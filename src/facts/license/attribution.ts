/** Whom a text names: copyright lines and credits, and whether a later text still names them. */
import { isCopyrightLine } from './copyright-line.ts';

export interface NoticeLine {
  /** As written, without marks and blanks around it. */
  readonly text: string;
  readonly line: number;
}

/** More than these are a list of other people's works. */
const MOST = 100;
const MOST_LINES = 20_000;
const LONGEST = 300;

/** Lines that say who holds the copyright, as a NOTICE writes them. */
export function copyrightsIn(written: string): readonly NoticeLine[] {
  return linesOf(written)
    .filter(isNaming)
    .slice(0, MOST)
    .map(({ text, line }) => ({ text, line }));
}

/** Some licenses name their authors in their own text. */
const AUTHORS_OF_LICENSES = /free software foundation|sam hocevar/i;

/** Copyright lines beside the terms of a license, but for those of the text itself. */
export function holdersIn(license: string): readonly NoticeLine[] {
  return copyrightsIn(license).filter(({ text }) => isCopyrightLine(text) && !AUTHORS_OF_LICENSES.test(text));
}

const FIELD = /\b(?:YEAR|YYYY|HOLDER)\b/;
const FIELD_IN_BRACKETS =
  /[[{<]\s?(?:yyyy|year|name|owner|holder|full ?name|author|organi[sz]ation|company|project)\b[\w ,']{0,40}[\]}>]/i;

/** The fields of copyright lines that nobody filled in, such as `[yyyy]`; none in a text that explains how to fill them in. */
export function unfilledIn(written: string): readonly NoticeLine[] {
  if (/identifying information/i.test(written)) return [];
  return copyrightsIn(written).flatMap(({ text, line }) => {
    const field = fieldIn(text);
    return field === null ? [] : [{ text: field, line }];
  });
}

function fieldIn(text: string): string | null {
  return (FIELD_IN_BRACKETS.exec(text) ?? FIELD.exec(text))?.[0] ?? null;
}

const CREDIT =
  /\b(?:by|from|includes?|contains?|derived|derivative|based on|portions?|thanks|courtesy|adapted|ported|contribut\w{1,8}|trademarks?|products? of|part of)\b/i;
/** A capital letter inside a sentence, or an address. */
const NAME = /[^\s.!?]\s+["“(]?\p{Lu}|https?:|\w@\w/u;
/** License notices are no credits: what they say is said by the license file. */
const TERMS =
  /^(?:licensed |unless required by|you may|you can |distributed under|see the licen|the licen|permission is |redistribution and |the above copyright|in no event|this (?:\w{1,20} ){1,3}(?:is|are) (?:free software|licensed|distributed|provided|made available under))/i;

/** Paragraphs that credit somebody or a product; section 4(d) of Apache-2.0 protects them as it does copyright lines. */
export function creditsIn(written: string): readonly NoticeLine[] {
  return paragraphsOf(written)
    .filter(({ text }) => CREDIT.test(text) && NAME.test(text) && !TERMS.test(text))
    .slice(0, MOST);
}

function paragraphsOf(written: string): readonly NoticeLine[] {
  const found: { text: string; line: number }[] = [];
  let open: { text: string; line: number } | null = null;
  for (const one of linesOf(written)) {
    if (one.text === '' || isNaming(one)) open = null;
    else if (open === null || one.isItem) found.push((open = { text: one.text, line: one.line }));
    else if (open.text.length < LONGEST) open.text = `${open.text} ${one.text}`.slice(0, LONGEST);
  }
  return found;
}

interface Line extends NoticeLine {
  readonly isItem: boolean;
}

function linesOf(written: string): readonly Line[] {
  return written.split(/\r\n|\r|\n/, MOST_LINES).map((whole, index) => {
    const part = whole.slice(0, LONGEST);
    return { text: part.replace(/^[\s#*>=_/-]+/, '').trim(), line: index + 1, isItem: /^\s*[*-]\s/.test(part) };
  });
}

function isNaming({ text }: NoticeLine): boolean {
  return /copyright|©|\(c\)\s*\d{4}/i.test(text) && /[\p{L}\p{N}]{2}/u.test(text.replace(/copyright/gi, ''));
}

/** Whether one of the texts, each as `wordsOf` has it, still names whom a line names, in whatever layout and year. */
export function isStillNamed(text: string, later: readonly string[]): boolean {
  const name = wordsOf(text);
  if (name.trim() === '' || fieldIn(text) !== null) return true;
  const isThere = (words: string): boolean => later.some((one) => one.includes(words));
  // Two holders on one line may get a line each.
  const parts = nameIn(text)
    .split(/[,;&]|\band\b/i)
    .map(wordsOf);
  return isThere(name) || parts.every(isThere);
}

/** The words of a text between blanks, but for what only says that it is a copyright line, since when, and where to write to. */
export function wordsOf(text: string): string {
  const words = withoutMarks(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return ` ${words.trim()} `;
}

/** Whom a copyright line names, as it is written. */
export function nameIn(line: string): string {
  const name = withoutMarks(line).replace(/\s+/g, ' ').trim();
  return name.replace(/^(?:[\s,;:–-]|\.\s)+(?:by )?/i, '').replace(/[\s,;:–-]+$/, '');
}

function withoutMarks(text: string): string {
  return text
    .replace(/https?:\S+|(?<!\S)[^\s@]{1,100}@\S+/g, ' ')
    .replace(/\ball rights reserved\b|\bcopyright\b|\(c\)|©|\bpresent\b|\b\d{4}\b/gi, ' ');
}
