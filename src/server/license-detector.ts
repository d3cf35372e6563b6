/** Loads the license index, once in a process and not before it is needed. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliDecompressSync } from 'node:zlib';
import { compile } from '../facts/license/compile.ts';
import { detector } from '../facts/license/detect.ts';
import type { Detector } from '../facts/license/detection.ts';

/** `npm ci` writes it here in a checkout, `npm run build` in what is built. */
const INDEX = new URL('../facts/license/licenses.idx', import.meta.url);

let loaded: Detector | null = null;

/** The detector. Throws, with what to do, where there is neither an index nor the list it is made of. */
export function licenseDetector(): Detector {
  if (loaded === null && !existsSync(INDEX)) loaded = detector(compiled());
  return (text) => (loaded ??= detector(brotliDecompressSync(readFileSync(INDEX))))(text);
}

function compiled(): Uint8Array {
  return compile(Object.entries(list()).map(([id, { licenseText }]) => ({ id, text: licenseText })));
}

function list(): Readonly<Record<string, { readonly licenseText: string }>> {
  try {
    return createRequire(import.meta.url)('spdx-license-list/full') as ReturnType<typeof list>;
  } catch (cause) {
    const remedy = 'run `npm run prepare` in a checkout, or `npm run build` and start what it built';
    throw new Error(`The license index is missing: ${remedy}.`, { cause });
  }
}
