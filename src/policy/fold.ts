/** Folds files: each replaces, value by value, what is below it, but for what a lower one locks. */
import type { Held } from './held.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Document, Written, WrittenRule } from './document.ts';
import type { Layer } from './groups.ts';
import { NOTHING_LAID, type Laid, type LaidRule } from './laid.ts';
import { lay } from './lay.ts';
import { locksOf } from './locks.ts';
import type { Origin } from './policy.ts';

/** Folds layers, lowest first, into what they say together. */
export function laid(layers: readonly Layer[], rules: readonly AnyRule[]): Laid {
  return layers.reduce((below, layer) => lay(below, saidBy(layer), rules), NOTHING_LAID);
}

/** Where a value of a layer stands. */
export function originOf({ document: { file }, group }: Layer, line: number): Origin {
  const { layer, source } = file;
  return group ? { layer, source, line, group: group.name } : { layer, source, line };
}

/** Made once a document: previews lay the same documents over each other thousands of times. */
const said = new WeakMap<Document, Laid>();

function saidBy(layer: Layer): Laid {
  const { document } = layer;
  const known = said.get(document);
  if (known) return known;
  const held = <T>({ value, line, column }: Written<T>): Held<T> => ({
    ...{ value, origin: originOf(layer, line), column },
    ...(layer.group ? { within: `groups[${layer.group.index}]` } : {}),
  });
  const made: Laid = {
    certification: document.certification && held(document.certification),
    rules: new Map(Object.entries(document.rules).map(([id, rule]) => [id, ruleSaid(rule, held)])),
    locks: locksOf(document),
    refusals: [],
    problems: [],
  };
  said.set(document, made);
  return made;
}

type Hold = <T>(written: Written<T>) => Held<T>;

function ruleSaid(rule: WrittenRule, held: Hold): LaidRule {
  const unset = new Map(rule.unset.map((name) => [name.value, { ...held(name), value: undefined }]));
  const back = (name: string): Held<undefined> | null => unset.get(name) ?? null;
  const enforce = rule.enforce ? held(rule.enforce) : back('enforce');
  const rollout = rule.rollout && { ...held(rule.rollout), value: rule.rollout.value.map(held) };
  const own = Object.entries(rule.options).map(([name, option]) => [name, held(option)] as const);
  const defaults = [...unset].filter(([name]) => !['enforce', 'clause', 'rollout', 'grace'].includes(name));
  return {
    firmness: {
      enforce,
      // Who says how firmly says it fully: a roll-out below ends with it.
      rollout: rollout ?? back('rollout') ?? (enforce && { ...enforce, value: undefined }),
      grace: rule.grace ? held(rule.grace) : back('grace'),
    },
    floors: [],
    clause: rule.clause ? held(rule.clause) : back('clause'),
    options: new Map([...own, ...defaults]),
  };
}
