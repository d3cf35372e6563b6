/** What the README says about the license: a badge with a fixed label, or a section about it. */
import { known, type Answer } from '../answer.ts';
import { COMMUNITY, kindOf } from '../community-names.ts';
import type { Question } from '../fact.ts';
import { listing } from '../files.ts';
import { canonicalId } from '../spdx/ids.ts';
import { follow } from '../symlinks.ts';
import { text } from '../text.ts';
import type { Detection } from './detection.ts';

export interface ReadmeLicense {
  readonly path: string;
  readonly line: number;
  /** As SPDX writes it. */
  readonly expression: string;
  readonly by: 'badge' | 'section';
  /** Ids of all licenses that a section names, clearly or in passing. */
  readonly mentions: readonly string[];
}

/** Every clear statement of the README at the root, in the order of the text; what is not clear says nothing. */
export function readmeLicenses(side: 'head' | 'base'): Question<readonly ReadmeLicense[]> {
  return {
    key: `readme-licenses:${side}`,
    permissions: ['contents'],
    answer: async (source, ask) => {
      const root = await ask(listing(side, '', COMMUNITY));
      if (!root.known) return root;
      const entry = root.value?.find(({ name, kind }) => isReadable(kind) && kindOf('readme').isNamed(name));
      if (!entry) return known([]);
      const end = await follow(side, entry.name, entry, ask);
      if (!end.known) return end;
      if (end.value?.entry.kind !== 'file') return known([]);
      const { path, entry: file } = end.value;
      const written = await ask(text(file.tree, file.oid));
      if (!written.known) return written;
      const badges = badgesIn(written.value).map((one) => ({ path, ...one, by: 'badge' as const, mentions: [] }));
      const section = sectionOf(written.value);
      if (section === null) return known(badges);
      const said = saidBy(section.text, await source.detect(`${file.oid}:license`, section.text));
      return known(said === null ? badges : [...badges, { path, line: section.line, by: 'section' as const, ...said }]);
    },
  };
}

/** Null where the section says nothing clearly. */
function saidBy(section: string, found: Answer<Detection>): Pick<ReadmeLicense, 'expression' | 'mentions'> | null {
  const detected = found.known && found.value.modified === null ? found.value.expression : null;
  const expression = detected ?? lineIn(section);
  const named = found.known ? found.value.matches.flatMap(({ ids }) => ids) : [];
  return expression === null ? null : { expression, mentions: [...new Set([...named, ...mentionedIn(section)])].sort() };
}

function isReadable(kind: string): boolean {
  return kind === 'file' || kind === 'symlink';
}

/** A badge of shields.io with a fixed label; one that asks GitHub (`/github/license/…`) states nothing of its own. */
const BADGE = /img\.shields\.io\/badge\/licen[cs]e-([^\s)"'?#]{1,80})/gi;

function badgesIn(readme: string): readonly { readonly line: number; readonly expression: string }[] {
  return readme.split('\n').flatMap((line, index) =>
    [...line.slice(0, 2000).matchAll(BADGE)].flatMap(([, written = '']) => {
      const expression = idOf(labelOf(written));
      return expression === null ? [] : [{ line: index + 1, expression }];
    }),
  );
}

/** `Apache%202.0-blue.svg` → `Apache 2.0`: shields.io writes a dash as two, a blank as an underscore. */
function labelOf(written: string): string {
  const dashed = written.replaceAll('--', '\0').split('-')[0] ?? '';
  try {
    return decodeURIComponent(dashed.replaceAll('_', ' ')).replaceAll('\0', '-');
  } catch {
    return '';
  }
}

const NAMES: readonly (readonly [name: string, id: string])[] = [
  ['apache(?: software)?(?: license)?,?[ -]?(?:version )?v?2(?:\\.0)?', 'Apache-2.0'],
  ['(?:the )?mit(?: license)?', 'MIT'],
  ['(?:new |modified )?bsd[ -]?3(?:[ -]clause)?(?: license)?', 'BSD-3-Clause'],
  ['(?:simplified )?bsd[ -]?2(?:[ -]clause)?(?: license)?', 'BSD-2-Clause'],
  ['(?:mpl|mozilla public license)[ -]?(?:version )?v?2(?:\\.0)?', 'MPL-2.0'],
  ['isc(?: license)?', 'ISC'],
  ['cc[ -]by[ -]4(?:\\.0)?', 'CC-BY-4.0'],
  ['gplv?3|gnu general public license v(?:ersion )?3', 'GPL-3.0-only'],
  ['gplv?2|gnu general public license v(?:ersion )?2', 'GPL-2.0-only'],
];
const WHOLE = NAMES.map(([name, id]) => [new RegExp(`^(?:${name})$`, 'i'), id] as const);
const WITHIN = NAMES.map(([name, id]) => [new RegExp(`\\b(?:${name})\\b`, 'i'), id] as const);

function idOf(label: string): string | null {
  return WHOLE.find(([pattern]) => pattern.test(label))?.[1] ?? canonicalId(label.trim().replaceAll(' ', '-'));
}

/** A section of one short line: `[MIT](LICENSE)`, `MIT © Foo`. */
function lineIn(section: string): string | null {
  const [only = '', ...others] = section.split('\n').filter((line) => line.trim() !== '');
  if (others.length > 0 || only.length > LONGEST_LINE) return null;
  const shown = only.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*_]/g, '');
  const [name = ''] = shown.split(/©|\(c\)|copyright|\.(?=\s|$)/i);
  return idOf(name.trim()) ?? idOf((name.split(',')[0] ?? '').trim());
}

const LONGEST_LINE = 120;

function mentionedIn(section: string): readonly string[] {
  const words = section.match(/[A-Za-z0-9][A-Za-z0-9.+-]{1,60}/g) ?? [];
  const ids = words.flatMap((word) => canonicalId(word.replace(/[.-]+$/, '')) ?? []);
  const names = WITHIN.flatMap(([pattern, id]) => (pattern.test(section) ? [id] : []));
  return [...ids, ...names];
}

/** A section about the license says all it has to say at its beginning. */
const LONGEST_SECTION = 3000;

/** The text below the last heading that names the license and nothing else; null: there is none. */
function sectionOf(readme: string): { readonly line: number; readonly text: string } | null {
  const lines = readme.split('\n');
  const start = lines.findLastIndex((line, index) => isLicenseHeading(line, lines[index + 1] ?? ''));
  if (start < 0) return null;
  const body = lines.slice(start + 1);
  const end = body.findIndex((line, index) => index > 0 && isHeading(line));
  const text = (end < 0 ? body : body.slice(0, end)).join('\n').slice(0, LONGEST_SECTION);
  return { line: start + 1, text };
}

function isHeading(line: string): boolean {
  return /^(?:#{1,6}\s|=+\s)/.test(line);
}

function isLicenseHeading(line: string, next: string): boolean {
  const title = /^(?:#{1,6}|=+)\s*(?:[\d.]+\s*)?(?:licen[cs]e|licensing|copyright(?: and| &) licen[cs]e)\s*[#=:]*\s*$/i;
  return title.test(line.slice(0, 100)) || (/^licen[cs](?:e|ing)\s*$/i.test(line) && /^[-=~]{3,}\s*$/.test(next));
}
