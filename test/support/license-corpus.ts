/** License files of installed packages, with the ids that stand in them. Nothing of them is kept in this repository. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { decode } from '../../src/facts/license/decode.ts';
import type { Case } from './license-case.ts';
import { correctionOf, type Truth } from './license-corrections.ts';

export interface RealFile extends Case {
  readonly path: string;
  /** The same content has the same one. */
  readonly digest: string;
}

const NAME = /^(?:licen[cs]e|copying|unlicense|mit-license|.*[-_.]licen[cs]e)(?:[-_.].*)?$/i;
const CODE = /\.(?:[cm]?[jt]sx?|json|map|html?|ya?ml|svg|png|css|py|rb|go|rs)$/i;

/** Every license file below the folder whose truth is known: by `truth.tsv` there, by a correction, or as its package declares. */
export function realFiles(folder: string): readonly RealFile[] {
  const listed = truthList(folder);
  const paths = listed ? [...listed.keys()].map((name) => join(folder, name)) : [...licenseFiles(folder)];
  return paths.flatMap((path) => {
    const name = relative(folder, path).replaceAll('\\', '/');
    const bytes = readFileSync(path);
    const text = decode(bytes);
    const truth = listed ? listed.get(name) : truthOf(name, path, folder);
    if (!truth || !text.known) return [];
    const digest = createHash('sha256').update(bytes).digest('hex');
    return [{ name, path, digest, text: text.value, ...truth }];
  });
}

/** One file of each content. */
export function distinct<T extends { readonly digest: string }>(files: readonly T[]): readonly T[] {
  return [...new Map(files.map((file) => [file.digest, file])).values()];
}

/** One license stands in it, and nobody could defend another reading. */
export function isSingle(one: Case): boolean {
  return one.wanted.length === 1 && one.also === undefined && !one.isAltered;
}

function* licenseFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* licenseFiles(path);
    else if (entry.isFile() && NAME.test(entry.name) && !CODE.test(entry.name)) yield path;
  }
}

/** Lines of a path, a tab, and ids joined by AND; nothing after the tab: no license. */
function truthList(folder: string): ReadonlyMap<string, Truth> | null {
  const path = join(folder, 'truth.tsv');
  if (!existsSync(path)) return null;
  const rows = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return new Map(
    rows.map((row) => {
      const [file = '', ids = ''] = row.split('\t');
      return [file, { wanted: ids.split(' AND ').filter(Boolean) }];
    }),
  );
}

/** Only a single id can be the truth of a single file: a choice does not say which half stands in it. */
function truthOf(name: string, path: string, root: string): Truth | null {
  const { folder, license } = packageOf(path, root);
  const corrected = correctionOf(name, license);
  if (corrected !== undefined) return corrected;
  // A file deeper inside a package is about something that was copied there.
  const isItsOwn = folder === dirname(path) && !/third|bundle|\.js\./i.test(basename(path));
  return isItsOwn && typeof license === 'string' && /^[\w.+-]+$/.test(license) ? { wanted: [license] } : null;
}

/** The nearest package around a file, and what it declares. */
function packageOf(path: string, root: string): { readonly folder: string | null; readonly license: unknown } {
  for (let folder = dirname(path); folder.startsWith(root); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, version, license } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
    if (typeof name === 'string' && typeof version === 'string') return { folder, license };
  }
  return { folder: null, license: null };
}
