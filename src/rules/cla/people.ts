/** Who takes part in a contribution: accounts by their numeric id, and addresses that belong to no account. */
import { WEB_FLOW } from '../../facts/github-addresses.ts';
import type { Account, Commit, Contribution, LinkedPerson } from '../../facts/source.ts';
import type { ClaOptions } from './options.ts';

export type Role = 'author' | 'committer' | 'co-author';

/** What somebody did to a commit. */
export interface Deed {
  readonly role: Role;
  readonly person: LinkedPerson;
  readonly commit: Commit;
}

export interface Participant {
  readonly account: Account;
  readonly isOpener: boolean;
  readonly deeds: readonly Deed[];
}

/** An address that GitHub links to no account, with everything that was done under it. */
export interface Stranger {
  readonly email: string;
  readonly deeds: readonly [Deed, ...Deed[]];
}

export interface Party {
  readonly participants: readonly Participant[];
  readonly strangers: readonly Stranger[];
}

/** Those who have to sign, each once: the opener first, then in the order of the commits. */
export function partyOf(commits: readonly Commit[], { author }: Contribution, signers: ClaOptions['signers']): Party {
  const participants = new Map<number, Participant & { readonly deeds: Deed[] }>();
  const strangers = new Map<string, Stranger & { readonly deeds: [Deed, ...Deed[]] }>();
  if (author && signers.includes('opener')) participants.set(author.id, { account: author, isOpener: true, deeds: [] });
  for (const deed of commits.flatMap((commit) => deedsOf(commit, signers))) {
    const { account, email } = deed.person;
    const known = account ? participants.get(account.id) : strangers.get(addressOf(email));
    if (known) known.deeds.push(deed);
    else if (account) participants.set(account.id, { account, isOpener: false, deeds: [deed] });
    else strangers.set(addressOf(email), { email, deeds: [deed] });
  }
  return { participants: [...participants.values()], strangers: [...strangers.values()] };
}

/** An address as it is compared. Only ASCII letters lose their case: look-alikes of other scripts stay what they are. */
export function addressOf(email: string): string {
  return email.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function deedsOf(commit: Commit, signers: ClaOptions['signers']): readonly Deed[] {
  const author = { ...commit.author, account: isWebFlow(commit.author) ? null : commit.authorAccount };
  const committer = { ...commit.committer, account: commit.committerAccount };
  const deeds: Deed[] = [];
  if (signers.includes('authors')) deeds.push({ role: 'author', person: author, commit });
  if (signers.includes('committers') && !isWebFlow(committer) && !isSame(committer, author)) {
    deeds.push({ role: 'committer', person: committer, commit });
  }
  if (!signers.includes('co-authors')) return deeds;
  const others = commit.coAuthors.filter((person) => !isWebFlow(person) && !isSame(person, author));
  return [...deeds, ...others.map((person): Deed => ({ role: 'co-author', person, commit }))];
}

function isSame(one: LinkedPerson, other: LinkedPerson): boolean {
  if (one.account && other.account) return one.account.id === other.account.id;
  return addressOf(one.email) === addressOf(other.email);
}

function isWebFlow({ email }: { readonly email: string }): boolean {
  return addressOf(email) === WEB_FLOW;
}
