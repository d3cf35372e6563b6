/** Which id somebody may have meant who wrote something that is none. For sentences only: nothing is ever decided by it. */
import { LICENSE_IDS } from './ids.ts';

/** What is often written instead of an id, in lower case and without marks. */
const OFTEN: ReadonlyMap<string, string> = new Map([
  ['agpl', 'AGPL-3.0-only'],
  ['apache', 'Apache-2.0'],
  ['apache2', 'Apache-2.0'],
  ['apachelicense', 'Apache-2.0'],
  ['asl', 'Apache-2.0'],
  ['boost', 'BSL-1.0'],
  ['bsd', 'BSD-3-Clause'],
  ['bsd2', 'BSD-2-Clause'],
  ['bsd3', 'BSD-3-Clause'],
  ['cc0', 'CC0-1.0'],
  ['ccby', 'CC-BY-4.0'],
  ['eclipse', 'EPL-2.0'],
  ['epl', 'EPL-2.0'],
  ['expat', 'MIT'],
  ['gpl', 'GPL-3.0-only'],
  ['gplv2', 'GPL-2.0-only'],
  ['gplv3', 'GPL-3.0-only'],
  ['lgpl', 'LGPL-3.0-only'],
  ['lgplv21', 'LGPL-2.1-only'],
  ['lgplv3', 'LGPL-3.0-only'],
  ['mozilla', 'MPL-2.0'],
  ['mpl', 'MPL-2.0'],
  ['newbsd', 'BSD-3-Clause'],
  ['simplifiedbsd', 'BSD-2-Clause'],
  ['thezlib', 'Zlib'],
]);

const LONGEST = 40;

/** An id of the SPDX list that looks like the text; null: none does. */
export function nearestId(text: string): string | null {
  const wanted = bare(text);
  if (wanted.length < 2 || text.length > LONGEST) return null;
  return OFTEN.get(wanted) ?? nearest(text, LICENSE_IDS);
}

/** The one of several words that differs least from the text, if it does not differ in more than a third; null: none does. */
export function nearest(text: string, choices: readonly string[]): string | null {
  const wanted = bare(text);
  if (text.length > LONGEST) return null;
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const found = choices
    .map((choice) => ({ choice, bare: bare(choice) }))
    .filter((one) => Math.abs(one.bare.length - wanted.length) <= allowed)
    .map((one) => ({ choice: one.choice, edits: edits(wanted, one.bare) }))
    .reduce((best, one) => (one.edits < best.edits ? one : best), { choice: '', edits: allowed + 1 });
  return found.choice === '' ? null : found.choice;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** How many letters are put in, taken out or exchanged; both texts are short. */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      const exchanged = (row[to] ?? 0) + (one[at] === other[to] ? 0 : 1);
      next.push(Math.min(exchanged, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
