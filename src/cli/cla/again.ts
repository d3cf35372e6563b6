/** What follows from new entries: pull requests that they can settle are looked at again, by whatever server runs on the register. */
import type { Entry } from '../../facts/register.ts';
import { signed } from '../../server/signed.ts';
import type { Desk } from './desk.ts';

/** A whole account must not stand in the way of a person who waits. */
const PRIORITY = 10;

export interface Again {
  /** Pull requests that waited for the people who are covered now. */
  readonly pullRequests: number;
  /** Accounts of which everything is looked at: whose members or addresses are covered cannot be told from here. */
  readonly accounts: number;
}

/** Enqueues what waits for the people of these entries; for a domain or an organization, every account that Steward serves. */
export async function lookAgain(entries: readonly Entry[], desk: Desk): Promise<Again> {
  const people = entries.flatMap((entry) =>
    entry.kind === 'signed' || entry.kind === 'person-added' ? [entry.person.accountId] : [],
  );
  let pullRequests = 0;
  for (const accountId of new Set(people)) pullRequests += await signed(accountId, desk);
  const isWide = entries.some(({ kind }) => kind === 'domain-added' || kind === 'organization-added');
  return { pullRequests, accounts: isWide ? await everything(desk) : 0 };
}

async function everything({ store, jobs }: Desk): Promise<number> {
  const served = (await store.installations()).filter(({ isSuspended }) => !isSuspended);
  const subjects = served.map(({ owner }) => ({ subject: { kind: 'owner', owner } as const, priority: PRIORITY }));
  if (subjects.length > 0) await store.transaction((transaction) => jobs.enqueue(transaction, subjects));
  return served.length;
}

/** What is looked at again, in a sentence; null: nothing. */
export function againText({ pullRequests, accounts }: Again): string | null {
  const parts = [
    ...(pullRequests > 0 ? [`${pullRequests} pull ${pullRequests === 1 ? 'request' : 'requests'} that waited`] : []),
    ...(accounts > 0 ? [`all open pull requests of ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`] : []),
  ];
  return parts.length === 0 ? null : `Looked at again: ${parts.join(', and ')}.`;
}
