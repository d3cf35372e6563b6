/** `steward license`: what files say about their license. */
import { map } from '../facts/answer.ts';
import { decode } from '../facts/license/decode.ts';
import { NOTHING_FOUND, type Detection, type Detector, type WordEdit } from '../facts/license/detection.ts';
import { visible } from '../facts/words.ts';
import { licenseDetector } from '../server/license-detector.ts';
import { EXIT, type Console } from './console.ts';
import { filesAt, type Found } from './license-paths.ts';
import { progressOn } from './progress.ts';

export interface LicenseOptions {
  readonly format: 'text' | 'json';
  readonly all: boolean;
}

/** Prints what each file says. The code is 1 when a license was altered, or a named file is not known. */
export async function license(paths: readonly string[], options: LicenseOptions, console: Console): Promise<number> {
  const detect = licenseDetector();
  const progress = progressOn(console);
  let files = 0;
  let silent = 0;
  let code: number = EXIT.fine;
  for await (const file of filesAt(paths)) {
    if (console.isClosed()) break;
    const seen = await look(file, detect);
    files += 1;
    progress(`${files} files read`);
    if (seen.modified !== null || (file.isNamed && seen.expression === null)) code = EXIT.blocking;
    if (options.format === 'json') await console.out(`${JSON.stringify({ path: file.path, ...seen })}\n`);
    else if (file.isNamed || options.all || seen.expression !== null || seen.modified !== null)
      await console.out(textOf(file.path, seen));
    else silent += 1;
  }
  if (silent > 0) console.note(`${silent} of ${files} files say nothing about a license; --all lists them.`);
  return code;
}

async function look(file: Found, detect: Detector): Promise<Detection> {
  const bytes = await file.read();
  const text = bytes.known ? decode(bytes.value) : bytes;
  const seen = map(text, detect);
  return seen.known ? seen.value : { ...NOTHING_FOUND, reason: seen.reason };
}

/** Edits beyond these are counted: a rewritten license has hundreds. */
const MOST_EDITS = 20;

function textOf(path: string, { expression, confidence, modified, matches, reason }: Detection): string {
  const name = visible(path);
  if (expression !== null) return `${name}: ${expression} (${Math.floor(confidence * 100)} %)\n`;
  if (modified === null) return `${name}: ${reason === null ? 'no license found' : `not known: ${visible(reason)}`}\n`;
  const altered = [...new Set(matches.filter((match) => match.modified !== null).map((match) => match.expression))];
  const rest = modified.length > MOST_EDITS ? `  … and ${modified.length - MOST_EDITS} more\n` : '';
  return `${name}: altered ${altered.join(', ')}; ${counted(modified.length)}\n${modified.slice(0, MOST_EDITS).map(editText).join('')}${rest}`;
}

function counted(edits: number): string {
  return edits === 1 ? 'one place differs' : `${edits} places differ`;
}

function editText({ removed, added, before, after, span }: WordEdit): string {
  const change = [removed === '' ? '' : `[-${removed}-]`, added === '' ? '' : `{+${added}+}`].filter((one) => one !== '');
  return `  line ${span.line}: ${visible([before, ...change, after].filter((one) => one !== '').join(' '))}\n`;
}
