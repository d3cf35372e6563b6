/** When what is held changes by plan: the days on which steps of roll-outs begin, and whether newcomers have grace. */
import type { Document } from './document.ts';

export interface Planned {
  /** Starts of days that are still to come, in order; ISO 8601. */
  readonly moments: readonly string[];
  /** New repositories are spared for a while. */
  readonly hasGrace: boolean;
}

/** More days than this make a plan of days; then the first ones and the last one are told. */
const MOST_MOMENTS = 8;

/** What is planned in documents after a moment. */
export function planned(documents: readonly Document[], now: Date): Planned {
  const rules = documents.flatMap((document) => [document.rules, ...document.governance.groups.map((group) => group.rules)]);
  const written = rules.flatMap((one) => Object.values(one));
  const days = written.flatMap(({ rollout }) => (rollout?.value ?? []).flatMap(({ value: { from } }) => from ?? []));
  const coming = [...new Set(days.map(Date.parse))].filter((moment) => moment > now.getTime()).sort((a, b) => a - b);
  const [last] = coming.slice(-1);
  const told = coming.length > MOST_MOMENTS && last !== undefined ? [...coming.slice(0, MOST_MOMENTS - 1), last] : coming;
  return {
    moments: told.map((moment) => new Date(moment).toISOString()),
    hasGrace: written.some(({ grace }) => grace?.value.newRepositories !== undefined),
  };
}
