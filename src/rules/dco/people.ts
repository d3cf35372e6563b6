/** Whether two names of a person mean the same person. */
import type { Account, Commit, Person } from '../../facts/source.ts';

/** A person a commit names, with the account that GitHub links to the address. */
export interface Party extends Person {
  readonly role: 'author' | 'committer';
  readonly account: Account | null;
}

/** GitHub's own identity in commits made on the web. It stands for no person, so it certifies nothing. */
const WEB_FLOW = 'noreply@github.com';
const NOREPLY = /^(?:(\d{1,20})\+)?([^@+]{1,100})@users\.noreply\.github\.com$/;

/** Those who may sign a commit off: its author, and its committer when that is another person. */
export function partiesOf(commit: Commit): readonly Party[] {
  const author: Party = { ...commit.author, role: 'author', account: commit.authorAccount };
  const committer: Party = { ...commit.committer, role: 'committer', account: commit.committerAccount };
  const isSame = sameName(author, committer) && sameAddress(author.email, committer);
  return [author, committer].filter((party) => !isWebFlow(party) && (party.role === 'author' || !isSame));
}

export function isWebFlow(person: Person): boolean {
  return fold(person.email) === WEB_FLOW;
}

/** Name and address belong to this one person. An empty name or address belongs to nobody. */
export function isSigner(signOff: Person, party: Party): boolean {
  return sameName(signOff, party) && sameAddress(signOff.email, party);
}

export function sameName(one: Person, other: Person): boolean {
  return fold(one.name) !== '' && fold(one.name) === fold(other.name);
}

/** Equal addresses, or the no-reply address that GitHub gave to the party's own account. */
export function sameAddress(email: string, party: Party): boolean {
  const address = fold(email);
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) return false;
  return address === fold(party.email) || (ownsNoReply(address, party) ?? false);
}

function ownsNoReply(address: string, { email, account }: Party): boolean | null {
  const [, id, login] = NOREPLY.exec(address) ?? [];
  if (login === undefined) return null;
  if (account !== null) return id === undefined ? login === account.login.toLowerCase() : Number(id) === account.id;
  const [, ownId] = NOREPLY.exec(fold(email)) ?? [];
  return id !== undefined && id === ownId;
}

/** Letters that only differ in case, composition or spacing are the same. Upper case first: ß and SS are one. */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC').replace(/\s+/g, ' ').trim();
}
