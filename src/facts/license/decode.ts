/** Turns the bytes of a file into text, whatever its encoding, or says why they are none. */
import { known, unknown, type Answer } from '../answer.ts';

/** Larger files are no license, and are not read. */
export const LARGEST_FILE = 10 * 1024 * 1024;

/** How files begin that are no text; https://en.wikipedia.org/wiki/List_of_file_signatures */
const SIGNATURES: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a ZIP archive or an office document', [0x50, 0x4b, 0x03, 0x04]],
  ['an office document', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
];

/** Windows-1252 from 0x80 to 0x9f; 0: no character. https://encoding.spec.whatwg.org/#windows-1252 */
const WINDOWS: readonly number[] = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018,
  0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/** The text of a file; unknown for what is no text, and for what is too large to read. */
export function decode(bytes: Uint8Array): Answer<string> {
  if (bytes.length > LARGEST_FILE) return unknown('it is larger than 10 MiB; a license is shorter');
  const kind = SIGNATURES.find(([, start]) => start.every((byte, index) => bytes[index] === byte))?.[0];
  if (kind !== undefined) return unknown(`it is not text but ${kind}`);
  const wide = unicode(bytes);
  if (wide !== null) return wide;
  if (bytes.includes(0)) return unknown('it is not text: it holds NUL bytes, as programs and images do');
  return utf8(bytes) ?? windows(bytes);
}

/** UTF-16 and UTF-32 by their marks, or UTF-16 where every second byte of plain letters is NUL; null: neither. */
function unicode(bytes: Uint8Array): Answer<string> | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return utf32(bytes, true);
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return utf32(bytes, false);
  if (a === 0xff && b === 0xfe) return utf16(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return utf16(bytes, 'utf-16be');
  const order = zeros(bytes);
  return order === null ? null : utf16(bytes, order);
}

function zeros(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const start = bytes.subarray(0, 512);
  if (start.length < 4) return null;
  const count = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) count[index % 2] = (count[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = count;
  const most = start.length * 0.4;
  return odd > most && even === 0 ? 'utf-16le' : even > most && odd === 0 ? 'utf-16be' : null;
}

function utf16(bytes: Uint8Array, order: 'utf-16le' | 'utf-16be'): Answer<string> {
  const text = new TextDecoder(order).decode(bytes);
  return /[\0\ufffd]/.test(text) ? unknown('it is not text, though it begins as UTF-16 does') : known(text);
}

function utf32(bytes: Uint8Array, isLittle: boolean): Answer<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 4; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, isLittle);
    if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) || bytes.length % 4 !== 0)
      return unknown('it is not text, though it begins as UTF-32 does');
    parts.push(String.fromCodePoint(point));
  }
  return known(parts.join(''));
}

/** Null: the bytes are not UTF-8. */
function utf8(bytes: Uint8Array): Answer<string> | null {
  try {
    return known(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** One byte, one character: Latin-1 with the letters of Windows in between. */
function windows(bytes: Uint8Array): Answer<string> {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += 4096) {
    const points = Array.from(bytes.subarray(from, from + 4096), (byte) =>
      byte >= 0x80 && byte < 0xa0 ? (WINDOWS[byte - 0x80] ?? 0) : byte,
    );
    if (points.some(isControl)) return unknown('it is not text: it is neither UTF-8 nor Latin-1');
    parts.push(String.fromCharCode(...points));
  }
  return known(parts.join(''));
}

function isControl(point: number): boolean {
  return (point < 0x20 && point !== 0x09 && point !== 0x0a && point !== 0x0c && point !== 0x0d) || point === 0x7f;
}
