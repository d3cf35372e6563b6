/** Measures what the license detector answers, against texts whose truth is known. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decode } from '../../src/facts/license/decode.ts';
import type { Detection } from '../../src/facts/license/detection.ts';
import { idsOf, tally, type Case, type Tally } from '../support/license-case.ts';
import { distinct, isSingle, realFiles, type RealFile } from '../support/license-corpus.ts';
import { materialEdits, reported, type Edited, type Reported } from '../support/license-edits.ts';
import { DISTINCT, folded, textOf } from '../support/license-families.ts';
import { headers, withoutLicense } from '../support/license-headers.ts';
import { formats } from '../support/license-hostile.ts';
import { LAYOUTS, POPULAR } from '../support/license-layouts.ts';
import { multipleLicenses } from '../support/license-multiple.ts';
import { withoutAny } from '../support/license-none.ts';
import { notices } from '../support/license-notices.ts';
import { detect } from './licenses-fresh.ts';
import { ROOT } from './licenses-peers.ts';
import { progress } from '../support/program.ts';
import { Random } from '../support/random.ts';

/** What one set of texts showed; `baseline` is the share that words alone, compared as a whole, would name. */
export interface Part extends Tally {
  readonly name: string;
  readonly wanted: string;
  readonly baseline: number;
}

export interface Edits {
  readonly edits: number;
  readonly as: Readonly<Record<Reported, number>>;
  readonly shown: number;
  readonly misses: readonly { readonly one: Edited; readonly detection: Detection }[];
}

const SEED = 2026;

/** The license files of every package here, of npm itself, and of the folder that was named. */
export function licenseFiles(corpus: string): readonly RealFile[] {
  const npm = join(dirname(process.execPath), '..', 'lib', 'node_modules');
  const folders = [join(ROOT, 'node_modules'), npm, ...(corpus === '' ? [] : [corpus])].filter((folder) => existsSync(folder));
  return folders.flatMap((folder) => realFiles(folder));
}

/** Every part but the edits, one after another. */
export function measureAnswers(files: readonly RealFile[]): readonly Part[] {
  const real = distinct(files);
  const random = new Random(SEED);
  const laidOut = (id: string, layout: string): Case => ({
    name: `${id}, ${layout}`,
    text: LAYOUTS[layout]!(textOf(id), random),
    wanted: [id],
  });
  const layouts = Object.keys(LAYOUTS);
  return [
    part('real files with one license', real.filter(isSingle), '≥ 99.5 %, none wrong'),
    part(
      'real files with several, altered, or none',
      real.filter((file) => !isSingle(file)),
      '',
    ),
    part(
      'SPDX texts',
      DISTINCT.map((id) => ({ name: id, text: textOf(id), wanted: [id] })),
      '≥ 99.5 %',
    ),
    part(
      'popular texts, laid out anew',
      POPULAR.flatMap((id) => layouts.map((layout) => laidOut(id, layout))),
      'flagged ≤ 1 %',
    ),
    part(
      'all texts, each laid out anew',
      DISTINCT.map((id, nth) => laidOut(id, layouts[nth % layouts.length]!)),
      'flagged ≤ 1 %',
    ),
    part('several licenses in a file', multipleLicenses(200, SEED), '≥ 90 %'),
    part('headers and notices', notices(), '≥ 97 %', false),
    part('more headers and notices', said(), '≥ 97 %', false),
    part('no license', withoutAny(join(ROOT, 'node_modules'), 150), '≤ 1 wrong'),
    part(
      'no license, though one is named',
      withoutLicense().map((text, nth) => ({ name: `text ${nth}`, text, wanted: [] })),
      '≤ 1 wrong',
    ),
    part('other formats', foreign(), ''),
  ];
}

/** Edits that change what a license means, in so many texts. */
export function measureEdits(): Edits {
  const as = { modified: 0, 'another license': 0, 'not named': 0, accepted: 0 };
  const misses: { one: Edited; detection: Detection }[] = [];
  const all = materialEdits(SEED);
  for (const one of all) {
    const detection = detect(one.text);
    const answer = reported(one, detection);
    as[answer.as] += 1;
    if (!answer.isShown) misses.push({ one, detection });
  }
  return { edits: all.length, as, shown: all.length - misses.length, misses };
}

function part(name: string, cases: readonly Case[], wanted: string, isFolded = true): Part {
  progress(`${name}: ${cases.length}`);
  return { name, wanted, baseline: wholly(cases), ...tally(cases, detect, isFolded) };
}

/** Names a text only if all of its words are those of a license: what a table of hashes can do. */
function wholly(cases: readonly Case[]): number {
  const right = cases.filter(({ text, wanted }) => {
    const id = WHOLE.get(folded(text));
    return id === undefined ? wanted.length === 0 : idsOf(id).join() === idsOf(wanted.join(' AND ')).join();
  });
  return right.length / cases.length;
}

const WHOLE: ReadonlyMap<string, string> = new Map(DISTINCT.map((id) => [folded(textOf(id)), id]));

function said(): readonly Case[] {
  return headers().map(({ text, expression }, nth) => ({ name: `header ${nth}`, text, wanted: idsOf(expression, false) }));
}

/** What cannot be decoded has no license to name. */
function foreign(): readonly Case[] {
  return formats().map(({ name, bytes, wanted }) => {
    const text = decode(bytes);
    return { name, text: text.known ? text.value : '', wanted: wanted === null ? [] : [wanted] };
  });
}
