/** To which groups and pilots a repository belongs, and which key decides it. */
import type { Document } from '../policy/document.ts';
import { topOf } from '../policy/governed.ts';
import type { Lifecycle, Pilot, Traits, Where } from '../policy/managed.ts';
import { matches } from '../policy/where.ts';
import { stateOf, type PilotStanding } from '../verdict/pilot.ts';

/** `unknown`: what decides is not known of the repository, so that it counts as not in. */
export type Membership = 'in' | 'out' | 'unknown';

/** What one key of `where` says of the repository. */
export interface Reason {
  /** `names`, `topics`, `properties.NAME`, `visibility`, `languages` or `stages`. */
  readonly key: string;
  readonly state: Membership;
  /** The entries that match it; empty where none does. */
  readonly matched: readonly string[];
  /** Every entry. */
  readonly wanted: readonly string[];
}

export interface Belonging {
  readonly name: string;
  readonly source: string;
  readonly line: number | null;
  readonly state: Membership;
  /** One a key; without any no repository is meant. */
  readonly reasons: readonly Reason[];
}

export interface PilotBelonging extends Belonging, Pick<Pilot, 'title' | 'owner' | 'start' | 'end'> {
  readonly time: PilotStanding['state'];
}

/** Every group of the files, in their order. */
export function groupsOf(documents: readonly Document[], traits: Traits): readonly Belonging[] {
  const { lifecycle } = topOf(documents);
  return documents.flatMap(({ file: { source }, governance: { groups } }) =>
    groups.map(({ name, where, line }) => ({ name, source, line, ...belonging(where, traits, lifecycle?.value ?? null) })),
  );
}

/** Every pilot of the policy, with its time. */
export function pilotsAmong(
  pilots: readonly Pilot[],
  documents: readonly Document[],
  traits: Traits,
  now: Date,
): readonly PilotBelonging[] {
  const { lifecycle } = topOf(documents);
  return pilots.map((pilot) => {
    const { name, title, owner, start, end, where, origin } = pilot;
    const { source, line } = origin;
    const found = belonging(where, traits, lifecycle?.value ?? null);
    return { ...{ name, title, owner, start, end, time: stateOf(pilot, now) }, source, line, ...found };
  });
}

function belonging(where: Where, traits: Traits, lifecycle: Lifecycle | null): Pick<Belonging, 'state' | 'reasons'> {
  const reasons = partsOf(where).map(({ key, wanted, where: part, one }): Reason => ({
    key,
    state: stateOfKey(matches(part, traits, lifecycle)),
    matched: wanted.filter((entry) => matches(one(entry), traits, lifecycle) === true),
    wanted,
  }));
  return { state: stateOfKey(matches(where, traits, lifecycle)), reasons };
}

/** One key of `where`: alone, and with one of its entries. */
interface Part {
  readonly key: string;
  readonly wanted: readonly string[];
  readonly where: Where;
  readonly one: (entry: string) => Where;
}

function partsOf({ properties = {}, ...where }: Where): readonly Part[] {
  const keys = ['names', 'topics', 'visibility', 'languages', 'stages'] as const;
  const plain = keys.flatMap((key): readonly Part[] => {
    const wanted = where[key];
    return wanted ? [{ key, wanted, where: { [key]: wanted }, one: (entry) => ({ [key]: [entry] }) }] : [];
  });
  const custom = Object.entries(properties).map(([name, wanted]): Part => ({
    key: `properties.${name}`,
    wanted,
    where: { properties: { [name]: wanted } },
    one: (entry) => ({ properties: { [name]: [entry] } }),
  }));
  return [...plain, ...custom];
}

function stateOfKey(said: boolean | null): Membership {
  return said === null ? 'unknown' : said ? 'in' : 'out';
}
