/** GitHub's limits, and how text is made to fit them without breaking a character, a code block or a fold. */

/** What GitHub takes at most. Beyond these it refuses the whole request. */
export const LIMITS = {
  /** Characters of a check run's summary and text, and of a comment or an issue. */
  body: 65_535,
  annotationsPerRequest: 50,
  /** Bytes. */
  annotationMessage: 64 * 1024,
  annotationTitle: 255,
  checkName: 100,
  checkTitle: 255,
  issueTitle: 256,
  actionLabel: 20,
  actionDescription: 40,
} as const;

/** What a person reads at a glance in the list of checks. */
export const READABLE_TITLE = 60;

/** At most `limit` characters, ending in an ellipsis when something was cut, never half a character. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${whole(text.slice(0, Math.max(0, limit - 1)))}…`;
}

/** At most `limit` bytes of UTF-8, ending in an ellipsis when something was cut. */
export function cutBytes(text: string, limit: number): string {
  const encoder = new TextEncoder();
  if (text.length * 3 <= limit || encoder.encode(text).length <= limit) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(limit - 3));
  return `${text.slice(0, read)}…`;
}

/**
 * Markdown of at most `limit` characters. When it must be cut, it is cut after a whole line, outside of code blocks,
 * open folds are closed, and `more` says what was left out and where to read it.
 */
export function fitMarkdown(text: string, more: string, limit: number = LIMITS.body): string {
  if (text.length <= limit) return text;
  const room = limit - more.length - '\n\n'.length;
  const kept = keptLines(text.split('\n'), room);
  // One endless line has no boundary to cut at.
  if (kept.lines.length === 0) return `${cut(text, room)}\n\n${more}`;
  const folds = '\n</details>'.repeat(kept.folds);
  return `${kept.lines.join('\n').trimEnd()}${folds}\n\n${more}`;
}

interface Kept {
  readonly lines: readonly string[];
  /** Folds still open after the last kept line. */
  readonly folds: number;
}

/** The longest beginning that ends outside of a code block and leaves room to close its folds. */
function keptLines(lines: readonly string[], room: number): Kept {
  let best: Kept = { lines: [], folds: 0 };
  let length = 0;
  let fence: string | null = null;
  let folds = 0;
  for (const [index, line] of lines.entries()) {
    length += line.length + 1;
    if (fence === null && line === '<details>') folds += 1;
    if (fence === null && line === '</details>') folds = Math.max(0, folds - 1);
    fence = fenceAfter(line, fence);
    if (length + folds * '\n</details>'.length > room) break;
    if (fence === null) best = { lines: lines.slice(0, index + 1), folds };
  }
  return best;
}

function fenceAfter(line: string, fence: string | null): string | null {
  const run = /^ {0,12}(`{3,})/.exec(line)?.[1];
  if (run === undefined) return fence;
  if (fence === null) return run;
  return run.length >= fence.length && line.trim() === run ? null : fence;
}

function whole(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
