/** What is so with a commit, as precisely as the commit lets us say. */
import { signOffLines, signOffs, trailers, type SignOff } from '../../facts/trailers.ts';
import type { Commit, Person } from '../../facts/source.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import { claimedBot, isVerifiedBot } from './bots.ts';
import { isWebFlow, partiesOf, sameAddress, sameName, type Party } from './people.ts';

/** Names a commit: its short id and the first line of its message. */
export function named({ sha, message }: Commit): Words {
  const [title = ''] = message.trimStart().split(/\r?\n/, 1);
  const short =
    title.length > 72
      ? `${title
          .slice(0, 71)
          .toWellFormed()
          .replace(/\ufffd$/, '')}…`
      : title;
  return short === '' ? words`Commit ${code(sha.slice(0, 7))}` : words`Commit ${code(sha.slice(0, 7))} (${quote(short)})`;
}

/** Why no sign-off of a commit counts. */
export function whyMissing(commit: Commit): Words {
  const bot = claimedBot(commit);
  if (bot !== null) {
    return isVerifiedBot(commit)
      ? words`${named(commit)} is by the bot ${quote(bot)} and has no matching sign-off, which this policy asks of bots too.`
      : words`${named(commit)} claims to be by the bot ${quote(bot)}, but no verified signature proves it, and it has no matching sign-off.`;
  }
  const found = signOffs(commit.message);
  const persons = found.filter((signOff) => !isWebFlow(signOff));
  const [last] = persons.slice(-1);
  if (last) return mismatch(commit, persons, last);
  if (found.length > 0) return words`${named(commit)} is signed off only by GitHub itself, which stands for no person.`;
  return nothingRead(commit);
}

function nothingRead(commit: Commit): Words {
  if (trailers(commit.message).some(({ token }) => token.toLowerCase() === 'signed-off-by')) {
    return words`${named(commit)} has a ${code('Signed-off-by:')} line without a name and an address in angle brackets.`;
  }
  const [line] = signOffLines(commit.message);
  if (line !== undefined) {
    return words`${named(commit)} has a ${code('Signed-off-by:')} line on line ${line} of its message, but git reads sign-offs in the last paragraph only, each at the start of its line.`;
  }
  if (commit.signature && !commit.signature.byGitHub) {
    return words`${named(commit)} carries a cryptographic signature, but no sign-off: that is a ${code('Signed-off-by:')} line in its message.`;
  }
  return words`${named(commit)} has no sign-off.`;
}

/** The nearest miss: the right address with another name, the right name with another address, or somebody else. */
function mismatch(commit: Commit, found: readonly SignOff[], last: SignOff): Words {
  const pairs = found.flatMap((signOff) => partiesOf(commit).map((party) => [signOff, party] as const));
  const address = pairs.find(([signOff, party]) => sameAddress(signOff.email, party));
  if (address) return otherName(commit, ...address);
  const name = pairs.find(([signOff, party]) => sameName(signOff, party));
  if (name) return otherAddress(commit, ...name);
  const parties = partiesOf(commit).map(({ role, ...person }) => words`its ${role} is ${identity(person)}`);
  const rest = parties[1] ? words`${parties[0] ?? []} and ${parties[1]}` : (parties[0] ?? words`it names no person`);
  return words`${named(commit)} is signed off by ${identity(last)}, but ${rest}.`;
}

function otherName(commit: Commit, signOff: SignOff, party: Party): Words {
  return words`${named(commit)} is signed off with the address of its ${party.role}, but the names differ: the sign-off says ${quoted(signOff.name)}, the commit says ${quoted(party.name)}.`;
}

function otherAddress(commit: Commit, signOff: SignOff, party: Party): Words {
  return words`${named(commit)} is signed off with the name of its ${party.role}, but the addresses differ: the sign-off says ${quoted(signOff.email)}, the commit says ${quoted(party.email)}.`;
}

function identity({ name, email }: Person): Words {
  return words`${code(`${name} <${email}>`)}`;
}

function quoted(text: string): Words {
  return text === '' ? words`nothing` : words`${code(text)}`;
}
