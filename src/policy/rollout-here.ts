/** Where a repository lies in the roll-outs that hold for it: in which shares and cohorts, and whom grace will spare. */
import { DAY } from './dates.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Document } from './document.ts';
import { laid } from './fold.ts';
import { topOf } from './governed.ts';
import { grouped } from './groups.ts';
import { rolloutOf } from './levels.ts';
import type { Grace, Occasion, Step, Traits } from './managed.ts';
import type { Policy } from './policy.ts';
import { listed, quoted } from './problem.ts';
import { reached, shareOf, type Rollout } from './rollout.ts';

/** What the policy of a repository was made from. */
export interface Sources {
  /** The organization's documents, lowest first, presets included. */
  readonly above: readonly Document[];
  /** Every document as it was read, without presets. */
  readonly documents: readonly Document[];
  readonly policy: Policy;
}

type Here = Occasion & { readonly traits: Traits };

/** Sentences about the roll-outs in force that their state alone does not tell, by rule; absent: none. */
export function rolloutsHere(sources: Sources, rules: readonly AnyRule[], occasion: Here): ReadonlyMap<string, string> {
  const { above, documents, policy } = sources;
  const { layers, cohorts, untold } = grouped(above, topOf(above).lifecycle?.value ?? null, occasion);
  const border = documents.findLastIndex(({ file }) => file.layer === 'organization') + 1;
  const below = documents.slice(border).map((document) => ({ document, group: null }));
  const stacks = [laid(layers, rules), laid(below, rules)];
  const open = new Set(untold.map(({ name }) => name));
  return new Map(
    rules.flatMap(({ id }): readonly (readonly [string, string])[] => {
      const state = JSON.stringify(policy.rules[id]?.rollout);
      const said = stacks.flatMap((stack) => stack.rules.get(id) ?? []);
      const rollouts = said
        .flatMap(({ firmness, floors }) => [firmness, ...floors])
        .flatMap((firmness) => rolloutOf(id, firmness, cohorts) ?? []);
      // Of several layers' roll-outs the one in force is told by how far it has come.
      const own = rollouts.find((one) => JSON.stringify(reached(one, occasion).reached) === state);
      const text = own ? sentences(own, occasion, open) : '';
      return text === '' ? [] : [[id, text]];
    }),
  );
}

function sentences(rollout: Rollout, occasion: Here, open: ReadonlySet<string>): string {
  const steps = rollout.steps.flatMap((step, index) => ofStep(step, index + 1, rollout, occasion.traits, open) ?? []);
  return [...steps, ...(rollout.grace ? ofGrace(rollout.grace, rollout, occasion) : [])].join(' ');
}

function ofStep(
  { cohorts, percent }: Step,
  number: number,
  rollout: Rollout,
  traits: Traits,
  open: ReadonlySet<string>,
): string | null {
  if (cohorts && !cohorts.some((name) => rollout.cohorts.includes(name))) {
    const it = cohorts.length === 1 ? 'it' : 'one of them';
    const is = cohorts.some((name) => open.has(name))
      ? `whether this repository is in ${it} cannot be told`
      : `this repository is not in ${it}`;
    return `Step ${number} is for ${listed(cohorts)}, and ${is}.`;
  }
  if (percent === undefined || percent === 100) return null;
  const place = shareOf(traits, rollout.rule);
  const is = place < percent ? 'in the share' : 'not in the share';
  return `Step ${number}: this repository is ${is}: number ${place + 1} of 100, and this step takes ${percent}.`;
}

/** What grace spares already is told with the state of the roll-out. */
function ofGrace(
  { newRepositories, firstContributions, level }: Grace,
  rollout: Rollout,
  { now, traits, isFirst }: Here,
): readonly string[] {
  const first = firstContributions ? [`A first contribution is held at ${quoted(level)} at most.`] : [];
  if (newRepositories === undefined || reached(rollout, { now, traits, isFirst }).reached.grace) return first;
  if (traits.createdAt === undefined) {
    const message = `Repositories younger than ${newRepositories} days are held at ${quoted(level)} at most; when this one was created is not known here.`;
    return [message, ...first];
  }
  const until = Date.parse(traits.createdAt) + newRepositories * DAY;
  if (until <= now.getTime() || Number.isNaN(until)) return first;
  const day = new Date(until).toISOString().slice(0, 10);
  return [
    `The repository is new: until ${day} it is held at ${quoted(level)} at most, also where a step asks for more.`,
    ...first,
  ];
}
