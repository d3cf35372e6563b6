/** How a sign-off and the people of a commit differ: the right address with another name, the right name with another address, or somebody else. */
import type { SignOff } from '../../facts/sign-offs.ts';
import type { Commit } from '../../facts/source.ts';
import { code, words, type Words } from '../../facts/words.ts';
import { isAddress } from './address.ts';
import { agentNamed } from './agents.ts';
import { onlyDifference } from './differs.ts';
import { isNoReply, isSigner, partiesOf, sameAddress, sameName, type Party } from './people.ts';
import { identity, named, written } from './named.ts';
import type { Setting } from './setting.ts';
import { foldCaseOnly } from './spelling.ts';

/** The last sign-offs are looked at; nobody reads about more. */
const LOOKED_AT = 20;

/** Says how the nearest of the sign-offs misses. */
export function mismatch(commit: Commit, found: readonly SignOff[], setting: Setting): Words {
  const parties = partiesOf(commit, setting.options);
  const pairs = found.slice(-LOOKED_AT).flatMap((signOff) => parties.map((party) => [signOff, party] as const));
  const refused = pairs.find(([signOff, party]) => isSigner(signOff, party, { ...setting, options: { trailers: 'git' } }));
  if (refused) return isSigner(...refused, setting) ? committer(commit, refused[1]) : spelling(commit, ...refused);
  const address = pairs.find(([signOff, party]) => sameAddress(signOff.email, party, setting));
  if (address) return otherName(commit, ...address);
  const name = pairs.find(([signOff, party]) => sameName(signOff, party));
  if (name) return otherAddress(commit, ...name);
  const last = found.at(-1);
  return last ? somebodyElse(commit, last) : words`${named(commit)} has no sign-off.`;
}

/** A committer whose sign-off would count if the policy let it. */
function committer(commit: Commit, party: Party): Words {
  const { name, email } = party;
  if (agentNamed(party, party.account) !== null) {
    return words`${named(commit)} is signed off by its committer, the AI agent ${identity({ name, email })}, which answers for nobody; its author is ${identity(commit.author)}.`;
  }
  return words`${named(commit)} is signed off by its committer, ${identity({ name, email })}; this policy asks for the author's own sign-off, ${identity(commit.author)}.`;
}

/** One person by Steward's usual measure, but not letter by letter as `compat` wants it. */
function spelling(commit: Commit, signOff: SignOff, party: Party): Words {
  const [isName, isAddressAlike] = (['name', 'email'] as const).map(
    (part) => foldCaseOnly(signOff[part]) === foldCaseOnly(party[part]),
  );
  const differs = isName ? otherAddress : isAddressAlike ? otherName : somebodyElse;
  return words`${differs(commit, signOff, party)} Under ${code('trailers: compat')} they have to be spelled alike.`;
}

function otherName(commit: Commit, signOff: SignOff, party: Party): Words {
  return words`${named(commit)} is signed off with the address of its ${party.role}, but the names differ${how(signOff.name, party.name)}: the sign-off says ${written(signOff.name)}, the commit says ${written(party.name)}.`;
}

function otherAddress(commit: Commit, signOff: SignOff, party: Party): Words {
  const hint = aboutAddress(signOff.email, party);
  if (party.email === '')
    return words`${named(commit)} is signed off with the name of its ${party.role}, for whom the commit has no address.`;
  return words`${named(commit)} is signed off with the name of its ${party.role}, but the addresses differ${how(signOff.email, party.email)}: the sign-off says ${written(signOff.email)}, the commit says ${written(party.email)}${hint}.`;
}

function somebodyElse(commit: Commit, signOff: SignOff): Words {
  // One person's two spellings are one here.
  const parties = partiesOf(commit, { trailers: 'git' }).map(({ role, ...person }) => words`its ${role} is ${identity(person)}`);
  const rest = parties[1] ? words`${parties[0] ?? []} and ${parties[1]}` : (parties[0] ?? words`it names no person`);
  return words`${named(commit)} is signed off by ${identity(signOff)}, but ${rest}.`;
}

function how(one: string, other: string): string {
  const only = isNoReply(one) || isNoReply(other) ? null : onlyDifference(one, other);
  return only === null ? '' : ` ${only}`;
}

/** What is known about the two addresses, as the end of the sentence. */
function aboutAddress(email: string, { email: own, account }: Party): Words {
  if (!isAddress(email)) return words`; the former is no valid e-mail address`;
  if (isNoReply(email)) return aboutNoReply(email, account);
  if (!isNoReply(own)) return words``;
  return words`, a no-reply address: GitHub links the other one to no commit of this account here`;
}

function aboutNoReply(email: string, account: Party['account']): Words {
  if (account === null)
    return words`; the former is a no-reply address, and GitHub links the commit to no account, so nothing shows that both are of one person`;
  const number = /^(\d+)\+/.exec(email)?.[1];
  if (number === String(account.id)) return words`; the former is the no-reply address of the same account`;
  if (number !== undefined) return words`; the former is the no-reply address of another account`;
  return words`; the former is a no-reply address of an account that is not called ${code(account.login)} today, as after a rename: only the form with the account's number, ${code(`${account.id}+${account.login}@users.noreply.github.com`)}, survives one`;
}
