/** What the README says about the license: a badge with a fixed label, or a section about it. */
import { known } from '../answer.ts';
import { COMMUNITY, kindOf } from '../community-names.ts';
import type { Question } from '../fact.ts';
import { listing } from '../files.ts';
import { canonicalId } from '../spdx/ids.ts';
import { text } from '../text.ts';

export interface ReadmeLicense {
  readonly path: string;
  readonly line: number;
  /** As SPDX writes it. */
  readonly expression: string;
  readonly by: 'badge' | 'section';
}

/** Every clear statement of the README at the root, in the order of the text; what is not clear says nothing. */
export function readmeLicenses(side: 'head' | 'base'): Question<readonly ReadmeLicense[]> {
  return {
    key: `readme-licenses:${side}`,
    permissions: ['contents'],
    answer: async (source, ask) => {
      const root = await ask(listing(side, '', COMMUNITY));
      if (!root.known) return root;
      const entry = root.value?.find(({ name, kind }) => kind === 'file' && kindOf('readme').isNamed(name));
      if (!entry) return known([]);
      const written = await ask(text(entry.tree, entry.oid));
      if (!written.known) return written;
      const path = entry.name;
      const badges = badgesIn(written.value).map((one) => ({ path, ...one, by: 'badge' as const }));
      const section = sectionOf(written.value);
      const found = section && (await source.detect(`${entry.oid}:license`, section.text));
      const expression = found?.known === true && found.value.modified === null ? found.value.expression : null;
      const told = section && expression !== null ? [{ path, line: section.line, expression, by: 'section' as const }] : [];
      return known([...badges, ...told]);
    },
  };
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

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^apache(?: license)?[ -]?(?:version )?v?2(?:\.0)?$/i, 'Apache-2.0'],
  [/^mit(?: license)?$/i, 'MIT'],
  [/^bsd[ -]?3(?:[ -]clause)?$/i, 'BSD-3-Clause'],
  [/^bsd[ -]?2(?:[ -]clause)?$/i, 'BSD-2-Clause'],
  [/^mpl[ -]?v?2(?:\.0)?$/i, 'MPL-2.0'],
  [/^isc(?: license)?$/i, 'ISC'],
  [/^cc[ -]by[ -]4(?:\.0)?$/i, 'CC-BY-4.0'],
];

function idOf(label: string): string | null {
  return NAMES.find(([pattern]) => pattern.test(label))?.[1] ?? canonicalId(label.trim().replaceAll(' ', '-'));
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
