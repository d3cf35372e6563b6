/** Dependencies as Cabal writes them: `text >= 1.2 && < 2`, `io-classes:{io-classes, si-timers} ^>= 1.8`, `happy:happy`. */
import { known, unknown, type Answer } from '../../answer.ts';
import type { ValueLine } from './layout.ts';

export interface Dependency {
  readonly name: string;
  /** The version range, with single blanks; empty: any version. */
  readonly range: string;
  readonly line: number;
}

/** Reads a list of dependencies with commas between them; unknown, with the line, when one of them is none. */
export function readDependencies(value: readonly ValueLine[]): Answer<readonly Dependency[]> {
  const dependencies: Dependency[] = [];
  for (const item of items(value)) {
    const dependency = readDependency(item.text, item.line);
    if (!dependency.known) return dependency;
    dependencies.push(dependency.value);
  }
  return known(dependencies);
}

// Cabal takes letters of any alphabet, Hackage only ASCII. That a part is more than digits, Cabal checks itself.
const NAME = /^(?:any\.|setup\.)?([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)/u;
const LIBRARY = /^\s*:\s*[A-Za-z0-9_-]+/;
const LIBRARIES = /^\s*:\s*\{[A-Za-z0-9_,\s-]*\}/;
const RANGE = /^(?:-any|-none|[<>=^(][\d.*<>=^&|(){},\s]*)$/;

/** Reads one dependency. `any.` and `setup.` are how `cabal.project` qualifies a constraint. */
export function readDependency(text: string, line: number): Answer<Dependency> {
  const name = NAME.exec(text);
  if (name?.[1] === undefined) return unknown(`line ${line}: found ${shown(text)} where a package was wanted`);
  const rest = text.slice(name[0].length);
  const libraries = LIBRARIES.exec(rest) ?? LIBRARY.exec(rest);
  const range = rest
    .slice(libraries?.[0].length ?? 0)
    .replace(/\s+/g, ' ')
    .trim();
  if (range !== '' && !RANGE.test(range)) {
    return unknown(`line ${line}: found ${shown(range)} after ${name[1].slice(0, 40)}, where a version range was wanted`);
  }
  return known({ name: name[1], range: range === '-any' ? '' : range, line });
}

const EXACT = /^== ?(\d+(?:\.\d+)*)$/;

/** What a range says: one version, a constraint, or nothing. */
export function bounds(range: string): { readonly version: string | null; readonly constraint: string | null } {
  const version = EXACT.exec(range)?.[1] ?? null;
  return { version, constraint: version !== null || range === '' ? null : range };
}

/** The parts between the commas outside of braces and parentheses, each with the line on which it begins. */
export function items(value: readonly ValueLine[]): readonly ValueLine[] {
  const found: ValueLine[] = [];
  let item: { parts: string[]; line: number } = { parts: [], line: 0 };
  let depth = 0;
  const finish = (): void => {
    const text = item.parts.join(' ').trim();
    if (text !== '') found.push({ text, line: item.line });
    item = { parts: [], line: 0 };
  };
  const add = (part: string, line: number): void => {
    if (part.trim() === '') return;
    if (item.parts.length === 0) item.line = line;
    item.parts.push(part);
  };
  for (const { text, line } of value) {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text[at];
      if (character === '{' || character === '(') depth++;
      else if (character === '}' || character === ')') depth--;
      else if (character === ',' && depth <= 0) {
        add(text.slice(from, at), line);
        finish();
        from = at + 1;
      }
    }
    add(text.slice(from), line);
  }
  finish();
  return found;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
