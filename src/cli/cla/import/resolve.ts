/** Whose account a row is about. What cannot be told for certain is left for the office, never guessed. */
import type { RegisteredPerson } from '../../../facts/register.ts';
import { LOGIN } from '../given.ts';
import type { Finder } from './accounts.ts';
import type { Signature } from './row.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Why a row needs somebody to look at it. */
export type Doubt =
  | 'address'
  | 'ambiguous'
  | 'bot'
  | 'domain'
  | 'duplicate'
  | 'missing'
  | 'no-account'
  | 'organization'
  | 'other-version'
  | 'renamed'
  | 'reused'
  | 'revoked'
  | 'same-name'
  | 'unresolved'
  | 'unsigned';

export interface Resolved {
  /** Null: nobody it can be imported for. */
  readonly person: RegisteredPerson | null;
  /** Null: there is no doubt. */
  readonly doubt: { readonly why: Doubt; readonly found: string } | null;
}

/** The person of a login at a time; with an id of the list's own, that id is the person. */
export async function resolve(
  says: Pick<Signature, 'login' | 'accountId' | 'at' | 'name' | 'email'>,
  finder: Finder,
): Promise<Resolved> {
  const { login, accountId } = says;
  if (login === null) return left('no-account', says.name ?? says.email ?? 'a row without a login');
  if (accountId !== null) return withId({ ...says, login, accountId }, finder);
  if (login.endsWith('[bot]')) return left('bot', login);
  if (!LOGIN.test(login)) return left('no-account', login);
  const found = await finder.find(login);
  // All digits can be a login or an id; only a table of the office's says which.
  if (/^\d+$/.test(login) && finder.by !== 'table') return left('ambiguous', login);
  if (!found) return left(finder.by === 'github' ? 'missing' : 'unresolved', login);
  if (found.kind !== 'User') return left(found.kind === 'Bot' ? 'bot' : 'organization', login);
  if (found.since !== null && says.at !== null && Date.parse(found.since) >= Date.parse(says.at) + DAY) {
    return left('reused', `${login}: the account ${found.accountId} of today was created at ${found.since}, after the signature`);
  }
  return { person: personOf(found.accountId, found.login, says), doubt: null };
}

type WithId = Pick<Signature, 'name' | 'email'> & { readonly login: string; readonly accountId: number };

/** The id decides; that the login is somebody else's now is only told. */
async function withId(says: WithId, { by, find }: Finder): Promise<Resolved> {
  const { login, accountId } = says;
  const person = personOf(accountId, login, says);
  if (by === 'nothing' || !LOGIN.test(login)) return { person, doubt: null };
  const found = await find(login);
  if (found?.accountId === accountId) return { person: personOf(accountId, found.login, says), doubt: null };
  if (found)
    return { person, doubt: { why: 'reused', found: `${login} (${accountId}): the login is account ${found.accountId} now` } };
  return by === 'github' ? { person, doubt: { why: 'renamed', found: `${login} (${accountId})` } } : { person, doubt: null };
}

function personOf(accountId: number, login: string, { name, email }: Pick<Signature, 'name' | 'email'>): RegisteredPerson {
  return { accountId, login, ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
}

function left(why: Doubt, found: string): Resolved {
  return { person: null, doubt: { why, found } };
}
