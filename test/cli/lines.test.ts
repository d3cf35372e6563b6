import { expect, test } from '@jest/globals';
import { linesOf } from '../../src/cli/lines.ts';

async function split(
  chunks: readonly (string | Uint8Array)[],
  cap = 100,
): Promise<readonly (readonly [number, string | null])[]> {
  async function* input(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield await Promise.resolve(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }
  const lines: (readonly [number, string | null])[] = [];
  for await (const line of linesOf(input(), cap)) lines.push([line.number, line.text]);
  return lines;
}

test('lines are put together across chunks, even within a character', async () => {
  const bytes = Buffer.from('größe\nzwei');
  expect(await split([bytes.subarray(0, 3), bytes.subarray(3)])).toEqual([
    [1, 'größe'],
    [2, 'zwei'],
  ]);
});

test('empty lines count, and are left out', async () => {
  expect(await split(['\n\r\na\n\n', 'b\n'])).toEqual([
    [3, 'a'],
    [5, 'b'],
  ]);
});

test('a line that is too long is told once, and the next one is read', async () => {
  expect(await split(['x'.repeat(60), 'x'.repeat(60), '\nshort\n'])).toEqual([
    [1, null],
    [2, 'short'],
  ]);
});

test('a line that is no UTF-8 is told', async () => {
  expect(await split([Buffer.from([0x61, 0xff, 0x0a]), 'b'])).toEqual([
    [1, null],
    [2, 'b'],
  ]);
});
