/**
 * Patterns of paths in three dialects, matched in time that grows with pattern times path and never faster: whoever
 * writes a policy or a file of a contribution must not be able to make Steward slow.
 */
import { known, unknown, type Answer } from '../answer.ts';

/**
 * `path`: from the root, as policies write it. `reuse`: https://reuse.software/spec-3.3/#reusetoml, `gitattributes`:
 * https://git-scm.com/docs/gitattributes, whose patterns without a slash match names in any folder.
 */
export type Dialect = 'path' | 'reuse' | 'gitattributes';

/** One character, any but a slash, anything, and whole folders, perhaps none. */
type Wildcard = 'one' | 'name' | 'anything' | 'folders';
type Token = { readonly kind: 'text'; readonly text: string } | { readonly kind: Wildcard };

/** A pattern, ready to be matched. */
export type Glob = readonly Token[];

/** Places in a path between its characters: 1 where a pattern can have come to. */
type Places = Uint8Array<ArrayBuffer>;

/** Longer patterns, and those with more wildcards, name no files that anybody means. */
export const LONGEST_GLOB = 200;
const MOST_WILDCARDS = 5;

/** Reads a pattern; unknown, with the reason, where it says what no dialect here knows. */
export function readGlob(written: string, dialect: Dialect): Answer<Glob> {
  const pattern = dialect === 'gitattributes' ? fromAttributes(written) : written;
  if (written === '') return unknown('it is empty');
  if (pattern.length > LONGEST_GLOB) return unknown(`it has more than ${LONGEST_GLOB} characters`);
  if (dialect !== 'reuse' && /[[\]{}()!\\]/.test(pattern)) {
    return unknown('beside *, ** and ? it holds signs that stand for more; write one pattern for each case');
  }
  const tokens = dialect === 'reuse' ? reuseTokens(pattern) : pathTokens(pattern);
  const wildcards = tokens.filter(({ kind }) => kind !== 'text').length;
  return wildcards > MOST_WILDCARDS ? unknown(`it has more than ${MOST_WILDCARDS} wildcards`) : known(tokens);
}

/** Whether the whole path, from the root, is one that the pattern means. */
export function isMatch(glob: Glob, path: string): boolean {
  const [before, after] = [textAt(glob, 0), glob.length > 1 ? textAt(glob, -1) : ''];
  if (path.length < before.length + after.length || !path.startsWith(before) || !path.endsWith(after)) return false;
  const middle = glob.slice(before === '' ? 0 : 1, after === '' ? glob.length : -1);
  return isMatchInside(middle, path.slice(before.length, path.length - after.length), before === '' || before.endsWith('/'));
}

function textAt(glob: Glob, index: number): string {
  const token = glob.at(index);
  return token?.kind === 'text' ? token.text : '';
}

/** Most patterns leave one or two wildcards between their ends, and need no more than a look. */
function isMatchInside(glob: Glob, path: string, isAtFolder: boolean): boolean {
  const [first, second] = glob;
  if (first === undefined) return path === '';
  if (glob.length === 1 && first.kind === 'anything') return true;
  if (glob.length === 1 && first.kind === 'name') return !path.includes('/');
  if (glob.length === 2 && first.kind === 'folders' && second?.kind === 'name' && isAtFolder) return true;
  if (!holdsInOrder(glob, path)) return false;
  if (!path.includes('/') && isLoose(glob)) return true;
  let places: Places = new Uint8Array(path.length + 1);
  places[0] = 1;
  for (const token of glob) places = token.kind === 'text' ? past(token.text, places, path) : spread(token.kind, places, path);
  return places[path.length] === 1;
}

/** Whether the texts of a pattern occur one behind the other: most patterns that do not match are told by that. */
function holdsInOrder(glob: Glob, path: string): boolean {
  let from = 0;
  for (const token of glob) {
    if (token.kind !== 'text') continue;
    const at = path.indexOf(token.text, from);
    if (at < 0) return false;
    from = at + token.text.length;
  }
  return true;
}

/** Begins and ends with a wildcard, and each of them stands for anything where there is no slash. */
function isLoose(glob: Glob): boolean {
  const isAny = (token: Token | undefined): boolean => token?.kind === 'name' || token?.kind === 'anything';
  return isAny(glob[0]) && isAny(glob.at(-1)) && glob.every((token) => token.kind === 'text' || isAny(token));
}

/** The places behind a text that begins at one of the places. */
function past(text: string, starts: Places, path: string): Places {
  const ends = new Uint8Array(starts.length);
  for (let at = path.indexOf(text); at >= 0; at = path.indexOf(text, at + 1)) {
    if (starts[at] === 1) ends[at + text.length] = 1;
  }
  return ends;
}

const SLASH = 0x2f;

/** The places behind a wildcard: one pass over the path, however many places there are to begin at. */
function spread(kind: Wildcard, starts: Places, path: string): Places {
  const ends = new Uint8Array(starts.length);
  let isOpen = false;
  for (let at = 0; at < starts.length; at += 1) {
    const isBehindSlash = at > 0 && path.charCodeAt(at - 1) === SLASH;
    const isStart = starts[at] === 1;
    if (kind === 'one') {
      if (at > 0 && starts[at - 1] === 1 && !isBehindSlash) ends[at] = 1;
    } else {
      isOpen = isStart || (isOpen && !(kind === 'name' && isBehindSlash));
      if (isOpen && (kind !== 'folders' || isStart || isBehindSlash)) ends[at] = 1;
    }
  }
  return ends;
}

function fromAttributes(pattern: string): string {
  const bare = pattern.replace(/^\//, '');
  return pattern.includes('/') ? bare : `**/${bare}`;
}

/** `**` stands for folders only where it is a whole part of the path. */
function pathTokens(pattern: string): Glob {
  return [...pattern.matchAll(/(?<=\/|^)\*\*(?:\/|$)|\*+|\?|[^*?]+/g)].map(([part], index, parts): Token => {
    if (part === '**/') return { kind: 'folders' };
    if (part === '?') return { kind: 'one' };
    if (!part.startsWith('*')) return { kind: 'text', text: part };
    const isWhole = index === parts.length - 1 && /(?:^|\/)\*\*$/.test(pattern);
    return { kind: isWhole ? 'anything' : 'name' };
  });
}

/** `*` stops at a slash and `**` does not; a backslash takes the meaning of what follows. */
function reuseTokens(pattern: string): Glob {
  return [...pattern.matchAll(/\\(.)|(\*+)|[^*\\]+|\\/gs)].map(([whole, escaped, stars]): Token => {
    if (stars !== undefined) return { kind: stars.length === 1 ? 'name' : 'anything' };
    return { kind: 'text', text: escaped ?? whole };
  });
}
