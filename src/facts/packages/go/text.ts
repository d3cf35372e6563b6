/** The text of go.mod: one directive a line, or a block of them (go.dev/ref/mod, "Lexical elements"). */
import { known, unknown, type Answer } from '../../answer.ts';

export interface Directive {
  /** `module`, `require`, `replace` … */
  readonly verb: string;
  readonly words: readonly string[];
  /** What follows `//` on the line. */
  readonly comment: string;
  readonly line: number;
}

/** Unknown, with the line, where a string or block does not end, or a line holds neither directive nor entry. */
export function directives(source: string): Answer<readonly Directive[]> {
  const found: Directive[] = [];
  let block: { readonly verb: string; readonly line: number } | null = null;
  for (const [index, raw] of source.split('\n').entries()) {
    const line = index + 1;
    const read = wordsOf(raw);
    if (!read) return unknown(`line ${line} is not what go.mod may hold`);
    const [verb = '', ...rest] = read.words;
    if (verb === '') continue;
    if (block && verb === ')') block = null;
    else if (block) found.push({ verb: block.verb, words: read.words, comment: read.comment, line });
    else if (!VERBS.has(verb)) return unknown(`line ${line} starts with no word of go.mod`);
    else if (rest[0] === '(' && rest.length === 1) block = { verb, line };
    else if (!(rest[0] === '(' && rest[1] === ')')) found.push({ verb, words: rest, comment: read.comment, line });
  }
  return block ? unknown(`the block of line ${block.line} does not end`) : known(found);
}

const VERBS = new Set(['module', 'go', 'toolchain', 'godebug', 'require', 'tool', 'exclude', 'replace', 'retract', 'ignore']);

/** Words, strings in double or back quotes, and parentheses; the rest of the line is a comment. */
const TOKEN = /[ \t\r]*(?:\/\/(.*)|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([()[\],])|([^\s"`()[\],]+))/y;

/** Null: the line holds something else. */
function wordsOf(line: string): { readonly words: readonly string[]; readonly comment: string } | null {
  const words: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; end < line.trimEnd().length; end = TOKEN.lastIndex) {
    const token = TOKEN.exec(line);
    if (!token) return null;
    const [, comment, quoted, raw, mark, word] = token;
    if (comment !== undefined) return { words, comment: comment.trim() };
    const bare = word === undefined ? -1 : word.indexOf('//');
    // A comment may follow a word without a blank.
    if (word !== undefined && bare > 0)
      return { words: [...words, word.slice(0, bare)], comment: line.slice(line.indexOf('//', token.index) + 2).trim() };
    words.push(quoted ?? raw ?? mark ?? word ?? '');
  }
  return { words, comment: '' };
}
