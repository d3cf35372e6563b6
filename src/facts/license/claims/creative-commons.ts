/** Creative Commons licenses by the parts of their names: "Attribution-NonCommercial 4.0 International", "CC BY-NC 4.0", their addresses. */
import { isLicenseId } from '../../spdx/ids.ts';
import type { Word } from './words.ts';

type Part = 'BY' | 'NC' | 'ND' | 'SA';

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['by', 'BY'],
  ['attribution', 'BY'],
  ['nc', 'NC'],
  ['commercial', 'NC'],
  ['nd', 'ND'],
  ['noderivs', 'ND'],
  ['noderivatives', 'ND'],
  ['derivs', 'ND'],
  ['derivatives', 'ND'],
  ['derivative', 'ND'],
  ['sa', 'SA'],
  ['sharealike', 'SA'],
  ['alike', 'SA'],
]);

const BETWEEN: ReadonlySet<string> = new Set(
  'non no share works work cc creative commons license licenses public international unported generic the version org of and deed deeds'.split(
    ' ',
  ),
);

/** Ported versions that have ids of their own. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['united', 'US'],
  ['us', 'US'],
  ['germany', 'DE'],
  ['de', 'DE'],
  ['austria', 'AT'],
  ['at', 'AT'],
  ['australia', 'AU'],
  ['au', 'AU'],
  ['netherlands', 'NL'],
  ['nl', 'NL'],
  ['igo', 'IGO'],
  ['intergovernmental', 'IGO'],
  ['france', 'FR'],
  ['fr', 'FR'],
  ['uk', 'UK'],
  ['england', 'UK'],
  ['japan', 'JP'],
  ['jp', 'JP'],
]);

export interface Commons {
  readonly id: string;
  /** Index behind the last word. */
  readonly end: number;
  /** Whether the version was said. */
  readonly isSure: boolean;
}

/** The license whose name begins at a word; null: none of the list does. */
export function commonsAt(words: readonly Word[], from: number): Commons | null {
  const first = words[from]?.word;
  if (first !== 'cc' && first !== 'creative' && first !== 'creativecommons') return null;
  const parts = new Set<Part>();
  let at = from + 1;
  let end = at;
  for (; at < Math.min(words.length, from + 16); at += 1) {
    const word = words[at]?.word ?? '';
    if (/^\d/.test(word)) break;
    const part = PARTS.get(word);
    if (part === undefined && !BETWEEN.has(word)) break;
    if (part !== undefined) end = at + 1;
    if (part !== undefined) parts.add(part);
  }
  if (!parts.has('BY')) return null;
  const base = `CC-${(['BY', 'NC', 'ND', 'SA'] as const).filter((part) => parts.has(part)).join('-')}`;
  const version = words[at]?.word ?? '';
  const id = `${base}-${version.includes('.') ? version : `${version}.0`}`;
  if (isLicenseId(id)) return ported(words, at + 1, id);
  return isLicenseId(`${base}-4.0`) ? { id: `${base}-4.0`, end, isSure: false } : null;
}

function ported(words: readonly Word[], at: number, id: string): Commons {
  const place = PLACES.get(words[at]?.word ?? '');
  const local = `${id}-${place ?? ''}`;
  if (place !== undefined && isLicenseId(local)) return { id: local, end: at + 1, isSure: true };
  return { id, end: /^(?:international|unported|generic)$/.test(words[at]?.word ?? '') ? at + 1 : at, isSure: true };
}
