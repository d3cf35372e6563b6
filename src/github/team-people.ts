/** Which people belong to the teams of an account. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Ways } from './connection.ts';
import { LaterError, UngrantedError } from './later.ts';
import { membershipsQuery } from './membership-queries.ts';
import { query } from './reply.ts';
import { teamMembers, type TeamShape } from './team.ts';

/** People and teams of one query; more are not asked about. */
const MOST = 50;

type Shape = Readonly<Record<`u${number}`, { readonly databaseId: number | null } | null>> & {
  readonly owner: { readonly __typename: string } | null;
  readonly organization?: Readonly<Record<`t${number}`, TeamShape | null>> | null;
};

/**
 * Those of the logins that belong to one of the teams, by slug, or to one below it. Unknown: GitHub does not tell, or one of the teams
 * cannot be seen. Costs one call, and more for teams of over a hundred.
 */
export async function inTeams(
  as: Ways,
  owner: string,
  logins: readonly string[],
  slugs: readonly string[],
): Promise<Answer<readonly string[]>> {
  if (logins.length > MOST || slugs.length > MOST) return unknown('there are too many people or teams to ask about');
  try {
    return await told(as, owner, logins, slugs);
  } catch (error) {
    if (error instanceof UngrantedError) return unknown(error.message);
    if (error instanceof LaterError && error.owner === null) return unknown('GitHub does not tell just now');
    throw error;
  }
}

async function told(
  as: Ways,
  owner: string,
  logins: readonly string[],
  slugs: readonly string[],
): Promise<Answer<readonly string[]>> {
  const api = await as('members');
  const document = membershipsQuery({ accounts: logins.length, organizations: 0, teams: slugs.length });
  const { data, faults } = await query<Shape>(api, document, {
    owner,
    ...Object.fromEntries(logins.map((login, index) => [`l${index}`, login])),
    ...Object.fromEntries(slugs.map((slug, index) => [`t${index}`, slug])),
  });
  if (data.owner?.__typename === 'User') return known([]);
  const ids = new Set<number>();
  for (const [index, slug] of slugs.entries()) {
    const first = faults.at('organization', `t${index}`) === null ? data.organization?.[`t${index}`] : null;
    const members = await teamMembers(api, { owner, slug, first });
    if (members === null) return unknown(`the members of the team ${slug} cannot be seen`);
    for (const id of members) ids.add(id);
  }
  return known(logins.filter((_, index) => ids.has(data[`u${index}`]?.databaseId ?? -1)));
}
