/** The lines of a comment that its writer says, rather than shows, quotes or hides: only those can command, certify or sign. */
import { acrossLines } from './spans.ts';

/** GitHub's own limit for a comment. */
const MOST = 65_536;

/** A quote, also one in the item of a list. */
const QUOTE = /^\s*(?:(?:[-+*]|\d{1,9}[.)])\s+)*>/;

/**
 * Lines outside of code, quotes, hidden comments, what is struck out and HTML elements that show or quote, as GitHub renders them. Where
 * it is in doubt a line is not said: a quote goes on until an empty line, and an element until it is closed. Linear, for anybody may write.
 */
export function spokenLines(body: string): readonly string[] {
  // Null: something else stands here.
  const found: (string | null)[] = [];
  const elements = new Elements();
  let fence: string | null = null;
  let isQuoted = false;
  for (const line of body.slice(0, MOST).split(/\r?\n/)) {
    const mark = elements.isHidden ? undefined : /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    let isSaid = false;
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
    } else if (mark !== undefined) fence = mark;
    else if (elements.read(line)) {
      isQuoted = line.trim() !== '' && (isQuoted || QUOTE.test(line));
      isSaid = !isQuoted;
    }
    found.push(isSaid ? line : null);
  }
  const within = acrossLines(found);
  return found.filter((line, index): line is string => line !== null && !within.has(index));
}

/** Elements in which text is shown, quoted, withdrawn or folded away rather than said. */
const SHOWING = 'blockquote|code|del|details|kbd|listing|pre|q|s|samp|script|strike|style|template|textarea|tt|xmp';
/** What hides everything up to its end. */
const HIDING: Readonly<Record<string, string>> = { '<!--': '-->', '<?': '?>', '<![cdata[': ']]>', '<!': '>' };
const TOKENS = new RegExp(`<!--|-->|<!\\[CDATA\\[|\\]\\]>|<\\?|\\?>|<!(?=[a-z])|<(/?)(${SHOWING})(?=[\\s/>]|$)|>`, 'gi');

/** Which elements and comments are open, line by line. Markdown ends neither of them at an empty line: browsers go by the tags. */
class Elements {
  /** What ends that which is hidden. */
  #end: string | null = null;
  readonly #open = new Map<string, number>();

  get isHidden(): boolean {
    return this.#end !== null;
  }

  /** Reads the next line; true: it stands outside of all of them. */
  read(line: string): boolean {
    const isWithin = this.isHidden || this.#open.size > 0;
    // A tag in a code span is written about, not used. Comments know no code spans.
    const plain = this.isHidden ? line : line.replace(/(?<!`)`+[^`]+`+/g, '');
    for (const [token, slash = '', name = ''] of plain.matchAll(TOKENS)) {
      if (this.#end !== null) {
        // A declaration ends at the first `>`, of whatever it is a part.
        if (this.#end === '>' ? token.endsWith('>') : token === this.#end) this.#end = null;
      } else if (name !== '') this.#count(name.toLowerCase(), slash === '' ? 1 : -1);
      else this.#end = HIDING[token.toLowerCase()] ?? null;
    }
    return !isWithin && this.#end === null;
  }

  #count(name: string, change: 1 | -1): void {
    const open = (this.#open.get(name) ?? 0) + change;
    if (open > 0) this.#open.set(name, open);
    else this.#open.delete(name);
  }
}
