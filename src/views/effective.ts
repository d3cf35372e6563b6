/** Everything that decides in one repository, as one document: what `steward policy explain` prints and its page shows. */
import { asks } from '../policy/certification.ts';
import type { Document } from '../policy/document.ts';
import { effective, type EffectiveValue } from '../policy/effective.ts';
import type { Paused, Reached, Traits } from '../policy/managed.ts';
import { references } from '../policy/parse.ts';
import type { Clause, Level, Policy, Problem } from '../policy/policy.ts';
import { referenceText } from '../policy/reference.ts';
import { rolloutsHere } from '../policy/rollout-here.ts';
import { daysLeft } from '../policy/dates.ts';
import type { Granted } from '../policy/waivers/waiver.ts';
import { isNamed } from '../policy/where.ts';
import type { AnyRule, Asked } from '../rules/rule.ts';
import type { Conclusion, Outcome, Verdict } from '../verdict/verdict.ts';
import { groupsOf, pilotsAmong, type Belonging, type PilotBelonging } from './effective-groups.ts';

/** A waiver that is in force here, with the days that are left: on its last day 1. */
export interface EffectiveWaiver extends Granted {
  readonly daysLeft: number;
}

export interface EffectiveRule {
  readonly id: string;
  readonly title: string;
  readonly on: Asked;
  readonly enforce: Level;
  /** False: it is off, or what `certification` says leaves it out. */
  readonly isAsked: boolean;
  readonly clause: Clause | null;
  /** How far its roll-out has come; null: it has none. */
  readonly rollout: Reached | null;
  /** `enforce`, the clause, and every option. JSON, so null where nothing holds. */
  readonly values: readonly EffectiveValue[];
  /** What files say of it without effect, and what does not go together. */
  readonly notices: readonly Problem[];
  /** Null: not known, because only files are at hand. */
  readonly waivers: readonly EffectiveWaiver[] | null;
  /** What its last verdict came to; null: none is kept, or it is judged on each pull request. */
  readonly outcome: Outcome | null;
}

/** The policy of one repository at a moment, with everything it comes from. JSON only; its shape is kept. */
export interface Explained {
  readonly version: 1;
  /** `OWNER/REPO`. */
  readonly repository: string;
  /** ISO 8601. */
  readonly at: string;
  /** `stored`: what an evaluation kept. `name`: nothing is kept but the policy above it. `files`: what was given. */
  readonly basis: Basis;
  readonly traits: Traits;
  /** True: nobody wrote a policy, and `baseline` is observed. */
  readonly isDefault: boolean;
  readonly files: Policy['files'];
  /** What a file extends and is not at hand, so that what it says is missing here. */
  readonly missing: readonly { readonly source: string; readonly line: number; readonly reference: string }[];
  readonly groups: readonly Belonging[];
  readonly pilots: readonly PilotBelonging[];
  readonly paused: Paused | null;
  /** When it changes by itself; ISO 8601, null: it does not. */
  readonly until: string | null;
  /** Of the policy itself, beside its rules. */
  readonly values: readonly EffectiveValue[];
  readonly rules: readonly EffectiveRule[];
  /** What has no effect, of no rule in particular. */
  readonly notices: readonly Problem[];
  /** The last verdict on the repository; null: none is kept. */
  readonly judged: { readonly at: string; readonly sha: string; readonly conclusion: Conclusion } | null;
}

export type Basis = 'stored' | 'name' | 'files';

/** What is to be explained, as it was found. */
export interface Explaining {
  readonly traits: Traits;
  readonly basis: Basis;
  readonly now: Date;
  /** The organization's documents, lowest first, presets included. */
  readonly above: readonly Document[];
  /** Every document as it was read, without presets. */
  readonly documents: readonly Document[];
  readonly policy: Policy;
  readonly problems: readonly Problem[];
  /** Every waiver of the organization that is in force; null: not known. */
  readonly granted: readonly Granted[] | null;
  readonly verdict: Verdict | null;
}

/** Puts together what is effective in a repository. */
export function explained(matter: Explaining, rules: readonly AnyRule[]): Explained {
  const { traits, basis, now, above, policy, problems, verdict } = matter;
  const here = rolloutsHere(matter, rules, { now, traits, isFirst: null });
  const values = effective(policy, here).map((one): EffectiveValue => ({ ...one, value: one.value ?? null }));
  return {
    version: 1,
    repository: `${traits.owner}/${traits.name}`,
    at: now.toISOString(),
    basis,
    traits,
    isDefault: policy.isDefault,
    files: policy.files,
    missing: missingIn(matter),
    groups: groupsOf(above, traits),
    pilots: pilotsAmong(policy.pilots, above, traits, now),
    paused: policy.paused,
    until: policy.until,
    values: values.filter(({ rule }) => rule === null),
    rules: rules.map((rule) => ruleOf(rule, values, matter)),
    // Whether the repository belongs to a group is told with the group.
    notices: problems.filter((problem) => ruleIn(problem) === null && !isUntold(problem)),
    judged: verdict && { at: verdict.at, sha: verdict.sha, conclusion: verdict.conclusion },
  };
}

function ruleOf(rule: AnyRule, values: readonly EffectiveValue[], matter: Explaining): EffectiveRule {
  const { id, title, on } = rule;
  const { policy, problems, granted, verdict, traits, now } = matter;
  const setting = policy.rules[id];
  const waivers = granted?.filter((one) => one.rule === id && one.scope.repositories.some((name) => isNamed(name, traits.name)));
  return {
    ...{ id, title, on, enforce: setting?.enforce ?? 'off' },
    isAsked: setting !== undefined && setting.enforce !== 'off' && isCertifying(id, policy),
    clause: setting?.clause ?? null,
    rollout: setting?.rollout ?? null,
    values: values.filter((one) => one.rule === id),
    notices: problems.filter((problem) => ruleIn(problem) === id),
    waivers: waivers?.map((one) => ({ ...one, daysLeft: daysLeft(Date.parse(one.ends), now) })) ?? null,
    outcome: verdict?.rules.find((one) => one.id === id)?.outcome ?? null,
  };
}

function isCertifying(id: string, { certification }: Policy): boolean {
  return certification === null || !asks('both').includes(id) || asks(certification).includes(id);
}

function missingIn({ documents }: Explaining): Explained['missing'] {
  return documents.flatMap((document, index) => {
    const reference = references(document);
    // What a file extends stands right below it.
    const below = documents[index - 1];
    if (!reference || below?.file.layer === 'shared') return [];
    return [{ source: document.file.source, line: document.extends?.line ?? 1, reference: referenceText(reference) }];
  });
}

/** The rule that a problem is about; null: none. */
function ruleIn({ path }: Problem): string | null {
  return /(?:^|\.)rules\.([a-z0-9-]+)/.exec(path)?.[1] ?? null;
}

/** Whether it tells only that a group or a pilot cannot be told of the repository. */
export function isUntold({ path, severity }: Problem): boolean {
  return severity === 'notice' && /^(?:groups\[\d+\]|pilots)$/.test(path);
}
