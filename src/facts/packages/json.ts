/** Reads JSON within bounds, and remembers where its keys stand: `JSON.parse`, and one pass over the text for the lines. */
import { printParseErrorCode, visit, type ParseErrorCode } from 'jsonc-parser';
import { known, unknown, type Answer, type Unknown } from '../answer.ts';
import { Lines, MAX_DEPTH, unfit, withoutMark, type Tree } from './tree.ts';

/** Unknown, with the line, when the text is not JSON. Lines are told of keys down to `depth`; entries of lists have none. */
export function readJson(text: string, depth = 2): Answer<Tree> {
  const source = withoutMark(text);
  const refused = unfit(source) ?? tooDeep(source);
  if (refused) return refused;
  try {
    const value: unknown = JSON.parse(source);
    return known({ value, line: linesOfKeys(source, depth).told() });
  } catch {
    return invalid(source);
  }
}

/** Refuses what nests deeper than any file of this kind: what comes after may recurse. Counts brackets outside of strings. */
export function tooDeep(source: string): Unknown | null {
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === QUOTE) at = endOfString(source, at);
    else if (code === OPEN_GROUP || code === OPEN_LIST) depth += 1;
    else if (code === CLOSE_GROUP || code === CLOSE_LIST) depth -= 1;
    if (depth > MAX_DEPTH) return unknown(`the file nests deeper than ${MAX_DEPTH} levels`);
  }
  return null;
}

const [QUOTE, BACKSLASH, COLON, NEWLINE] = [34, 92, 58, 10];
const [OPEN_GROUP, CLOSE_GROUP, OPEN_LIST, CLOSE_LIST] = [123, 125, 91, 93];

/** Of a text that is valid JSON. */
function linesOfKeys(source: string, depth: number): Lines {
  const lines = new Lines();
  /** Places of what is open; null where a list stands, below which no key is remembered. */
  const open: (Lines | null)[] = [];
  let [line, level] = [1, 0];
  let place: Lines | null = lines;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === NEWLINE) line += 1;
    else if (code === QUOTE) {
      const end = endOfString(source, at);
      if (level <= depth && isKey(source, end)) {
        place = open.at(-1)?.under(unquoted(source.slice(at, end + 1)), line) ?? null;
      }
      at = end;
    } else if (code === OPEN_GROUP || code === OPEN_LIST) {
      level += 1;
      if (level <= depth) open.push(code === OPEN_LIST || open.at(-1) === null ? null : place);
    } else if (code === CLOSE_GROUP || code === CLOSE_LIST) {
      if (level <= depth) open.pop();
      level -= 1;
    }
  }
  return lines;
}

/** Where the string that starts here ends; the end of the text if nothing ends it. */
function endOfString(source: string, start: number): number {
  let end = source.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(source, end)) end = source.indexOf('"', end + 1);
  return end < 0 ? source.length : end;
}

function isEscaped(source: string, at: number): boolean {
  let backslashes = 0;
  while (source.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function isKey(source: string, end: number): boolean {
  let at = end + 1;
  while (source.charCodeAt(at) <= 32) at += 1;
  return source.charCodeAt(at) === COLON;
}

function unquoted(string: string): string {
  return string.includes('\\') ? (JSON.parse(string) as string) : string.slice(1, -1);
}

/** `JSON.parse` does not always say where; this does. */
function invalid(source: string): Unknown {
  const found = firstFault(source);
  return unknown(
    found ? `line ${found.line} is not valid JSON (${printParseErrorCode(found.code)})` : 'the file is not valid JSON',
  );
}

interface Fault {
  readonly code: ParseErrorCode;
  readonly line: number;
}

/** Null: it is not told. The visitor recurses, and where a quote is left open it meets brackets that `tooDeep` takes for text. */
function firstFault(source: string): Fault | null {
  const faults: Fault[] = [];
  const onError = (code: ParseErrorCode, _offset: number, _length: number, line: number): void => {
    if (faults.length === 0) faults.push({ code, line: line + 1 });
  };
  try {
    visit(source, { onError }, { disallowComments: true });
  } catch {
    // The stack is at its end; what was found before still stands.
  }
  return faults[0] ?? null;
}
