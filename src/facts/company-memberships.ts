/** Which of a contribution's people belong to the GitHub organizations of companies that signed an agreement. */
import { known } from './answer.ts';
import { contribution } from './commits.ts';
import type { Question } from './fact.ts';
import { contributors, register } from './remembered.ts';
import type { Account, Contribution, Membership, Register } from './source.ts';
import { majorOf } from './versions.ts';

/** An agreement by its name and the version that is asked for. */
export interface AskedVersion {
  readonly id: string;
  readonly version: string;
}

/**
 * Memberships of everybody who has not signed these agreements, in the organizations of the companies that have.
 * Nobody is asked about where no company names an organization. What cannot be told stays untold (`belongs` is null):
 * those who signed for themselves do not depend on it.
 */
export function companyMemberships(agreements: readonly AskedVersion[]): Question<readonly Membership[]> {
  const names = agreements.map(({ id, version }) => `${id}@${version}`).sort();
  return {
    key: `company-memberships:${names.join(',')}`,
    permissions: ['members', 'metadata'],
    answer: async (source, ask) => {
      const [held, opened, people] = await Promise.all([
        ask(register(agreements.map(({ id }) => id))),
        ask(contribution()),
        contributors(ask),
      ]);
      if (!held.known) return held;
      if (!opened.known) return opened;
      if (!people.known) return people;
      const groups = groupsOf(held.value, opened.value);
      const accounts = people.value.filter((account) => !hasSigned(account, held.value, agreements));
      if (groups.length === 0 || accounts.length === 0) return known([]);
      const told = await source.memberships(accounts, groups);
      return told.known ? told : known(untold(accounts, groups));
    },
  };
}

/** The organizations that still counted when the contribution was opened. */
function groupsOf({ companies }: Register, { createdAt }: Contribution): readonly string[] {
  const counts = (until: string | null): boolean => until === null || createdAt === null || until > createdAt;
  const logins = companies
    .filter(({ until }) => counts(until))
    .flatMap(({ organizations }) => organizations.filter(({ until }) => counts(until)).map(({ login }) => login));
  return [...new Set(logins)].sort().map((login) => `organization:${login}`);
}

function hasSigned({ id }: Account, { signatures }: Register, agreements: readonly AskedVersion[]): boolean {
  return signatures.some(
    (signature) =>
      signature.accountId === id &&
      signature.until === null &&
      agreements.some((asked) => asked.id === signature.agreement && majorOf(signature.version) >= majorOf(asked.version)),
  );
}

function untold(accounts: readonly Account[], groups: readonly string[]): readonly Membership[] {
  return accounts.flatMap(({ id }) => groups.map((group) => ({ accountId: id, group, belongs: null })));
}
