/** License files come as bytes in many encodings, and some are no text at all. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode, LARGEST_FILE } from '../src/facts/license/decode.ts';
import { readable } from '../src/facts/license/readable.ts';

const text = 'Licensed under the “Example” license, © Zoë\n';
const utf8 = new TextEncoder().encode(text);
const wide = (words: string, isLittle: boolean, size: 2 | 4, mark: boolean): Uint8Array => {
  const units =
    size === 2
      ? [...Array(words.length).keys()].map((index) => words.charCodeAt(index))
      : Array.from(words, (one) => one.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(size * (units.length + (mark ? 1 : 0))));
  for (const [index, unit] of [...(mark ? [0xfeff] : []), ...units].entries())
    if (size === 2) view.setUint16(index * 2, unit, isLittle);
    else view.setUint32(index * 4, unit, isLittle);
  return new Uint8Array(view.buffer);
};

test('UTF-8 is read with its mark and without', () => {
  expect([decode(utf8), decode(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8])), decode(new Uint8Array())]).toEqual([
    { known: true, value: text },
    { known: true, value: text },
    { known: true, value: '' },
  ]);
});

test.each([
  ['UTF-16 LE with its mark', wide(text, true, 2, true)],
  ['UTF-16 BE with its mark', wide(text, false, 2, true)],
  ['UTF-32 LE with its mark', wide(text, true, 4, true)],
  ['UTF-32 BE with its mark', wide(text, false, 4, true)],
])('%s is read', (_, bytes) => {
  expect(decode(bytes)).toEqual({ known: true, value: text });
});

test.each([true, false])('UTF-16 without a mark is known by its NUL bytes (little endian: %s)', (isLittle) => {
  expect(decode(wide('The MIT License\n', isLittle, 2, false))).toEqual({ known: true, value: 'The MIT License\n' });
});

test('bytes that are not UTF-8 are read as Windows-1252', () => {
  expect(decode(new Uint8Array([0x93, 0x5a, 0x6f, 0xeb, 0x94, 0x20, 0xa9, 0x20, 0x80]))).toEqual({
    known: true,
    value: '“Zoë” © €',
  });
});

test.each([
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31], 'it is not text but a PDF document'],
  ['an archive', [0x50, 0x4b, 0x03, 0x04, 0x14], 'it is not text but a ZIP archive or an office document'],
  ['an image', [0x89, 0x50, 0x4e, 0x47], 'it is not text but a PNG image'],
  ['NUL bytes', [0x41, 0, 0x42, 0x43, 0, 0], 'it is not text: it holds NUL bytes, as programs and images do'],
  ['control characters outside UTF-8', [0x41, 0xff, 0x01], 'it is not text: it is neither UTF-8 nor Latin-1'],
  ['a broken UTF-16', [0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00], 'it is not text, though it begins as UTF-16 does'],
  ['a broken UTF-32', [0xff, 0xfe, 0, 0, 0, 0, 0x11, 0], 'it is not text, though it begins as UTF-32 does'],
])('%s is no text, and it is said why', (_, bytes, reason) => {
  expect(decode(new Uint8Array(bytes))).toEqual({ known: false, reason });
});

test('a file of more than 10 MiB is not read', () => {
  expect(decode(new Uint8Array(LARGEST_FILE + 1))).toEqual({
    known: false,
    reason: 'it is larger than 10 MiB; a license is shorter',
  });
});

test('any bytes are text or a reason, and text survives', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme-ascii' }), (bytes, words) => {
      expect(typeof decode(bytes).known).toBe('boolean');
      expect(decode(new TextEncoder().encode(`MIT ${words}`))).toEqual({ known: true, value: `MIT ${words}` });
    }),
  );
});

test('HTML is read without its markup', () => {
  const html =
    '<!DOCTYPE html><html><head><title>MIT</title><style>p { color: red }</style><script>if (1 < 2) go("license")</script></head>' +
    '<body><!-- hidden --><p>Licensed &quot;as is&quot; &copy;&#32;J&#xE4;ne 1 < 2</p><p>Second</p><SCRIPT>x</Script></body></html>';
  expect(readable(html).replace(/\n+/g, '\n')).toBe('\nMIT\nLicensed "as is" © Jäne 1 < 2\nSecond\n');
});

test('RTF is read without its markup', () => {
  const rtf = String.raw`{\rtf1\ansi{\fonttbl{\f0 Times;}}{\*\generator Example;}\f0\fs24 Licensed under the \b MIT\b0  license.\par \'a9 J\u228?ne \{2024\}\par}`;
  expect(readable(rtf)).toBe('Licensed under the MIT license.\n© Jäne {2024}\n');
});

test.each([
  ['plain text', 'The MIT License\n\nPermission is hereby granted'],
  ['prose that names a tag', 'Put <p> and </p> around it, and <div> around all. <br> ends a line.'],
  ['Markdown with a picture', '<img src="logo.svg">\n\n# Example\n\nMIT'],
  ['a header in an XML comment', '<!--\n Licensed under the MIT license.\n-->\n<project><p/><p/><p/><p/></project>'],
  ['Markdown with blocks', '<div>\n<p>\n<br>\n</p>\n</div>\n\n## License\n\nMIT'],
  ['nothing', ''],
])('%s stays as it is', (_, words) => {
  expect(readable(words)).toBe(words);
});

test.each([
  ['comments without an end', `<html>${'<!--'.repeat(16_384)}`],
  ['tags without an end', `<html>${'<a '.repeat(20_000)}`],
  ['brackets', `<html>${'['.repeat(65_536)}`],
  ['scripts without an end', `<html>${'<script>'.repeat(8_000)}`],
  ['nested groups', '{\\rtf'.repeat(12_000)],
  ['hidden groups', `{\\rtf1${'{\\*\\x '.repeat(10_000)}`],
  ['entities without an end', `<html>${'&#'.repeat(30_000)}`],
])('hostile markup is read once: %s', (_, words) => {
  const steps = searched(() => readable(words));
  expect(steps).toBeLessThan(words.length * 4);
});

/** Characters that `indexOf` went over. */
function searched(run: () => unknown): number {
  const original = Object.getOwnPropertyDescriptor(String.prototype, 'indexOf')!;
  const indexOf = original.value as (this: string, mark: string, from: number) => number;
  let steps = 0;
  const counting = function (this: string, mark: string, from = 0): number {
    const found = indexOf.call(this, mark, from);
    steps += (found < 0 ? this.length : found) - from;
    return found;
  };
  Object.defineProperty(String.prototype, 'indexOf', { ...original, value: counting });
  try {
    run();
  } finally {
    Object.defineProperty(String.prototype, 'indexOf', original);
  }
  return steps;
}
