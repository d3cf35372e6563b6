/** A repository's stack over its organization's: it may only tighten, but for what the organization lets it loosen. */
import type { AnyRule } from '../rules/rule.ts';
import type { Clause, Level, Origin, Problem } from './policy.ts';
import { listed } from './problem.ts';
import { shapeOf } from './schema.ts';
import { NO_RULE, type Held, type HeldRule, type Stack } from './stack.ts';
import { firmer, isSame, tighten, tighteningOf } from './tighten.ts';

/** A wish of the repository's that has no effect. */
interface Refusal {
  /** The rule's id and the key in it. */
  readonly id: string;
  readonly key: string;
  /** What `mayLoosen` would have to name. */
  readonly allow: string;
  readonly wish: Held<unknown>;
  /** The part of the wish without effect, and what stays in its place. */
  readonly refused: string;
  readonly stays: unknown;
  /** Where the value that stays was written; null: it is the rule's own default. */
  readonly by: Origin | null;
}

/** One rule in both stacks. */
interface Pair {
  readonly rule: AnyRule;
  readonly above: HeldRule;
  readonly below: HeldRule;
  readonly mayLoosen: ReadonlySet<string>;
  readonly refusals: Refusal[];
}

/** The rules of both stacks together, and a notice for every wish that has no effect. */
export function over(
  upper: Stack,
  lower: Stack,
  rules: readonly AnyRule[],
): { readonly rules: ReadonlyMap<string, HeldRule>; readonly problems: readonly Problem[] } {
  const refusals: Refusal[] = [];
  const mayLoosen = new Set(upper.mayLoosen?.value);
  const merged = rules.map((rule): readonly [string, HeldRule] => {
    const above = upper.rules.get(rule.id) ?? NO_RULE;
    const below = lower.rules.get(rule.id) ?? NO_RULE;
    const pair: Pair = { rule, above, below, mayLoosen, refusals };
    return [rule.id, { enforce: enforceOf(pair), clause: clauseOf(pair), options: optionsOf(pair) }];
  });
  return { rules: new Map(merged), problems: notices(refusals, lower) };
}

function enforceOf(pair: Pair): Held<Level> | null {
  const { above, below } = pair;
  if (!above.enforce || !below.enforce) return above.enforce ?? below.enforce;
  if (isFree(pair, 'enforce')) return below.enforce;
  if (above.enforce.value === below.enforce.value) return above.enforce;
  if (firmer(above.enforce.value, below.enforce.value) === below.enforce.value) return below.enforce;
  const refused = JSON.stringify(below.enforce.value);
  refuse(pair, 'enforce', below.enforce, refused, above.enforce.value, above.enforce.origin);
  return above.enforce;
}

/** The sentence that a rule carries out is the organization's, where it names one. */
function clauseOf(pair: Pair): Held<Clause> | null {
  const { above, below } = pair;
  if (!above.clause || !below.clause) return above.clause ?? below.clause;
  if (isFree(pair, 'clause')) return below.clause;
  if (!isSame(above.clause.value, below.clause.value)) {
    refuse(pair, 'clause', below.clause, 'This clause', above.clause.value.says, above.clause.origin);
  }
  return above.clause;
}

function optionsOf(pair: Pair): ReadonlyMap<string, Held<unknown>> {
  const options = new Map(pair.above.options);
  for (const [name, option] of Object.entries(shapeOf(pair.rule))) {
    const wish = pair.below.options.get(name);
    if (!wish) continue;
    const held = pair.above.options.get(name);
    const isAsked = (pair.above.enforce?.value ?? 'off') !== 'off';
    if (isFree(pair, name) || (!held && !isAsked)) {
      options.set(name, wish);
      continue;
    }
    // A rule that the organization asks for is asked with its defaults, so they bind as if written.
    const upper = held ? held.value : option.safeParse(undefined).data;
    const { value, refused } = tighten(tighteningOf(option), upper, wish.value);
    if (!isSame(value, upper)) options.set(name, { ...wish, value });
    if (refused !== null) refuse(pair, name, wish, refused, upper, held?.origin ?? null);
  }
  return options;
}

function isFree({ rule, mayLoosen }: Pair, key: string): boolean {
  return mayLoosen.has(rule.id) || mayLoosen.has(`${rule.id}.${key}`);
}

function refuse(
  { rule, refusals }: Pair,
  key: string,
  wish: Held<unknown>,
  refused: string,
  stays: unknown,
  by: Origin | null,
): void {
  const allow = key === 'clause' ? rule.id : `${rule.id}.${key}`;
  refusals.push({ id: rule.id, key, allow, wish, refused, stays, by });
}

/** One notice a wish of the repository's own file; one for all that comes from what it extends. */
function notices(refusals: readonly Refusal[], lower: Stack): readonly Problem[] {
  const own = refusals.filter((refusal) => refusal.wish.origin.layer === 'repository').map(notice);
  const inherited = refusals.filter((refusal) => refusal.wish.origin.layer !== 'repository');
  const file = lower.documents.at(-1);
  if (inherited.length === 0 || !file) return own;
  const { line, column } = file.extends ?? { line: 1, column: 1 };
  const names = listed(inherited.map(({ id, key }) => `${id}.${key}`));
  const message = `Parts of what this extends have no effect, because the policy above is firmer: ${names}.`;
  return [{ source: file.file.source, line, column, path: 'extends', severity: 'notice', message, hint: null }, ...own];
}

function notice({ id, key, allow, wish, refused, stays, by }: Refusal): Problem {
  const where = by ? place(by) : "the rule's default, in force because the policy above asks for the rule";
  const value = typeof stays === 'string' ? JSON.stringify(stays) : listedValue(stays);
  return {
    source: wish.origin.source,
    line: wish.origin.line ?? 1,
    column: wish.column,
    path: `rules.${id}.${key}`,
    severity: 'notice',
    message: `${refused} has no effect here, because a repository may only tighten; ${value} stays (${where}).`,
    hint: `The organization can allow it by listing "${allow}" under mayLoosen in its policy.`,
  };
}

function listedValue(value: unknown): string {
  return (JSON.stringify(value) as string | undefined)?.replaceAll(',', ', ') ?? 'nothing';
}

function place({ layer, source, line }: Origin): string {
  const name = layer === 'preset' ? `preset ${source}` : source;
  return line === null ? name : `${name}, line ${line}`;
}
