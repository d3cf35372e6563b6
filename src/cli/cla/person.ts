/** A person whom the office names: `LOGIN:ID`, or a login that GitHub is asked about. */
import type { RegisteredPerson } from '../../facts/register.ts';
import { visible } from '../../facts/words.ts';
import { UsageError } from '../repository.ts';
import { accountIn, LOGIN } from './given.ts';
import type { Finder } from './import/accounts.ts';

/** The account that is meant. GitHub is asked only where no id is given. Throws `UsageError`. */
export async function personGiven(given: string, github: () => Finder): Promise<RegisteredPerson> {
  const told = accountIn(given);
  if (told) return told;
  const login = given.trim().replace(/^@/, '');
  if (!LOGIN.test(login) || /^\d+$/.test(login)) {
    throw new UsageError(`${visible(given)} names no account for certain. Wanted: LOGIN:ID, or a login with GITHUB_TOKEN set.`);
  }
  const found = await github().find(login);
  if (!found) throw new UsageError(`GitHub knows no account called ${login}; nothing was changed.`);
  if (found.kind !== 'User') throw new UsageError(`${login} is no person but of kind ${found.kind}; nothing was changed.`);
  return { accountId: found.accountId, login: found.login };
}
