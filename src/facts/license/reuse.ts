/**
 * What `REUSE.toml` at the root says about the licenses of files; https://reuse.software/spec-3.3/#reusetoml
 * Those of other folders are not read, and neither is the older `.reuse/dep5`, whose presence is told.
 */
import { known, map, unknown, type Answer } from '../answer.ts';
import type { Ask, Question } from '../fact.ts';
import { listing, type Placed } from '../files.ts';
import { readToml } from '../packages/toml.ts';
import { list, own, text as textOf, type Tree } from '../packages/tree.ts';
import { text } from '../text.ts';
import { isMatch, readGlob, type Glob } from './glob.ts';

/** Whether what the file says itself comes first, counts too, or does not count. */
export type Precedence = 'closest' | 'aggregate' | 'override';

export interface Annotation {
  readonly paths: readonly Glob[];
  readonly precedence: Precedence;
  /** As written, each of them an expression or not; all of them hold. */
  readonly licenses: readonly string[];
  readonly hasCopyright: boolean;
  /** Where its table begins; null: that is not told. */
  readonly line: number | null;
}

export interface Reuse {
  /** Null: there is no `REUSE.toml`. Unknown where it cannot be read. */
  readonly annotations: Answer<readonly Annotation[]> | null;
  readonly hasDep5: boolean;
}

/** Nothing is said beside the files themselves. */
export const NO_REUSE: Reuse = { annotations: null, hasDep5: false };

/** Largest numbers that are read; more of them is unknown, because the last annotation counts. */
const MOST_PATTERNS = 400;
const LONGEST = 256 * 1024;

/** What REUSE says in files at the root. */
export function reuse(side: 'head' | 'base'): Question<Reuse> {
  return {
    key: `reuse:${side}`,
    permissions: ['contents', 'pull_requests'],
    answer: async (_, ask) => {
      const root = await ask(listing(side, ''));
      if (!root.known) return root;
      const file = root.value?.find(({ name, kind }) => name === 'REUSE.toml' && kind === 'file');
      const folder = root.value?.find(({ name, kind }) => name === '.reuse' && kind === 'directory');
      const [annotations, dep5] = await Promise.all([
        file ? read(file, ask) : null,
        folder ? holdsDep5(side, ask) : known(false),
      ]);
      return map(dep5, (hasDep5) => ({ annotations, hasDep5 }));
    },
  };
}

/** The annotation that counts for a file: the last one that names it; null: none does. */
export function annotationOf(annotations: readonly Annotation[], path: string): Annotation | null {
  return annotations.findLast(({ paths }) => paths.some((glob) => isMatch(glob, path))) ?? null;
}

/** Reads `REUSE.toml`; unknown, with the reason, where it is not one. */
export function readReuse(source: string): Answer<readonly Annotation[]> {
  if (source.length > LONGEST) return unknown('it is longer than 256 KiB');
  const tree = readToml(source);
  if (!tree.known) return tree;
  const tables = list(own(tree.value.value, 'annotations'));
  const patterns = tables.reduce<number>((sum, table) => sum + texts(own(table, 'path')).length, 0);
  if (patterns > MOST_PATTERNS) return unknown(`it names more than ${MOST_PATTERNS} paths`);
  return known(tables.map((table, index) => annotation(table, index, tree.value)));
}

function annotation(table: unknown, index: number, { line }: Tree): Annotation {
  const precedence = own(table, 'precedence');
  return {
    paths: texts(own(table, 'path')).flatMap((path) => {
      const glob = readGlob(path, 'reuse');
      return glob.known ? [glob.value] : [];
    }),
    precedence: precedence === 'aggregate' || precedence === 'override' ? precedence : 'closest',
    licenses: texts(own(table, 'SPDX-License-Identifier')),
    hasCopyright: texts(own(table, 'SPDX-FileCopyrightText')).length > 0,
    line: line('annotations', index),
  };
}

/** One text or a list of texts. */
function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? list(value) : [value]).flatMap((one) => textOf(one) ?? []);
}

async function read(file: Placed, ask: Ask): Promise<Answer<readonly Annotation[]>> {
  const written = await ask(text(file.tree, file.oid));
  return written.known ? readReuse(written.value) : written;
}

async function holdsDep5(side: 'head' | 'base', ask: Ask): Promise<Answer<boolean>> {
  return map(await ask(listing(side, '.reuse')), (entries) => entries?.some(({ name }) => name === 'dep5') ?? false);
}
