/** SPDX tags in comments of any style: `SPDX-License-Identifier: MIT`. */
import { canonicalException, canonicalId, nameOf } from '../../spdx/ids.ts';
import type { Span } from '../detection.ts';
import { ends } from './words.ts';

export interface Tag {
  /** What stands behind the colon, without the end of the comment. */
  readonly written: string;
  /** In SPDX's own spelling, deprecated ids replaced; null: no SPDX expression. */
  readonly expression: string | null;
  /** Its licenses, each perhaps with an exception; without `NONE` and `NOASSERTION`. */
  readonly licenses: readonly string[];
  /** Whether it stands between `SPDX-SnippetBegin` and `SPDX-SnippetEnd`, and so speaks of a part of the file. */
  readonly isOfSnippet: boolean;
  readonly span: Span;
}

/** What is none of a file's own business; https://reuse.software/spec-3.3/#ignore-blocks */
const MARKS = /SPDX-License-Identifier[ \t]*:|SPDX-Snippet(?:Begin|End)|REUSE-Ignore(?:Start|End)/gi;
/** Longer expressions are no tags. */
const LONGEST = 1024;

/** Every tag that stands at the beginning of its line, comment leaders apart, in the order of the text. */
export function tags(text: string): readonly Tag[] {
  const found: Tag[] = [];
  let inSnippet = false;
  let isIgnored = false;
  let line = 1;
  let counted = 0;
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    line += ends(text, counted, index);
    counted = index;
    const kind = mark.toLowerCase();
    if (kind.startsWith('reuse')) isIgnored = kind.endsWith('start');
    else if (kind.startsWith('spdx-snippet')) inSnippet = kind.endsWith('begin');
    else if (!isIgnored && leads(text, index)) found.push(...tag(text, index, mark.length, line, inSnippet));
  }
  return found;
}

/** Only the signs of a comment stand before it, or a copyright line; no code and no quotation does. */
function leads(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at);
  const lead = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  if (/[`"']/.test(lead)) return lead.trim() === '"""' || lead.trim() === "'''" || lead.trim() === "'" || lead.trim() === '"';
  return !/[\p{L}\p{N}]/u.test(lead.replace(/^\s*(?:dnl|rem|@c|@comment|c|!)\b/i, '')) || /^\W*(?:copyright|\(c\)|©)/i.test(lead);
}

function tag(text: string, start: number, length: number, line: number, isOfSnippet: boolean): readonly Tag[] {
  const rest = /^[^\r\n]*/.exec(text.slice(start + length, start + length + LONGEST))?.[0] ?? '';
  const tokens = expressionIn(rest);
  const written = tokens
    .map(({ token }) => token)
    .join(' ')
    .replaceAll('( ', '(')
    .replaceAll(' )', ')');
  if (written === '') return [];
  const last = tokens.at(-1);
  const span = { start, end: start + length + (last ? last.at + last.token.length : 0), line };
  return [{ written, ...read(tokens.map(({ token }) => token)), isOfSnippet, span }];
}

interface Token {
  readonly token: string;
  readonly at: number;
}

/** The tokens of the expression: what follows a license without an operator is no part of it. */
function expressionIn(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/[()]|[A-Za-z0-9][A-Za-z0-9.:+-]*|[^\s]/g)) {
    const isOperator = /^(?:and|or|with)$/i.test(token);
    const afterOperand = tokens.length > 0 && !/^(?:and|or|with|\()$/i.test(tokens.at(-1)?.token ?? '');
    if (token === ')' ? !afterOperand || depth === 0 : isOperator ? !afterOperand : afterOperand || !/^[A-Za-z0-9(]/.test(token))
      break;
    // The end of a comment in letters does not exist; dashes and dots at the end of an id are one.
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    tokens.push({ token: token.replace(/[-.:]+$/, ''), at: index });
  }
  while (/^(?:and|or|with|\()$/i.test(tokens.at(-1)?.token ?? '')) tokens.pop();
  return tokens;
}

function read(tokens: readonly string[]): Pick<Tag, 'expression' | 'licenses'> {
  const nothing = { expression: null, licenses: [] };
  const parts: string[] = [];
  const licenses: string[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    if (token === '(' || token === ')') parts.push(token);
    else if (/^(?:and|or|with)$/i.test(token)) parts.push(token.toUpperCase());
    else if (parts.at(-1) === 'WITH') {
      const exception = exceptionOf(token);
      const license = licenses.at(-1);
      if (exception === null || license === undefined || tokens[index - 2] === ')') return nothing;
      licenses[licenses.length - 1] = `${license} WITH ${exception}`;
      parts.push(exception);
    } else {
      const license = licenseOf(token);
      if (license === null) return nothing;
      parts.push(license);
      if (license !== 'NONE' && license !== 'NOASSERTION') licenses.push(license);
    }
  }
  return depth === 0
    ? { expression: parts.join(' ').replaceAll('( ', '(').replaceAll(' )', ')'), licenses: [...new Set(licenses)] }
    : nothing;
}

function licenseOf(token: string): string | null {
  const upper = token.toUpperCase();
  if (upper === 'NONE' || upper === 'NOASSERTION') return upper;
  if (/^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/.test(token)) return token;
  const named = nameOf(token);
  if (named) return named.exception === null ? named.id : `${named.id} WITH ${named.exception}`;
  const base = token.endsWith('+') ? canonicalId(token.slice(0, -1)) : null;
  return base === null ? null : `${base}+`;
}

function exceptionOf(token: string): string | null {
  return /^AdditionRef-[A-Za-z0-9.-]+$/.test(token) ? token : canonicalException(token);
}
