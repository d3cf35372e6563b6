/** The answer to whoever asks for a waiver: what has to happen, who may approve it, and the file, ready to be proposed. */
import { dump } from 'js-yaml';
import type { Judged } from '../facts/subject.ts';
import type { Policy } from '../policy/policy.ts';
import { WAIVERS_FOLDER } from '../policy/waivers/waiver.ts';
import { readCommand, type WaiveCommand } from '../verdict/command.ts';
import type { Decision, Said } from '../verdict/said.ts';
import { replyMarker, type ReplyEffect } from './effect.ts';
import { codeBlock, codeSpan, quoted, safeUrl } from './markdown.ts';
import { joinBlocks } from './rule-section.ts';

type Decided = Pick<Said, 'kind' | 'text' | 'login' | 'commentId' | 'url'> & {
  readonly decision: Pick<Decision, 'outcome' | 'reason'>;
};

/** Where it was asked for, and where waivers live. */
export interface ReplyPlace {
  readonly subject: Judged;
  readonly policy: Pick<Policy, 'waivers'>;
  /** The policy repository: `OWNER/REPO`. */
  readonly repository: string;
  /** Its default branch; null: not known. */
  readonly branch: string | null;
}

/** Servers cut addresses that are longer. */
const LONGEST_URL = 8_000;
const MOST_APPROVERS = 10;
const LONGEST_REFUSAL = 600;

/**
 * One answer for each comment that asks for a waiver; of several commands in a comment the first. What is refused on a pull
 * request is told by its check; an issue has none.
 */
export function replies(fresh: readonly Decided[], place: ReplyPlace): readonly ReplyEffect[] {
  const answered = new Map<number, ReplyEffect>();
  for (const one of fresh) {
    const { commentId, url } = one;
    const number = numberOf(url);
    if (commentId === null || number === null || answered.has(commentId)) continue;
    const text = answerTo(one, place);
    if (text !== null) answered.set(commentId, { kind: 'reply', number, commentId, body: `${replyMarker(commentId)}\n${text}` });
  }
  return [...answered.values()];
}

/** Null: it asks for no waiver, or the check tells why it is not followed. */
function answerTo({ kind, text, login, url, decision }: Decided, place: ReplyPlace): string | null {
  if (kind !== 'command' || !/^\s*waive\b/i.test(text)) return null;
  const { outcome, reason } = decision;
  const isOnIssue = place.subject.kind === 'repository';
  if (outcome === 'refused') return isOnIssue && reason !== null ? refusal(reason) : null;
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

interface Asking {
  readonly command: WaiveCommand;
  readonly login: string;
  readonly url: string | null;
}

function answer(asking: Asking, place: ReplyPlace): string {
  const { command, login } = asking;
  const { subject, repository } = place;
  const file = fileOf(asking, place);
  const link = linkTo(file, asking, place);
  const isWhole = link !== null && link.length <= LONGEST_URL;
  const create = newFileLink(isWhole ? link : linkTo({ ...file, text: null }, asking, place));
  const where = codeSpan(`${WAIVERS_FOLDER}/${file.name}`);
  return joinBlocks([
    `**A waiver of ${codeSpan(command.rule)} for ${codeSpan(subject.repo)} until ${command.until}** is a file in ${codeSpan(repository)}. Nothing is waived before it is approved and merged there:`,
    [
      `1. **${create}**, ${isWhole ? 'which is filled in already,' : `as ${where} with the text below,`} and propose it as a pull request. It covers the whole rule in this repository; to cover less, add ${codeSpan('paths')}, ${codeSpan('packages')} or ${codeSpan('people')}.`,
      `2. ${whoApproves(place, login)} approves that pull request in a review, and is named in the file as ${codeSpan('approver')}. That is never **${quoted(login)}**, who asks, and never whoever opens the pull request.`,
      `3. When it is merged, Steward shows what it covers as waived, with the reason, up to and including ${command.until} (UTC). Then the rule holds again.`,
    ].join('\n'),
    isWhole ? '' : codeBlock([file.text], 'yaml'),
  ]);
}

function whoApproves({ policy: { waivers } }: ReplyPlace, login: string): string {
  const others = waivers.approvers.filter((one) => !isSame(one, login));
  if (waivers.approvers.length === 0) return 'Somebody who may write in that repository';
  const names = others.slice(0, MOST_APPROVERS).map((one) => `**${quoted(one)}**`);
  const more = others.length > names.length ? ', …' : '';
  if (others.length === 0) return 'Somebody whom the policy names among its approvers';
  return others.length === 1 ? names.join('') : `One of ${names.join(', ')}${more}`;
}

/** A new file; without a text only its place is filled in. */
interface NewFile {
  readonly name: string;
  readonly text: string | null;
}

function fileOf({ command, login, url }: Asking, { subject, policy }: ReplyPlace): NewFile & { readonly text: string } {
  const { rule, until, reason } = command;
  const approver = policy.waivers.approvers.find((one) => !one.startsWith('team:') && !isSame(one, login));
  const discussion = url === null ? null : safeUrl(url);
  const lines = (part: object): string => dump(part, { lineWidth: -1 });
  const text = [
    lines({ rule, repositories: [subject.repo], reason: inUtf8(reason) }),
    '# The login of whoever approves this in a review of the pull request: not of whoever asked for it or opens it.\n',
    approver === undefined ? 'approver:\n' : lines({ approver }),
    lines({ requestedBy: login, until, ...(discussion === null ? {} : { discussion }) }),
  ].join('');
  const name = `${rule}-${subject.repo}`.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 85);
  return { name: `${name}-${until}.yml`, text };
}

/** A file with half a character, or with the sign that stands for one, is refused as no UTF-8. */
function inUtf8(text: string): string {
  return text.toWellFormed().replaceAll('\ufffd', '?');
}

/** GitHub's page for a new file; null where it is not known which GitHub. */
function linkTo({ name, text }: NewFile, { url }: Asking, { repository, branch }: ReplyPlace): string | null {
  const page = url === null ? null : safeUrl(url);
  if (page === null) return null;
  const path = [...repository.split('/'), 'new', ...(branch ?? 'HEAD').split('/')].map(encoded).join('/');
  const value = text === null ? '' : `&value=${encoded(text)}`;
  return `${new URL(page).origin}/${path}?filename=${encoded(`${WAIVERS_FOLDER}/${name}`)}${value}`;
}

/** Longer than other links may be; nothing in it is left that could end it. */
function newFileLink(url: string | null): string {
  return url === null ? 'Create the waiver file' : `[Create the waiver file](${url.replace(/&/g, '&amp;')})`;
}

/** Also the five characters that `encodeURIComponent` leaves and Markdown reads. */
function encoded(text: string): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, percent);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
