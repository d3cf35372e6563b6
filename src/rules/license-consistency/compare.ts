/** Whether what is declared is what the license texts hold. */
import { known, unknown, type Answer } from '../../facts/answer.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import { isPartOfAnother } from '../../facts/license/together.ts';
import { readExpression, type Expression } from '../../facts/spdx/expression.ts';
import { isSameExpression } from '../../facts/spdx/same.ts';
import { licensesIn } from '../../facts/spdx/walk.ts';

/** What license texts hold together: one text may stand for several ids, several texts for AND or OR. */
export interface Held {
  readonly paths: readonly string[];
  /** In words: `Apache-2.0`, or `Apache-2.0` and `MIT`. */
  readonly names: readonly string[];
  readonly readings: readonly Expression[];
}

/** Unknown where one of the texts is not known; the reason names the file. */
export function heldIn(files: readonly LicenseFile[]): Answer<Held> {
  const own = files.filter((file) => !isPartOfAnother(file, files));
  const texts: { readonly path: string; readonly may: readonly string[] }[] = [];
  for (const { path, license } of own) {
    if (!license.known) return unknown(`${path} could not be read: ${license.reason}`);
    const { may, altered, reason } = license.value;
    if (altered.length > 0) return unknown(`${path} is an altered ${altered[0]?.license ?? 'license'}`);
    if (may.length === 0) return unknown(`what ${path} holds is not known: ${reason ?? 'nobody told'}`);
    texts.push({ path, may });
  }
  return known({
    paths: texts.map(({ path }) => path),
    names: texts.map(({ may }) => may[0] ?? ''),
    readings: texts.flatMap(({ may }) => may.flatMap(parsed)),
  });
}

function parsed(text: string): readonly Expression[] {
  const read = readExpression(text);
  return read.known ? [read.value] : [];
}

/**
 * Whether a declared expression says what the texts hold. Texts beside each other do not tell AND from OR, and a text does not
 * show an exception that is granted elsewhere.
 */
export function isHeld(declared: string, { readings, paths }: Held): boolean {
  const read = readExpression(declared);
  if (!read.known) return false;
  if (readings.some((one) => isSameExpression(one, read.value))) return true;
  const wanted = new Set(licensesIn(read.value).map(({ id }) => id));
  const there = new Set(readings.flatMap((one) => licensesIn(one).map(({ id }) => id)));
  if (paths.length > 1 || wanted.size > 1) return isCovered(wanted, there) && isCovered(there, wanted);
  const [only] = licensesIn(read.value);
  return only?.exception !== null && only !== undefined && there.has(only.id);
}

/** Every id has its like: texts of the GPL stand for both of their ids, and one of them is enough. */
function isCovered(ids: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const families = new Set([...others].map(familyOf));
  return [...ids].every((id) => others.has(id) || families.has(familyOf(id)));
}

function familyOf(id: string): string {
  return /^(?:[AL]?GPL|GFDL)-/.test(id) ? id.replace(/-(?:only|or-later)$/, '') : id;
}
