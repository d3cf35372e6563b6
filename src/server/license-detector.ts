/** Loads the license index, once in a process and not before it is needed. */
import { existsSync, readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { detector } from '../facts/license/detect.ts';
import type { Detector } from '../facts/license/detection.ts';

/** `npm ci` writes it here in a checkout, `npm run build` in what is built. */
const INDEX = new URL('../facts/license/licenses.idx', import.meta.url);
/** More than the index has: read as a whole, it takes half the time. */
const SIZE = 6 * 1024 * 1024;

/** What is built has the index of the same build; in a checkout it may be of other sources. Loading what tells takes time. */
const sources = import.meta.url.endsWith('.ts') || !existsSync(INDEX) ? await import('./license-sources.ts') : null;

let loaded: Detector | null = null;

/** The detector. Throws, with what to do, where there is neither an index nor the list it is made of. */
export function licenseDetector(): Detector {
  if (loaded === null && !existsSync(INDEX)) loaded = detector(indexIn(null));
  return (text) => (loaded ??= detector(indexIn(readFileSync(INDEX))))(text);
}

/** The index in a file, made anew if need be; null: there is no file. */
function indexIn(file: Uint8Array | null): Uint8Array {
  const index = file === null ? new Uint8Array() : decompressed(file);
  return sources === null ? index : sources.current(index);
}

/** Empty where the file was compressed in another way, or is cut off. */
function decompressed(file: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(file, { chunkSize: SIZE });
  } catch {
    return new Uint8Array();
  }
}
