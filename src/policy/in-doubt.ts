/** Groups and pilots that a repository may belong to, and whether it matters to a change of the policy. */
import type { AnyRule } from '../rules/rule.ts';
import type { Untold } from './groups.ts';
import type { Pair } from './pair.ts';

/** So many are supposed in every combination; of more it is taken that they matter. */
const MOST_SUPPOSED = 4;

/**
 * Those of the groups and pilots by which it differs what the change does to the repository, in words: `group NAME`. `suppose` gives
 * both policies, now and by plan, for a repository that belongs to those named. Empty: the same happens whether it does or not.
 */
export function inDoubt(untold: readonly Untold[], suppose: (names: readonly string[]) => readonly Pair[]): readonly string[] {
  const all = [...new Map(untold.map((one) => [`${one.what} ${one.name}`, one.name])).entries()];
  if (all.length === 0) return [];
  const names = [...new Set(all.map(([, name]) => name))];
  if (names.length > MOST_SUPPOSED) return all.map(([word]) => word);
  const done = new Map(subsets(names).map((some) => [some.join('\n'), JSON.stringify(suppose(some).map(whatHappens))]));
  const decides = (name: string): boolean =>
    subsets(names.filter((other) => other !== name)).some((some) => {
      const joined = names.filter((one) => one === name || some.includes(one));
      return done.get(some.join('\n')) !== done.get(joined.join('\n'));
    });
  return all.filter(([, name]) => decides(name)).map(([word]) => word);
}

function subsets(names: readonly string[]): readonly (readonly string[])[] {
  return names.reduceRight<readonly (readonly string[])[]>(
    (rest, name) => [...rest, ...rest.map((some) => [name, ...some])],
    [[]],
  );
}

/** The rules that the change touches, as they are held under both policies. */
function whatHappens({ before, after, touched }: Pair): readonly unknown[] {
  const held = (policy: Pair['before'], rules: readonly AnyRule[]): readonly unknown[] =>
    rules.map(({ id }) => [id, policy.rules[id]?.enforce, policy.rules[id]?.options]);
  const touches = touched.before.length + touched.after.length > 0;
  const certification = touches ? [before.certification, after.certification] : [];
  return [held(before, touched.before), held(after, touched.after), certification];
}
