/** The rules of a ruleset of repolinter, in its two versions, as one list. */
import { z } from 'zod';
import type { Path, Positions } from '../../policy/positions.ts';
import type { Fault } from './decision.ts';
import { expected, flawsOf } from './expected.ts';

/** A group of keys of a file. */
export type Raw = Readonly<Record<string, unknown>>;

/** One of the files that make a ruleset. */
export interface Layer {
  readonly source: string;
  readonly value: Raw;
  readonly positions: Positions;
}

/** A rule of a ruleset. */
export interface RulesetRule {
  readonly name: string;
  readonly level: 'off' | 'warning' | 'error';
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly where: readonly string[];
  readonly policyInfo: string | null;
  readonly policyUrl: string | null;
  readonly hasFix: boolean;
  readonly source: string;
  readonly line: number;
  readonly path: Path;
}

const group = expected('a group of keys');
const options = z.record(z.string(), z.unknown(), group);
const level = z.enum(['off', 'warning', 'error'], expected('off, warning or error'));

const RULE = z.looseObject(
  {
    level,
    rule: z.looseObject({ type: z.string(expected('the type of a rule')).max(100), options: options.optional() }, group),
    where: z
      .array(z.string(expected('a condition')), expected('a list of conditions'))
      .max(100)
      .optional(),
    fix: z.unknown().optional(),
    policyInfo: z.string(expected('text')).optional(),
    policyUrl: z.string(expected('a link')).optional(),
  },
  group,
);
const OLD_RULE = z.tuple([level], options.optional()).or(z.tuple([level, options]));

/** The rules of a merged ruleset, each with the file that says it last; what is wrong with them goes to the faults. */
export function rulesOf(rules: Raw, isOld: boolean, layers: readonly Layer[], faults: Fault[]): readonly RulesetRule[] {
  return isOld ? oldRules(rules, layers, faults) : newRules(rules, layers, faults);
}

function newRules(rules: Raw, layers: readonly Layer[], faults: Fault[]): readonly RulesetRule[] {
  return Object.entries(rules).flatMap(([name, raw]) => {
    const path = ['rules', name];
    const layer = nearest(layers, path);
    const result = RULE.safeParse(raw);
    if (!result.success) {
      faults.push(...faultsOf(result.error, path, layer));
      return [];
    }
    const { rule, where = [], fix, policyInfo = null, policyUrl = null, level: firm } = result.data;
    const line = layer.positions.key(path).line;
    const more = { policyInfo, policyUrl, hasFix: fix !== undefined, source: layer.source, line, path };
    return [{ name, level: firm, type: rule.type, options: rule.options ?? {}, where, ...more }];
  });
}

/** Version 1: rules below the condition that they have, each `NAME:TYPE` with a list of level and options. */
function oldRules(rules: Raw, layers: readonly Layer[], faults: Fault[]): readonly RulesetRule[] {
  return Object.entries(rules).flatMap(([condition, some]) =>
    Object.entries(isGroup(some) ? some : {}).flatMap(([key, raw]) => {
      const path = ['rules', condition, key];
      const layer = nearest(layers, path);
      const result = OLD_RULE.safeParse(raw);
      if (!result.success) {
        faults.push(...faultsOf(result.error, path, layer));
        return [];
      }
      const [name = key, type = name] = key.split(':');
      const [firm, given = {}] = result.data;
      const where = condition === 'all' ? [] : [condition];
      const line = layer.positions.key(path).line;
      return [
        {
          name,
          level: firm,
          type,
          options: given,
          where,
          policyInfo: null,
          policyUrl: null,
          hasFix: false,
          source: layer.source,
          line,
          path,
        },
      ];
    }),
  );
}

function faultsOf(error: z.ZodError, path: Path, { source, positions }: Layer): readonly Fault[] {
  const below: Positions = {
    key: (rest) => positions.key([...path, ...rest]),
    value: (rest) => positions.value([...path, ...rest]),
  };
  return flawsOf(error, below).map((flaw) => ({ ...flaw, path: [...path, ...flaw.path], source }));
}

/** The uppermost file that writes a key. */
function nearest(layers: readonly Layer[], path: Path): Layer {
  const has = ({ value }: Layer): boolean =>
    path.reduce<unknown>((at, key) => (isGroup(at) ? own(at, String(key)) : undefined), value) !== undefined;
  const layer = layers.findLast(has) ?? layers.at(-1);
  if (!layer) throw new Error('A ruleset has at least one file.');
  return layer;
}

/** Whether a value is a group of keys. */
export function isGroup(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key of a group's own. */
export function own(value: Raw, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
