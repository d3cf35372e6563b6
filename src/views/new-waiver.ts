/** The waiver file that is proposed to whoever asks for one: its name and text, and GitHub's page that creates it. */
import { dump } from 'js-yaml';
import type { Judged } from '../facts/subject.ts';
import type { Policy } from '../policy/policy.ts';
import { WAIVERS_FOLDER } from '../policy/waivers/waiver.ts';
import type { WaiveCommand } from '../verdict/command.ts';
import { safeUrl } from './markdown.ts';

/** Who asks for what, and where; null: that is not known. */
export interface Asking {
  readonly command: WaiveCommand;
  readonly login: string;
  readonly url: string | null;
}

/** Where the waiver would count, and where waivers live; without a branch of theirs no page creates a file. */
export interface WaiverHome {
  readonly subject: Judged;
  readonly policy: Pick<Policy, 'waivers'>;
  /** The policy repository: `OWNER/REPO`. */
  readonly repository: string;
  /** Its default branch; null: it has none, or that is not known. */
  readonly branch: string | null;
  /** Everybody may read it. Who approves waivers is told nobody who may not read the policy. */
  readonly isPublic: boolean;
}

/** A new file; without a text only its place is filled in. */
export interface NewFile {
  readonly name: string;
  readonly text: string | null;
}

/** The file, with the first person who may approve it named as approver; nobody where only teams or whoever asks may, or where that is not public. */
export function newWaiver(
  { command, login, url }: Asking,
  { subject, policy, isPublic }: WaiverHome,
): NewFile & { readonly text: string } {
  const { rule, until, reason } = command;
  const approvers = isPublic ? policy.waivers.approvers : [];
  const approver = approvers.find((one) => !one.startsWith('team:') && !isSame(one, login));
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

/** GitHub's page for a new file, which needs a branch; null where that, or which GitHub, is not known. */
export function newFilePage({ name, text }: NewFile, { url }: Asking, { repository, branch }: WaiverHome): string | null {
  const page = url === null ? null : safeUrl(url);
  if (page === null || branch === null) return null;
  const path = [...repository.split('/'), 'new', ...branch.split('/')].map(encoded).join('/');
  const value = text === null ? '' : `&value=${encoded(text)}`;
  return `${new URL(page).origin}/${path}?filename=${encoded(`${WAIVERS_FOLDER}/${name}`)}${value}`;
}

/** GitHub's page that creates a repository of this name for its owner, an organization or a person; null: not known on which GitHub. */
export function newRepositoryPage(repository: string, { url }: Asking): string | null {
  const [owner = '', name = ''] = repository.split('/');
  const page = url === null ? null : safeUrl(url);
  return page === null ? null : `${new URL(page).origin}/new?owner=${encoded(owner)}&name=${encoded(name)}`;
}

/** Also the five characters that `encodeURIComponent` leaves and Markdown reads. */
function encoded(text: string): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, percent);
}

/** Whether two logins are the same account's. */
export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
