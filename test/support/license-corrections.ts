/**
 * Files whose words and label differ, read one by one. Truth is what stands in the file: neither what its package declares
 * nor what any detector says.
 */
import type { Case } from './license-case.ts';

export type Truth = Pick<Case, 'wanted' | 'also' | 'isAltered'>;

interface Correction {
  /** How the path ends, a package's name and a file's. */
  readonly path: string;
  /** Only of versions that declare this. */
  readonly declares?: string;
  /** Null: such a file is not judged, for it lists the licenses of too many others. */
  readonly truth: Truth | null;
  readonly reason: string;
}

/** What stands in a file where its label says something else, undefined for all others. */
export function correctionOf(path: string, declared: unknown): Truth | null | undefined {
  return CORRECTIONS.find(
    (one) => `/${path}`.endsWith(`/${one.path}`) && (one.declares === undefined || one.declares === declared),
  )?.truth;
}

function is(...wanted: readonly string[]): Truth {
  return { wanted };
}

/** Where a name stands beside the text, both readings can be defended. */
function either(wanted: readonly string[], ...also: readonly (readonly string[])[]): Truth {
  return { wanted, also };
}

function altered(id: string): Truth {
  return { wanted: [id], isAltered: true };
}

const IN_CHOICE = 'one of several to choose from, each in its own file';

const CORRECTIONS: readonly Correction[] = [
  // Another license than the label says.
  { path: '@probot/pino/LICENSE', truth: is('ISC'), reason: 'declares MIT, holds ISC' },
  { path: '@bcoe/v8-coverage/LICENSE.txt', truth: is('ISC'), reason: 'the license of a part, beside LICENSE.md' },
  { path: 'uri-js/LICENSE', truth: is('BSD-2-Clause-Views'), reason: 'has the sentence about views' },
  { path: 'rc/LICENSE.BSD', truth: is('BSD-2-Clause-Views'), reason: 'has the sentence about views' },
  { path: 'rc/LICENSE.MIT', truth: is('MIT'), reason: IN_CHOICE },
  { path: 'rc/LICENSE.APACHE2', truth: is('Apache-2.0'), reason: IN_CHOICE },
  { path: 'JSONStream/LICENSE.APACHE2', truth: is('Apache-2.0'), reason: IN_CHOICE },
  { path: 'JSONStream/LICENSE.MIT', truth: is('MIT'), reason: IN_CHOICE },
  { path: 'through/LICENSE.APACHE2', truth: is('Apache-2.0'), reason: IN_CHOICE },
  { path: '@npmcli/redact/LICENSE', truth: is('MIT'), reason: 'declares ISC, holds MIT' },
  { path: 'type-fest/license-cc0', truth: is('CC0-1.0'), reason: IN_CHOICE },
  { path: 'type-fest/license-mit', truth: is('MIT'), reason: IN_CHOICE },
  { path: 'doctrine/LICENSE.closure-compiler', truth: is('Apache-2.0'), reason: 'of what it was derived from' },
  { path: 'doctrine/LICENSE.esprima', truth: is('BSD-2-Clause'), reason: 'of what it was derived from' },
  { path: 'packaging/LICENSE.BSD', truth: is('BSD-2-Clause'), reason: 'a Python package within' },
  { path: 'packaging/LICENSE.APACHE', truth: is('Apache-2.0'), reason: 'a Python package within' },
  { path: 'node-gyp/gyp/LICENSE', truth: is('BSD-3-Clause'), reason: 'a Python program within' },
  { path: 'vendor/ace/LICENSE', truth: is('BSD-3-Clause'), reason: 'an editor within' },
  { path: 'blessed/usr/fonts/LICENSE', truth: either(['OFL-1.1'], ['OFL-1.1-RFN']), reason: 'a font within, its name reserved' },
  { path: 'abseil-cpp/LICENSE', truth: is('Apache-2.0'), reason: 'a library within' },
  { path: 'Microsoft/TypeScript/LICENSE', truth: is('Apache-2.0'), reason: 'a program within' },
  { path: 'pm2/modules/vizion/LICENSE', truth: is('Apache-2.0'), reason: 'declares AGPL-3.0, refers to Apache' },
  { path: 'url-template/LICENSE', truth: is('BSD-3-Clause'), reason: 'declares BSD, has three clauses' },
  { path: 'argparse/LICENSE', declares: 'Python-2.0', truth: is('Python-2.0.1'), reason: 'has the CNRI license for 1.6.1' },
  // More than one license, or a name beside a text.
  { path: 'qrcode-terminal/LICENSE', truth: either(['Apache-2.0', 'MIT'], ['Apache-2.0']), reason: 'names that of a part' },
  { path: 'lodash/LICENSE', truth: either(['MIT'], ['MIT', 'CC0-1.0']), reason: 'samples are under CC0' },
  { path: 'lodash.camelcase/LICENSE', truth: either(['MIT'], ['MIT', 'CC0-1.0']), reason: 'samples are under CC0' },
  { path: 'lodash.clonedeep/LICENSE', truth: either(['MIT'], ['MIT', 'CC0-1.0']), reason: 'samples are under CC0' },
  { path: 'lodash.merge/LICENSE', truth: either(['MIT'], ['MIT', 'CC0-1.0']), reason: 'samples are under CC0' },
  { path: 'lodash.uniq/LICENSE', truth: either(['MIT'], ['MIT', 'CC0-1.0']), reason: 'samples are under CC0' },
  { path: 'glob/LICENSE', declares: 'ISC', truth: either(['ISC'], ['ISC', 'CC-BY-SA-4.0']), reason: 'names that of a logo' },
  { path: 'abbrev/LICENSE', truth: is('ISC', 'MIT'), reason: 'both texts, to choose from' },
  { path: 'fs.realpath/LICENSE', truth: is('ISC', 'MIT'), reason: 'both texts' },
  { path: 'sax/LICENSE', declares: 'ISC', truth: is('ISC', 'MIT'), reason: 'both texts' },
  { path: 'rc9/LICENSE', truth: is('MIT', 'BSD-3-Clause'), reason: 'of what is bundled' },
  { path: 'sha.js/LICENSE', truth: is('MIT', 'BSD-3-Clause'), reason: 'of two authors' },
  { path: 'marked/LICENSE.md', truth: is('MIT', 'BSD-3-Clause'), reason: 'of Markdown itself' },
  { path: 'node-forge/LICENSE', truth: is('BSD-3-Clause', 'GPL-2.0-only'), reason: 'both texts, to choose from' },
  { path: 'd3-geo/LICENSE', truth: is('ISC', 'MIT'), reason: 'of GeographicLib' },
  { path: 'giget/LICENSE', truth: is('MIT', 'ISC', 'BlueOak-1.0.0'), reason: 'of what is bundled' },
  { path: 'playwright-core/lib/webp_codec.LICENSE', truth: null, reason: 'a list of many' },
  { path: 'rollup/LICENSE.md', truth: null, reason: 'a list of many' },
  { path: 'dist/BUNDLE_LICENSE.txt', truth: null, reason: 'a list of many' },
  { path: 'axe-core/LICENSE-3RD-PARTY.txt', truth: null, reason: 'a list of many' },
  // Words that depart from the license.
  { path: 'encoding/LICENSE', truth: altered('MIT'), reason: 'the condition is missing' },
  { path: 'wcwidth/LICENSE', truth: altered('MIT'), reason: 'the grant of MIT with the disclaimer of BSD' },
  { path: 'clone/LICENSE', truth: either(['MIT'], []), reason: '"arising from" is missing' },
  { path: 'cheerio-select/LICENSE', truth: either(['BSD-2-Clause'], []), reason: '"software" is missing, twice' },
  { path: 'nth-check/LICENSE', truth: either(['BSD-2-Clause'], []), reason: '"software" is missing, twice' },
  // No license text at all.
  { path: 'pm2/LICENSE', truth: either([], ['AGPL-3.0-only']), reason: 'the name of a file' },
  { path: 'studio-core/LICENSE', truth: either([], ['Apache-2.0']), reason: 'a note with a condition of its own' },
  { path: 'deep-freeze/LICENSE', truth: is(), reason: 'words of its own for the public domain' },
  { path: 'tv4/LICENSE.txt', truth: is(), reason: 'words of its own for the public domain' },
  { path: 'packaging/LICENSE', truth: either([], ['Apache-2.0', 'BSD-2-Clause']), reason: 'refers to two files' },
  { path: 'sockjs/COPYING', truth: either([], ['MIT']), reason: 'refers to another file' },
];
