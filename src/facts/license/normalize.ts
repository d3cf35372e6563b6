/** Reduces a license text to the words that carry its terms, after SPDX's matching guidelines; equal terms give equal results. */

/** Larger texts are not read: they hold more than one license, and reading them must stay cheap. */
export const LARGEST = 256 * 1024;

/** A copyright line or slot that holds one of these says more than who the holder is, so it stays. */
const TERMS =
  /\b(?:may|must|not|non(?:commercial|transferable|exclusive)?|no|shall|only|except|unless|use|used|uses|commercial|permission|permitted|prohibited|granted|license|licensed|restricted|forbidden|without|provided|agree)\b/i;

/** Lines made of these words alone are titles; the terms below them decide. */
const TITLE =
  /^(?:the|a|mit|expat|x11|isc|bsd|apache|gnu|general|lesser|library|affero|public|free|documentation|mozilla|eclipse|boost|software|artistic|zlib|unlicense|creative|commons|legal|code|attribution|sharealike|international|universal|cc|by|sa|mpl|epl|gpl|lgpl|agpl|license|licence|licensing|version|v|clause|new|modified|simplified|revised|original|text|january|february|march|april|may|june|july|august|september|october|november|december|www|org|com|http|https|licenses|apache.org|\d{1,4})$/;

/** Words that SPDX's guidelines hold to be the same, as regular expressions over the joined words. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/\bhttps\b/g, 'http'],
  [/\blicence(s?)\b/g, 'license$1'],
  [/\blicencing\b/g, 'licensing'],
  [/\bsub (licens)/g, 'sub$1'],
  [/\bnon (commercial|infringement|transferable|exclusive|compliant)/g, 'non$1'],
  [/\bper cent\b/g, 'percent'],
  [/\backnowledgement/g, 'acknowledgment'],
  [/\bauthoris/g, 'authoriz'],
  [/\borganis/g, 'organiz'],
  [/\brecognis/g, 'recogniz'],
  [/\bfavour/g, 'favor'],
  [/\bmerchantibility\b/g, 'merchantability'],
  [/\bfulfill/g, 'fulfil'],
  [/\bcopyright c\b/g, 'copyright'],
  [/\ball rights reserved\b/g, ''],
];

/** Places where a license names its holder: the name is dropped. */
const SLOTS: readonly (readonly [RegExp, string])[] = [
  [
    /\bneither the names? of ((?:\S+ ){1,14}?)nor the names? of ((?:\S+ ){0,5}?)contributors\b/g,
    'neither the name of holder nor the names of its contributors',
  ],
  [/\bis provided by ((?:\S+ ){1,14}?)as is\b/g, 'is provided by holder as is'],
  [/\bas is and ((?:\S+ ){1,8}?)disclaims? all\b/g, 'as is and holder disclaims all'],
  [/\b(?:51 franklin st(?:reet)?|59 temple place|675 mass(?:achusetts)? ave)((?: \S+){1,8}?) usa\b/g, 'address'],
  [/\bin no event shall ((?:\S+ ){1,14}?)be liable\b/g, 'in no event shall holder be liable'],
];

/** The words of the terms, joined by blanks; null when the text is too large to read. */
export function normalize(text: string): string | null {
  if (text.length > LARGEST) return null;
  const composed = text.normalize('NFKC');
  // One character can become eighteen.
  if (composed.length > LARGEST) return null;
  const lines = composed
    .replace(/^\ufeff/, '')
    .replaceAll('©', '(c)')
    .split(/\r\n|\r|\n/)
    .filter((line) => !isCopyright(line));
  const body = withoutTitle(lines).map(withoutMarker).join('\n');
  const joined = wordsOf(body).join(' ');
  return replaceSlots(replaceSame(joined)).replace(/ +/g, ' ').trim();
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Who holds the copyright and since when, and nothing more. */
function isCopyright(line: string): boolean {
  if (line.length > 300) return false;
  const bare = line.replace(/^[\s#*/;!>|-]+/, '').replace(/^portions /i, '');
  const starts =
    /^(?:copyright\b[\s:,-]*|\(c\)\s*)+(?:\(c\)|[<[{]?(?:year|yyyy|\d{4})|[<[{])/i.test(bare) ||
    /^copyright\b[\s:]*\(c\)/i.test(bare) ||
    /^Copyright (?:by |: ?)?(?!Holder|Owner|Notice|Law|License|Act)(?:[A-Z]|contributors)/.test(bare);
  return starts && !TERMS.test(bare.replace(/all rights reserved|<[^>]*>|\bhttps?:\S+|\S+@\S+/gi, ''));
}

/** Drops the lines at the top that only name the license. */
function withoutTitle(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line, index) => index > 12 || !isTitle(line));
  return first < 0 ? [] : lines.slice(first);
}

function isTitle(line: string): boolean {
  return line.length < 120 && wordsOf(line).every((word) => TITLE.test(word));
}

/** Bullets and numbers of list entries say nothing about the terms; a number that continues a sentence does. */
function withoutMarker(line: string, index: number, lines: readonly string[]): string {
  const before = lines[index - 1]?.trimEnd() ?? '';
  if (/[\p{L}\p{N})]$/u.test(before) && !/(?:^|[\s,;])(?:and|or|and\/or)$/i.test(before)) return line;
  return line.replace(/^[\s#*/;>|•-]*(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,4})[.)]\)?|[-*•·o])(?:\s+|$)/i, '');
}

function replaceSame(words: string): string {
  return SAME.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), words);
}

function replaceSlots(words: string): string {
  return SLOTS.reduce(
    (text, [pattern, replacement]) =>
      // The last two arguments are the place and the whole text; before them stand the names.
      text.replace(pattern, (whole: string, ...names: readonly unknown[]) =>
        names.slice(0, -2).some((name) => TERMS.test(String(name))) ? whole : replacement,
      ),
    words,
  );
}
