/** Whether what is declared is what the license texts hold. */
import { known, unknown, type Answer } from '../../facts/answer.ts';
import type { LicenseFile } from '../../facts/license/files.ts';
import { isChoice, isPartOfAnother, offerOf } from '../../facts/license/together.ts';
import { readExpression, type Expression } from '../../facts/spdx/expression.ts';
import { isSameExpression } from '../../facts/spdx/same.ts';
import { licensesIn } from '../../facts/spdx/walk.ts';

/** One license text; it may stand for several ids. */
export interface HeldText {
  readonly path: string;
  readonly may: readonly string[];
  readonly readings: readonly Expression[];
}

/** What license texts hold together. */
export interface Held {
  readonly texts: readonly HeldText[];
  /** What to declare; null: the texts leave open which id or which operator is meant. */
  readonly expression: string | null;
}

/** Unknown where one of the texts is not known; the reason names the file. */
export function heldIn(files: readonly LicenseFile[]): Answer<Held> {
  const own = files.filter((file) => !isPartOfAnother(file, files));
  const texts: HeldText[] = [];
  for (const { path, license } of own) {
    if (!license.known) return unknown(`${path} could not be read: ${license.reason}`);
    const { may, altered, reason } = license.value;
    const [first] = altered;
    if (first) return unknown(`${path} is not the ${first.license} text: its words were changed`);
    if (may.length === 0) return unknown(`what ${path} holds is not known: ${reason ?? 'nobody told'}`);
    texts.push({ path, may, readings: may.flatMap(parsed) });
  }
  return known({ texts, expression: together(own, texts) });
}

/** Texts beside each other tell how they are meant only where they offer a choice. */
function together(files: readonly LicenseFile[], texts: readonly HeldText[]): string | null {
  const offer = texts.find(({ path }) => path === offerOf(files)?.path);
  const meant = offer ? [offer] : texts;
  const ids = meant.flatMap(({ may: [first, ...others] }) => (first !== undefined && others.length === 0 ? [first] : []));
  if (ids.length < meant.length) return null;
  if (ids.length > 1 && !isChoice(files)) return null;
  return ids.length > 0 ? ids.join(' OR ') : null;
}

function parsed(text: string): readonly Expression[] {
  const read = readExpression(text);
  return read.known ? [read.value] : [];
}

/**
 * The texts that hold what is declared; none: it is not held. Texts beside each other do not tell AND from OR, and a text
 * does not show an exception that is granted elsewhere.
 */
export function holding(declared: string, { texts }: Held): readonly HeldText[] {
  const read = readExpression(declared);
  if (!read.known) return [];
  const exact = texts.filter(({ readings }) => readings.some((one) => isSameExpression(one, read.value)));
  if (exact.length > 0) return exact;
  const wanted = idsOf([read.value]);
  const there = idsOf(texts.flatMap(({ readings }) => readings));
  if (texts.length > 1 || wanted.size > 1) return isCovered(wanted, there) && isCovered(there, wanted) ? texts : [];
  const [only] = licensesIn(read.value);
  return only && only.exception !== null && there.has(only.id) ? texts : [];
}

/** Whether a text holds one of these licenses, by itself or among others. */
export function isNamedAmong(expressions: readonly string[], { texts }: Held): boolean {
  const families = new Set([...idsOf(texts.flatMap(({ readings }) => readings))].map(familyOf));
  return [...idsOf(expressions.flatMap(parsed))].some((id) => families.has(familyOf(id)));
}

function idsOf(expressions: readonly Expression[]): ReadonlySet<string> {
  return new Set(expressions.flatMap((one) => licensesIn(one).map(({ id }) => id)));
}

/** Every id has its like: texts of the GPL stand for both of their ids, and one of them is enough. */
function isCovered(ids: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const families = new Set([...others].map(familyOf));
  return [...ids].every((id) => others.has(id) || families.has(familyOf(id)));
}

function familyOf(id: string): string {
  return /^(?:[AL]?GPL|GFDL)-/.test(id) ? id.replace(/-(?:only|or-later)$/, '') : id;
}
