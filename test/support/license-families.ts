/** Which SPDX ids share one text, once blanks, case and punctuation are left aside. */
import { isDeprecated, LIST } from './license-texts.ts';

/** All current ids with their texts. */
export const CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.entries(LIST)
    .filter(([id]) => !isDeprecated(id))
    .map(([id, { licenseText }]) => [id, licenseText]),
);

const FAMILIES = families();

/** The first of all ids with the same text; withdrawn ids count as their `-only`. */
export function familyOf(id: string): string {
  const [base = id, exception] = id.split(' WITH ');
  const family = FAMILIES.get(base) ?? FAMILIES.get(`${base}-only`) ?? base;
  return exception === undefined ? family : `${family} WITH ${exception}`;
}

/** One id of each family. */
export const DISTINCT: readonly string[] = [...new Set(FAMILIES.values())];

/** The canonical text; throws for an id that the list does not have. */
export function textOf(id: string): string {
  const text = CANONICAL.get(id);
  if (text === undefined) throw new Error(`The SPDX list has no text for ${id}.`);
  return text;
}

/** The words alone. */
export function folded(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

function families(): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const all = new Map<string, string>();
  for (const [id, text] of CANONICAL) {
    const words = folded(text);
    const family = first.get(words) ?? id;
    first.set(words, family);
    all.set(id, family);
  }
  return all;
}
