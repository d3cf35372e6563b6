/** Who belongs to what: to the owner's organization, to the collaborators, to a team, to another organization. */
import { known, type Answer } from '../facts/answer.ts';
import type { Account, Membership } from '../facts/source.ts';
import type { Api } from './client.ts';
import { collaboratorsOf } from './collaborators.ts';
import { UngrantedError } from './later.ts';
import type { Desk, Look } from './look.ts';
import { membershipsQuery } from './membership-queries.ts';
import { query, type Faults } from './reply.ts';
import { teamMembers, type TeamShape } from './team.ts';

/** Speaks with the permission to see private members. */
export type MembersApi = () => Promise<Api>;

/** More accounts than this are asked for in several calls. */
const ACCOUNTS_A_QUERY = 50;
const COLLABORATORS = 'collaborators';

/** Whether each account belongs to each group, one entry a pair; null where it cannot be told. */
export async function membershipsOf(
  desk: Desk,
  seen: Look,
  members: MembersApi | null,
  asked: { readonly accounts: readonly Account[]; readonly groups: readonly string[] },
): Promise<Answer<readonly Membership[]>> {
  try {
    if (members)
      return known(await allOf({ api: await members(), seesPrivate: true, seen, groups: asked.groups }, asked.accounts));
  } catch (error) {
    // What an owner has not granted yet must not keep everything else from being judged.
    if (!(error instanceof UngrantedError)) throw error;
  }
  return known(await allOf({ api: desk.api, seesPrivate: false, seen, groups: asked.groups }, asked.accounts));
}

interface Asking {
  readonly api: Api;
  /** False: who is not seen to belong to the owner may do so all the same. */
  readonly seesPrivate: boolean;
  readonly seen: Look;
  readonly groups: readonly string[];
}

async function allOf(asking: Asking, accounts: readonly Account[]): Promise<readonly Membership[]> {
  const people = accounts.filter(({ kind }) => kind === 'User');
  const found: Membership[] = [];
  for (let from = 0; from < people.length; from += ACCOUNTS_A_QUERY) {
    found.push(...(await someOf(asking, people.slice(from, from + ACCOUNTS_A_QUERY))));
  }
  // Bots and organizations belong to nothing.
  const others = accounts.filter(({ kind }) => kind !== 'User');
  return [...found, ...others.flatMap(({ id }) => asking.groups.map((group) => ({ accountId: id, group, belongs: false })))];
}

type Known = Readonly<Record<`g${number}`, object | null>>;

type Shape = Readonly<Record<`u${number}`, ({ readonly databaseId: number | null } & Known) | null>> & {
  readonly owner: { readonly __typename: string; readonly databaseId?: number | null } | null;
  readonly organization?: Readonly<Record<`t${number}`, TeamShape | null>> | null;
};

/** What one call told, and how to read a pair out of it. */
interface Told {
  readonly data: Shape;
  readonly faults: Faults;
  readonly organizations: readonly string[];
  /** Ids of a team's members; null: they cannot be told. */
  readonly teams: ReadonlyMap<string, ReadonlySet<number> | null>;
}

async function someOf(asking: Asking, people: readonly Account[]): Promise<readonly Membership[]> {
  const others = asking.groups.filter((group) => group !== COLLABORATORS);
  const told = others.length === 0 ? [] : await belonging({ ...asking, groups: others }, people);
  if (others.length === asking.groups.length) return told;
  const collaborates = await collaboratorsOf(asking.api, asking.seen, people);
  const pairs = people.map(({ id }) => ({ accountId: id, group: COLLABORATORS, belongs: collaborates.get(id) ?? null }));
  return [...told, ...pairs];
}

async function belonging(asking: Asking, people: readonly Account[]): Promise<readonly Membership[]> {
  const { api, seen, groups } = asking;
  const owner = seen.owner.toLowerCase();
  const organizations = distinct([...groups.flatMap((group) => organizationOf(group, owner) ?? [])]);
  const slugs = distinct(groups.flatMap((group) => after('team:', group) ?? []));
  const counts = { accounts: people.length, organizations: organizations.length, teams: slugs.length };
  const { data, faults } = await query<Shape>(api, membershipsQuery(counts), {
    owner: seen.owner,
    ...numbered(
      'l',
      people.map(({ login }) => login),
    ),
    ...numbered('o', organizations),
    ...numbered('t', slugs),
  });
  const teams = new Map<string, ReadonlySet<number> | null>();
  for (const [index, slug] of slugs.entries()) {
    const fault = faults.at('organization', `t${index}`);
    teams.set(slug, await teamMembers(api, { owner, slug, first: fault === null ? data.organization?.[`t${index}`] : null }));
  }
  const told = { data, faults, organizations, teams };
  return people.flatMap((person, index) =>
    groups.map((group) => ({ accountId: person.id, group, belongs: belongs(asking, told, { person, index, group }) })),
  );
}

interface Pair {
  readonly person: Account;
  readonly index: number;
  readonly group: string;
}

function belongs({ seen, seesPrivate }: Asking, told: Told, { person, index, group }: Pair): boolean | null {
  const { data, faults, organizations, teams } = told;
  const isOwnedByUser = data.owner?.__typename === 'User';
  const slug = after('team:', group);
  if (slug !== null) return isOwnedByUser ? false : (teams.get(slug)?.has(person.id) ?? null);
  const owner = seen.owner.toLowerCase();
  const organization = organizationOf(group, owner);
  if (organization === null || data.owner === null) return null;
  // The members of a person's own repositories are that person.
  if (organization === owner && isOwnedByUser) return data.owner.databaseId === person.id;
  const user = data[`u${index}`];
  const place = `g${organizations.indexOf(organization)}` as const;
  // A login that names another account by now, or nobody, says nothing about the one that was asked for.
  if (user?.databaseId !== person.id || faults.at(`u${index}`, place) !== null) return null;
  if (user[place]) return true;
  return organization === owner && !seesPrivate ? null : false;
}

function organizationOf(group: string, owner: string): string | null {
  return group === 'members' ? owner : after('organization:', group);
}

function after(prefix: string, group: string): string | null {
  return group.startsWith(prefix) ? group.slice(prefix.length).toLowerCase() : null;
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function numbered(letter: string, values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value, index) => [`${letter}${index}`, value]));
}
