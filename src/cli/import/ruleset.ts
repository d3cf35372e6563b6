/** Reads rulesets of repolinter, with what they extend, into a flat list of their rules. */
import { dirname, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { Path } from '../../policy/positions.ts';
import { found } from '../../policy/problem.ts';
import { readYaml } from '../../policy/yaml.ts';
import { isGroup, own, rulesOf, type Layer, type Raw, type RulesetRule } from './ruleset-rules.ts';
import { expected, flawsOf } from './expected.ts';
import { faulty, lineIn, placed, remark, todo, type Decision, type Draft, type Fault, type Foreign } from './decision.ts';

/** As many files may extend each other as in repolinter itself. */
const MAX_CHAIN = 20;

/** A ruleset with what it extends. */
export interface Ruleset {
  readonly rules: readonly RulesetRule[];
  /** What of the files is no rule, or was merged in a way that surprises. */
  readonly said: readonly Decision[];
}

const group = expected('a group of keys');

const shape = z.looseObject({
  version: z.number(expected('the number 2')).optional(),
  axioms: z.record(z.string(), z.unknown(), group).optional(),
  extends: z.string(expected('a file or an address')).optional(),
  rules: z.record(z.string(), z.unknown(), group).optional(),
});

const RULESET = {
  is: 'a ruleset of repolinter is a group of keys such as "rules:"',
  hint: 'Give the file as repolinter reads it.',
};

/** The rules of a file and of the files beside it that it extends, nearest last; or everything that is wrong with them. */
export async function rulesetOf(
  file: Foreign,
  textAt: (path: string) => Promise<string>,
): Promise<Ruleset | { readonly faults: readonly Fault[] }> {
  const layers: Layer[] = [];
  const said: Decision[] = [];
  const root = dirname(resolve(file.source));
  let next = file;
  for (;;) {
    const layer = read(next);
    if ('faults' in layer) return layer;
    layers.unshift(layer);
    said.push(...axiomsSaid(layer));
    const base = layer.value['extends'];
    if (typeof base !== 'string') break;
    const step = parentOf(base, layer, root, layers);
    if (typeof step !== 'string') {
      if ('faults' in step) return step;
      said.push(...placed([step.draft], layer.source, lineIn(layer.positions)));
      break;
    }
    next = { source: step, text: await textAt(step) };
  }
  return flat(layers, said);
}

/** What a ruleset lets be found out before its rules: Steward does that by itself. */
function axiomsSaid({ source, value, positions }: Layer): readonly Decision[] {
  const axioms = isGroup(value['axioms']) ? Object.values(value['axioms']).map(found) : [];
  if (axioms.length === 0) return [];
  const says = 'Steward tells licenses and languages by itself; what a rule asks only where one holds is told at the rule.';
  return placed([remark(`axioms: ${axioms.join(', ')}`, says, ['axioms'])], source, lineIn(positions));
}

function read({ source, text }: Foreign): Layer | { readonly faults: readonly Fault[] } {
  const { value, positions, problems } = readYaml(text, RULESET);
  const result = shape.safeParse(value ?? {});
  const flaws = value === undefined ? [] : flawsOf(result.error, positions);
  if (problems.length > 0 || !result.success) return faulty(source, [...problems, ...flaws]);
  return { source, value: result.data, positions };
}

/** The path of the file that is extended; what is not followed, as a decision; or a fault. */
function parentOf(
  base: string,
  layer: Layer,
  root: string,
  layers: readonly Layer[],
): string | { readonly draft: Draft } | { readonly faults: readonly Fault[] } {
  const path = ['extends'];
  const at = layer.positions.value(path);
  const isFile = /\.(?:json|ya?ml)$/i.test(base) && !/^[a-z][a-z0-9+.-]*:/i.test(base);
  if (!isFile) {
    const what = /^https?:/i.test(base) ? 'an address is not fetched' : 'only files beside this one are read';
    return {
      draft: todo(`extends: ${base}`, `${what}. Save that ruleset beside this one and name it here, or import it as well.`, path),
    };
  }
  const target = resolve(dirname(layer.source), base);
  if (relative(root, target).split(sep)[0] === '..') {
    return {
      draft: todo(`extends: ${base}`, 'lies outside the folder of the ruleset and is not read. Import it as well.', path),
    };
  }
  const chain = layers.map(({ source }) => resolve(source));
  if (chain.includes(target)) {
    const message = `The rulesets extend each other in a circle: ${found(base)} is among those that lead here.`;
    return faulty(layer.source, [{ ...at, path, message, hint: 'Let one of them extend nothing.' }]);
  }
  if (chain.length >= MAX_CHAIN) {
    return faulty(layer.source, [
      { ...at, path, message: `More than ${MAX_CHAIN} rulesets extend each other.`, hint: 'Write the rules out instead.' },
    ]);
  }
  return relative('', target) || target;
}

/** Merges as repolinter does, and tells where that merges lists entry by entry. */
function flat(layers: readonly Layer[], said: readonly Decision[]): Ruleset | { readonly faults: readonly Fault[] } {
  const surprises: Decision[] = [];
  let whole: unknown = {};
  for (const layer of layers) {
    const paths: Path[] = [];
    whole = mergedByIndex(whole, layer.value, [], paths);
    const drafts = paths.map((path) =>
      todo(
        path.map(String).join('.'),
        'repolinter merges this list entry by entry with the one that is extended, so entries of both are left. Check the result.',
        path,
      ),
    );
    surprises.push(...placed(drafts, layer.source, lineIn(layer.positions)));
  }
  const faults: Fault[] = [];
  const { rules = {} } = whole as { readonly rules?: Raw };
  const list = rulesOf(rules, isOld(whole as Raw), layers, faults);
  return faults.length > 0 ? { faults } : { rules: list, said: [...said, ...surprises] };
}

function mergedByIndex(below: unknown, above: unknown, path: Path, lists: Path[]): unknown {
  if (Array.isArray(below) && Array.isArray(above)) {
    const [one, other]: [readonly unknown[], readonly unknown[]] = [below, above];
    if (one.length > 0 && JSON.stringify(one) !== JSON.stringify(other)) lists.push(path);
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index) =>
      index < other.length ? mergedByIndex(one[index], other[index], [...path, index], []) : one[index],
    );
  }
  if (!isGroup(below) || !isGroup(above)) return above === undefined ? below : above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      Object.hasOwn(above, key) ? mergedByIndex(own(below, key), above[key], [...path, key], lists) : below[key],
    ]),
  );
}

function isOld({ version, rules }: Raw): boolean {
  return version === undefined && isGroup(rules) && Object.keys(rules).some((key) => key === 'all' || /[=<>]/.test(key));
}
