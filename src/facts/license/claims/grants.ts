/** Words that put something under a license, and words that say it is not so, no longer so, or true of something else. */
import { phrases } from './phrases.ts';
import type { Word } from './words.ts';

export interface Grant {
  readonly from: number;
  readonly to: number;
  /** Of this very text or project; of something with a name; of something else, or of nothing at present. */
  readonly of: 'own' | 'named' | 'other';
}

/** What ends right before a license, in one of these ways. */
const UNDER = phrases<true>(
  [
    'licensed|relicensed|sublicensed|released|distributed|redistributed|published|provided|offered|available|issued|shared|placed|put|used|copied|modified|made|sourced|dedicated *4 under',
    'licensed using|with|via|through|as|per',
    'available|released|distributed|provided via|with',
    'covered|governed|protected|bound *3 by|under',
    'redistribute|distribute|modify|use|copy|share *6 under',
    'is|are|falls|fall|comes|software|source|code under',
    'pursuant|subject|according to',
    'in accordance with',
    'under|by|on|with|to the? terms|conditions|provisions of?',
    'under license',
    'licenses this|it *6 under',
    'license used? is',
    'license for|of this *3 is',
    'licenses are',
    'project|software|library|package|repository|program uses|has|carries|adopts',
    'made available under the following secondary licenses *20 satisfied',
    'may also be made available under the following secondary licenses *20 satisfied',
  ].map((phrase) => [phrase, true] as const),
  'early',
);
/** "Licensed MIT", "dual licensed MIT / Apache-2.0" */
const ALONE = phrases<true>([['licensed', true]]);

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const OWN = list(
  'this these you we our my i contents file files project program software library package code source sources repository repo work works documentation module modules crate everything it here',
);
const OTHER = list(
  `previously formerly never must should shall would could whether unless if contribution contributions contributor contributors contributing contribute
contributed submission submissions patches dependency dependencies vendored bundled bundles third compatible incompatible
template templates recommend recommends prefer require requires required projects cannot until neither isn aren don doesn wasn weren ensure`.replaceAll(
    '\n',
    ' ',
  ),
);
/** As the first word of a sentence these speak of a set of things. */
const MANY = list('any every each most many some other others another no');
/** "… includes code that is licensed under …" */
const TAKES = list(
  'uses use using includes include including contains incorporates depends relies borrows borrowed based derived imports embeds ships links inspired like unlike compared',
);
const AFTER = list(
  'allowed accepted forbidden prohibited rejected denied preferred acceptable incompatible disallowed permitted approved compatible',
);

/** How far before a name a grant can begin. */
const REACH = 45;

/**
 * Every grant before one of the places, by the index behind its last word. "Licensed under the terms of" is one grant, however
 * many phrases it holds. The places are in order, and no word is looked at twice.
 */
export function grantsOf(words: readonly Word[], places: readonly number[]): ReadonlyMap<number, Grant> {
  const grants = new Map<number, Grant>();
  let last: Grant = { from: 0, to: 0, of: 'other' };
  let at = 0;
  for (const place of places) {
    for (at = Math.max(at, place - REACH); at < place; at += 1) {
      for (const find of [UNDER, ALONE]) {
        const to = find(words, at)?.end;
        if (to === undefined || grants.has(to)) continue;
        const begun: Grant = at < last.to ? last : { from: at, to, of: whose(words, at, to) };
        last = { from: begun.from, to, of: begun.of };
        grants.set(to, last);
      }
    }
  }
  return grants;
}

/** Whether what follows a license in its sentence turns it into a rule for others: "… are not allowed", a question. */
export function isRuleForOthers(text: string, words: readonly Word[], to: number): boolean {
  for (let at = to; at < Math.min(words.length, to + 20); at += 1) {
    const { word, start, before } = words[at] ?? { word: '', start: 0, before: 'gap' };
    if (before !== 'none' && before !== 'line')
      return text
        .slice(words[at - 1]?.end, start)
        .slice(0, 4)
        .includes('?');
    if (at < to + 7 && AFTER.has(word) && words.slice(at - 2, at).some((one) => /^(?:is|are|not)$/.test(one.word))) return true;
  }
  return to >= words.length && text.slice(words.at(-1)?.end).slice(0, 4).includes('?');
}

/** Index of the first word of the sentence, or of that 30 words before. */
export function sentenceStart(words: readonly Word[], at: number): number {
  for (let from = at; from > Math.max(0, at - 30); from -= 1) {
    const before = words[from]?.before;
    if (before !== 'none' && before !== 'line') return from;
  }
  return Math.max(0, at - 30);
}

function whose(words: readonly Word[], from: number, to: number): Grant['of'] {
  const start = sentenceStart(words, from);
  const said = words.slice(start, from).map(({ word }) => word);
  const inside = words.slice(from, to).map(({ word }) => word);
  if (inside.includes('not') || isOther(said, inside[0] ?? '')) return 'other';
  if (said.length === 0 || said.some((word) => OWN.has(word)) || inside.some((word) => OWN.has(word))) return 'own';
  return 'named';
}

function isOther(said: readonly string[], verb: string): boolean {
  const near = said.slice(-5);
  const isDefault = said.includes('otherwise');
  if (!isDefault && said.some((word) => OTHER.has(word))) return true;
  if (!isDefault && (near.includes('not') || near.includes('no'))) return true;
  if (isNotYet(said, verb)) return true;
  if (MANY.has(said[0] ?? '')) return true;
  const relative = said.slice(-3).some((word) => word === 'which' || word === 'that' || word === 'whose' || word === 'who');
  if (relative) return !said.join(' ').includes('is part of');
  return (
    // "Use of this source code is governed by …" takes nothing.
    said.some((word, index) => TAKES.has(word) && (word !== 'use' || (index > 0 && said[index + 1] !== 'of'))) &&
    !said.slice(-3).some((word) => word === 'it' || word === 'this')
  );
}

/** "was licensed under", "will be released under", "can be licensed under"; but what may be used is granted. */
function isNotYet(said: readonly string[], verb: string): boolean {
  const last = said.at(-1) ?? '';
  const near = said.slice(-3);
  if (/^(?:was|were|originally|initially)$/.test(last) || (last === 'been' && near.includes('had'))) return true;
  if (said.slice(-4).includes('longer') || near.includes('will')) return true;
  const isUse =
    /^(?:used|use|distributed|redistributed|distribute|redistribute|copied|copy|modify|modified|available|made|under|is|are|to|by|may|shared)$/.test(
      verb,
    );
  return !isUse && near.some((word) => word === 'may' || word === 'can' || word === 'might');
}
