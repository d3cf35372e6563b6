/** Turns what the schema found into problems a maintainer can act on: what was found, what is wanted, the next step. */
import type { z } from 'zod';
import type { AnyRule } from '../rules/rule.ts';
import { keysAt } from './keys.ts';
import type { Flaw, Path, Positions } from './positions.ts';
import { didYouMean, found, listed, MAX_PROBLEMS, pathText, quoted } from './problem.ts';
import { RULE_KEYS, shapeOf } from './rule-schema.ts';
import { ORGANIZATION_KEYS } from './schema.ts';
import { ofRules, typeHint } from './type-hint.ts';

export type Issue = z.core.$ZodIssue;

/** What an explanation looks at. */
export interface Context {
  readonly value: unknown;
  readonly schema: z.ZodType;
  readonly positions: Positions;
  readonly rules: readonly AnyRule[];
}

/** Words that other tools use for `enforce`. */
const LIKE_ENFORCE = ['level', 'severity', 'mode', 'action', 'enabled', 'enforcement'];

const EMPTY = 'Write a value, or remove the key.';

/** The problems of one issue: one a key where keys are unknown, else one. */
export function explain(issue: Issue, context: Context): readonly Flaw[] {
  const path: Path = issue.path;
  if (issue.code === 'unrecognized_keys') {
    // Reading the text has told of `__proto__` already, wherever it stands.
    const keys = issue.keys.filter((key) => key !== '__proto__');
    return keys.slice(0, MAX_PROBLEMS + 1).map((key) => unknownKey(key, path, context));
  }
  if (issue.code === 'invalid_union') return explainUnion(issue, context);
  const value = valueAt(context.value, path);
  const { message, hint } = explainValue(issue, value, path);
  const isMissing = value === undefined;
  const place = isMissing ? context.positions.key(path) : context.positions.value(path);
  return [{ ...place, path, message, hint }];
}

function unknownKey(key: string, path: Path, context: Context): Flaw {
  const place = context.positions.key([...path, key]);
  const known = keysAt(context.schema, path);
  const within = ofRules(path);
  const noun = within.length === 1 ? 'rule' : within.length === 2 ? 'option' : 'key';
  const full = [...path, key];
  const own = path.length === 0 && (ORGANIZATION_KEYS as readonly string[]).includes(key);
  if (own) {
    const message = `Only the policy of the organization can set ${quoted(key)}.`;
    return { ...place, path: full, message, hint: "Remove it here, or set it in the organization's .github repository." };
  }
  if (known.includes(key)) {
    const message = `${quoted(key)} does not go together with the other keys here.`;
    return { ...place, path: full, message, hint: 'Remove it, or the keys that it does not belong to.' };
  }
  const message = `Unknown ${noun} ${quoted(key)}; known here: ${listed(known) || 'nothing'}.`;
  return { ...place, path: full, message, hint: misplaced(key, path, context.rules) ?? didYouMean(key, known) };
}

/** Where a key belongs that is right, but not here. */
function misplaced(key: string, path: Path, rules: readonly AnyRule[]): string | null {
  if (key === '<<') return 'A policy has no merge keys; write the values out.';
  if (path.length === 0 && rules.some((rule) => rule.id === key)) return `"${key}" is a rule: write it below "rules:", indented.`;
  if (ofRules(path).length !== 2) return isAboveRules(path) ? ofRule(key, rules) : null;
  if (key === 'options') return 'Options stand beside "enforce", without a group of their own.';
  return LIKE_ENFORCE.includes(key) ? 'Did you mean "enforce"?' : null;
}

/** The top of a file, a group, and `rules` itself: where keys of a rule land that were indented too little. */
function isAboveRules(path: Path): boolean {
  return path.length === 0 || (path[0] === 'groups' && path.length === 2) || ofRules(path).length === 1;
}

function ofRule(key: string, rules: readonly AnyRule[]): string | null {
  const isOfAll = (RULE_KEYS as readonly string[]).includes(key);
  const rule = rules.find((one) => isOfAll || Object.hasOwn(shapeOf(one), key));
  return rule ? `"${key}" belongs below a rule: write it below "${rule.id}:", for instance, which stands below "rules:".` : null;
}

/** Of several forms the one that fits best is explained: of the right kind, with the fewest flaws. */
function explainUnion(issue: Issue & { code: 'invalid_union' }, context: Context): readonly Flaw[] {
  if (issue.discriminator !== undefined) return explainDiscriminator(issue, context);
  const isOfKind = (branch: readonly Issue[]) => !branch.some((one) => one.code === 'invalid_type' && one.path.length === 0);
  const flaws = (branch: readonly Issue[]): number =>
    branch.reduce((sum, one) => sum + (one.code === 'unrecognized_keys' ? one.keys.length : 1), 0);
  const [branch] = issue.errors.filter(isOfKind).sort((one, other) => flaws(one) - flaws(other));
  if (branch) return branch.flatMap((one) => explain({ ...one, path: [...issue.path, ...one.path] }, context));
  const kinds = issue.errors.flatMap((errors) =>
    errors.flatMap((one) => (one.code === 'invalid_type' ? [kindText(one.expected)] : [])),
  );
  const value = valueAt(context.value, issue.path);
  const message = `Expected ${[...new Set(kinds)].join(' or ')}, found ${found(value)}.`;
  return [{ ...context.positions.value(issue.path), path: issue.path, message, hint: null }];
}

/** The key that says which of several forms a group has. */
function explainDiscriminator(issue: Issue & { code: 'invalid_union' }, context: Context): readonly Flaw[] {
  const key = issue.discriminator ?? '';
  const path: Path = issue.path.at(-1) === key ? issue.path : [...issue.path, key];
  const value = valueAt(context.value, path);
  // Zod gives them, though its type does not say so.
  const allowed = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  if (value === undefined) {
    const message = `${quoted(key)} is missing here.`;
    return [{ ...context.positions.key(path), path, message, hint: `Add "${key}: " with one of: ${listed(allowed)}.` }];
  }
  return [{ ...context.positions.value(path), path, ...explainChoice(allowed, value, path) }];
}

interface Explanation {
  readonly message: string;
  readonly hint: string | null;
}

function explainValue(issue: Issue, value: unknown, path: Path): Explanation {
  if (issue.code === 'invalid_type') return explainType(issue.expected, value, path);
  if (issue.code === 'invalid_value') return explainChoice(issue.values.map(String), value, path);
  if (issue.code === 'too_small') {
    return { message: `Expected at least ${amount(issue.minimum, issue.origin)}, found ${size(value)}.`, hint: nobodyHint(path) };
  }
  if (issue.code === 'too_big') {
    return { message: `Expected at most ${amount(issue.maximum, issue.origin)}, found ${size(value)}.`, hint: null };
  }
  return explainForm(issue, value);
}

/** A share of nobody is a step that is not there. */
function nobodyHint(path: Path): string | null {
  const isShare = path.at(-1) === 'percent' && path.at(-3) === 'rollout';
  return isShare ? 'Leave the step out, or use "enforce: observe".' : null;
}

function explainType(expected: string, value: unknown, path: Path): Explanation {
  const key = pathText(path.slice(-1));
  if (value === undefined)
    return { message: `${quoted(key)} is missing here.`, hint: `Add "${key}: " with ${kindText(expected)}.` };
  const message = `Expected ${kindText(expected)}, found ${found(value)}.`;
  if (value === null) return { message, hint: EMPTY };
  return { message, hint: typeHint(expected, value, path) };
}

/** YAML's own words for true and false are a common slip where a level is wanted: `off` is text, `false` is not. */
function explainChoice(allowed: readonly string[], value: unknown, path: Path): Explanation {
  if (value === undefined) {
    const key = pathText(path.slice(-1));
    return { message: `${quoted(key)} is missing here.`, hint: `Add "${key}: " with one of: ${listed(allowed)}.` };
  }
  if (value === null) return { message: `Nothing is written here; expected one of: ${listed(allowed)}.`, hint: EMPTY };
  const message = `${capital(found(value))} is not one of: ${listed(allowed)}.`;
  if (value === false && allowed.includes('off')) return { message, hint: 'Did you mean "off"?' };
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (word === 'no' && allowed.includes('off')) return { message, hint: 'Did you mean "off"?' };
  if ((value === true || ['yes', 'on', 'true'].includes(word)) && allowed.includes('block'))
    return { message, hint: 'Say how firmly: observe, warn or block.' };
  return { message, hint: typeof value === 'string' ? didYouMean(value, allowed) : null };
}

/** A refinement may say more: `params.hint` is the next step, `params.allowed` are the words that would fit. */
function explainForm(issue: Issue, value: unknown): Explanation {
  const isOwn = !/^Invalid (?:input|string)/.test(issue.message);
  const message = `${capital(found(value))} cannot stand here. ${isOwn ? issue.message : 'It does not have the expected form.'}`;
  const { hint, allowed } = issue.code === 'custom' ? (issue.params ?? {}) : {};
  if (typeof hint === 'string') return { message, hint };
  const isWord = Array.isArray(allowed) && typeof value === 'string';
  return { message, hint: isWord ? didYouMean(value, allowed.map(String)) : null };
}

function kindText(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of keys',
  };
  return kinds[expected] ?? expected;
}

function amount(limit: number | bigint, origin: string): string {
  const unit = origin === 'string' ? 'character' : origin === 'array' || origin === 'set' ? 'entry' : '';
  if (unit === '') return String(limit);
  return `${String(limit)} ${Number(limit) === 1 ? unit : unit === 'entry' ? 'entries' : `${unit}s`}`;
}

function size(value: unknown): string {
  if (typeof value === 'string' || Array.isArray(value)) return String(value.length);
  return found(value);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Own properties only: a path may hold `constructor` or `__proto__`. */
function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}
