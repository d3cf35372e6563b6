/** From the text of a policy file to a document, or to all its problems at once. */
import type { AnyRule } from '../rules/rule.ts';
import { documentOf, type Document } from './document.ts';
import { explain } from './explain.ts';
import { nameFlaws } from './names.ts';
import { withOddSpaces } from './odd-space.ts';
import type { PolicyFile, Presets, Problem } from './policy.ts';
import type { Flaw, Positions } from './positions.ts';
import { didYouMean, inOrder, listed, pathText, quoted } from './problem.ts';
import { readExtends, type Reference } from './reference.ts';
import { schemaOf } from './schema.ts';
import { stageFlaws } from './stage-flaws.ts';
import { MAX_BYTES, readYaml } from './yaml.ts';

export type { Document, Written, WrittenRule } from './document.ts';
export type { Reference } from './reference.ts';

/** A document, or every problem of the file in the order of its text. */
export type Parsed =
  | { readonly document: Document; readonly problems: readonly [] }
  | { readonly document: null; readonly problems: readonly Problem[] };

/** Reads a policy file. With `presets`, an `extends` that names none of them is a problem too. Never throws. */
export function parse(file: PolicyFile, rules: readonly AnyRule[], presets?: Presets): Parsed {
  const { value, positions, problems: flaws } = readYaml(file.text);
  if (value === undefined) return refused(file, file.text.length > MAX_BYTES ? flaws : withOddSpaces(flaws, file.text));
  const schema = schemaOf(rules, file.layer);
  const result = schema.safeParse(value);
  const issues = result.success ? [] : result.error.issues;
  const found = issues.flatMap((issue) => explain(issue, { value, schema, positions, rules }));
  const unknown = presets ? unknownPreset(value, positions, presets) : [];
  const isWhole = isAlone(file, value);
  const stages = isWhole ? stageFlaws(value, positions) : [];
  const all = [...flaws, ...found, ...unknown, ...nameFlaws(value, positions, isWhole), ...stages];
  if (!result.success || all.length > 0) return refused(file, withOddSpaces(all, file.text));
  return { document: documentOf(file, result.data, positions), problems: [] };
}

/** The policy of another repository that a document extends; null: none, or a preset. */
export function references(document: Document): Reference | null {
  const base = document.extends?.value ?? null;
  return typeof base === 'string' ? null : base;
}

/** Accounts named under `readers` in a policy text, lower-cased; none when it does not parse. */
export function readersOf(text: string, rules: readonly AnyRule[]): readonly string[] {
  const { document } = parse({ layer: 'shared', source: '', commit: null, oid: null, text }, rules);
  return document?.readers ?? [];
}

/** A problem of a name that is no preset, with the nearest one. */
export function noSuchPreset(name: string, presets: Presets): Pick<Problem, 'message' | 'hint'> {
  const names = [...presets.keys()].sort();
  const message = `There is no preset ${quoted(name)}; the presets are: ${listed(names) || 'none'}.`;
  return { message, hint: didYouMean(name, names) ?? 'A policy in a repository is named OWNER/REPO[:PATH][@REF].' };
}

function refused(file: PolicyFile, flaws: readonly Flaw[]): Parsed {
  const problems = flaws.map(({ line, column, path, message, hint }): Problem => ({
    source: file.source,
    line,
    column,
    path: pathText(path),
    severity: 'error',
    message,
    hint,
  }));
  return { document: null, problems: inOrder(problems) };
}

/** Whether no other file can stand below this one. */
function isAlone(file: PolicyFile, value: unknown): boolean {
  return file.layer !== 'repository' && (value as { readonly extends?: unknown }).extends === undefined;
}

function unknownPreset(value: unknown, positions: Positions, presets: Presets): readonly Flaw[] {
  const text = (value as { readonly extends?: unknown }).extends;
  const name = typeof text === 'string' ? readExtends(text) : null;
  if (typeof name !== 'string' || presets.has(name)) return [];
  return [{ ...positions.value(['extends']), path: ['extends'], ...noSuchPreset(name, presets) }];
}
