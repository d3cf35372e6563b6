/** What is so with a commit, as precisely as the commit lets us say. */
import type { Commit, Person } from '../../facts/source.ts';
import { code, link, quote, words, type Words } from '../../facts/words.ts';
import { isLocalOnly } from './address.ts';
import { agentOf } from './agents.ts';
import { claimedBot } from './bots.ts';
import { whyMissing } from './missing.ts';
import { identity, named, written } from './named.ts';
import type { Setting } from './setting.ts';
import { isRealName } from './signing.ts';
import type { Situation } from './situation.ts';

/** Names beyond these are counted. */
const NAMED = 3;

/** The situation of a commit in one sentence. */
export function says(commit: Commit, situation: Situation, setting: Setting): Words {
  const it = named(commit);
  switch (situation.kind) {
    case 'signed':
      return signed(commit, situation, setting);
    case 'remediated':
      return remediated(commit, situation);
    case 'comment': {
      const { login, commentId } = situation.statement;
      const { url } = setting.contribution;
      const comment = url === null ? words`a comment` : words`${link('a comment', `${url}#issuecomment-${commentId}`)}`;
      return words`${it} is certified by ${quote(login)} in ${comment}.`;
    }
    case 'certified':
      return words`${it} was accepted when it was merged before.`;
    case 'merge':
      return words`${it} is a merge commit, which needs no sign-off.`;
    case 'bot':
      return words`${it} is by the bot ${code(commit.authorAccount?.login ?? '')}, as a verified signature proves.`;
    case 'revert':
      return words`${it} exactly undoes an earlier commit of this contribution, which needs no sign-off.`;
    case 'exempt':
      return words`${it} is by ${code(commit.authorAccount?.login ?? '')} of the group ${code(situation.group)}, which needs no sign-off.`;
    case 'unsure':
      return words`${it} has no matching sign-off, and GitHub did not tell whether ${code(commit.authorAccount?.login ?? '')} belongs to a group that needs none.`;
    case 'unverifiable':
      return words`${it} says to be by the bot ${quote(claimedBot(commit) ?? '')} and is signed; only GitHub can verify that signature.`;
    case 'co-authors':
      return words`${it} lacks the sign-off of ${people(situation.unsigned)}, ${situation.unsigned.length === 1 ? 'a co-author' : 'co-authors'} whom this policy asks too.`;
    case 'invalid':
    case 'missing':
      return whyMissing(commit, setting);
  }
}

function signed(
  commit: Commit,
  { signing: { signOff, party }, unsigned }: Situation & { kind: 'signed' },
  { options }: Setting,
): Words {
  const it = named(commit);
  if (party === null) {
    return words`${it} is by the AI agent ${quote(agentOf(commit) ?? '')} and signed off by ${identity(signOff)}, a person who takes part.`;
  }
  if (unsigned.length > 0) return words`${it} is signed off, though not by ${people(unsigned)}, named as co-author.`;
  if (options.realName === 'warn' && !isRealName(signOff.name, commit)) {
    return words`${it} is signed off, as ${written(signOff.name)}; this policy recommends a name of at least two words that is not the login.`;
  }
  if (!isLocalOnly(signOff.email)) return words`${it} is signed off.`;
  return words`${it} is signed off, with the address ${code(signOff.email)}, which has no top-level domain: no mail from elsewhere reaches it.`;
}

function remediated(commit: Commit, { remediation: { by, person, onBehalfOf } }: Situation & { kind: 'remediated' }): Words {
  const whom = onBehalfOf ? words` on behalf of ${identity(onBehalfOf)}` : words``;
  return words`${named(commit)} is signed off by ${identity(person)}${whom} in commit ${code(by.slice(0, 7))}.`;
}

function people(persons: readonly Person[]): Words {
  const shown = persons.slice(0, NAMED).map(identity);
  const listed = shown.reduce<Words>((all, one, index) => (index === 0 ? one : words`${all}, ${one}`), []);
  const rest = persons.length - shown.length;
  return rest === 0 ? listed : words`${listed} and ${rest} more`;
}
