/** The text of RTF, by the few control words that matter; https://www.biblioscape.com/rtf15_spec.htm */

/** Groups that hold no text of the document. */
const HIDDEN: ReadonlySet<string> = new Set(
  'fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf object themedata datastore listtable listoverridetable rsidtbl generator xmlnstbl latentstyles fldinst'.split(
    ' ',
  ),
);
const BREAKS: ReadonlyMap<string, string> = new Map([
  ['par', '\n'],
  ['line', '\n'],
  ['sect', '\n'],
  ['page', '\n'],
  ['row', '\n'],
  ['tab', '\t'],
  ['cell', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
]);

/** A control word with its number, a control sign, a brace, a line's end, or text. */
const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;

/** The text of an RTF document. */
export function fromRtf(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  /** Depth of the group that is not shown; 0: everything is. */
  let hidden = 0;
  /** Characters that stand for a Unicode one where that is not known. */
  let skip = 0;
  const write = (one: string): void => {
    if (hidden > 0) return;
    parts.push(one.slice(skip));
    skip = Math.max(0, skip - one.length);
  };
  for (const [, word, number, byte, sign, brace, plain] of text.matchAll(TOKEN)) {
    if (brace === '{') depth += 1;
    else if (brace === '}') {
      if (hidden === depth) hidden = 0;
      depth = Math.max(0, depth - 1);
      skip = 0;
    } else if (word !== undefined) {
      if (HIDDEN.has(word) && hidden === 0) hidden = depth;
      else if (word === 'u' && number !== undefined) {
        write(String.fromCharCode(Number(number) & 0xffff));
        skip = 1;
      } else write(BREAKS.get(word) ?? '');
    } else if (byte !== undefined) write(String.fromCharCode(parseInt(byte, 16)));
    else if (sign === '*' && hidden === 0) hidden = depth;
    else if (sign !== undefined && /[\\{}]/.test(sign)) write(sign);
    else if (sign === '~') write(' ');
    else if (sign === '\n' || sign === '\r') write('\n');
    else if (plain !== undefined) write(plain);
  }
  return parts.join('');
}
