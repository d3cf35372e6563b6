/** Notices of what a file says to no effect, or to another one than it seems, told without a repository: locks, days, steps. */
import type { AnyRule } from '../rules/rule.ts';
import type { Document, WrittenRule } from './document.ts';
import { laid } from './fold.ts';
import { groupLayers, type Layer } from './groups.ts';
import { LEVELS, type Presets, type Problem } from './policy.ts';
import { notice } from './refusals.ts';
import { withPresets } from './stack.ts';

/** What is told of one file beside what resolving it tells; `day`: today, YYYY-MM-DD. */
export function ownNotices(document: Document, rules: readonly AnyRule[], presets: Presets, day: string): readonly Problem[] {
  return [...lockedGroups(document, rules, presets), ...past(document, day), ...approvedByAll(document), ...unsteady(document)];
}

/** What a group wishes although its own file, or a preset below it, locks it; each group by itself, for whatever repository. */
function lockedGroups(document: Document, rules: readonly AnyRule[], presets: Presets): readonly Problem[] {
  const files = withPresets([document], rules, presets).documents;
  if (files.every(({ governance: { locked, mayOnlyTighten } }) => locked.length + mayOnlyTighten.length === 0)) return [];
  const below = files.map((file): Layer => ({ document: file, group: null }));
  return groupLayers(document).flatMap(({ layer }) => {
    const { refusals } = laid([...below, layer], rules);
    return refusals.filter(({ wish }) => wish.within !== undefined).map(notice);
  });
}

function past({ governance: { paused, pilots }, file: { source } }: Document, day: string): readonly Problem[] {
  const over = (path: string, what: string, end: string, place: Place): Problem => ({
    ...{ source, line: place.line, column: place.column, path, severity: 'notice' },
    message: `The ${what} ended with its last day, ${end}.`,
    hint: 'Remove it, or write a later day.',
  });
  const until = paused?.value.until ?? null;
  const ended = (pilots?.value ?? []).flatMap(({ value, ...place }, index) =>
    value.end < day ? [over(`pilots[${index}].end`, `pilot "${value.name}"`, value.end, place)] : [],
  );
  return [...(paused && until !== null && until < day ? [over('paused.until', 'pause', until, paused)] : []), ...ended];
}

function approvedByAll({ governance: { approvers }, file: { source } }: Document): readonly Problem[] {
  if (approvers?.value.length !== 0) return [];
  const { line, column } = approvers;
  const message = 'Nobody is named, which does not mean nobody: whoever may write in the policy repository can approve waivers.';
  const hint = 'Name logins or team:SLUG, or remove the key.';
  return [{ source, line, column, path: 'waivers.approvers', severity: 'notice', message, hint }];
}

type Place = Pick<Problem, 'line' | 'column'>;

/** Steps of roll-outs that are softer, or for fewer repositories, than one before that is for the same ones. */
function unsteady({ rules, governance: { groups }, file: { source } }: Document): readonly Problem[] {
  const of = (all: Document['rules'], within: string): readonly Problem[] =>
    Object.entries(all).flatMap(([id, rule]) => steps(rule, source, `${within}rules.${id}.rollout`));
  return [...of(rules, ''), ...groups.flatMap((group, index) => of(group.rules, `groups[${index}].`))];
}

function steps({ rollout }: WrittenRule, source: string, path: string): readonly Problem[] {
  const all = rollout?.value ?? [];
  return all.flatMap(({ value: step, line, column }, index): readonly Problem[] => {
    const at = { source, line, column, path: `${path}[${index}]`, severity: 'notice' } as const;
    const before = all.slice(0, index).filter(({ value }) => isForThem(step.cohorts, value.cohorts));
    const firmer = before.findLast(({ value }) => LEVELS.indexOf(value.enforce) > LEVELS.indexOf(step.enforce));
    if (firmer) {
      const message = `This step is softer than the one on line ${firmer.line}: from here on the rule is held at "${step.enforce}" instead of "${firmer.value.enforce}", because the last step that applies decides.`;
      return [{ ...at, message, hint: 'Write the softer step first, unless this is meant.' }];
    }
    const [percent, larger] = [step.percent ?? 100, all[index - 1]];
    if (larger?.value.enforce !== step.enforce || !isWithin(step.cohorts, larger.value.cohorts)) return [];
    if ((larger.value.percent ?? 100) <= percent) return [];
    const message = `This step has no effect: it is for ${percent} percent, and the one on line ${larger.line} holds ${larger.value.percent ?? 100} percent, these among them, at "${step.enforce}" already.`;
    return [{ ...at, message, hint: 'Write the larger share later, or remove this step.' }];
  });
}

/** Whether a step means everybody whom, or somebody of those whom, one before it names; a cohort after everybody is an exception. */
function isForThem(later: readonly string[] | undefined, earlier: readonly string[] | undefined): boolean {
  return later === undefined || earlier?.some((name) => later.includes(name)) === true;
}

/** Whether one before it means everybody whom a step means, shares aside. */
function isWithin(later: readonly string[] | undefined, earlier: readonly string[] | undefined): boolean {
  return earlier === undefined || later?.every((name) => earlier.includes(name)) === true;
}
