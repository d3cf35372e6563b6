/** One operand of an expression, read from its word and the word behind WITH. */
import { known, unknown, type Answer } from '../answer.ts';
import { canonicalException, nameOf } from './ids.ts';
import { nearestId } from './nearest.ts';
import { shown, type Token } from './tokens.ts';

/** As `License` says it. */
interface LicenseWords {
  readonly kind: 'license';
  readonly id: string;
  readonly orLater: boolean;
  readonly exception: string | null;
}

type LeafWords = LicenseWords | { readonly kind: 'none' | 'no-assertion' };

/** `UNLICENSED` is npm's word for what nobody may use; the license that is called Unlicense is another thing. */
const SPECIAL: ReadonlyMap<string, 'none' | 'no-assertion'> = new Map([
  ['NOASSERTION', 'no-assertion'],
  ['NONE', 'none'],
  ['UNLICENSED', 'none'],
]);

/** References of SPDX documents; a document may bring its own exceptions too (SPDX 3.0, annex B). */
const LICENSE_REF = /^(?:documentref-([a-z0-9.-]+):)?licenseref-([a-z0-9.-]+)$/i;
const ADDITION_REF = /^(?:documentref-([a-z0-9.-]+):)?additionref-([a-z0-9.-]+)$/i;

/** Whether an id is a reference, whose meaning stands outside of the SPDX list. */
export function isReference(id: string): boolean {
  return LICENSE_REF.test(id) || ADDITION_REF.test(id);
}

/**
 * Reads one operand; unknown when it is none. `exception`: the word behind WITH; null: WITH is the last word; undefined: there
 * is no WITH.
 */
export function readLeaf(token: Token, exception?: Token | null): Answer<LeafWords> {
  if (token.kind !== 'word') return unknown(`${shown(token)} stands where a license is wanted`);
  if (exception === null) return unknown('it ends where an exception is wanted');
  const special = SPECIAL.get(token.text.toUpperCase());
  if (special !== undefined && exception !== undefined) return unknown(`${shown(token)} cannot have an exception`);
  if (special !== undefined) return known({ kind: special });
  const license = readLicense(token);
  return license.known && exception !== undefined ? readException(license.value, exception) : license;
}

function readLicense(word: Token): Answer<LicenseWords> {
  const reference = referenceOf(LICENSE_REF, 'LicenseRef', word.text);
  if (reference !== null) return known({ kind: 'license', id: reference, orLater: false, exception: null });
  const whole = nameOf(word.text);
  if (whole !== null) return known({ kind: 'license', id: whole.id, orLater: false, exception: whole.exception });
  if (!word.text.endsWith('+')) return noLicense(word);
  const bare = nameOf(word.text.slice(0, -1));
  if (bare === null) return noLicense(word);
  if (bare.id.endsWith('-only')) return unknown(`${shown(word)} says both "only" and "or later"`);
  return known({ kind: 'license', id: bare.id, orLater: true, exception: bare.exception });
}

function readException(license: LicenseWords, word: Token): Answer<LicenseWords> {
  if (license.exception !== null) return unknown(`${shown(word)} is a second exception to one license`);
  const exception = canonicalException(word.text) ?? referenceOf(ADDITION_REF, 'AdditionRef', word.text);
  if (exception === null) return unknown(`${shown(word)} is no exception on the SPDX list`);
  return known({ ...license, exception });
}

function referenceOf(form: RegExp, prefix: string, text: string): string | null {
  const [whole, document, name] = form.exec(text) ?? [];
  if (whole === undefined || name === undefined) return null;
  return document === undefined ? `${prefix}-${name}` : `DocumentRef-${document}:${prefix}-${name}`;
}

function noLicense(word: Token): Answer<never> {
  const exception = canonicalException(word.text);
  if (exception !== null) return unknown(`${shown(word)} is an exception; it stands behind a license and WITH`);
  const meant = nearestId(word.text);
  return unknown(`${shown(word)} is not on the SPDX list${meant === null ? '' : ` (did you mean ${meant}?)`}`);
}
