/** The text of HTML: without tags, comments, scripts and styles, with entities decoded. */

const BLOCKS: ReadonlySet<string> = new Set(
  'address article aside blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul title body html'.split(
    ' ',
  ),
);
const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript']);
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['copy', '©'],
  ['reg', '®'],
  ['trade', '™'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['bull', '•'],
  ['middot', '·'],
  ['sect', '§'],
  ['para', '¶'],
]);

/** A document or a good part of one: prose that names a tag is no HTML, and neither is Markdown with a line in it. */
export function isHtml(text: string): boolean {
  const start = text.slice(0, 2048).trimStart();
  if (/^(?:<\?xml[^>]{0,200}>\s{0,20})?<(?:!doctype html|html|head|body)\b/i.test(start.replace(/^\ufeff/, ''))) return true;
  if (!start.startsWith('<') || start.startsWith('<!--') || /\n#{1,6} /.test(text)) return false;
  return (start.match(/<\/?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|br|pre|blockquote)\b[^<>]{0,100}>/gi)?.length ?? 0) >= 4;
}

/** What a reader sees, a line a block. */
export function fromHtml(text: string): string {
  const next = finder(text);
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = next('<', at);
    parts.push(text.slice(at, open));
    if (open >= text.length) break;
    const tag = /^<\/?([a-z][a-z0-9]{0,15})/i.exec(text.slice(open, open + 20))?.[1]?.toLowerCase();
    const isMarkup = tag !== undefined || text.startsWith('<!', open) || text.startsWith('<?', open);
    if (!isMarkup) {
      parts.push('<');
      at = open + 1;
      continue;
    }
    if (tag !== undefined && BLOCKS.has(tag)) parts.push('\n');
    at = after(text, open, tag, next);
  }
  return entities(parts.join(''));
}

/** Where the text goes on behind a tag, a comment, or a script. A tag without an end is the rest of the text. */
function after(text: string, open: number, tag: string | undefined, next: Finder): number {
  if (text.startsWith('<!--', open)) return next('-->', open) + 3;
  const close = next('>', open) + 1;
  if (tag === undefined || !SILENT.has(tag) || text.startsWith('</', open)) return close;
  // What a script holds ends with its own tag alone, in any case.
  let end = next('</', close);
  while (end < text.length && text.slice(end + 2, end + 2 + tag.length).toLowerCase() !== tag) end = next('</', end + 2);
  return end;
}

/** Where a mark stands next, or the end of the text. */
type Finder = (mark: string, from: number) => number;

/** Reads the text once for each mark, however often it is asked: what was not found is not looked for again. */
function finder(text: string): Finder {
  const places = new Map<string, number>();
  return (mark, from) => {
    const last = places.get(mark) ?? -1;
    if (last >= from) return last;
    const found = text.indexOf(mark, from);
    const place = found < 0 ? text.length : found;
    places.set(mark, place);
    return place;
  };
}

function entities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
    (whole: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole;
      const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
      return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole;
    },
  );
}
