/** The `license` of a Cabal package: SPDX from format 2.2 on, Cabal's own names before. */
import { canonicalException, canonicalId } from '../../spdx/ids.ts';
import { expressionOf } from '../declared.ts';
import type { Declared } from '../package.ts';

/**
 * What a declared license means. `isSpdx`: the format is 2.2 or later.
 * SPDX counts in an older format too: Cabal knows no such name there, but what is meant is plain.
 */
export function declaredLicense(text: string, line: number | null, isSpdx: boolean): Declared {
  if (text.length > LONGEST) return { text: text.slice(0, LONGEST), expression: null, line };
  const named = isSpdx ? misspelled(text) : NAMES.get(text);
  return { text, expression: named === undefined ? expressionOf(text) : named, line };
}

/** Cabal's own reader tells ids by their case, where SPDX does not: null for `apache-2.0`, undefined where the spelling is right. */
function misspelled(text: string): null | undefined {
  const words = text.match(/[A-Za-z0-9.+-]+/g) ?? [];
  const isWrong = words.some((word) => {
    const id = canonicalId(word) ?? canonicalException(word) ?? word;
    return id !== word && id.toLowerCase() === word.toLowerCase();
  });
  return isWrong ? null : undefined;
}

/** No expression is longer; rules judge none that is. */
const LONGEST = 4_096;

/**
 * Cabal's own names, as Cabal itself turns them into SPDX (`licenseToSPDX`), with two exceptions where that gives a name without a meaning:
 * a license without its version, and one that only points to a text, cannot be told.
 */
const NAMES: ReadonlyMap<string, string | null> = new Map([
  ['BSD2', 'BSD-2-Clause'],
  ['BSD3', 'BSD-3-Clause'],
  ['BSD4', 'BSD-4-Clause'],
  ['MIT', 'MIT'],
  ['ISC', 'ISC'],
  ['GPL-2', 'GPL-2.0-only'],
  ['GPL-3', 'GPL-3.0-only'],
  ['LGPL-2.1', 'LGPL-2.1-only'],
  ['LGPL-3', 'LGPL-3.0-only'],
  ['AGPL-3', 'AGPL-3.0-only'],
  ['MPL-2.0', 'MPL-2.0'],
  ['Apache-2.0', 'Apache-2.0'],
  ['PublicDomain', 'LicenseRef-PublicDomain'],
  ['AllRightsReserved', 'NONE'],
  ['UnspecifiedLicense', 'NONE'],
  ['GPL', null],
  ['LGPL', null],
  ['LGPL-2', null],
  ['AGPL', null],
  ['Apache', null],
  ['OtherLicense', null],
  ['UnknownLicense', null],
]);

const VERSION = /^(?:>=|==)?\s*(\d{1,4})(?:\.(\d{1,4}))?/;

/** Whether a `cabal-version` is 2.2 or later; files that say nothing are older. */
export function isSpdxFormat(cabalVersion: string): boolean {
  const [, major = '0', minor = '0'] = VERSION.exec(cabalVersion) ?? [];
  return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 2);
}
