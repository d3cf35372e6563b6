/** Files that tools make: by what `.gitattributes` at the root says of them, and by their own first lines. */
import { known, type Answer } from '../answer.ts';
import type { Ask } from '../fact.ts';
import { listing } from '../files.ts';
import { text } from '../text.ts';
import { isMatch, readGlob, type Glob } from './glob.ts';

/** Whether a path is left out. */
export type IsLeftOut = (path: string) => boolean;

const LINES_OF_ATTRIBUTES = 2000;
const MOST_PATTERNS = 200;

/** The paths that GitHub is told to take for generated or vendored. */
export async function leftOut(side: 'head' | 'base', ask: Ask): Promise<Answer<IsLeftOut>> {
  const root = await ask(listing(side, ''));
  if (!root.known) return root;
  const file = root.value?.find(({ name, kind }) => name === '.gitattributes' && kind === 'file');
  if (!file) return known(() => false);
  const written = await ask(text(file.tree, file.oid));
  return written.known ? known(readAttributes(written.value)) : written;
}

interface Attribute {
  readonly glob: Glob;
  readonly name: string;
  readonly isSet: boolean;
}

/** What lines such as `gen/** linguist-generated` say; of several the last one counts. */
export function readAttributes(source: string): IsLeftOut {
  const said = source.split('\n', LINES_OF_ATTRIBUTES).flatMap(attributesIn).slice(0, MOST_PATTERNS).reverse();
  const isSet = (path: string, wanted: string): boolean =>
    said.find(({ name, glob }) => name === wanted && isMatch(glob, path))?.isSet ?? false;
  return (path) => isSet(path, 'linguist-generated') || isSet(path, 'linguist-vendored');
}

function attributesIn(line: string): readonly Attribute[] {
  const [pattern = '#', ...attributes] = line.slice(0, 1000).trim().split(/\s+/);
  if (/^(?:#|\[attr\]|"|$)/.test(pattern)) return [];
  const glob = readGlob(pattern, 'gitattributes');
  if (!glob.known) return [];
  return attributes.flatMap((attribute) => {
    const [, off, name, value] = /^([-!]?)(linguist-(?:generated|vendored))(?:=(\w+))?$/.exec(attribute) ?? [];
    return name === undefined ? [] : [{ glob: glob.value, name, isSet: off === '' && value !== 'false' }];
  });
}

/** Tools say it at the top, as https://go.dev/s/generatedcode asks them to. */
const FIRST_LINES = 20;

/** Whether the first lines of a file say that a tool made it. */
export function saysGenerated(start: string): boolean {
  const lines = start.split('\n', FIRST_LINES).map((line) => line.slice(0, 300));
  const top = lines.join('\n');
  if (/(?:^|[^\w@])@generated\b/m.test(top)) return true;
  return /\bdo not (?:edit|modify)\b/i.test(top) && /\b(?:auto(?:matically)?[- ]?)?generated\b/i.test(top);
}
