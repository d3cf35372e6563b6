/** People whom policy asks for no sign-off: members, collaborators and teams, known by account id. */
import type { Commit } from '../../facts/source.ts';
import { agentOf } from './agents.ts';
import type { Setting } from './setting.ts';

/**
 * `{ group }`: exempt as one of these. `unsigned`: would be, but lacks the signature that policy wants.
 * `unknown`: it could not be told, so it neither exempts nor fails. Null: no exemption is in question.
 */
export type Exemption = { readonly group: string } | 'unsigned' | 'unknown' | null;

/** Whether a commit's author is exempt. Only the account that GitHub links counts, never a name or an address. An agent is no member. */
export function exemption(commit: Commit, { memberships, options }: Pick<Setting, 'memberships' | 'options'>): Exemption {
  const account = commit.authorAccount;
  if (account?.kind !== 'User' || options.exempt.length === 0) return null;
  if (options.agents === 'human' && agentOf(commit) !== null) return null;
  const own = memberships.filter(({ accountId }) => accountId === account.id);
  const answers = options.exempt.map((group) => ({ group, belongs: own.find((one) => one.group === group)?.belongs ?? null }));
  const member = answers.find(({ belongs }) => belongs === true);
  const signed = options.exemptSigned ? isSignedByAuthor(commit) : true;
  if (member) return signed === null ? 'unknown' : signed ? { group: member.group } : 'unsigned';
  // Without the signature no answer could exempt, so an unanswered question is left out of it.
  return signed !== false && answers.some(({ belongs }) => belongs === null) ? 'unknown' : null;
}

/**
 * A verified signature proves the committer, so it is the author's only where both are one account. GitHub's own
 * signature on a web edit is not the author's. Null: whoever looks cannot verify it.
 */
export function isSignedByAuthor({ authorAccount, committerAccount, signature }: Commit): boolean | null {
  if (signature === null || signature.byGitHub || signature.isVerified === false) return false;
  if (committerAccount === null || committerAccount.id !== authorAccount?.id) return false;
  return signature.isVerified;
}
