/** What helps where a sign-off is missing: the gentlest way that is open to the person concerned, in words and commands. */
import { CERTIFICATION } from '../../facts/sentences.ts';
import type { Commit, Person } from '../../facts/source.ts';
import { trailers } from '../../facts/trailers.ts';
import { code, words, type Words } from '../../facts/words.ts';
import { agentOf } from './agents.ts';
import { claimedBot } from './bots.ts';
import { mayCertifyByComment } from './by-comment.ts';
import { commandsFor, type Way } from './ways.ts';
import { fold, isWebFlow } from './people.ts';
import type { Setting } from './setting.ts';
import { hasInvalidAuthor, refusalOf, signingOf } from './signing.ts';

export interface Remedy {
  readonly fix: Words;
  readonly commands?: readonly string[];
  readonly reply?: string;
}

/** The remedy for each commit that lacks a sign-off, by its id. Commits of one person share one. */
export function remedies(failing: readonly Commit[], setting: Setting): ReadonlyMap<string, Remedy> {
  const groups = Map.groupBy(failing, (commit) => ownerOf(commit, setting));
  const isReplyOpen = mayCertifyByComment(setting);
  return new Map(
    [...groups.values()].flatMap((group) => {
      const remedy = remedyFor(group, setting);
      return group.map((commit): [string, Remedy] => {
        const isReply = isReplyOpen && commit.authorAccount?.kind === 'User';
        return [commit.sha, isReply ? { ...remedy, reply: CERTIFICATION } : remedy];
      });
    }),
  );
}

function remedyFor(group: readonly Commit[], setting: Setting): Remedy {
  const way = wayFor(group, setting);
  if (way === null) return { fix: nothingToRun(group, setting) };
  const terms = { isPushed: setting.contribution.number !== null, asAuthor: !setting.options.committerMaySign };
  return { fix: FIXES[way.kind](group, setting), commands: commandsFor(way, terms) };
}

/** Rewriting where it touches nobody else's commit and loses no signature; else an empty commit; else nothing to run. */
function wayFor(group: readonly Commit[], setting: Setting): Way | null {
  const [first] = group;
  const { commits, options } = setting;
  if (!first) return null;
  const range = commits.slice(commits.findIndex(({ sha }) => sha === first.sha));
  const owner = ownerOf(first, setting);
  const isOwn = range.every((commit) => ownerOf(commit, setting) === owner && isKept(commit));
  const isHelped = isOwn && group.every((commit) => wouldCount(commit, setting));
  if (isHelped && range.length === 1) return { kind: 'amend', commit: first };
  if (isHelped && isLine(range)) return { kind: 'rebase', first, isSigned: range.some(({ signature }) => signature !== null) };
  // Their own commits, yet the line would not count where git puts it: the message needs a hand.
  if (isOwn && !isHelped) return null;
  const isOpen = options.remediation !== 'off' && group.every((commit) => isTaken(commit, setting) && !isMachine(commit));
  return isOpen ? { kind: 'remediation', targets: group } : null;
}

/** Whether the sign-off that git would add counts: the author's, or of whoever rewrites what a machine made. */
function wouldCount(commit: Commit, setting: Setting): boolean {
  if (!setting.options.committerMaySign && !isWritable(commit)) return false;
  const person = isMachine(commit) || commit.author.email === '' ? SOMEBODY : commit.author;
  return (
    signingOf({ ...commit, message: signedBy(commit.message, person), committer: person, committerAccount: null }, setting) !==
    null
  );
}

const SOMEBODY: Person = { name: 'Some Body', email: 'somebody@example.org' };

/** A message as `git commit --signoff` leaves it. */
function signedBy(message: string, { name, email }: Person): string {
  const text = message.trimEnd();
  return `${text}${trailers(message).length > 0 ? '' : '\n'}\nSigned-off-by: ${name} <${email}>\n`;
}

/** The author's own name and address can be written down, and are such as policy takes. */
function isTaken(commit: Commit, setting: Setting): boolean {
  return isWritable(commit) && !hasInvalidAuthor(commit) && refusalOf({ ...commit.author, line: 0 }, commit, setting) === null;
}

/** A signature of the author's own can be made again with the same key; GitHub's, or somebody else's, would be lost. */
function isKept({ signature, author, committer }: Commit): boolean {
  return signature === null || (!signature.byGitHub && fold(author.email) === fold(committer.email));
}

/** Each commit follows the one before: a rebase keeps them as they are. Merges would be taken apart. */
function isLine(range: readonly Commit[]): boolean {
  return range.every(({ parents }, index) => parents.length === 1 && (index === 0 || parents[0] === range[index - 1]?.sha));
}

/** Name and address can be written into a message and a command as they are. */
function isWritable({ author }: Commit): boolean {
  const isPlain = (text: string): boolean => text.trim() !== '' && !/[\p{Cc}\p{Cf}<>]/u.test(text);
  return isPlain(author.name) && isPlain(author.email) && !isWebFlow(author);
}

/** Bots and agents run no commands: whoever takes part in their stead does. */
function isMachine(commit: Commit): boolean {
  return agentOf(commit) !== null || claimedBot(commit) !== null;
}

/** Whose commit it is: an account where GitHub knows it. What machines made is for the one who opened the contribution. */
function ownerOf(commit: Commit, { contribution }: Setting): string {
  const account = isMachine(commit) ? contribution.author : commit.authorAccount;
  if (account) return `account ${account.id}`;
  return isMachine(commit) ? 'machine' : `${fold(commit.author.name)} <${fold(commit.author.email)}>`;
}

const FIXES: Readonly<Record<Way['kind'], (group: readonly Commit[], setting: Setting) => Words>> = {
  amend: () => words`Add the sign-off to the last commit, on your branch:`,
  rebase: (group, { commits }) =>
    group.length === commits.length
      ? words`Add the sign-off to the commits of your branch:`
      : words`Add the sign-off to your commits, from the first that lacks it on:`,
  remediation: (group) =>
    words`Sign off with one more commit that changes no file: rewriting ${group.length === 1 ? 'this one' : 'these'} would touch merges, commits of others, or signatures. ${fromTheWeb(group)}`,
};

/** Who works on github.com has no clone: the shell there is a codespace. */
function fromTheWeb(group: readonly Commit[]): string {
  const isFromWeb = group.every(({ signature, committer }) => signature?.byGitHub === true && isWebFlow(committer));
  return isFromWeb
    ? 'Without a clone, a codespace of your branch (Code → Codespaces on github.com) has a terminal. Run there:'
    : 'Run:';
}

/** Why no command helps, and what does. */
function nothingToRun(group: readonly Commit[], setting: Setting): Words {
  const { contribution, options } = setting;
  const ask = contribution.number === null ? words`` : words` with ${code('/steward override dco because …')}`;
  if (group.every(isMachine)) {
    return words`Whoever runs the bot can let it commit through GitHub's API, which signs what a bot commits. Or ask a maintainer to answer for it${ask}.`;
  }
  if (!group.every((commit) => isTaken(commit, setting))) {
    return words`Set a name and an address that this policy takes with ${code('git config user.name')} and ${code('git config user.email')}, then make the commit again with ${code('git commit --amend --reset-author --signoff')} and push.`;
  }
  if (options.trailers === 'strict' && !group.every((commit) => wouldCount(commit, setting))) {
    return words`Let the last paragraph of the message hold trailers alone, and add ${code('Signed-off-by:')} with your name and address there: ${code('git commit --amend')} for the last commit.`;
  }
  return words`Rewriting it would touch merges, commits of others, or signatures, and this policy takes no later sign-off. Agree with the others on the branch to rewrite it together, or ask a maintainer to answer for it${ask}.`;
}
