/** Writes the license index from the SPDX list: `node .config/license-index.ts [PATH]`. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
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
  const options = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: index.length,
    },
  };
  writeFileSync(process.argv[2] ?? DEFAULT, brotliCompressSync(index, options));
}
