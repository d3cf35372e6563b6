/** Accounts by login, asked with a personal token: how names in an old list become numeric ids. */
import { pacedOctokit, type AuditOptions } from './owner-audit.ts';
import { GoneError } from './later.ts';

/** Whom a login belongs to now. */
export interface FoundAccount {
  readonly accountId: number;
  /** As its owner spells it. */
  readonly login: string;
  readonly kind: 'User' | 'Organization' | 'Bot';
  /** When the account was created, ISO 8601. */
  readonly since: string;
}

/** Asks GitHub for accounts, one after the other, within its rate limit; null: no account has this login now. */
export function accountsOnGithub(options: Omit<AuditOptions, 'owner' | 'done'>): (login: string) => Promise<FoundAccount | null> {
  const octokit = pacedOctokit(options);
  return async (login) => {
    try {
      const { data } = await octokit.rest.users.getByUsername({ username: login });
      const kind = data.type === 'Organization' || data.type === 'Bot' ? data.type : 'User';
      return { accountId: data.id, login: data.login, kind, since: data.created_at };
    } catch (error) {
      if (error instanceof GoneError || (error as { status?: number }).status === 404) return null;
      throw error;
    }
  };
}
