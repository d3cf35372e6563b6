/** Reads TOML within bounds, and remembers on which lines its tables and keys stand. */
import { parse, TomlError } from 'smol-toml';
import { known, unknown, type Answer } from '../answer.ts';
import { tooDeep } from './json.ts';
import { Lines, unfit, withoutMark, type Tree } from './tree.ts';

/** uv.lock and Cargo.lock of large projects have one or two. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * Unknown, with the line, when the text is not TOML. Lines are told of tables and of keys that start a line;
 * in a list of tables each has its number: `line('package', 3, 'name')`.
 */
export function readToml(text: string): Answer<Tree> {
  const source = withoutMark(text);
  const refused = unfit(source, MAX_CHARACTERS);
  if (refused) return refused;
  try {
    const value: unknown = parse(source);
    return known({ value, line: linesOfKeys(source).told() });
  } catch (error) {
    const what =
      error instanceof TomlError
        ? `line ${error.line} is not valid TOML`
        : (tooDeep(source)?.reason ?? 'the file is not valid TOML');
    return unknown(what);
  }
}

/** Strings of several lines are passed over. */
function linesOfKeys(source: string): Lines {
  const lines = new Lines();
  let table = lines;
  let closing: string | null = null;
  for (const [index, line] of source.split('\n').entries()) {
    if (closing !== null) {
      if (line.includes(closing)) closing = null;
      continue;
    }
    const start = line.trimStart();
    if (start === '' || start.startsWith('#')) continue;
    if (start.startsWith('[')) table = header(start, lines, index + 1) ?? table;
    else {
      let place = table;
      for (const part of dottedKey(start, '=') ?? []) place = place.under(part, index + 1);
    }
    closing = opensString(line);
  }
  return lines;
}

/** The place of `[a.b]` and `[[a.b]]`; null: no table starts here. */
function header(line: string, lines: Lines, number: number): Lines | null {
  const isList = line.startsWith('[[');
  const path = dottedKey(line.slice(isList ? 2 : 1), ']');
  if (!path) return null;
  let place = lines;
  for (const [index, key] of path.entries()) {
    place = place.under(key);
    if (isList && index === path.length - 1) place.last = (place.last ?? -1) + 1;
    // A table below a list of tables belongs to the last of them.
    if (place.last !== null) place = place.under(place.last);
  }
  return place.at(number);
}

const BARE = /[A-Za-z0-9_-]+/y;
const QUOTED = /"(?:[^"\\]|\\.)*"|'[^']*'/y;
const BLANK = /[ \t]*/y;
/** No key of a file that we read has more parts. */
const MAX_PARTS = 16;

/** The parts of a key up to what ends it; null: the line holds no such key. */
function dottedKey(line: string, end: string): readonly string[] | null {
  const parts: string[] = [];
  for (let at = 0; parts.length < MAX_PARTS; at += 1) {
    at += take(BLANK, line, at).length;
    const part = take(BARE, line, at) || take(QUOTED, line, at);
    if (part === '') return null;
    parts.push(/^["']/.test(part) ? part.slice(1, -1) : part);
    at += part.length;
    at += take(BLANK, line, at).length;
    if (line[at] === end) return parts;
    if (line[at] !== '.') return null;
  }
  return null;
}

function take(pattern: RegExp, line: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? '';
}

/** What closes the string of several lines that a line leaves open; null: it leaves none. */
function opensString(line: string): string | null {
  if (!line.includes('"""') && !line.includes("'''")) return null;
  let open: string | null = null;
  for (const [mark] of line.matchAll(/"""|'''/g)) {
    if (open === null) open = mark;
    else if (open === mark) open = null;
  }
  return open;
}
