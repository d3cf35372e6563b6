/** The words that go with the commands that add a sign-off, and what helps where none can be run. */
import type { Commit } from '../../facts/source.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import { isVerifiedBot } from './bots.ts';
import { isAgents, isOfMachine, isTaken, ownerOf, wouldCount } from './rewriting.ts';
import type { Setting } from './setting.ts';
import type { Way } from './ways.ts';

/** What the commands of a way do. */
export function fixFor(kind: Way['kind'], group: readonly Commit[], setting: Setting): Words {
  const isTakenOver = group.some((commit) => isAgents(commit, setting));
  const person = isTakenOver ? null : whoRuns(group, setting);
  if (person) return forOne(kind, person, group);
  switch (kind) {
    case 'amend':
      return isTakenOver
        ? words`A person who takes part takes the work over by a sign-off of their own on the last commit, on this branch:`
        : words`Add the sign-off to the last commit, on your branch:`;
    case 'rebase':
      if (isTakenOver) {
        return words`A person who takes part takes the work over by a sign-off of their own on its commits, on this branch:`;
      }
      return group.length === setting.commits.length
        ? words`Add the sign-off to the commits of your branch:`
        : words`Add the sign-off to your commits, from the first that lacks it on:`;
    case 'remediation':
      return words`Sign off with one more commit that changes no file: rewriting ${group.length === 1 ? 'this one' : 'these'} would touch merges, commits of others, or signatures. Run:`;
  }
}

/** The author, by name, where a branch has commits of several people: nobody signs off for another. Null: there is only one. */
function whoRuns(group: readonly Commit[], setting: Setting): Words | null {
  const people = new Set(setting.commits.filter((commit) => !isOfMachine(commit)).map((commit) => ownerOf(commit, setting)));
  const [first] = group;
  return people.size > 1 && first && !isOfMachine(first) ? words`${quote(first.author.name || first.author.email)}` : null;
}

function forOne(kind: Way['kind'], person: Words, group: readonly Commit[]): Words {
  switch (kind) {
    case 'amend':
      return words`${person}, and nobody else, adds the sign-off to the last commit:`;
    case 'rebase':
      return words`${person}, and nobody else, adds the sign-off to their own commits, from the first that lacks it on:`;
    case 'remediation':
      return words`${person}, and nobody else, signs off with one more commit that changes no file: rewriting ${group.length === 1 ? 'this one' : 'these'} would touch merges, commits of others, or signatures. Run:`;
  }
}

/** Why no command helps, and what does. */
export function nothingToRun(group: readonly Commit[], setting: Setting): Words {
  const ask = asking(setting);
  if (group.some((commit) => isAgents(commit, setting))) {
    return words`A person who takes part takes the work over by a sign-off of their own: ${code('git commit --amend --signoff')} for the last commit, ${code('git rebase --signoff')} and the commit before the first of them for several, then push. Agree with those whose commits lie in between, or ${ask}.`;
  }
  if (group.every(isOfMachine)) return ofBots(group, setting);
  if (!group.every((commit) => isTaken(commit, setting))) {
    return words`Set a name and an address that this policy takes with ${code('git config user.name')} and ${code('git config user.email')}, then make the commit again with ${code('git commit --amend --reset-author --signoff')} and push.`;
  }
  if (setting.options.trailers === 'strict' && !group.every((commit) => wouldCount(commit, setting))) {
    return words`Let the last paragraph of the message hold trailers alone, and add ${code('Signed-off-by:')} with your name and address there: ${code('git commit --amend')} for the last commit.`;
  }
  return words`Rewriting it would touch merges, commits of others, or signatures, and this policy takes no later sign-off. Agree with the others on the branch to rewrite it together, or ${ask}.`;
}

/** A proof helps only those that policy exempts once they are proven. */
function ofBots(group: readonly Commit[], setting: Setting): Words {
  const { bots, botAccounts } = setting.options;
  const isListed = group.every(({ authorAccount }) => botAccounts.includes(authorAccount?.id ?? 0));
  if (bots !== 'none' && (bots === 'verified' || isListed) && !group.every(isVerifiedBot)) {
    return words`Whoever runs the bot can let it commit through GitHub's API, which signs what a bot commits. Or ${asking(setting)}.`;
  }
  const list =
    bots === 'listed' ? words`Put the account of the bot on the list ${code('botAccounts')} of the policy, or ` : words``;
  return words`${list}${bots === 'listed' ? 'ask' : 'Ask'} a maintainer to answer for it${overriding(setting)}.`;
}

function asking(setting: Setting): Words {
  return words`ask a maintainer to answer for it${overriding(setting)}`;
}

/** In a clone there is nobody to write a comment to. */
function overriding({ contribution }: Setting): Words {
  return contribution.number === null ? words`` : words` with ${code('/steward override dco because …')}`;
}
