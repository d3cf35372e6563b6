/** Makes the license index anew from the SPDX list where the one at hand is missing, or of sources that read words otherwise. */
import { createRequire } from 'node:module';
import { compile } from '../facts/license/compile.ts';
import { packedWith } from '../facts/license/index-format.ts';
import { fingerprint } from '../facts/license/read-license.ts';

type List = Readonly<Record<string, { readonly licenseText: string }>>;

/** The given index if these sources would make the same, else a new one. Throws, with what to do, where there is no list. */
export function current(index: Uint8Array, list: () => List = listed): Uint8Array {
  if (packedWith(index) === fingerprint()) return index;
  return compile(Object.entries(list()).map(([id, { licenseText }]) => ({ id, text: licenseText })));
}

function listed(): List {
  try {
    return createRequire(import.meta.url)('spdx-license-list/full') as List;
  } catch (cause) {
    const remedy = 'run `npm run prepare` in a checkout, or `npm run build` and start what it built';
    throw new Error(`The license index is missing or out of date: ${remedy}.`, { cause });
  }
}
