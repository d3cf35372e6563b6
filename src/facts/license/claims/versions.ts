/** Versions of a license near its name, and whether later ones are meant too. */
import type { Family } from './families.ts';
import type { Word } from './words.ts';

export interface Version {
  /** What stands before the suffix: `GPL-2.0`, `Apache-2.0`. */
  readonly base: string;
  /** Null: nothing is said of other versions. */
  readonly suffix: 'only' | 'or-later' | null;
  /** Index behind the last word that belongs to it. */
  readonly end: number;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const ABBREVIATIONS = 'gpl lgpl agpl gfdl fdl apache asl mpl epl eupl cddl cpl bsl busl ofl sspl afl osl zpl upl psf cecill';
/** May stand between a name and its version. */
const BEFORE = list(
  `license licenses public general gnu software the as published by free foundation fsf inc inc. either of under terms is in version versions agreement ${ABBREVIATIONS}`,
);
/** May stand between a version and what is said of later ones. */
const BETWEEN = list(
  `or and at your option any a an the of license gnu general public lesser library affero as published by free software foundation fsf inc
discretion choice if you like wish prefer version versions june november february march october 1991 1999 2007 2008 29 dated its their it is not no ${ABBREVIATIONS}`.replaceAll(
    '\n',
    ' ',
  ),
);
const LATER = list('later newer higher greater above subsequent upwards onwards onward up beyond');
/** May stand between a version and a name that follows it. */
const AHEAD = list(
  'of the gnu or and any later newer at your option only version versions license a as published by free software foundation in',
);

/** How far a version may be from the name of a GNU license ("as published by the Free Software Foundation, Inc., either version"), and of others. */
const FAR = 24;
const NEAR = 7;

/** The versions that follow a name or stand before it; none: none is said there. */
export function versionsOf(words: readonly Word[], from: number, to: number, family: Family): readonly Version[] {
  const after = following(words, to, family);
  if (after.length > 0) return after;
  const before = preceding(words, from, to, family);
  return before ? [before] : [];
}

/** "… version 2 of the License" in what follows a name without a version. */
export function versionLater(words: readonly Word[], to: number, family: Family): readonly Version[] {
  for (let at = to; at < Math.min(words.length - 1, to + 60); at += 1) {
    if (words[at]?.before === 'gap') return [];
    if (words[at]?.word !== 'version' || words[at + 2]?.word !== 'of') continue;
    if (family.versions.has(words[at + 1]?.word ?? '')) return versionsAt(words, at + 1, family);
  }
  return [];
}

function following(words: readonly Word[], to: number, family: Family): readonly Version[] {
  const limit = to + (family.isGnu ? FAR : NEAR);
  let called = false;
  for (let at = to; at < Math.min(words.length, limit); at += 1) {
    const { word, before } = words[at] ?? { word: '', before: 'gap' };
    if (before === 'gap' || (at > to && before === 'sentence')) return [];
    if ((before === 'paragraph' || before === 'item') && word !== 'version') return [];
    if (family.versions.has(word)) return called || at - to <= 1 ? versionsAt(words, at, family) : [];
    if (word === '>=' && family.isGnu) {
      const base = family.versions.get(words[at + 1]?.word ?? '');
      return base === undefined ? [] : [{ base, suffix: 'or-later', end: at + 2 }];
    }
    called ||= word === 'version' || word === 'versions';
    if (!BEFORE.has(word)) return [];
  }
  return [];
}

/** The version at a place, and those that are said with it: "version 2 or version 3". */
function versionsAt(words: readonly Word[], at: number, family: Family): readonly Version[] {
  const base = family.versions.get(words[at]?.word ?? '');
  if (base === undefined) return [];
  const { suffix, end } = suffixAfter(words, at + 1, family);
  const first: Version = { base, suffix, end };
  if (suffix !== null || !family.isGnu) return [first];
  const next = another(words, at + 1, family);
  if (next === null) return [first];
  const second = family.versions.get(words[next]?.word ?? '') ?? base;
  return second === base ? [first] : [first, { base: second, ...suffixAfter(words, next + 1, family) }];
}

function suffixAfter(words: readonly Word[], from: number, family: Family): Pick<Version, 'suffix' | 'end'> {
  const nothing = { suffix: null, end: from } as const;
  if (words[from]?.word === '+') return { suffix: 'or-later', end: from + 1 };
  let said = '';
  for (let at = from; at < Math.min(words.length, from + FAR); at += 1) {
    const { word, before } = words[at] ?? { word: '', before: 'gap' };
    if (before === 'sentence' || before === 'paragraph' || before === 'gap') return nothing;
    if (word === 'only') return { suffix: 'only', end: at + 1 };
    if (LATER.has(word)) return later(words, at, said, nothing);
    if (!BETWEEN.has(word) || family.versions.has(word)) return nothing;
    said += ` ${word}`;
  }
  return nothing;
}

/** "or any later version", but neither "no later version" nor one that somebody else has to accept first. */
function later(
  words: readonly Word[],
  at: number,
  said: string,
  nothing: Pick<Version, 'suffix' | 'end'>,
): Pick<Version, 'suffix' | 'end'> {
  const next = words.slice(at + 1, at + 5).map(({ word }) => word);
  if (/ (?:no|not)\b/.test(said)) return { suffix: 'only', end: at + 1 };
  if (!/ (?:or|and|any)\b/.test(said) || next.some((word) => word === 'accepted' || word === 'approved')) return nothing;
  return { suffix: 'or-later', end: at + (/^versions?$/.test(next[0] ?? '') ? 2 : 1) };
}

/** Where another version follows in the same breath. */
function another(words: readonly Word[], from: number, family: Family): number | null {
  let isChoice = false;
  for (let at = from; at < Math.min(words.length, from + 9); at += 1) {
    const { word, before } = words[at] ?? { word: '', before: 'gap' };
    if (before === 'sentence' || before === 'paragraph' || before === 'gap') return null;
    if (family.versions.has(word)) return isChoice ? at : null;
    isChoice ||= word === 'or';
    if (!/^(?:or|at|your|option|version|the|of|license|either)$/.test(word)) return null;
  }
  return null;
}

/** "version 2 or later of the GNU General Public License" */
function preceding(words: readonly Word[], from: number, to: number, family: Family): Version | null {
  const said: string[] = [];
  for (let at = from - 1; at > Math.max(0, from - 17); at -= 1) {
    const word = words[at]?.word ?? '';
    const base = family.versions.get(word);
    if (base !== undefined) {
      if (words[at - 1]?.word !== 'version') return null;
      const isLater = said.some((one) => LATER.has(one) || one === '+');
      const after = suffixAfter(words, to, family);
      const suffix = isLater ? 'or-later' : said.includes('only') ? 'only' : after.suffix;
      return { base, suffix, end: suffix === after.suffix ? after.end : to };
    }
    if (!AHEAD.has(word) && word !== '+') return null;
    if (words[at + 1]?.before === 'sentence' || words[at + 1]?.before === 'gap') return null;
    said.push(word);
  }
  return null;
}
