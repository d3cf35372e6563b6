/** A detector over an index made now: one that lies in the checkout may be of other sources. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { compile } from '../../src/facts/license/compile.ts';
import { detector } from '../../src/facts/license/detect.ts';
import { CANONICAL } from '../support/license-families.ts';
import { progress } from '../support/program.ts';
import { ROOT } from './licenses-peers.ts';

const INDEX = compile([...CANONICAL].map(([id, text]) => ({ id, text })));

export const detect = detector(INDEX);

/** Bytes of the index as it is shipped. Says so if the checkout has another one than its sources make. */
export function indexSize(): number {
  const path = join(ROOT, 'src/facts/license/licenses.idx');
  if (!existsSync(path)) return zstdCompressSync(INDEX).length;
  const shipped = readFileSync(path);
  if (!zstdDecompressSync(shipped).equals(INDEX)) progress('the index in the checkout is not current: npm run prepare');
  return shipped.length;
}
