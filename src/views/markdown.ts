/** Renders marked sentences as GitHub Markdown in which foreign text can do nothing but be read. */
import { visible, type Part, type Words } from '../facts/words.ts';
import { cut } from './fit.ts';

/** Where a sentence stands: a table cell has one more way out, the pipe. */
export interface Place {
  readonly inTable?: boolean;
}

/** Foreign parts longer than this are cut: nobody reads them, and they would crowd out what matters. */
export const LONGEST_PART = 200;
const LONGEST_COMMAND = 2_000;
const LONGEST_URL = 2_000;

/** A zero-width space: it parts the characters by which GitHub knows a mention, a reference or an address. */
const GAP = '\u200b';

/** A sentence as Markdown. Plain strings are Steward's own words and stay as they are. */
export function markdown(sentence: Words, place: Place = {}): string {
  return sentence.map((part) => partMarkdown(part, place)).join('');
}

function partMarkdown(part: Part, place: Place): string {
  if (typeof part === 'string') return part;
  if ('code' in part) return codeSpan(part.code, place);
  if ('quote' in part) return quoted(part.quote);
  const url = safeUrl(part.link);
  return url === null ? quoted(part.label) : `[${quoted(part.label)}](${destination(url)})`;
}

/** Foreign text on one line, free of every character that Markdown, HTML or GitHub would act upon. */
export function quoted(text: string, longest = LONGEST_PART): string {
  const line = oneLine(text, longest).trim();
  if (line === '') return '(empty)';
  return parted(line)
    .replace(/[\\`*_[\]|~$#]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^[-+=:]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** Foreign text as a code span that it cannot close. */
export function codeSpan(text: string, place: Place = {}): string {
  const line = oneLine(text, LONGEST_PART);
  if (line.trim() === '') return '(empty)';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${pad}${place.inTable ? inCell(line) : line}${pad}${fence}`;
}

/** A cell ends at a pipe even within code. It is escaped, and parted from a backslash before it that would undo that. */
function inCell(line: string): string {
  return line.replace(/\\(?=\|)/g, `\\${GAP}`).replace(/\|/g, '\\|');
}

/** Commands as a block to copy from, one a line. A command too long to show whole is left out: half a command is a trap. */
export function codeBlock(commands: readonly string[], language = 'sh'): string {
  const lines = commands
    .flatMap((command) => command.split(/\r?\n/))
    .map((line) => (line.length > LONGEST_COMMAND ? '# (a command too long to show here)' : shown(line)));
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [fence + language, ...lines, fence].join('\n');
}

/** The URL in normal form when it is plain http(s) without a user name; else null. */
export function safeUrl(text: string): string | null {
  if (text.length > LONGEST_URL || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url.href : null;
}

/** A link of Steward's own words; the words alone when the URL is not http(s). */
export function ownLink(label: string, text: string | null): string {
  const url = text === null ? null : safeUrl(text);
  return url === null ? label : `[${label}](${destination(url)})`;
}

function destination(url: string): string {
  return url
    .replace(/[()<>[\]|`\\"'* ]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/&/g, '&amp;');
}

function oneLine(text: string, longest: number): string {
  return cut(shown(text.slice(0, longest * 4)), longest);
}

/** As `visible`, and also without invisible letters that could hide or reorder text. */
function shown(text: string): string {
  return visible(text.toWellFormed()).replace(
    /[\u00ad\u061c\u115f\u1160\u180e\u3164\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Parts mentions, references, commit ids, addresses, links and emoji names with zero-width spaces: they survive escaping. */
function parted(line: string): string {
  return line
    .replace(/ {2,}/g, ' ')
    .replace(/[@#$]/g, `$&${GAP}`)
    .replace(/:(?=\S)/g, `:${GAP}`)
    .replace(/(www)\./gi, `$1${GAP}.`)
    .replace(/([a-z])-(?=\d)/gi, `$1-${GAP}`)
    .replace(/\b(GHSA)-/gi, `$1-${GAP}`)
    .replace(/[0-9a-f]{7,}/gi, (run) => run.replace(/.{6}(?=.)/g, `$&${GAP}`));
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
