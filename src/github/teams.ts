/** The members of an account's teams, by slug. */
import type { Ways } from './connection.ts';
import { membershipsQuery } from './membership-queries.ts';
import { query } from './reply.ts';
import { teamMembers, type TeamShape } from './team.ts';

/** Ids of the members of each team, also of the teams below it; null: they cannot be told. */
export type Teams = ReadonlyMap<string, ReadonlySet<number> | null>;

interface Shape {
  readonly owner: { readonly __typename: string } | null;
  readonly organization?: Readonly<Record<`t${number}`, TeamShape | null>> | null;
}

/** Costs one call, and more for teams of over a hundred. A person's account has no teams, so nobody belongs to one. */
export async function teamsOf(as: Ways, owner: string, slugs: readonly string[]): Promise<Teams> {
  const api = await as('members');
  const document = membershipsQuery({ accounts: 0, organizations: 0, teams: slugs.length });
  const variables = Object.fromEntries(slugs.map((slug, index) => [`t${index}`, slug]));
  const { data, faults } = await query<Shape>(api, document, { owner, ...variables });
  const isPerson = data.owner?.__typename === 'User';
  const members = slugs.map(async (slug, index) => {
    if (isPerson) return [slug, new Set<number>()] as const;
    const fault = faults.at('organization', `t${index}`);
    const first = fault === null ? data.organization?.[`t${index}`] : null;
    return [slug, await teamMembers(api, { owner, slug, first })] as const;
  });
  return new Map(await Promise.all(members));
}
