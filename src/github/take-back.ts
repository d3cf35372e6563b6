/** Takes back what Steward made: a comment is deleted, an issue closed as not planned. Never anything of somebody else's. */
import type { Judged } from '../facts/subject.ts';
import type { Ways } from './connection.ts';
import type { Api } from './client.ts';
import { isApp } from './people.ts';

/** Something that Steward made, as the store remembers it. */
export interface Published {
  readonly kind: 'comment' | 'issue' | 'policy-issue';
  /** GitHub's number of the issue, or id of the comment. */
  readonly number: number;
}

export type TakenBack =
  | { readonly state: 'done' }
  /** It was taken back before, or somebody deleted it. */
  | { readonly state: 'gone' }
  | { readonly state: 'refused'; readonly reason: string };

export interface TakingBack {
  readonly as: Ways;
  /** The App's name in logins. */
  readonly slug: () => Promise<string>;
}

/** GitHub counts no more characters than this in an issue. */
const LONGEST = 65_536;

/** Takes one thing back; `words` (Markdown) say in a closed issue why. Twice does nothing the second time. Faults of GitHub throw. */
export async function takeBack(
  { as, slug }: TakingBack,
  { owner, repo }: Judged,
  { kind, number }: Published,
  words: string,
): Promise<TakenBack> {
  const place = { owner, repo };
  try {
    if (kind === 'comment') return await deleteComment(await as('comment'), place, { id: number, slug });
    return await closeIssue(await as('issue'), place, { number, words, slug });
  } catch (error) {
    const { status, message = '' } = error as { status?: number; message?: string };
    if (status === 404 || status === 410) return { state: 'gone' };
    if (status === 403 && /archived|read-only/i.test(message.slice(0, 500))) return refused('the repository is archived');
    throw error;
  }
}

interface Place {
  readonly owner: string;
  readonly repo: string;
}

async function deleteComment(
  api: Api,
  place: Place,
  { id, slug }: { readonly id: number; readonly slug: TakingBack['slug'] },
): Promise<TakenBack> {
  const comment = { ...place, comment_id: id };
  const { data } = await api.request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', comment);
  if (!isOurs(data, await slug())) return refused(`comment ${id} is not Steward's`);
  await api.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', comment);
  return { state: 'done' };
}

async function closeIssue(
  api: Api,
  place: Place,
  { number, words, slug }: { readonly number: number; readonly words: string; readonly slug: TakingBack['slug'] },
): Promise<TakenBack> {
  const issue = { ...place, issue_number: number };
  const { data } = await api.request('GET /repos/{owner}/{repo}/issues/{issue_number}', issue);
  if (data.pull_request || !isOurs(data, await slug())) return refused(`#${number} is not an issue of Steward's`);
  if (data.state === 'closed') return { state: 'gone' };
  const closed = { state: 'closed', state_reason: 'not_planned', body: bodyWith(words, data.body ?? '') } as const;
  await api.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...issue, ...closed });
  return { state: 'done' };
}

/** The mark stays on the first line, so that Steward finds its issue again; what it said stays readable. */
function bodyWith(words: string, before: string): string {
  const mark = /^<!-- steward:[^\n]*\n/.exec(before)?.[0] ?? '';
  const short = `${mark}${words}`;
  const said = before.slice(mark.length);
  const whole = `${short}\n\n<details><summary>What it said before</summary>\n\n${said}\n\n</details>`;
  return whole.length <= LONGEST ? whole : short;
}

function isOurs({ user }: { readonly user: { readonly type: string; readonly login: string } | null }, slug: string): boolean {
  return isApp(user && { __typename: user.type, login: user.login }, slug);
}

function refused(reason: string): TakenBack {
  return { state: 'refused', reason };
}
