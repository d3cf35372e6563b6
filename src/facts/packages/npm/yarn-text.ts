/** The text of yarn.lock, line by line: both yarns write nearly the same, and read what both write. */
import { known, unknown, type Answer } from '../../answer.ts';
import { unfit, withoutMark } from '../tree.ts';

/** One entry: what asked for it, and what it is. */
export interface YarnEntry {
  /** `name@range`, as the manifests and other entries ask for it. */
  readonly patterns: readonly string[];
  readonly line: number;
  readonly fields: Map<string, string>;
  /** Name and range of each. */
  readonly dependencies: (readonly [string, string])[];
}

/** Unknown, with the line, where the text is not what yarn writes. */
export function yarnEntries(text: string): Answer<readonly YarnEntry[]> {
  const source = withoutMark(text);
  const refused = unfit(source);
  if (refused) return refused;
  const found: YarnEntry[] = [];
  let group = '';
  for (const [index, raw] of source.split('\n').entries()) {
    const line = raw.trimEnd();
    // Berry writes a long list of patterns as `? "…"`, and the colon below it.
    if (line === '' || line.trimStart().startsWith('#') || line === ':') continue;
    const indent = line.length - line.trimStart().length;
    const entry = indent === 0 ? header(line, index + 1) : found.at(-1);
    const pair = indent === 0 ? null : pairOf(line.slice(indent));
    if (!entry || (indent > 0 && !pair)) return unknown(`line ${index + 1} is not what yarn writes`);
    if (!pair) found.push(entry);
    else if (indent <= 2 && pair.value === null) group = pair.key;
    else if (indent <= 2) entry.fields.set(pair.key, pair.value ?? '');
    else if (indent <= 4 && DEPENDENCIES.includes(group)) entry.dependencies.push([pair.key, pair.value ?? '']);
  }
  return known(found);
}

const DEPENDENCIES = ['dependencies', 'optionalDependencies'];

/** Strings in quotes are written as in JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s,:"][^\s,:]*/y;

function tokenAt(line: string, at: number): { readonly value: string; readonly end: number } | null {
  TOKEN.lastIndex = at;
  const token = TOKEN.exec(line)?.[0];
  return token === undefined ? null : { value: unquoted(token), end: at + token.length };
}

/** What asks for one package in the largest locks seen fits into a hundred. */
const MAX_PATTERNS = 10_000;

function header(line: string, number: number): YarnEntry | null {
  const isLong = line.startsWith('? ');
  const patterns: string[] = [];
  let at = isLong ? 2 : 0;
  for (let token = tokenAt(line, at); token; token = tokenAt(line, at)) {
    for (const pattern of token.value.split(', ', MAX_PATTERNS + 1)) patterns.push(pattern);
    if (patterns.length > MAX_PATTERNS) return null;
    at = token.end + (line.startsWith(', ', token.end) ? 2 : 0);
    if (at === token.end) break;
  }
  const isWhole = line.slice(at) === (isLong ? '' : ':');
  return patterns.length > 0 && isWhole ? { patterns, line: number, fields: new Map(), dependencies: [] } : null;
}

/** `key value`, `key: value` and `key:`, whose value is null. */
function pairOf(line: string): { readonly key: string; readonly value: string | null } | null {
  const key = tokenAt(line, 0);
  if (!key) return null;
  const rest = line.slice(key.end).replace(/^:/, '').trim();
  return { key: key.value, value: rest === '' ? null : unquoted(rest) };
}

function unquoted(token: string): string {
  if (!token.startsWith('"')) return token;
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1);
  }
}
