/** Writes the license index from the SPDX list: `node .config/license-index.ts [PATH]`. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, zstdCompressSync } from 'node:zlib';
import { compile } from '../src/facts/license/compile.ts';

const DEFAULT = new URL('../src/facts/license/licenses.idx', import.meta.url);

/** Null where development packages are left out: what is built has its index already. */
function list(): Readonly<Record<string, { readonly licenseText: string }>> | null {
  try {
    return createRequire(import.meta.url)('spdx-license-list/full');
  } catch {
    return null;
  }
}

const listed = list();
if (listed === null) process.stderr.write('The package spdx-license-list is not installed; no license index was written.\n');
else {
  const index = compile(Object.entries(listed).map(([id, { licenseText }]) => ({ id, text: licenseText })));
  // Zstandard is read five times as fast as Brotli, and the index is read at every start.
  writeFileSync(process.argv[2] ?? DEFAULT, zstdCompressSync(index, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }));
}
