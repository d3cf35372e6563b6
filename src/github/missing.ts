/** Which accounts and teams that a policy names do not exist. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Ways } from './connection.ts';
import { LaterError, UngrantedError } from './later.ts';
import { existenceQuery } from './membership-queries.ts';
import { query } from './reply.ts';

/** Names of one query: each is a node, and a policy names few. */
const NAMES_A_QUERY = 50;
const TEAM = 'team:';
/** What GitHub takes for a login; anything else cannot exist. */
const LOGIN = /^[a-z\d](?:[a-z\d_-]{0,38})$/i;

/**
 * Those of the logins and teams (`team:SLUG`) that do not exist, as they were written. Apps (`NAME[bot]`) are no accounts that could be
 * asked for, and are left out. Unknown: GitHub does not tell, with the reason. Costs one call for fifty names.
 */
export async function missing(as: Ways, owner: string, names: readonly string[]): Promise<Answer<readonly string[]>> {
  const asked = [...new Set(names)].filter((name) => !name.toLowerCase().endsWith('[bot]'));
  try {
    const gone: string[] = [];
    for (let from = 0; from < asked.length; from += NAMES_A_QUERY) {
      const some = await missingOf(as, owner, asked.slice(from, from + NAMES_A_QUERY));
      if (!some.known) return some;
      gone.push(...some.value);
    }
    return known(gone);
  } catch (error) {
    if (error instanceof UngrantedError) return unknown(error.message);
    if (error instanceof LaterError && error.owner === null) return unknown('GitHub does not tell just now');
    throw error;
  }
}

type Shape = Readonly<Record<`u${number}`, { readonly login: string } | null>> & {
  readonly organization?: Readonly<Record<`t${number}`, { readonly slug: string } | null>> | null;
};

async function missingOf(as: Ways, owner: string, names: readonly string[]): Promise<Answer<readonly string[]>> {
  const teams = names.filter(isTeam);
  const logins = names.filter((name) => !isTeam(name) && LOGIN.test(name));
  const invalid = names.filter((name) => !isTeam(name) && !LOGIN.test(name));
  if (teams.length + logins.length === 0) return known(invalid);
  // Only who may see members sees all teams.
  const api = await as(teams.length > 0 ? 'members' : 'read');
  const { data, faults } = await query<Shape>(api, existenceQuery({ accounts: logins.length, teams: teams.length }), {
    ...(teams.length > 0 ? { owner } : {}),
    ...Object.fromEntries(logins.map((login, index) => [`l${index}`, login])),
    ...Object.fromEntries(teams.map((team, index) => [`t${index}`, team.slice(TEAM.length).toLowerCase()])),
  });
  const places = [
    ...logins.map((_, index) => [`u${index}`]),
    // A person has no teams: then the account itself is what is not found.
    ...teams.map((_, index) => (data.organization ? ['organization', `t${index}`] : ['organization'])),
  ];
  const [fault] = places.flatMap((place) => faults.at(...place) ?? []);
  if (fault !== undefined) return unknown(fault);
  const gone = new Set([
    ...invalid,
    ...logins.filter((_, index) => !data[`u${index}`]),
    ...teams.filter((_, index) => !data.organization?.[`t${index}`]),
  ]);
  return known(names.filter((name) => gone.has(name)));
}

function isTeam(name: string): boolean {
  return name.toLowerCase().startsWith(TEAM);
}
