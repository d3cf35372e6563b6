/** What helps where a sign-off is missing: the gentlest way that is open to the person concerned, in words and commands. */
import { CERTIFICATION } from '../../facts/sentences.ts';
import type { Commit } from '../../facts/source.ts';
import type { Words } from '../../facts/words.ts';
import { mayCertifyByComment } from './by-comment.ts';
import { pasteFor } from './paste.ts';
import { isAgents, isKept, isLine, isOfMachine, isSignedByPerson, isTaken, ownerOf, wouldCount } from './rewriting.ts';
import type { Setting } from './setting.ts';
import { fixFor, nothingToRun } from './steps.ts';
import { commandsFor, type Way } from './ways.ts';

export interface Remedy {
  readonly fix: Words;
  readonly commands?: readonly string[];
  readonly reply?: string;
  readonly paste?: string;
}

/** The remedy for each commit that lacks a sign-off, by its id. Commits of one person share one. */
export function remedies(failing: readonly Commit[], setting: Setting): ReadonlyMap<string, Remedy> {
  const groups = Map.groupBy(failing, (commit) => ownerOf(commit, setting));
  const isReplyOpen = mayCertifyByComment(setting);
  return new Map(
    [...groups.values()].flatMap((group) => {
      const way = wayFor(group, setting);
      const remedy = remedyFor(way, group, setting);
      const paste = way?.kind === 'remediation' ? pasteFor(group, setting) : null;
      return group.map((commit): [string, Remedy] => {
        const isReply = isReplyOpen && commit.authorAccount?.kind === 'User';
        const reply = isReply ? { reply: CERTIFICATION } : {};
        return [commit.sha, { ...remedy, ...reply, ...(paste?.signs.has(commit.sha) && { paste: paste.text }) }];
      });
    }),
  );
}

function remedyFor(way: Way | null, group: readonly Commit[], setting: Setting): Remedy {
  if (way === null) return { fix: nothingToRun(group, setting) };
  // Whoever takes the work of an agent over signs as themselves.
  const asAuthor = !setting.options.committerMaySign && !group.some((commit) => isAgents(commit, setting));
  const terms = { isPushed: setting.contribution.number !== null, asAuthor };
  return { fix: fixFor(way.kind, group, setting), commands: commandsFor(way, terms) };
}

/** Rewriting where it touches nobody else's commit and loses no signature; else an empty commit; else nothing to run. */
function wayFor(group: readonly Commit[], setting: Setting): Way | null {
  const [first] = group;
  const { commits, options } = setting;
  if (!first) return null;
  const range = commits.slice(commits.findIndex(({ sha }) => sha === first.sha));
  const owner = ownerOf(first, setting);
  const isOwn = range.every((commit) => ownerOf(commit, setting) === owner && isKept(commit, setting));
  const isHelped = isOwn && group.every((commit) => wouldCount(commit, setting));
  const isSigned = range.some((commit) => isSignedByPerson(commit, setting));
  if (isHelped && range.length === 1) return { kind: 'amend', commit: first, isSigned };
  if (isHelped && isLine(range)) return { kind: 'rebase', first, isSigned };
  // Their own commits, yet the line would not count where git puts it: the message needs a hand.
  if (isOwn && !isHelped) return null;
  const isOpen = options.remediation !== 'off' && group.every((commit) => isTaken(commit, setting) && !isOfMachine(commit));
  return isOpen ? { kind: 'remediation', targets: group } : null;
}
