/** Whether the licenses of a text are for everyone to choose from, or hold together. */
import type { Span } from '../detection.ts';
import { mentionsOf } from './mentions.ts';
import { phrases } from './phrases.ts';
import { wordsOf, type Word } from './words.ts';

const SAYS = phrases<'or' | 'and'>([
  ['dual|dually|triple|triply|tri|multi|double|multiple license|licensed|licensing|licenses', 'or'],
  ['under the? terms? of? either', 'or'],
  ['under either', 'or'],
  ['under the? terms? of? one|any of', 'or'],
  ['either of these|the|following', 'or'],
  ['at your choice', 'or'],
  ['at your own? option', 'or'],
  ['at your own? discretion', 'or'],
  ['at the licensee s choice|option|choosing', 'or'],
  ['per the licensee s choosing', 'or'],
  ['your choice of', 'or'],
  ['license|licenses of your choice', 'or'],
  ['of your choosing', 'or'],
  ['you may choose|select|pick', 'or'],
  ['you can choose|select|pick', 'or'],
  ['choose either|one|between', 'or'],
  ['alternatively *12 under', 'or'],
  ['alternatively *12 the terms', 'or'],
  ['may also be made available under', 'or'],
  ['same terms as the? perl', 'or'],
  ['under both', 'and'],
  ['both licenses apply', 'and'],
  ['both of the following', 'and'],
  ['all of the following licenses', 'and'],
  ['all the licenses below', 'and'],
  ['in addition to the license above', 'and'],
  ['parts|portions|some *8 licensed|released|available under', 'and'],
  ['documentation *4 licensed|released|available under', 'and'],
]);
const LATER = /^(?:any|a|later|newer|version|the|of|license|gnu|general|public|either|or)$/;

/** Null: the text says neither. "(at your option) any later version" is no choice between licenses. */
export function statement(text: string, taken: readonly Span[] = []): 'or' | 'and' | null {
  const words = wordsOf(text, taken);
  let says: 'and' | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const found = SAYS(words, at);
    if (found?.value === 'or' && !isOfVersions(words, at, found.end)) return 'or';
    if (found?.value === 'and') says = 'and';
  }
  return joinedByOr(text, words) ? 'or' : says;
}

/** "(at your option) any later version", "either version 2 of the License, or": versions of one license. */
function isOfVersions(words: readonly Word[], from: number, to: number): boolean {
  if (words[to]?.word === 'version') return true;
  if (words[from]?.word !== 'at') return false;
  const next = words.slice(to, to + 4).map(({ word }) => word);
  const later = next.findIndex((word) => word === 'later' || word === 'newer' || word === 'version');
  return later >= 0 && next.slice(0, later).every((word) => LATER.test(word));
}

/** "the MIT license or the Apache License": two names, and little but "or" between them. */
function joinedByOr(text: string, words: readonly Word[]): boolean {
  const mentions = mentionsOf(text, words);
  return mentions.some((next, index) => {
    const last = mentions[index - 1];
    if (last === undefined || last.family === next.family || next.from - last.to > 6) return false;
    const between = words.slice(last.to, next.from);
    if (
      words
        .slice(last.to, next.from + 1)
        .some(({ before }) => before === 'sentence' || before === 'paragraph' || before === 'gap')
    )
      return false;
    const raw = text.slice(words[last.to - 1]?.end, words[next.from]?.start);
    return between.some(({ word }) => word === 'or') || (between.length === 0 && /^\s?\/\s?$/.test(raw));
  });
}
