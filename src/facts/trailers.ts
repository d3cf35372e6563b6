/** Reads the trailers of a commit message exactly as `git log --format=%(trailers)` does; follows git's trailer.c. */

export interface Trailer {
  readonly token: string;
  /** Folded lines are joined by one blank. */
  readonly value: string;
  /** Line of the message, counting from 1. */
  readonly line: number;
}

/** git writes these itself: with one of them, a quarter of the paragraph's lines being trailers is enough. */
const GENERATED = ['Signed-off-by: ', '(cherry picked from commit '];
const SCISSORS = '# ------------------------ >8 ------------------------';
/** `isspace` and `isalnum` as git means them: ASCII only. */
const SEPARATOR = /^([A-Za-z0-9-]+)[ \t]*:/;
const BLANK_START = /^[ \t\n\r]/;

/**
 * The trailers of a message. The first paragraph is the title and never holds any. `isStrict`: only of a last paragraph
 * in which every line is a trailer, where git lets prose stand among them.
 */
export function trailers(message: string, { isStrict = false } = {}): readonly Trailer[] {
  const lines = linesOf(message);
  const end = endOfLog(lines);
  const found: { token: string; value: string; line: number }[] = [];
  let open: (typeof found)[number] | null = null;
  for (let index = startOfBlock(lines, end, isStrict); index < end; index++) {
    const line = lines[index] ?? '';
    if (BLANK_START.test(line) || line === '') {
      if (open) open.value += `\n${line}`;
      continue;
    }
    const token = SEPARATOR.exec(line);
    open = token ? { token: token[1] ?? '', value: line.slice(token[0].length), line: index + 1 } : null;
    if (open) found.push(open);
  }
  return found.map((trailer) => ({ ...trailer, value: unfold(trailer.value) }));
}

/** The one line of a message that has but one; null: it is no trailer. */
export function onlyTrailer(message: string): Trailer | null {
  const lines = linesOf(message);
  const written = lines.flatMap((line, index) => (isBlank(line) ? [] : [index]));
  const [index = 0] = written;
  const line = lines[index] ?? '';
  const token = written.length === 1 ? SEPARATOR.exec(line) : null;
  return token && { token: token[1] ?? '', value: trim(line.slice(token[0].length)), line: index + 1 };
}

/** git reads a message as a C string: it ends at the first NUL. */
export function linesOf(message: string): readonly string[] {
  const end = message.indexOf('\0');
  return (end < 0 ? message : message.slice(0, end)).split('\n');
}

/** Index after the last line that belongs to the log: trailing comments, blank lines and old conflict lists do not. */
function endOfLog(lines: readonly string[]): number {
  const cut = lines.findIndex((line, index) => line === SCISSORS && index < lines.length - 1);
  const cutoff = cut < 0 ? lines.length : cut;
  let trailing = -1;
  let inConflicts = false;
  for (let index = 0; index < cutoff; index++) {
    const line = lines[index] ?? '';
    const isLast = index === lines.length - 1;
    if (isLast && line === '') break;
    if (line.startsWith('#') || line === '') {
      if (trailing < 0) trailing = index;
    } else if (line === 'Conflicts:' && !isLast) {
      inConflicts = true;
      if (trailing < 0) trailing = index;
    } else if (!(inConflicts && line.startsWith('\t')) && trailing >= 0) {
      trailing = -1;
      inConflicts = false;
    }
  }
  return trailing < 0 ? cutoff : trailing;
}

/** Index of the first line of the trailer block; `end` when there is none. */
function startOfBlock(lines: readonly string[], end: number, isStrict: boolean): number {
  const title = endOfTitle(lines, end);
  const count = { trailers: 0, others: 0, folded: 0, generated: false };
  let onlyBlank = true;
  for (let index = end - 1; index >= title; index--) {
    const line = lines[index] ?? '';
    if (line.startsWith('#')) {
      count.others += count.folded;
      count.folded = 0;
    } else if (isBlank(line)) {
      if (onlyBlank) continue;
      return isBlock({ ...count, others: count.others + count.folded }, isStrict) ? index + 1 : end;
    } else {
      onlyBlank = false;
      tally(line, count);
    }
  }
  return end;
}

interface Count {
  trailers: number;
  others: number;
  /** Lines that start with a blank, waiting to see whether a trailer stands above them. */
  folded: number;
  generated: boolean;
}

function tally(line: string, count: Count): void {
  const generated = GENERATED.some((prefix) => line.startsWith(prefix));
  if (generated || SEPARATOR.test(line)) {
    count.trailers++;
    count.folded = 0;
    count.generated ||= generated;
  } else if (BLANK_START.test(line)) {
    count.folded++;
  } else {
    count.others += 1 + count.folded;
    count.folded = 0;
  }
}

function isBlock(count: Count, isStrict: boolean): boolean {
  return count.generated && !isStrict ? count.trailers * 3 >= count.others : count.trailers > 0 && count.others === 0;
}

/** git log skips blank lines before the title; the title ends at the next blank line. */
function endOfTitle(lines: readonly string[], end: number): number {
  let index = 0;
  while (index < end && isBlank(lines[index] ?? '')) index++;
  while (index < end && (lines[index]?.startsWith('#') || !isBlank(lines[index] ?? ''))) index++;
  return index;
}

function isBlank(line: string): boolean {
  return /^[ \t\r]*$/.test(line);
}

function unfold(value: string): string {
  return trim(value.replace(/\n[ \t\n\r]*/g, ' '));
}

/** git trims ASCII blanks only. A loop, because a regular expression for the end is quadratic on long runs of blanks. */
function trim(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && BLANK_START.test(value.charAt(start))) start++;
  while (end > start && BLANK_START.test(value.charAt(end - 1))) end--;
  return value.slice(start, end);
}
