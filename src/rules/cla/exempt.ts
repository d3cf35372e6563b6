/** Exemptions: by the numeric id and the kind of an account, never by what a commit says. */
import type { Commit } from '../../facts/source.ts';
import type { Exemption } from './options.ts';
import type { Participant } from './people.ts';

export type Exempted =
  | { readonly is: 'exempt'; readonly by: Exemption }
  /** The exemption is over. */
  | { readonly is: 'expired'; readonly by: Exemption }
  /** Commits name the bot, but no signature proves it. */
  | { readonly is: 'unproven'; readonly by: Exemption; readonly commits: readonly Commit[] }
  | null;

/** What the list of exemptions says about somebody; of several entries the best one counts. */
export function exemptionOf({ account, deeds }: Participant, list: readonly Exemption[], now: string): Exempted {
  const entries = list.filter(({ id, kind }) => id === account.id && kind === account.kind);
  const by = entries.find(({ until }) => !isOver(until, now));
  if (!by) return entries[0] ? { is: 'expired', by: entries[0] } : null;
  if (account.kind !== 'Bot') return { is: 'exempt', by };
  const commits = deeds.filter(({ role, commit }) => role === 'author' && !isProven(commit)).map(({ commit }) => commit);
  return commits.length === 0 ? { is: 'exempt', by } : { is: 'unproven', by, commits };
}

/** `until` is the last day, to its end in UTC. */
export function isOver(until: string | undefined, now: string): boolean {
  return until !== undefined && Date.parse(now) >= Date.parse(`${dayAfter(until)}T00:00:00Z`);
}

/** The next day. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Anybody can write a bot's address into a commit: the signature has to be GitHub's or the bot's own. */
function isProven({ signature, authorAccount, committerAccount }: Commit): boolean {
  if (!signature?.isVerified) return false;
  return signature.byGitHub || committerAccount?.id === authorAccount?.id;
}
