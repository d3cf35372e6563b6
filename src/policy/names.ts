/** Names that a policy file gives and uses: each is given once, and what a roll-out is for has one of them. */
import { z } from 'zod';
import type { Document } from './document.ts';
import type { Problem } from './policy.ts';
import type { Flaw, Path, Positions } from './positions.ts';
import { didYouMean, listed, quoted } from './problem.ts';

/** Whatever else is wrong with a file, its names can be looked at. */
const named = z.array(z.object({ name: z.string() }).catch({ name: '' })).catch([]);
const ruleSteps = z.object({ rollout: z.array(z.object({ cohorts: z.array(z.string().catch('')) }).catch({ cohorts: [] })) });
const rulesOf = z.record(z.string(), ruleSteps.catch({ rollout: [] })).catch({});
const skeleton = z.object({
  groups: named,
  pilots: named,
  rules: rulesOf,
});
const groupRules = z.object({ groups: z.array(z.object({ rules: rulesOf }).catch({ rules: {} })).catch([]) });

/** Names that are given twice, and cohorts that nothing has the name of; those only where no other file can have it. */
export function nameFlaws(value: unknown, positions: Positions, isWhole: boolean): readonly Flaw[] {
  const text = skeleton.safeParse(value).data;
  if (!text) return [];
  const names = [...text.groups, ...text.pilots].map(({ name }) => name).filter((name) => name !== '');
  const lines = new Map<string, number>();
  const repeated = [...repeats(text.groups, 'groups', lines, positions), ...repeats(text.pilots, 'pilots', lines, positions)];
  if (!isWhole) return repeated;
  const groups = groupRules.safeParse(value).data?.groups ?? [];
  const all = [
    ...strangers(text.rules, ['rules'], names, positions),
    ...groups.flatMap(({ rules }, index) => strangers(rules, ['groups', index, 'rules'], names, positions)),
  ];
  return [...repeated, ...all];
}

/** What is told of a cohort that no group and no pilot has the name of. */
export function noSuchCohort(name: string, names: readonly string[]): Pick<Flaw, 'message' | 'hint'> {
  const message = `There is no group and no pilot called ${quoted(name)}; there are: ${listed(names) || 'none'}.`;
  return { message, hint: didYouMean(name, names) ?? 'Name it below "groups:" or "pilots:".' };
}

/** A notice for each step of a roll-out that is for a group or a pilot that no file of the organization names. */
export function strangeCohorts(above: readonly Document[], all: readonly Document[]): readonly Problem[] {
  const names = new Set(
    above.flatMap(({ governance: { groups, pilots } }) => [
      ...groups.map(({ name }) => name),
      ...(pilots?.value.map(({ value }) => value.name) ?? []),
    ]),
  );
  const strange = (rules: Document['rules'], source: string, within: string): readonly Problem[] =>
    Object.entries(rules).flatMap(([id, { rollout }]) =>
      (rollout?.value ?? []).flatMap(({ value: { cohorts = [] }, line, column }, step) =>
        cohorts
          .filter((name) => !names.has(name))
          .map((name): Problem => {
            const path = `${within}rules.${id}.rollout[${step}].cohorts`;
            return { source, line, column, path, severity: 'notice', ...noSuchCohort(name, [...names]) };
          }),
      ),
    );
  return all.flatMap(({ rules, governance: { groups }, file: { source } }) => [
    ...strange(rules, source, ''),
    ...groups.flatMap((group, index) => strange(group.rules, source, `groups[${index}].`)),
  ]);
}

/** `lines`: where each name was given first; roll-outs name groups and pilots alike. */
function repeats(entries: z.infer<typeof named>, key: string, lines: Map<string, number>, positions: Positions): readonly Flaw[] {
  return entries.flatMap(({ name }, index) => {
    const path = [key, index, 'name'];
    const place = positions.value(path);
    const before = lines.get(name);
    if (name === '' || before === undefined) {
      lines.set(name, place.line);
      return [];
    }
    const message = `The name ${quoted(name)} is given on line ${before} already.`;
    return [{ ...place, path, message, hint: 'Give each its own name.' }];
  });
}

function strangers(rules: z.infer<typeof rulesOf>, path: Path, names: readonly string[], positions: Positions): readonly Flaw[] {
  return Object.entries(rules).flatMap(([id, { rollout }]) =>
    rollout.flatMap(({ cohorts }, step) =>
      cohorts.flatMap((name, index) => {
        if (name === '' || names.includes(name)) return [];
        const full = [...path, id, 'rollout', step, 'cohorts', index];
        return [{ ...positions.value(full), path: full, ...noSuchCohort(name, names) }];
      }),
    ),
  );
}
