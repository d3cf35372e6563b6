/** Which words of a license its users fill in or may leave out. */
import { OPTIONAL, SLOT } from './index-format.ts';
import type { Tokens } from './tokens.ts';

/** Names stand between these words: what goes before, what comes after, and how many words at most. */
const NAMES: readonly (readonly [string, string, number])[] = [
  ['neither the name of', 'nor', 16],
  ['neither the names of', 'nor', 16],
  ['neither the name', 'nor', 16],
  ['nor the names of', 'may be used', 12],
  ['nor the name of', 'may be used', 12],
  ['and the name of', 'may not be used', 12],
  ['the name of', 'may not be used', 14],
  ['the name of', 'must not be used', 14],
  ['the names of', 'must not be used', 14],
  ['the names', 'must not be used', 14],
  ['the name', 'must not be used', 14],
  ['the name of', 'not be used', 14],
  ['the name of', 'be used in', 14],
  ['the names of', 'be used in', 14],
  ['is provided by', 'as is', 18],
  ['are provided by', 'as is', 18],
  ['provided by', 'as is', 18],
  ['as is and', 'disclaims', 12],
  ['as is and', 'disclaim', 12],
  ['as is', 'disclaims all', 12],
  ['in no event shall', 'be liable', 24],
  ['in no event will', 'be liable', 24],
  ['in no event is', 'be liable', 24],
  ['shall not', 'be liable', 4],
  ['includes software developed by', 'neither', 16],
  ['includes software developed by', 'the name', 16],
  ['includes software developed by', 'alternately', 16],
  ['may not be called', 'nor may', 8],
  ['nor may', 'appear in their name', 8],
  ['prior written authorization from', '.', 8],
  ['prior written permission of', '.', 12],
  ['prior written permission from', '.', 8],
  ['written permission please contact', 'products', 8],
  ['is a trademark of', '.', 10],
  ['either express or implied of', '.', 16],
  ['free software foundation inc', 'everyone is', 14],
];

/** From these words on nothing belongs to the terms. */
const ENDS = [
  'end of terms and conditions',
  'end of the terms and conditions',
  'how to apply these terms',
  'appendix how to apply',
  'exhibit a source code form license notice',
  'creative commons is not a party to its public licenses',
  'creative commons notice',
];
/** Up to these words nothing does; only where a license begins like this. */
const BEGINS: readonly (readonly [string, string])[] = [
  ['by exercising the licensed rights', 'creative commons'],
  ['the work as defined below is provided under', 'creative commons'],
  ['statement of purpose the laws of most jurisdictions', 'creative commons'],
];

/** A text shorter than this share of all is no end, but begins another part. */
const LEAST_TERMS = 0.4;
const LONGEST_TITLE = 16;

/** One role for each word of `text`. */
export function roles(text: string, tokens: Tokens, spelled: readonly string[]): Uint8Array {
  const all = new Uint8Array(spelled.length);
  const joined = placed(spelled);
  for (const [before, after, most] of NAMES) markNames(joined, before, after, most, text, tokens, all);
  markBrackets(text, tokens, all);
  all.fill(OPTIONAL, 0, titleEnd(text, tokens, spelled));
  for (const [begin, first] of BEGINS) {
    const at = joined.find(begin, 0);
    if (at > 0 && at < spelled.length / 2 && joined.find(first, 0) < at && joined.find(first, 0) >= 0) all.fill(OPTIONAL, 0, at);
  }
  const ends = ENDS.map((end) => joined.find(end, Math.floor(spelled.length * LEAST_TERMS))).filter((at) => at >= 0);
  if (ends.length > 0) all.fill(OPTIONAL, Math.min(...ends));
  return all;
}

interface Placed {
  /** Place of the first of these words at or after a place; -1: they do not stand there. */
  readonly find: (words: string, from: number) => number;
  readonly spelled: readonly string[];
}

function placed(spelled: readonly string[]): Placed {
  return {
    spelled,
    find: (words, from) => {
      const wanted = words.split(' ');
      const [begin = ''] = wanted;
      for (let at = spelled.indexOf(begin, from); at >= 0; at = spelled.indexOf(begin, at + 1))
        if (wanted.every((word, nth) => spelled[at + nth] === word)) return at;
      return -1;
    },
  };
}

function markNames(
  joined: Placed,
  before: string,
  after: string,
  most: number,
  text: string,
  { ends }: Tokens,
  all: Uint8Array,
): void {
  const length = before.split(' ').length;
  for (let at = joined.find(before, 0); at >= 0; at = joined.find(before, at + 1)) {
    const from = at + length;
    const to = after === '.' ? sentenceEnd(text, ends, from, most) : joined.find(after, from);
    if (to > from && to - from <= most) all.fill(SLOT, from, to);
  }
}

function sentenceEnd(text: string, ends: Int32Array, from: number, most: number): number {
  for (let at = from; at < Math.min(from + most, ends.length); at += 1)
    if (/^["')>]*\.(?:\s|$)/.test(text.slice(ends[at], (ends[at] ?? 0) + 6))) return at + 1;
  return -1;
}

/** `<name of the holder>`, `[yyyy]`, `{{ project }}`. */
function markBrackets(text: string, { starts, ends }: Tokens, all: Uint8Array): void {
  const fields = [...text.matchAll(/<[^<>]{2,80}>|\[[^[\]]{2,80}\]|\{[^{}]{2,80}\}/g)]
    .filter(([field]) =>
      /year|yyyy|name|owner|holder|author|organi[sz]ation|program|project|email|licensor|company|date/i.test(field),
    )
    .map((match) => [match.index, match.index + match[0].length] as const);
  let nth = 0;
  for (let at = 0; at < starts.length; at += 1) {
    while ((fields[nth]?.[1] ?? Infinity) <= (starts[at] ?? 0)) nth += 1;
    const field = fields[nth];
    if (field && (starts[at] ?? 0) >= field[0] && (ends[at] ?? 0) <= field[1]) all[at] = SLOT;
  }
}

/** How many words the lines at the top have that only name the license. */
function titleEnd(text: string, { starts }: Tokens, spelled: readonly string[]): number {
  let [title, place] = [0, 0];
  for (const line of text.split('\n').slice(0, 12)) {
    const from = place;
    place += line.length + 1;
    const count = spelled.slice(title).findIndex((_, nth) => (starts[title + nth] ?? 0) >= place);
    const words = count < 0 ? spelled.length - title : count;
    if (words === 0) continue;
    if (!isTitle(line, words, text.slice(place, place + 200)) || from > 1_000) break;
    title += words;
  }
  return title > spelled.length / 3 ? 0 : title;
}

function isTitle(line: string, words: number, next: string): boolean {
  if (words > LONGEST_TITLE || /[,;]\s*$/.test(line) || (words > 6 && /[a-z]\.\s*$/i.test(line))) return false;
  if (/\b(?:may|must|not|shall|permission|permitted|granted|hereby|use|redistribut\w*|you|free of charge)\b/i.test(line))
    return false;
  // A sentence goes on in the next line; a title does not.
  return (
    /licen[sc]e|version|copyright|notice|v?\d\.\d|https?:|terms and conditions|agreement|\bdate\b|public|©/i.test(line) ||
    /^\s*\n/.test(next)
  );
}
