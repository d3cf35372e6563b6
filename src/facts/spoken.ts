/** The lines of a comment that its writer says, rather than shows, quotes or hides: only those can command, certify or sign. */

/** GitHub's own limit for a comment. */
const MOST = 65_536;

/**
 * Lines outside of code blocks, quotes, hidden comments and HTML elements that show or quote, as GitHub renders them. Where it is
 * in doubt a line is not said: a quote goes on until an empty line, and an element until it is closed. Linear, for anybody may write.
 */
export function spokenLines(body: string): readonly string[] {
  const said: string[] = [];
  const elements = new Elements();
  let fence: string | null = null;
  let isQuoted = false;
  for (const line of body.slice(0, MOST).split(/\r?\n/)) {
    const mark = elements.isHidden ? undefined : /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
    } else if (mark !== undefined) fence = mark;
    else {
      const isShown = elements.isOpen || elements.isHidden;
      elements.read(line);
      if (isShown || elements.isHidden) continue;
      isQuoted = line.trim() !== '' && (isQuoted || /^ {0,3}>/.test(line));
      if (!isQuoted) said.push(line);
    }
  }
  return said;
}

/** Elements in which text is shown, quoted, withdrawn or folded away rather than said. */
const SHOWING = 'blockquote|code|del|details|kbd|listing|pre|q|s|samp|script|strike|style|template|textarea|tt|xmp';
const TOKENS = new RegExp(`<!--|-->|<(/?)(${SHOWING})(?=[\\s/>]|$)`, 'gi');

/** Which elements and comments are open, line by line. Markdown ends neither of them at an empty line: browsers go by the tags. */
class Elements {
  isHidden = false;
  readonly #open = new Map<string, number>();

  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  read(line: string): void {
    // A tag in a code span is written about, not used. Comments know no code spans.
    const plain = this.isHidden ? line : line.replace(/(?<!`)`+[^`]+`+/g, '');
    for (const [token, slash = '', name = ''] of plain.matchAll(TOKENS)) {
      if (token === '-->') this.isHidden = false;
      else if (this.isHidden) continue;
      else if (token === '<!--') this.isHidden = true;
      else this.#count(name.toLowerCase(), slash === '' ? 1 : -1);
    }
  }

  #count(name: string, change: 1 | -1): void {
    const open = (this.#open.get(name) ?? 0) + change;
    if (open > 0) this.#open.set(name, open);
    else this.#open.delete(name);
  }
}
