/** The lines of a comment that its writer says, rather than shows, quotes or hides: only those can command, certify or sign. */

/** GitHub's own limit for a comment. */
const MOST = 65_536;

/**
 * Lines outside of code blocks, quotes and hidden comments, as Markdown reads them. Where it is in doubt a line is not said: a
 * quote goes on until an empty line, as it is rendered.
 */
export function spokenLines(body: string): readonly string[] {
  const said: string[] = [];
  let fence: string | null = null;
  let isHidden = false;
  let isQuoted = false;
  for (const line of body.slice(0, MOST).split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
    } else if (isHidden) isHidden = !line.includes('-->');
    else if (mark !== undefined) fence = mark;
    else if (line.lastIndexOf('<!--') > line.lastIndexOf('-->')) isHidden = true;
    else {
      isQuoted = line.trim() !== '' && (isQuoted || /^ {0,3}>/.test(line));
      if (!isQuoted) said.push(line);
    }
  }
  return said;
}
