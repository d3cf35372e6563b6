/** Bots: who says to be one, and whether that is proven. Anyone can write a bot's name and address into a commit. */
import type { Commit } from '../../facts/source.ts';
import { agentOf } from './agents.ts';
import type { DcoOptions } from './options.ts';
import { fold } from './people.ts';

type BotOptions = Pick<DcoOptions, 'bots' | 'botAccounts' | 'agents'>;

/** The bot that a commit names as its author; null when it names none. */
export function claimedBot(commit: Commit): string | null {
  const { author, authorAccount } = commit;
  if (authorAccount) return authorAccount.kind === 'Bot' ? authorAccount.login : null;
  const isNamed = /\[bot\]$/.test(fold(author.name)) || /\[bot\]@users\.noreply\.github\.com$/.test(fold(author.email));
  return isNamed ? author.name : null;
}

/** The commit names a bot and is signed, but whoever looks cannot verify the signature. */
export function isUnverifiableBot(commit: Commit): boolean {
  return commit.signature?.isVerified === null && claimedBot(commit) !== null;
}

/**
 * The author is a bot's account, and the signature is verified to be GitHub's or the bot's own. A person's verified
 * signature proves the committer only, so it does not count.
 */
export function isVerifiedBot({ authorAccount, committerAccount, signature }: Commit): boolean {
  if (authorAccount?.kind !== 'Bot' || !signature?.isVerified) return false;
  return signature.byGitHub || committerAccount?.id === authorAccount.id;
}

/**
 * Policy asks this commit's bot for no sign-off. Each commit is proven by its own signature: who opened the contribution,
 * or may push to it, exempts nothing. An AI agent is no bot in this sense while policy wants a person behind its work.
 */
export function isExemptBot(commit: Commit, options: BotOptions): boolean {
  if (!isVerifiedBot(commit) || isAskedAnyway(commit, options)) return false;
  return options.bots === 'verified' || options.botAccounts.includes(commit.authorAccount?.id ?? 0);
}

/** Whoever can verify the commit's signature might find its bot exempt; in a clone nobody can. */
export function mayBeExemptBot(commit: Commit, options: BotOptions): boolean {
  if (!isUnverifiableBot(commit) || isAskedAnyway(commit, options)) return false;
  return options.bots === 'verified' || options.botAccounts.length > 0;
}

function isAskedAnyway(commit: Commit, { bots, agents }: BotOptions): boolean {
  return bots === 'none' || (agents === 'human' && agentOf(commit) !== null);
}
