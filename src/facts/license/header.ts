/** What the beginning of a file says about its license, its holder and itself. */
import { known, unknown, type Answer } from '../answer.ts';
import { printExpression, readExpression } from '../spdx/expression.ts';
import { leavesOf } from '../spdx/walk.ts';
import { tags } from './claims.ts';
import { isCopyrightLine } from './copyright-line.ts';
import type { Detection } from './detection.ts';

/** One place where the license of a file is said. */
export interface Statement {
  readonly by: 'tag' | 'notice' | 'sidecar' | 'reuse';
  /** The file that says it. */
  readonly path: string;
  /** Null: that is not told. */
  readonly line: number | null;
  readonly written: string;
  /** What it can mean, as SPDX writes it; none: it is no license of SPDX, or one whose words were changed. */
  readonly may: readonly string[];
}

/** Headers stand at the beginning; what follows is not looked at. */
export const LONGEST_START = 8 * 1024;
const LONGEST_LINE = 400;

/** Tags that speak of the whole file. */
export function tagsIn(start: string, path: string, by: 'tag' | 'sidecar'): readonly Statement[] {
  return tags(start)
    .filter(({ isOfSnippet }) => !isOfSnippet)
    .map(({ written, span }) => ({ by, path, line: span.line, written, may: readings(written) }));
}

/** A written expression, as SPDX writes it; none where it is none, or where no license is named. */
export function readings(written: string): readonly string[] {
  const read = readExpression(written);
  if (!read.known || leavesOf(read.value).some(({ kind }) => kind !== 'license')) return [];
  return [printExpression(read.value)];
}

/** A text or the standard header of one; none: nothing of the kind stands there. Unknown where it cannot be told which. */
export function noticeIn(found: Detection, path: string): Answer<readonly Statement[]> {
  const matches = found.matches.filter(({ kind }) => kind === 'text' || kind === 'header');
  const [first] = matches;
  if (!first) return known([]);
  const isAltered = matches.some(({ modified }) => modified !== null);
  const ids = matches.length === 1 ? first.ids : [];
  const may = isAltered ? [] : [...new Set([...(found.expression === null ? [] : [found.expression]), ...ids])];
  if (!isAltered && may.length === 0) return unknown(found.reason ?? 'it speaks of several licenses');
  return known([{ by: 'notice', path, line: first.span.line, written: may[0] ?? first.expression, may }]);
}

/** Whether a line says who holds the copyright, in words or by SPDX's tag. */
export function hasCopyrightLine(start: string): boolean {
  return start.split(/\r\n|\r|\n/).some((line) => {
    const short = line.slice(0, LONGEST_LINE);
    return /SPDX-FileCopyrightText[ \t]*:[ \t]*[^\s*]/i.test(short) || isCopyrightLine(short);
  });
}

/** Whether the first line has to stay where it is: it says how the file is read. */
export function keepsFirstLine(start: string): boolean {
  return /^(?:#!|<\?|%YAML|.{0,80}-\*-|.{0,40}coding[:=])/.test(start);
}
