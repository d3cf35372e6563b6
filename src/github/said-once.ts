/** What Steward says below an issue or pull request once: it is there already by the mark on its first line, and its own account. */
import type { Api } from './client.ts';
import { isApp } from './people.ts';

export interface Thread {
  readonly owner: string;
  readonly repo: string;
  /** Of the issue or pull request. */
  readonly number: number;
}

export interface Said {
  /** Markdown that starts with the mark. */
  readonly body: string;
  readonly marker: string;
  /** Earlier comments need not be looked at; ISO 8601, null: all are. */
  readonly since: string | null;
  /** The App's name in logins. */
  readonly slug: () => Promise<string>;
}

/** Comments unless a comment of Steward's with this mark is there; whether it did. */
export async function sayOnce(api: Api, thread: Thread, said: Said): Promise<boolean> {
  if (await isSaid(api, thread, said)) return false;
  const { owner, repo, number: issue_number } = thread;
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  await api.request(route, { owner, repo, issue_number, body: said.body });
  return true;
}

async function isSaid(api: Api, { owner, repo, number }: Thread, { marker, since, slug }: Omit<Said, 'body'>): Promise<boolean> {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const from = since === null ? {} : { since };
  for (let page = 1; ; page += 1) {
    const { data } = await api.request(route, { owner, repo, issue_number: number, ...from, per_page: 100, page });
    const marked = data.filter(({ body }) => (body ?? '').startsWith(marker));
    // Asking who we are is worth a call only when somebody's comment carries the mark.
    const name = marked.length > 0 ? await slug() : '';
    if (marked.some(({ user }) => isApp(user && { __typename: user.type, login: user.login }, name))) return true;
    if (data.length < 100) return false;
  }
}

/** When a comment was written (ISO 8601). Throws GitHub's 404 when it is not there any more. */
export async function writtenAt(api: Api, { owner, repo }: Thread, commentId: number): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';
  return (await api.request(route, { owner, repo, comment_id: commentId })).data.created_at;
}
