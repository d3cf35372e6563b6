/** Splits a stream into lines without ever holding more than one of them. */

export interface Line {
  /** Counts from 1. */
  readonly number: number;
  /** Null: it is too long, or not UTF-8. */
  readonly text: string | null;
  readonly problem: string | null;
}

const LINE_FEED = 10;

/** The lines of a stream; a line of more than `cap` bytes is skipped and told. Empty lines are left out. */
export async function* linesOf(input: AsyncIterable<Uint8Array>, cap: number): AsyncGenerator<Line> {
  let number = 1;
  let size = 0;
  let parts: Uint8Array[] = [];
  const add = (part: Uint8Array): void => {
    size += part.length;
    if (size <= cap) parts.push(part);
    else parts = [];
  };
  const take = (): Line => {
    const line = size > cap ? tooLong(number, cap) : decoded(number, Buffer.concat(parts));
    number += 1;
    size = 0;
    parts = [];
    return line;
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      const line = take();
      if (line.text !== '') yield line;
    }
    add(chunk.subarray(start));
  }
  if (size > 0) yield take();
}

function tooLong(number: number, cap: number): Line {
  return { number, text: null, problem: `it is longer than ${Math.round(cap / 1024 / 1024)} MiB` };
}

function decoded(number: number, bytes: Buffer): Line {
  try {
    return { number, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim(), problem: null };
  } catch {
    return { number, text: null, problem: 'it is not text in UTF-8' };
  }
}
