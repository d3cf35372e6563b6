/** What to write, where, in files that lack a header. */
import type { Header } from '../../facts/license/headers.ts';
import { code, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import { shellQuoted } from '../shell.ts';
import { commented } from './comments.ts';
import type { Options } from './options.ts';

type Step = Pick<Finding, 'fix' | 'commands' | 'create'>;

/** Stands for a license that Steward cannot guess. */
const SOME_ID = 'SPDX-ID';
/** Whose name and year Steward cannot know. */
export const COPYRIGHT = 'SPDX-FileCopyrightText: YEAR HOLDER';

/** The smallest step to a header that counts; `license`: the one to name, null where nobody told. */
export function headerStep(path: string, header: Header, license: string | null, { styles, text, copyright }: Options): Step {
  const tag = `SPDX-License-Identifier: ${license ?? SOME_ID}`;
  const needsHolder = copyright && !header.hasCopyright;
  const lines = needsHolder ? [COPYRIGHT, tag] : [tag];
  const isOpen = license === null ? words` Put the id of its license in the place of ${code(SOME_ID)}.` : [];
  if (styles.includes('tag')) {
    const fix = words`${linesToAdd(path, lines, header.keepsFirstLine)}${isOpen}`;
    return license === null || needsHolder ? { fix } : { fix, ...commands(path, tag, header.keepsFirstLine) };
  }
  if (styles.includes('text') && text !== null) return { fix: words`Begin the file with the header ${code(firstOf(text))}` };
  if (styles.includes('reuse')) {
    const create = `${path}.license`;
    return { fix: words`Add ${code(create)} with ${listed(lines)}.${isOpen}`, create };
  }
  return { fix: words`Begin the file with the standard header of ${code(license ?? 'its license')}.` };
}

/** Where lines of comment belong, in the comments of the file's kind. */
export function linesToAdd(path: string, lines: readonly string[], keepsFirstLine: boolean): Words {
  const written = lines.map((line) => commented(path, line));
  if (written.some((line) => line === null)) return words`Begin the file with a comment that holds ${listed(lines)}.`;
  const all = listed(written.flatMap((line) => line ?? []));
  return keepsFirstLine ? words`Add ${all} below the first line.` : words`Begin the file with ${all}.`;
}

function listed(lines: readonly string[]): Words {
  const [first = '', second] = lines;
  return second === undefined ? words`the line ${code(first)}` : words`the lines ${code(first)} and ${code(second)}`;
}

/** The first line of a text, so that everybody knows which one is meant. */
function firstOf(text: string): string {
  const line = text.split(/\r\n|\r|\n/, 1)[0] ?? '';
  return line.length > 100 || line.length < text.length ? `${line.slice(0, 100)}…` : line;
}

/** Perl takes bars and angles in the names of files for commands, so only plain names are written into one. */
function commands(path: string, tag: string, keepsFirstLine: boolean): Pick<Step, 'commands'> {
  const line = commented(path, tag);
  const isPlain = /^[\w./@+=-]+$/.test(path) && line !== null && /^[\w .:+()<>!*/#;%-]+$/.test(line);
  if (!isPlain) return {};
  const program = keepsFirstLine ? `$_ .= "${line}\\n" if $. == 1` : `print "${line}\\n" if $. == 1`;
  return { commands: [`perl -i -pe '${program}' -- ${shellQuoted(path)}`] };
}
