/** Which of the licenses that a text names it is put under. */
import { grantsOf, isRuleForOthers, type Grant } from './grants.ts';
import type { Mention } from './mentions.ts';
import type { Word } from './words.ts';

export interface Claim {
  readonly mention: Mention;
  /** Index of the first word that belongs to it. */
  readonly from: number;
  /** Null: no more than a name. */
  readonly by: 'own' | 'named' | 'field' | 'heading' | null;
  /** Whether it goes on where the claim before it ended: "… or the MIT license". */
  readonly continues: boolean;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** May stand between the words of a grant and the name. */
const LEAD = list(
  `a an the terms and conditions condition of following either both any all version versions gnu standard permissive open source software license licenses licensing s at your
our its my option or later one two this free same under using public agreement osi approved http www liberal well known simple classic very newer only + >= provisions classifier`.replaceAll(
    '\n',
    ' ',
  ),
);
/** May stand between two names under one grant: choices, addresses and files. */
const ON = list(
  `or and and/or at your option either both the a an of terms conditions under license licenses version licensing see http www com org net html htm php txt md file
files in opensource apache mit bsd gnu gpl lgpl agpl epl mpl isc eclipse mozilla copying copyleft by as published free software foundation inc alternatively you may choose
dual available found text copy full root legal also any later either with per licensee s choosing to blob main master lesser general public`.replaceAll(
    '\n',
    ' ',
  ),
);
const REACH = 15;
const TITLES = list('license licensing licenses copyright legal copying and the project information & s');

/** Every name with what puts the text under it, in the order of the text. */
export function headersOf(text: string, words: readonly Word[], mentions: readonly Mention[]): readonly Claim[] {
  const grants = grantsOf(
    words,
    mentions.map(({ from }) => from),
  );
  const claims: Claim[] = [];
  for (const mention of mentions) claims.push(claim(text, words, grants, mention, claims.at(-1)));
  return claims;
}

function claim(
  text: string,
  words: readonly Word[],
  grants: ReadonlyMap<number, Grant>,
  mention: Mention,
  last: Claim | undefined,
): Claim {
  const name: Claim = { mention, from: mention.from, by: null, continues: false };
  if (isRuleForOthers(text, words, mention.to)) return name;
  const grant = grantBefore(words, grants, mention.from);
  if (grant) return grant.of === 'other' ? name : { ...name, from: grant.from, by: grant.of };
  if (last?.by && continues(words, last.mention, mention)) return { ...name, by: last.by, continues: true };
  if (isField(text, words, mention.from)) return { ...name, by: 'field' };
  if (isUnderTitle(text, words, mention)) return { ...name, by: 'heading' };
  return isLicensedAs(words, mention) ? { ...name, by: 'own' } : name;
}

function grantBefore(words: readonly Word[], grants: ReadonlyMap<number, Grant>, from: number): Grant | null {
  for (let at = from; at >= Math.max(0, from - REACH); at -= 1) {
    const grant = grants.get(at);
    if (grant) return grant;
    const { before } = words[at] ?? { before: 'none' };
    if (before === 'sentence' || before === 'paragraph' || before === 'gap') return null;
    const { word } = words[at - 1] ?? { word: '' };
    if (!LEAD.has(word) && !/^\d\.?\d?$/.test(word)) return null;
  }
  return null;
}

/** Two names that one mention says ("version 2 or version 3") have the same words. */
function continues(words: readonly Word[], last: Mention, next: Mention): boolean {
  if (next.from <= last.from) return true;
  if (next.from - last.to > REACH) return false;
  for (let at = last.to; at <= next.from; at += 1) {
    const { word, before } = words[at] ?? { word: '', before: 'gap' };
    if (before === 'sentence' || before === 'paragraph' || before === 'gap') return false;
    if (at < next.from && !ON.has(word) && !/^\d/.test(word)) return false;
  }
  return true;
}

/** "License: MIT", "@license MIT", but no quoted key: that is data or an example. */
function isField(text: string, words: readonly Word[], from: number): boolean {
  for (let at = from - 1; at >= Math.max(0, from - 6); at -= 1) {
    const { word, opens, start, end } = words[at] ?? { word: '', opens: false, start: 0, end: 0 };
    if (word === 'license' || word === 'licenses') {
      const next = text.slice(end, Math.min(words[at + 1]?.start ?? end, end + 8));
      const before = text.charAt(start - 1);
      if (before === '@' || before === '\\') return true;
      const isFirst =
        opens || (words[at - 1]?.opens === true && /^(?:code|project|software|source|main|the)$/.test(words[at - 1]?.word ?? ''));
      return isFirst && /^[*_ \t]*(?::|={1,2}[ \t>])/.test(next) && before !== '"' && before !== "'";
    }
    if (!LEAD.has(word)) return false;
  }
  return false;
}

/** A section that is called "License" and begins with the name. */
function isUnderTitle(text: string, words: readonly Word[], { from, to, isBare }: Mention): boolean {
  let at = from;
  while (at > from - 3 && at > 0 && /^(?:the|a|an)$/.test(words[at - 1]?.word ?? '') && words[at]?.opens === false) at -= 1;
  if (words[at]?.opens !== true || words[at]?.before === 'gap') return false;
  let first = at - 1;
  while (first > 0 && first > at - 6 && words[first]?.opens === false) first -= 1;
  const title = words.slice(first, at);
  if (title.length === 0 || title.length > 5 || words[first]?.opens !== true) return false;
  if (!title.every(({ word }) => TITLES.has(word)) || !title.some(({ word }) => word.startsWith('licens'))) return false;
  if (words[first]?.before !== 'paragraph' && first > 0) return false;
  const rest = text.slice(words[to - 1]?.end, words[to]?.start);
  return !isBare || to >= words.length || /[\n.©(\][,]/.test(rest) || /^(?:license|licensed|see|c)$/.test(words[to]?.word ?? '');
}

/** "This project is MIT licensed." */
function isLicensedAs(words: readonly Word[], { from, to }: Mention): boolean {
  if (words[to]?.word !== 'licensed' || words[to].before !== 'none') return false;
  const before = words.slice(Math.max(0, from - 6), from).map(({ word }) => word);
  return (
    before.some((word) => word === 'is' || word === 'are') &&
    before.some((word) => /^(?:this|project|code|software|library|package|repository|it|program|source)$/.test(word))
  );
}
