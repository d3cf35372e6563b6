/** From documents to the policy in force: preset → shared → organization → repository, each value with its origin. */
import type { Options, AnyRule } from '../rules/rule.ts';
import { idle, remarked } from './idle.ts';
import { withInherited } from './inherit.ts';
import { over, type Over } from './over.ts';
import type { Document } from './parse.ts';
import { UNMANAGED, type Origin, type Overrider, type Policy, type Presets, type Problem, type RuleSetting } from './policy.ts';
import type { Occasion } from './managed.ts';
import { BASELINE, presetNamed } from './presets.ts';
import { NO_RULE, stack, withPresets, type Held, type HeldRule, type Stack } from './stack.ts';

/** The name of the check run when the organization names no other. */
export const CHECK_NAME = 'Steward';

/** Whose word can override a rule when the organization names nobody. */
const OVERRIDER: Overrider = 'maintain';

export interface Resolved {
  readonly policy: Policy;
  /** Errors of presets and options that do not go together; notices of values without effect. */
  readonly problems: readonly Problem[];
}

/**
 * Resolves documents, lowest first: what the organization extends, its own file, what the repository extends, its own file.
 * Up to the organization's file each replaces what is below it; what follows may only tighten that.
 * Without an organization's file the repository is free; without any document `baseline` is observed.
 * `occasion` says for which repository and when; with null no group holds, and roll-outs have not begun.
 */
export function resolve(
  documents: readonly Document[],
  rules: readonly AnyRule[],
  presets: Presets,
  occasion: Occasion | null = null,
): Resolved {
  if (documents.length === 0) return { policy: defaultPolicy(rules, presets), problems: [] };
  const border = documents.findLastIndex((document) => document.file.layer === 'organization') + 1;
  const above = withPresets(documents.slice(0, border), rules, presets);
  const below = withPresets(documents.slice(border), rules, presets);
  const upper = stack(above.documents);
  const lower = stack(below.documents);
  const { certification, ...merged }: Over =
    border === 0 ? { ...lower, rules: inheriting(rules, lower), problems: [] } : over(upper, lower, rules);
  const files = distinct([...upper.documents, ...lower.documents]);
  const settings = settle(rules, merged.rules, upper);
  return {
    policy: {
      checkName: upper.checkName?.value ?? CHECK_NAME,
      certification: certification?.value ?? null,
      mayOverride: upper.mayOverride?.value ?? OVERRIDER,
      rules: settings.rules,
      ...UNMANAGED,
      files,
      isDefault: false,
    },
    problems: [
      ...above.problems,
      ...below.problems,
      ...merged.problems,
      ...idle([...above.documents, ...below.documents], { rules: merged.rules, certification }, rules),
      ...settings.problems,
      ...remarked(
        [...above.documents, ...below.documents],
        { rules: merged.rules, certification },
        settings.rules,
        rules,
        occasion?.now ?? null,
      ),
    ],
  };
}

/** What holds where nobody wrote a policy: `baseline`, held at `observe`, so that nobody is blocked. */
export function defaultPolicy(rules: readonly AnyRule[], presets: Presets): Policy {
  const baseline = presetNamed(BASELINE, rules, presets)?.document;
  const { documents } = withPresets(baseline ? [baseline] : [], rules, presets);
  const { rules: firm } = settle(rules, inheriting(rules, stack(documents)), stack([]));
  const observed = Object.entries(firm).map(([id, setting]): readonly [string, RuleSetting] => [
    id,
    setting.enforce === 'off' ? setting : { ...setting, enforce: 'observe' },
  ]);
  return {
    checkName: CHECK_NAME,
    certification: null,
    mayOverride: OVERRIDER,
    rules: Object.fromEntries(observed),
    ...UNMANAGED,
    files: distinct(documents),
    isDefault: true,
  };
}

/** Every known rule gets a setting; what no file mentions is off, with its defaults. */
function settle(
  rules: readonly AnyRule[],
  held: ReadonlyMap<string, HeldRule>,
  upper: Stack,
): { readonly rules: Readonly<Record<string, RuleSetting>>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const settings = rules.map((rule): readonly [string, RuleSetting] => {
    const wished = held.get(rule.id) ?? NO_RULE;
    const options = optionsOf(rule, wished);
    if (options) return [rule.id, setting(wished, wished, options)];
    problems.push(contradiction(rule, wished));
    const safe = withInherited(rule, upper.rules);
    const kept = optionsOf(rule, safe);
    if (kept) return [rule.id, setting(wished, safe, kept)];
    return [rule.id, setting(wished, NO_RULE, optionsOf(rule, NO_RULE) ?? {})];
  });
  return { rules: Object.fromEntries(settings), problems };
}

function inheriting(rules: readonly AnyRule[], { rules: held }: Stack): ReadonlyMap<string, HeldRule> {
  return new Map(rules.map((rule) => [rule.id, withInherited(rule, held)]));
}

/** Options with defaults filled in; null when together they break a condition of the rule. */
function optionsOf(rule: AnyRule, { options }: HeldRule): Readonly<Record<string, unknown>> | null {
  const wished = Object.fromEntries([...options].map(([name, option]) => [name, option.value]));
  const result = (rule.options as Options).safeParse(wished);
  return result.success ? result.data : null;
}

function setting(firmness: HeldRule, from: HeldRule, options: Readonly<Record<string, unknown>>): RuleSetting {
  const { enforce, clause } = firmness;
  const origins: [string, Origin][] = [...from.options].map(([name, option]) => [name, option.origin]);
  if (enforce) origins.push(['enforce', enforce.origin]);
  if (clause) origins.push(['clause', clause.origin]);
  return { enforce: enforce?.value ?? 'off', clause: clause?.value ?? null, options, origins: Object.fromEntries(origins) };
}

function contradiction(rule: AnyRule, wished: HeldRule): Problem {
  const input = Object.fromEntries([...wished.options].map(([name, option]) => [name, option.value]));
  const issue = (rule.options as Options).safeParse(input).error?.issues[0];
  const named = String(issue?.path[0] ?? '');
  const at: Held<unknown> | undefined = wished.options.get(named) ?? [...wished.options.values()].at(-1);
  return {
    source: at?.origin.source ?? rule.id,
    line: at?.origin.line ?? 1,
    column: at?.column ?? 1,
    path: named === '' ? `rules.${rule.id}` : `rules.${rule.id}.${named}`,
    severity: 'error',
    message: `These options do not go together: ${issue?.message ?? 'the rule refuses them'}.`,
    hint: "The organization's options stay in force, else the defaults.",
  };
}

/** The files without their text; one that stands in both stacks is named once. */
function distinct(documents: readonly Document[]): Policy['files'] {
  return [...new Map(documents.map(({ file }) => [`${file.source} ${file.commit ?? ''}`, file])).values()];
}
