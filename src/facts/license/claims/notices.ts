/** Notices that say a license in words of their own, without its name. */
import { phrases } from './phrases.ts';
import { sentenceStart } from './grants.ts';
import type { Said } from './said.ts';
import type { Word } from './words.ts';

const NOTICES = phrases<readonly string[]>([
  [
    'same terms and? conditions? as the? perl 5? programming? language? system? itself?',
    ['Artistic-1.0-Perl', 'GPL-1.0-or-later'],
  ],
  ['waived all copyright and related or|and neighboring|neighbouring rights', ['CC0-1.0']],
  ['dedicated all copyright and related or|and neighboring|neighbouring rights', ['CC0-1.0']],
  // Exhibit B of the license.
  ['this source code form is incompatible with secondary licenses', ['MPL-2.0-no-copyleft-exception']],
  ['free and unencumbered software released into the public domain', ['Unlicense']],
]);
const NEVER = /^(?:not|previously|formerly|never|must|should|if|whether|contributions?|was|were)$/;

/** In the order of the text. */
export function noticesOf(words: readonly Word[]): readonly Said[] {
  const said: Said[] = [];
  for (let from = 0; from < words.length; from += 1) {
    const found = NOTICES(words, from);
    if (!found || words.slice(sentenceStart(words, from), from).some(({ word }) => NEVER.test(word))) continue;
    for (const id of found.value) said.push({ id, kind: 'header', confidence: 0.95, from, to: found.end });
  }
  return said;
}
