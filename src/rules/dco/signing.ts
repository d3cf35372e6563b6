/** Which sign-off of a commit counts, and who gave it. */
import { signOffs, type SignOff } from '../../facts/sign-offs.ts';
import type { Commit } from '../../facts/source.ts';
import { isAddress } from './address.ts';
import { agentNamed, agentOf, isSignedByHuman } from './agents.ts';
import { fold, isNoReply, isSigner, isWebFlow, partiesOf, type Party } from './people.ts';
import type { Setting } from './setting.ts';

/** A sign-off that counts. */
export interface Signing {
  readonly signOff: SignOff;
  /** Null: a person who stands behind the work of an AI agent. */
  readonly party: Party | null;
}

/** Why a sign-off does not count, whoever gave it. */
export type Refusal = 'github' | 'no-reply' | 'name';

/** The first sign-off of a commit that counts; null: none does. */
export function signingOf(commit: Commit, setting: Setting): Signing | null {
  if (hasInvalidAuthor(commit)) return null;
  const offered = signOffs(commit.message, setting.options).filter((signOff) => refusalOf(signOff, commit, setting) === null);
  if (setting.options.agents === 'human' && agentOf(commit) !== null) {
    const signOff = offered.find((one) => isSignedByHuman(commit, [one], setting));
    return signOff ? { signOff, party: null } : null;
  }
  const signers = signersOf(commit, setting);
  for (const signOff of offered) {
    const party = signers.find((one) => isSigner(signOff, one, setting));
    if (party) return { signOff, party };
  }
  return null;
}

/** Those whose sign-off policy accepts. An AI agent that committed the work of a person does not answer for it. */
function signersOf(commit: Commit, { options }: Pick<Setting, 'options'>): readonly Party[] {
  const isAgent = (party: Party): boolean => options.agents === 'human' && agentNamed(party, party.account) !== null;
  return partiesOf(commit, options).filter((party) => (party.role === 'author' || options.committerMaySign) && !isAgent(party));
}

/** The author's address, or without one the committer's, cannot be one: nobody can be held to it. */
export function hasInvalidAuthor(commit: Commit): boolean {
  const { email } = addressed(commit);
  return email !== '' && !isAddress(email.trim());
}

/** Whose address has to be one: the author's; an empty one leaves the word to the committer. */
export function addressed({ author, committer }: Commit): Pick<Party, 'role' | 'name' | 'email'> {
  return author.email === '' ? { role: 'committer', ...committer } : { role: 'author', ...author };
}

/** Why policy, or this rule itself, accepts no such sign-off; null: it does. */
export function refusalOf(signOff: SignOff, commit: Commit, { options }: Pick<Setting, 'options'>): Refusal | null {
  if (isWebFlow(signOff)) return 'github';
  if (options.noreply === 'forbid' && isNoReply(signOff.email)) return 'no-reply';
  return options.realName === 'require' && !isRealName(signOff.name, commit) ? 'name' : null;
}

/** Two words at least, none of them the login. Nobody can tell more from a name. */
export function isRealName(name: string, { authorAccount, committerAccount }: Commit): boolean {
  const folded = fold(name);
  const hasTwoWords = folded.split(' ').filter((word) => /\p{L}/u.test(word)).length > 1;
  return hasTwoWords && [authorAccount, committerAccount].every((account) => account === null || fold(account.login) !== folded);
}
