/** The answer to whoever asks for a waiver: what has to happen, who may approve it, and the file, ready to be proposed. */
import { WAIVERS_FOLDER } from '../policy/waivers/waiver.ts';
import { readCommand } from '../verdict/command.ts';
import type { Decision, Said } from '../verdict/said.ts';
import { replyMarker, type ReplyEffect } from './effect.ts';
import { codeBlock, codeSpan, ownLink, quoted } from './markdown.ts';
import { isSame, newFilePage, newRepositoryPage, newWaiver, type Asking, type WaiverHome } from './new-waiver.ts';
import { joinBlocks } from './rule-section.ts';

type Decided = Pick<Said, 'kind' | 'text' | 'login' | 'commentId' | 'url'> & {
  readonly decision: Pick<Decision, 'outcome' | 'reason'>;
};

/** Where it was asked for, and where waivers live. */
export interface ReplyPlace extends WaiverHome {
  /** False: there is no policy repository, or Steward does not see it. */
  readonly hasRepository: boolean;
  /** Where it was asked for is judged: a check tells what is refused. */
  readonly isOpen: boolean;
}

/** Servers cut addresses that are longer. */
const LONGEST_URL = 8_000;
const MOST_APPROVERS = 10;
const LONGEST_REFUSAL = 600;

/**
 * One answer for each comment that asks for a waiver; of several commands in a comment the first. What is refused on a pull
 * request is told by its check; an issue has none, and a closed or merged pull request gets no other.
 */
export function replies(fresh: readonly Decided[], place: ReplyPlace): readonly ReplyEffect[] {
  const answered = new Map<number, ReplyEffect>();
  for (const one of fresh) {
    const { commentId, url } = one;
    const number = numberOf(url);
    if (commentId === null || number === null || answered.has(commentId)) continue;
    const text = answerTo(one, place);
    if (text !== null)
      answered.set(commentId, { kind: 'reply', number, commentId, to: one.login, body: `${replyMarker(commentId)}\n${text}` });
  }
  return [...answered.values()];
}

/** Null: it asks for no waiver, or the check tells why it is not followed. */
function answerTo({ kind, text, login, url, decision }: Decided, place: ReplyPlace): string | null {
  if (kind !== 'command' || !/^\s*waive\b/i.test(text)) return null;
  const { outcome, reason } = decision;
  const hasCheck = place.subject.kind !== 'repository' && place.isOpen;
  if (outcome === 'refused') return hasCheck || reason === null ? null : refusal(reason);
  const command = readCommand(text);
  return outcome === 'accepted' && command.kind === 'waive' ? answer({ command, login, url }, place) : null;
}

function refusal(reason: string): string {
  return `**Nothing follows from this yet.** ${quoted(reason, LONGEST_REFUSAL)} Then write the command again, in a new comment.`;
}

/** The issue or pull request that a comment stands on. */
function numberOf(url: string | null): number | null {
  const [, number] = /\/(?:issues|pull)\/(\d{1,15})(?:#|$)/.exec(url ?? '') ?? [];
  return number === undefined ? null : Number(number);
}

function answer(asking: Asking, place: ReplyPlace): string {
  const { command, login } = asking;
  const { subject, repository, hasRepository } = place;
  const file = newWaiver(asking, place);
  const link = newFilePage(file, asking, place);
  const isWhole = link !== null && link.length <= LONGEST_URL;
  const scope = `It covers the whole rule in this repository; to cover less, add ${codeSpan('paths')}, ${codeSpan('packages')} or ${codeSpan('people')}.`;
  const where = codeSpan(`${WAIVERS_FOLDER}/${file.name}`);
  const create = newFileLink(isWhole ? link : newFilePage({ ...file, text: null }, asking, place));
  const steps = [
    ...(hasRepository ? [] : [firstOf(place, asking)]),
    `**${create}**, ${isWhole ? 'which is filled in already,' : `as ${where} with the text below,`} and propose it as a pull request. ${scope}`,
    whoApproves(place, login),
    `When it is merged, Steward shows what it covers as waived, with the reason, up to and including ${command.until} (UTC). Then the rule holds again.`,
  ];
  return joinBlocks([
    `**A waiver of ${codeSpan(command.rule)} for ${codeSpan(subject.repo)} until ${command.until}** is a file in ${codeSpan(repository)}. Nothing is waived before it is approved and merged there:`,
    steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    isWhole ? '' : codeBlock([file.text], 'yaml'),
  ]);
}

/** A file can be proposed only in a repository that is there. */
function firstOf({ repository }: ReplyPlace, asking: Asking): string {
  const create = ownLink('Create the policy repository', newRepositoryPage(repository, asking));
  return `**${create}** ${codeSpan(repository)} first, with a README, and let Steward see it: it sees none of that name. Whoever administers the account can do that.`;
}

/** Longer than other links may be; nothing in it is left that could end it. */
function newFileLink(url: string | null): string {
  return url === null ? 'Create the waiver file' : `[Create the waiver file](${url.replace(/&/g, '&amp;')})`;
}

function whoApproves({ policy: { waivers }, isPublic }: ReplyPlace, login: string): string {
  const never = `That is never **${quoted(login)}**, who asks, and never whoever opens the pull request.`;
  const rest = `approves that pull request in a review, and is named in the file as ${codeSpan('approver')}. ${never}`;
  if (!isPublic) return `Somebody whom the policy names ${rest}`;
  const others = waivers.approvers.filter((one) => !isSame(one, login));
  if (others.length === 0 && waivers.approvers.length > 0) {
    return `**Nobody but ${quoted(login)} may approve waivers yet,** and nobody approves what they asked for. An administrator has to name somebody else under ${codeSpan('waivers.approvers')} in the policy. Whoever that is approves the pull request in a review, and is named in the file as ${codeSpan('approver')}.`;
  }
  return `${approversOf(waivers.approvers, others)} ${rest}`;
}

function approversOf(all: readonly string[], others: readonly string[]): string {
  if (all.length === 0) return 'Somebody who may write in that repository';
  const names = others.slice(0, MOST_APPROVERS).map((one) => `**${quoted(one)}**`);
  const more = others.length > names.length ? ', …' : '';
  return others.length === 1 ? names.join('') : `One of ${names.join(', ')}${more}`;
}
