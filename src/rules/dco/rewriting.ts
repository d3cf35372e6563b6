/** Whose commits may be rewritten, and whether a sign-off that is added to them would count. */
import type { Commit, Person } from '../../facts/source.ts';
import { trailers } from '../../facts/trailers.ts';
import { agentOf, isMachine } from './agents.ts';
import { claimedBot } from './bots.ts';
import { fold, isWebFlow } from './people.ts';
import type { Setting } from './setting.ts';
import { hasInvalidAuthor, refusalOf, signingOf } from './signing.ts';

/** Whether the sign-off that git would add counts: the author's, or of whoever rewrites what a machine made. */
export function wouldCount(commit: Commit, setting: Setting): boolean {
  if (!setting.options.committerMaySign && !isWritable(commit)) return false;
  const person = isOfMachine(commit) || commit.author.email === '' ? SOMEBODY : commit.author;
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
export function isTaken(commit: Commit, setting: Setting): boolean {
  return isWritable(commit) && !hasInvalidAuthor(commit) && refusalOf({ ...commit.author, line: 0 }, commit, setting) === null;
}

/**
 * A signature of the author's own can be made again with the same key; GitHub's, or somebody else's, would be lost. That of
 * an agent may be: it vouches for no person, and a person takes the work over.
 */
export function isKept(commit: Commit, setting: Setting): boolean {
  const { signature, author, committer } = commit;
  if (!isSignedByPerson(commit, setting)) return true;
  return signature?.byGitHub === false && fold(author.email) === fold(committer.email);
}

/** Signed, and not by an agent or for one whose work a person has to answer for. */
export function isSignedByPerson(commit: Commit, setting: Setting): boolean {
  if (commit.signature === null) return false;
  const committer = { ...commit.committer, account: commit.committerAccount };
  return !isAgents(commit, setting) || !(isWebFlow(committer) || isMachine(committer));
}

/** The work of an AI agent, for which policy wants a person to answer. */
export function isAgents(commit: Commit, { options }: Pick<Setting, 'options'>): boolean {
  return options.agents === 'human' && agentOf(commit) !== null;
}

/** Each commit follows the one before: a rebase keeps them as they are. Merges would be taken apart. */
export function isLine(range: readonly Commit[]): boolean {
  return range.every(({ parents }, index) => parents.length === 1 && (index === 0 || parents[0] === range[index - 1]?.sha));
}

/** Name and address can be written into a message and a command as they are. */
function isWritable({ author }: Commit): boolean {
  const isPlain = (text: string): boolean => text.trim() !== '' && !/[\p{Cc}\p{Cf}<>]/u.test(text);
  return isPlain(author.name) && isPlain(author.email) && !isWebFlow(author);
}

/** Bots and agents run no commands: whoever takes part in their stead does. */
export function isOfMachine(commit: Commit): boolean {
  return agentOf(commit) !== null || claimedBot(commit) !== null;
}

/** Whose commit it is: an account where GitHub knows it. What machines made is for the one who opened the contribution. */
export function ownerOf(commit: Commit, { contribution }: Setting): string {
  const account = isOfMachine(commit) ? contribution.author : commit.authorAccount;
  if (account) return `account ${account.id}`;
  return isOfMachine(commit) ? 'machine' : `${fold(commit.author.name)} <${fold(commit.author.email)}>`;
}
