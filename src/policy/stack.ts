/** What the files of an organization or a repository amount to, and the presets below them. */
import type { AnyRule } from '../rules/rule.ts';
import type { Document } from './document.ts';
import type { Held, HeldRule, Locks } from './held.ts';
import { noSuchPreset } from './parse.ts';
import type { Certification, Presets, Problem } from './policy.ts';
import { presetNamed } from './presets.ts';

/** How many presets may extend each other. */
const MAX_CHAIN = 5;

/** What the documents say together. */
export interface Stack {
  readonly mayLoosen: Held<readonly string[]> | null;
  readonly certification: Held<Certification> | null;
  readonly rules: ReadonlyMap<string, HeldRule>;
  readonly locks: Locks;
  /** When it changes by itself; ISO 8601, null: it does not. */
  readonly until: string | null;
  /** Lowest first, presets included. */
  readonly documents: readonly Document[];
}

/** Puts the presets that documents extend below them. */
export function withPresets(
  documents: readonly Document[],
  rules: readonly AnyRule[],
  presets: Presets,
): { readonly documents: readonly Document[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const all = documents.flatMap((document) => [...presetsBelow(document, rules, presets, problems), document]);
  return { documents: all, problems };
}

function presetsBelow(document: Document, rules: readonly AnyRule[], presets: Presets, problems: Problem[]): readonly Document[] {
  const chain: Document[] = [];
  const names = new Set<string>();
  for (let next: Document = document; ;) {
    const base = next.extends;
    if (!base || typeof base.value !== 'string') return chain;
    const parsed = presetNamed(base.value, rules, presets);
    if (!parsed) problems.push(atExtends(next, noSuchPreset(base.value, presets)));
    else if (names.has(base.value)) problems.push(atExtends(next, circle([...names, base.value])));
    else if (names.size >= MAX_CHAIN) problems.push(atExtends(next, tooLong([...names])));
    else if (parsed.document) {
      names.add(base.value);
      chain.unshift(parsed.document);
      next = parsed.document;
      continue;
    } else problems.push(...parsed.problems);
    return chain;
  }
}

type Told = Pick<Problem, 'message' | 'hint'>;

function circle(names: readonly string[]): Told {
  return { message: `The presets extend each other in a circle: ${names.join(' → ')}.`, hint: 'Let one of them extend nothing.' };
}

function tooLong(names: readonly string[]): Told {
  const message = `More than ${MAX_CHAIN} presets extend each other: ${names.join(' → ')}.`;
  return { message, hint: 'Write the values out instead.' };
}

function atExtends(document: Document, told: Told): Problem {
  const { line, column } = document.extends ?? { line: 1, column: 1 };
  return { source: document.file.source, line, column, path: 'extends', severity: 'error', ...told };
}
