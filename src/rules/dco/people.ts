/** Whether two names of a person mean the same person. */
import { noReplyOf, WEB_FLOW } from '../../facts/github-addresses.ts';
import type { Commit, LinkedPerson, Person } from '../../facts/source.ts';
import type { Setting } from './setting.ts';
import { fold, foldCaseOnly } from './spelling.ts';

export { fold } from './spelling.ts';

/** A person a commit names, with the account that GitHub links to the address. */
export interface Party extends LinkedPerson {
  readonly role: 'author' | 'committer';
}

/** What is known about who is who, beside what a commit says itself. */
export type WhoIsWho = Pick<Setting, 'mailmap' | 'accounts'> & { readonly options: Pick<Setting['options'], 'trailers'> };

const NOTHING: WhoIsWho = { mailmap: null, accounts: new Map(), options: { trailers: 'git' } };

/**
 * The author and, when that is another person, the committer. GitHub itself is neither. Under `trailers: compat` one
 * person's two addresses are two, because there a sign-off has to be spelled like one of them.
 */
export function partiesOf(commit: Commit, { trailers }: Pick<Setting['options'], 'trailers'>): readonly Party[] {
  const author: Party = { ...commit.author, role: 'author', account: commit.authorAccount };
  const committer: Party = { ...commit.committer, role: 'committer', account: commit.committerAccount };
  const isSame =
    trailers === 'compat'
      ? isSpelledAlike(author, committer)
      : sameName(author, committer) && sameAddress(author.email, committer);
  return [author, committer].filter((party) => !isWebFlow(party) && (party.role === 'author' || !isSame));
}

export function isWebFlow(person: Pick<Person, 'email'>): boolean {
  return fold(person.email) === WEB_FLOW;
}

/** An address that GitHub gives to accounts that keep theirs private. */
export function isNoReply(email: string): boolean {
  return noReplyOf(fold(email)) !== null;
}

/**
 * Name and address of a sign-off belong to this one person. An empty name or address belongs to nobody, GitHub itself
 * is nobody. Where `trailers: compat` holds, names are compared as both DCO Apps do, and nothing else is known.
 */
export function isSigner(signOff: Person, person: LinkedPerson, known: WhoIsWho = NOTHING): boolean {
  if (isWebFlow(signOff)) return false;
  if (known.options.trailers === 'compat') return isSpelledAlike(signOff, person);
  if (sameName(signOff, person) && sameAddress(signOff.email, person, known)) return true;
  if (known.mailmap === null) return false;
  const [one, other] = [known.mailmap(signOff), { ...person, ...known.mailmap(person) }];
  return !isWebFlow(one) && sameName(one, other) && sameAddress(one.email, other, known);
}

export function sameName(one: Pick<Person, 'name'>, other: Pick<Person, 'name'>): boolean {
  return fold(one.name) !== '' && fold(one.name) === fold(other.name);
}

/** Equal addresses, or two addresses of the one account: its no-reply address, or one that GitHub links to it. */
export function sameAddress(email: string, person: LinkedPerson, { accounts }: Pick<Setting, 'accounts'> = NOTHING): boolean {
  const address = fold(email);
  if (!/^[^\s@]+@[^\s@]+$/.test(address) || address === WEB_FLOW) return false;
  if (address === fold(person.email)) return true;
  return isOfAccount(address, person) || (person.account !== null && accounts.get(address) === person.account.id);
}

/** The no-reply address of the person's own account, by its number; without one by the login. */
function isOfAccount(address: string, { email, account }: LinkedPerson): boolean {
  const named = noReplyOf(address);
  if (named === null) return false;
  if (account !== null) return named.id === null ? named.login === account.login.toLowerCase() : named.id === account.id;
  return named.id !== null && named.id === noReplyOf(fold(email))?.id;
}

function isSpelledAlike(one: Person, other: Person): boolean {
  if (one.name === '' || !one.email.includes('@')) return false;
  return foldCaseOnly(one.name) === foldCaseOnly(other.name) && foldCaseOnly(one.email) === foldCaseOnly(other.email);
}
