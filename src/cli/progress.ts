/** Tells how far long work has come; short work passes in silence. */
import type { Console } from './console.ts';

/** Work shorter than this is not worth a line; a watched line changes no faster. */
const SILENT_MS = 1000;
/** Between two lines that stay, as in a log. */
const PATIENT_MS = 10_000;

/** Says what is so now. */
export type Progress = (line: string) => void;

/** Progress on the notes of a console. */
export function progressOn(console: Console): Progress {
  let last = console.now().getTime();
  let isFirst = true;
  return (line) => {
    const now = console.now().getTime();
    if (now - last < (isFirst || console.isWatched ? SILENT_MS : PATIENT_MS)) return;
    // Up one line, and clear it: a watched line is replaced by the next.
    console.note(console.isWatched && !isFirst ? `\u001b[1A\u001b[2K${line}` : line);
    last = now;
    isFirst = false;
  };
}
