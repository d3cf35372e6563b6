/** A console that keeps what was printed. */
import type { Console } from '../../src/cli/console.ts';

export interface KeptConsole extends Console {
  readonly printed: () => string;
  readonly noted: () => string;
}

/** A console with this input and a fixed clock. */
export function aConsole(input = ''): KeptConsole {
  const out: string[] = [];
  const notes: string[] = [];
  return {
    out: (text) => Promise.resolve(void out.push(text)),
    note: (text) => void notes.push(text),
    input: chunks(input),
    hasColor: false,
    isWatched: false,
    isClosed: () => false,
    now: () => new Date('2026-01-02T03:04:05.000Z'),
    printed: () => out.join(''),
    noted: () => notes.join('\n'),
  };
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
