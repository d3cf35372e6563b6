/** Why no sign-off of a commit counts: the nearest miss, told precisely. */
import { lookalikes, signOffs, signOffTrailers, type SignOff } from '../../facts/sign-offs.ts';
import type { Commit } from '../../facts/source.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import { agentOf } from './agents.ts';
import { claimedBot, isVerifiedBot } from './bots.ts';
import { exemption } from './exempt.ts';
import { mismatch } from './mismatch.ts';
import { isWebFlow, partiesOf } from './people.ts';
import { named, written } from './named.ts';
import type { Setting } from './setting.ts';
import { addressed, hasInvalidAuthor, refusalOf, type Refusal } from './signing.ts';
import { whereItStands } from './stray.ts';

const LINE = code('Signed-off-by:');
/** A line that means a sign-off, with an address, and is spelled otherwise. */
const MISSPELLED = /^(sign(?:ed)?[ -]?off?[ -]?by ?:?) [^\n<]{1,200}<[^\n>]{1,200}>/im;

/** Why a commit is not signed off, in one sentence. */
export function whyMissing(commit: Commit, setting: Setting): Words {
  const agent = setting.options.agents === 'human' ? agentOf(commit) : null;
  if (agent !== null) {
    return words`${named(commit)} is by the AI agent ${quote(agent)}, whose work needs the sign-off of a person: who opened the contribution, or committed it.`;
  }
  const bot = claimedBot(commit);
  if (bot !== null) return ofBot(commit, bot, setting);
  const why = ofPerson(commit, setting);
  if (exemption(commit, setting) !== 'unsigned') return why;
  return words`${why} Its author would need none if the commit carried a verified signature of their own.`;
}

function ofBot(commit: Commit, bot: string, { options }: Setting): Words {
  if (!isVerifiedBot(commit)) {
    return words`${named(commit)} claims to be by the bot ${quote(bot)}, but no verified signature proves it, and it has no matching sign-off.`;
  }
  const asked = options.bots === 'listed' ? 'of every bot that is not on its list' : 'of bots too';
  return words`${named(commit)} is by the bot ${quote(bot)} and has no matching sign-off, which this policy asks ${asked}.`;
}

function ofPerson(commit: Commit, setting: Setting): Words {
  if (hasInvalidAuthor(commit)) {
    const { role, email } = addressed(commit);
    return words`${named(commit)} names ${written(email)} as the address of its ${role}, which is no valid e-mail address.`;
  }
  const found = signOffs(commit.message, setting.options);
  const judged = found.map((signOff) => ({ signOff, refusal: refusalOf(signOff, commit, setting) }));
  const accepted = judged.filter(({ refusal }) => refusal === null).map(({ signOff }) => signOff);
  if (accepted.length > 0) return mismatch(commit, accepted, setting);
  const refused = judged.findLast(({ refusal }) => refusal !== 'github') ?? judged.at(-1);
  return refused?.refusal ? refusal(commit, refused.signOff, refused.refusal) : nothingRead(commit, setting);
}

function refusal(commit: Commit, signOff: SignOff, why: Refusal): Words {
  switch (why) {
    case 'github':
      return words`${named(commit)} is signed off only by GitHub itself, which stands for no person.`;
    case 'no-reply':
      return words`${named(commit)} is signed off with ${written(signOff.email)}, a no-reply address; this policy asks for an address that takes mail.`;
    case 'name':
      return words`${named(commit)} is signed off as ${written(signOff.name)}; this policy asks for a name of at least two words that is not the login.`;
  }
}

function nothingRead(commit: Commit, { options }: Setting): Words {
  const it = named(commit);
  const isCompat = options.trailers === 'compat';
  const trailer = isCompat ? undefined : signOffTrailers(commit.message, options.trailers === 'strict').at(-1);
  if (trailer) {
    return trailer.value.includes('>')
      ? words`${it} has extra blanks around the name or the address of its ${LINE} line, which this policy does not accept.`
      : words`${it} has a ${LINE} line without a name and an address in angle brackets.`;
  }
  const found = lookalikes(commit.message);
  const line = found.findLast(({ person }) => person !== null) ?? found.at(-1);
  if (line)
    return words`${it} has a ${LINE} line on line ${line.line} of its message, ${whereItStands(line, commit.message, options)}.`;
  // What GitHub itself committed, it also signed; in a clone nobody can tell by whose key.
  const misspelled = MISSPELLED.exec(commit.message)?.[1];
  if (misspelled !== undefined) {
    return words`${it} has a line that starts with ${code(misspelled)}; a sign-off starts with ${LINE}.`;
  }
  if (commit.signature && !commit.signature.byGitHub && !isWebFlow(commit.committer)) {
    return words`${it} carries a cryptographic signature, but no sign-off: that is a ${LINE} line in its message.`;
  }
  if (partiesOf(commit, options).length === 0) return words`${it} names no person but GitHub itself, and has no sign-off.`;
  return words`${it} has no sign-off.`;
}
