/** Documents that build on each other freely: each may replace what the ones below it say. */
import type { AnyRule } from '../rules/rule.ts';
import { noSuchPreset, type Document, type Written } from './parse.ts';
import type { Certification, Clause, Level, Origin, Overrider, Presets, Problem } from './policy.ts';
import { presetNamed } from './presets.ts';

/** How many presets may extend each other. */
const MAX_CHAIN = 5;

/** A value and where it was written. */
export interface Held<T> {
  readonly value: T;
  readonly origin: Origin;
  readonly column: number;
}

/** What a stack says about one rule. */
export interface HeldRule {
  readonly enforce: Held<Level> | null;
  readonly clause: Held<Clause> | null;
  readonly options: ReadonlyMap<string, Held<unknown>>;
}

export interface Stack {
  readonly checkName: Held<string> | null;
  readonly mayLoosen: Held<readonly string[]> | null;
  readonly mayOverride: Held<Overrider> | null;
  readonly certification: Held<Certification> | null;
  readonly rules: ReadonlyMap<string, HeldRule>;
  /** Lowest first, presets included. */
  readonly documents: readonly Document[];
}

export const NO_RULE: HeldRule = { enforce: null, clause: null, options: new Map() };
const EMPTY: Stack = {
  checkName: null,
  mayLoosen: null,
  mayOverride: null,
  certification: null,
  rules: new Map(),
  documents: [],
};

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

/** Folds documents, lowest first, into what they say together. */
export function stack(documents: readonly Document[]): Stack {
  return documents.reduce(put, EMPTY);
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

function put(below: Stack, document: Document): Stack {
  const held = <T>(written: Written<T>): Held<T> => ({
    value: written.value,
    origin: { layer: document.file.layer, source: document.file.source, line: written.line },
    column: written.column,
  });
  const rules = new Map(below.rules);
  for (const [id, written] of Object.entries(document.rules)) {
    const under = rules.get(id) ?? NO_RULE;
    const options = Object.entries(written.options).map(([name, option]) => [name, held(option)] as const);
    rules.set(id, {
      enforce: written.enforce ? held(written.enforce) : under.enforce,
      clause: written.clause ? held(written.clause) : under.clause,
      options: new Map([...under.options, ...options]),
    });
  }
  return {
    checkName: document.checkName ? held(document.checkName) : below.checkName,
    mayLoosen: document.mayLoosen ? held(document.mayLoosen) : below.mayLoosen,
    mayOverride: document.mayOverride ? held(document.mayOverride) : below.mayOverride,
    certification: document.certification ? held(document.certification) : below.certification,
    rules,
    documents: [...below.documents, document],
  };
}
