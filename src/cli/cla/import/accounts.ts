/** From logins to accounts: by GitHub, by a table of the office's, or not at all. */
import { parse } from 'csv-parse/sync';
import { accountsOnGithub, type FoundAccount } from '../../../github/accounts.ts';
import { auditConfig } from '../../../server/config.ts';
import { UsageError } from '../../repository.ts';
import { LOGIN } from '../given.ts';

/** Whom a login belongs to; `since` is null where only the office says so. Null: no account has this login. */
export type FindAccount = (login: string) => Promise<(Omit<FoundAccount, 'since'> & { readonly since: string | null }) | null>;

/** How accounts are found. */
export interface Finder {
  readonly by: 'github' | 'table' | 'nothing';
  readonly find: FindAccount;
}

const WANTED =
  'It is what GitHub is asked with whose account a login is: create a personal access token, which needs no permission at all,';

/** Asks GitHub, each login once, whatever its case. Throws `UsageError` when there is no token, or GitHub refuses it. */
export function byGithub(
  onWait: (milliseconds: number) => void,
  given?: ReturnType<typeof auditConfig>,
  instead: readonly string[] = [],
): Finder {
  const config = given ?? auditConfig(undefined, WANTED);
  if ('problems' in config) {
    throw new UsageError([...config.problems, ...instead].join('\n'));
  }
  const ask = accountsOnGithub({ token: config.token, baseUrl: config.hosts.api, onWait });
  const known = new Map<string, ReturnType<FindAccount>>();
  const find: FindAccount = (login) => {
    const key = login.toLowerCase();
    const answer = known.get(key) ?? ask(login).catch(refused);
    known.set(key, answer);
    return answer;
  };
  return { by: 'github', find };
}

/** Knows the accounts of a table with lines `login,id`. Throws `UsageError` with the line of what is wrong. */
export function byTable(text: string): Finder {
  const known = new Map<
    string,
    { readonly accountId: number; readonly login: string; readonly kind: 'User'; readonly since: null }
  >();
  const rows = parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: true });
  for (const [index, [login = '', id = '', ...more]] of rows.entries()) {
    if (index === 0 && login.toLowerCase() === 'login') continue;
    const wrong = !LOGIN.test(login) || !/^[1-9]\d{0,14}$/.test(id) || more.length > 0;
    const other = known.get(login.toLowerCase());
    if (wrong || (other && other.accountId !== Number(id))) {
      const found = wrong ? JSON.stringify([login, id, ...more].join(',')) : `a second id for ${login}`;
      throw new UsageError(
        `Row ${index + 1} of the table of accounts: found ${found}. Wanted: login,id with one numeric id for each login.`,
      );
    }
    known.set(login.toLowerCase(), { accountId: Number(id), login, kind: 'User', since: null });
  }
  return { by: 'table', find: (login) => Promise.resolve(known.get(login.toLowerCase()) ?? null) };
}

/** Knows no accounts: only ids in the list itself count. */
export const byNothing: Finder = { by: 'nothing', find: () => Promise.resolve(null) };

function refused(error: unknown): never {
  if ((error as { status?: number }).status !== 401) throw error;
  throw new UsageError('GitHub does not accept the token in GITHUB_TOKEN. It may have expired; create a new one.', {
    cause: error,
  });
}
