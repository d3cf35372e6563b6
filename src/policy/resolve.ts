/** From documents to the policy in force: preset → shared → organization → groups → repository, each value with its origin. */
import type { AnyRule } from '../rules/rule.ts';
import type { Document } from './document.ts';
import { laid } from './fold.ts';
import { endsAt, managed, topOf } from './governed.ts';
import { grouped, NO_COHORTS, type Layer } from './groups.ts';
import { idle, lacksBase, remarked } from './idle.ts';
import { earliest, levelled } from './levels.ts';
import { needlessLoosening } from './locks.ts';
import type { Occasion } from './managed.ts';
import { strangeCohorts } from './names.ts';
import { over, type Over } from './over.ts';
import { UNMANAGED, type Overrider, type Policy, type Presets, type Problem, type RuleSetting } from './policy.ts';
import { BASELINE, presetNamed } from './presets.ts';
import { notice } from './refusals.ts';
import { inheriting, settle } from './settings.ts';
import { withPresets, type Stack } from './stack.ts';
import { unpinned } from './unpinned.ts';

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
  const all = [...above.documents, ...below.documents];
  const top = topOf(above.documents);
  const groups = grouped(above.documents, top.lifecycle?.value ?? null, occasion);
  const moment = { occasion, cohorts: groups.cohorts };
  const upper = levelled(laid(groups.layers, rules), top.mayLoosen, above.documents, rules, moment);
  const lower = levelled(laid(asLayers(below.documents), rules), null, below.documents, rules, moment);
  const { certification, ...merged }: Over = border === 0 ? alone(lower.stack, rules) : over(upper.stack, lower.stack, rules);
  const settings = settle(rules, merged.rules, upper.stack);
  const { origins, ...governed } = managed(top, certification, occasion);
  const amounts = { rules: merged.rules, certification };
  return {
    policy: {
      checkName: top.checkName?.value ?? CHECK_NAME,
      certification: certification?.value ?? null,
      mayOverride: top.mayOverride?.value ?? OVERRIDER,
      rules: settings.rules,
      ...governed,
      groups: groups.groups,
      until: earliest([upper.stack.until, lower.stack.until, endsAt(governed.paused?.until ?? null)]),
      origins,
      files: distinct(all),
      isDefault: false,
    },
    problems: [
      ...above.problems,
      ...below.problems,
      ...unpinned(documents),
      ...upper.refusals.map(notice),
      ...lower.refusals.map(notice),
      ...upper.problems,
      ...lower.problems,
      ...needlessLoosening(top.mayLoosen, upper.stack.locks),
      ...groups.problems,
      ...strangers(above.documents, all),
      ...merged.problems,
      ...idle([...groups.layers, ...asLayers(below.documents)], all, amounts, rules),
      ...settings.problems,
      ...remarked(all, amounts, settings.rules, rules, occasion?.now ?? null),
    ],
  };
}

/** What holds where nobody wrote a policy: `baseline`, held at `observe`, so that nobody is blocked. */
export function defaultPolicy(rules: readonly AnyRule[], presets: Presets): Policy {
  const baseline = presetNamed(BASELINE, rules, presets)?.document;
  const { documents } = withPresets(baseline ? [baseline] : [], rules, presets);
  const nobody = { occasion: null, cohorts: NO_COHORTS };
  const { stack } = levelled(laid(asLayers(documents), rules), null, documents, rules, nobody);
  const { rules: firm } = settle(rules, inheriting(rules, stack), null);
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

function asLayers(documents: readonly Document[]): readonly Layer[] {
  return documents.map((document) => ({ document, group: null }));
}

function alone(stack: Stack, rules: readonly AnyRule[]): Over {
  return { rules: inheriting(rules, stack), certification: stack.certification, problems: [] };
}

/** Steps of roll-outs that are for nobody, because no group and no pilot has the name. None where a file below is not at hand. */
function strangers(above: readonly Document[], all: readonly Document[]): readonly Problem[] {
  if (all.some(lacksBase)) return [];
  return strangeCohorts(above, all);
}

/** The files without their text; one that stands in both stacks is named once. */
function distinct(documents: readonly Document[]): Policy['files'] {
  return [...new Map(documents.map(({ file }) => [`${file.source} ${file.commit ?? ''}`, file])).values()];
}
