/** The texts of the SPDX list, for tests that build their license texts from it. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
export const LIST = require('spdx-license-list/full') as Readonly<Record<string, { readonly licenseText: string }>>;
const DEPRECATED = new Set(require('spdx-license-ids/deprecated.json') as readonly string[]);

/** Ids that SPDX has withdrawn; those that end in `+` are expressions by now. */
export function isDeprecated(id: string): boolean {
  return DEPRECATED.has(id) || id.endsWith('+');
}
