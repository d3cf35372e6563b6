/** Where a command reads from and writes to: results on one side, notes for people on the other. */

export interface Console {
  /** Results. Waits while the reader is slow; after the reader has gone, nothing happens. */
  out(text: string): Promise<void>;
  /** Notes for people: never part of a result. */
  note(text: string): void;
  readonly input: AsyncIterable<Uint8Array>;
  readonly hasColor: boolean;
  /** People watch the notes, so a line may be replaced by the next. */
  readonly isWatched: boolean;
  /** The reader has gone (`| head`). */
  readonly isClosed: () => boolean;
  readonly now: () => Date;
}

/** The console of this process. */
export function processConsole(): Console {
  const { stdout, stderr, stdin } = process;
  let isClosed = false;
  const closed = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    isClosed = true;
  };
  stdout.on('error', closed);
  stderr.on('error', closed);
  return {
    out: (text) =>
      new Promise((resolve) => {
        if (isClosed) resolve();
        else
          stdout.write(text, () => {
            resolve();
          });
      }),
    note: (text) => void stderr.write(`${text}\n`),
    input: stdin,
    hasColor: stdout.isTTY && stdout.hasColors(),
    isWatched: stderr.isTTY,
    isClosed: () => isClosed,
    now: () => new Date(),
  };
}

/** Exit codes of every command. */
export const EXIT = { fine: 0, blocking: 1, usage: 2, fault: 3 } as const;

export const EXIT_HELP = `Exit codes:
  0  nothing is blocking
  1  something is blocking
  2  bad usage, or a bad policy
  3  an unexpected fault`;
