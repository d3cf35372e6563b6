/** What the files that a contribution adds say about their license. */
import { known, unknown, type Answer } from '../answer.ts';
import { sha256 } from '../digest.ts';
import type { Ask, Question } from '../fact.ts';
import type { Placed } from '../files.ts';
import type { Source } from '../source.ts';
import { text } from '../text.ts';
import { addedFiles, type AddedFile, type Wanted } from './added-files.ts';
import { NOTHING_FOUND } from './detection.ts';
import { saysGenerated } from './generated.ts';
import { hasCopyrightLine, keepsFirstLine, LONGEST_START, noticeIn, readings, tagsIn, type Statement } from './header.ts';
import { holdsText } from './header-text.ts';
import { annotationOf, NO_REUSE, reuse, type Annotation, type Reuse } from './reuse.ts';

/** An SPDX tag, a license's own text or standard header, `FILE.license` and `REUSE.toml`, or a text of one's own. */
export const STYLES = ['tag', 'notice', 'reuse', 'text'] as const;
export type Style = (typeof STYLES)[number];

export interface Selection extends Wanted {
  /** Which ways to say it count. */
  readonly styles: readonly Style[];
  /** The text of one's own; null: there is none. */
  readonly text: string | null;
}

export interface Header {
  /** Every place that counts where the license is said. */
  readonly statements: readonly Statement[];
  /** Whether the text of one's own stands there. */
  readonly holdsText: boolean;
  readonly hasCopyright: boolean;
  /** Whether a header can only stand below the first line. */
  readonly keepsFirstLine: boolean;
  /** Why more may be said elsewhere, as a sentence without its end; null: nothing else can. */
  readonly doubt: string | null;
}

export interface FileHeader {
  readonly path: string;
  /** Git id of the file; null where that is not known. */
  readonly oid: string | null;
  /** `generated` and `empty` files need none. */
  readonly header: Answer<Header | 'generated' | 'empty'>;
}

export interface FileHeaders {
  readonly files: readonly FileHeader[];
  /** How many more files there are than are read. */
  readonly left: number;
}

/** Added files only, in the order of their paths; what lies in foreign folders or is marked as generated is left out. */
export function fileHeaders(selection: Selection): Question<FileHeaders> {
  return {
    key: `file-headers:${sha256(JSON.stringify(selection)).slice(0, 32)}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (source, ask) => {
      const added = await addedFiles(selection, ask);
      if (!added.known) return added;
      const { files, left } = added.value;
      const isAsked = files.length > 0 && selection.styles.includes('reuse');
      const said = isAsked ? await ask(reuse('head')) : known(NO_REUSE);
      if (!said.known) return said;
      const reading: Reading = { selection, said: said.value, source, ask };
      return known({ files: await Promise.all(files.map((file) => read(file, reading))), left });
    },
  };
}

interface Reading {
  readonly selection: Selection;
  readonly said: Reuse;
  readonly source: Source;
  readonly ask: Ask;
}

async function read({ path, entry, sidecar }: AddedFile, reading: Reading): Promise<FileHeader> {
  if (!entry.known) return { path, oid: null, header: entry };
  const { oid } = entry.value;
  const beside = reading.selection.styles.includes('reuse') ? sidecar : null;
  const [start, aside] = await Promise.all([startOf(entry.value, reading.ask), beside && startOf(beside, reading.ask)]);
  if (!start.known) return { path, oid, header: start };
  if (aside?.known === false) return { path, oid, header: unknown(`${path}.license could not be read: ${aside.reason}`) };
  if (start.value.trim() === '') return { path, oid, header: known('empty') };
  if (saysGenerated(start.value)) return { path, oid, header: known('generated') };
  return { path, oid, header: await headerOf({ path, oid, start: start.value, aside: aside?.value ?? null }, reading) };
}

async function startOf(entry: Placed, ask: Ask): Promise<Answer<string>> {
  const written = await ask(text(entry.tree, entry.oid));
  return written.known ? known(written.value.slice(0, LONGEST_START)) : written;
}

interface Begun {
  readonly path: string;
  readonly oid: string;
  readonly start: string;
  /** The beginning of the file with `.license` behind its name. */
  readonly aside: string | null;
}

async function headerOf({ path, oid, start, aside }: Begun, { selection, said, source }: Reading): Promise<Answer<Header>> {
  const { styles, text: own } = selection;
  const note = said.annotations?.known === true ? annotationOf(said.annotations.value, path) : null;
  const tagged = withAnnotation(ownStatements(path, start, aside, styles), note);
  const isOwnText = own !== null && styles.includes('text') && holdsText(start, own);
  const asks = tagged.length === 0 && !isOwnText && styles.includes('notice');
  const found = asks ? await source.detect(`${oid}:header`, start) : known(NOTHING_FOUND);
  const noticed = found.known ? noticeIn(found.value, path) : found;
  if (!noticed.known) return noticed;
  const isOverridden = note?.precedence === 'override';
  return known({
    statements: [...tagged, ...noticed.value],
    holdsText: isOwnText,
    hasCopyright: note?.hasCopyright === true || (!isOverridden && [start, aside ?? ''].some(hasCopyrightLine)),
    keepsFirstLine: keepsFirstLine(start),
    doubt: doubtOf(said),
  });
}

/** A file beside the file speaks in its place; https://reuse.software/spec-3.3/#adjacent-license-files */
function ownStatements(path: string, start: string, aside: string | null, styles: readonly Style[]): readonly Statement[] {
  const beside = aside === null ? [] : tagsIn(aside, `${path}.license`, 'sidecar');
  if (beside.length > 0) return beside;
  return styles.includes('tag') ? tagsIn(start, path, 'tag') : [];
}

function withAnnotation(own: readonly Statement[], note: Annotation | null): readonly Statement[] {
  if (note === null || (note.precedence === 'closest' && own.length > 0)) return own;
  const said = note.licenses.map((written): Statement => ({
    by: 'reuse',
    path: 'REUSE.toml',
    line: note.line,
    written,
    may: readings(written),
  }));
  return note.precedence === 'aggregate' ? [...own, ...said] : said;
}

function doubtOf({ annotations, hasDep5 }: Reuse): string | null {
  if (annotations?.known === false) return `REUSE.toml could not be read: ${annotations.reason}`;
  return hasDep5 ? 'Steward does not read .reuse/dep5, which may name its license' : null;
}
