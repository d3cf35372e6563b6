/** Rows of the webhook table about pull requests and the commits that show their checks. */
import { sentencesIn } from '../facts/sentences.ts';
import type { Subject } from '../facts/subject.ts';
import { commands } from './commands.ts';
import { login, number, placeOf, sha, text, time, type AboutRepository, type Payload } from './payload.ts';
import { IRRELEVANT, now, type Change, type Context, type Reaction, type Said } from './reaction.ts';
import { repository } from './rows-repositories.ts';

interface AboutPullRequest extends AboutRepository {
  readonly pull_request?: { readonly number?: unknown; readonly state?: unknown } | null;
}

/** The pull request, while it is open; drafts too. */
export function pullRequest(payload: AboutPullRequest): Reaction {
  const place = placeOf(payload);
  const found = number(payload.pull_request?.number);
  // A pull request can be edited or synchronized after it was closed; then there is nothing to judge.
  if (!place || !found || payload.pull_request?.state === 'closed') return IRRELEVANT;
  return now({ kind: 'pull-request', ...place, number: found });
}

/** A push leaves a commit behind whose check other pull requests may share. */
export function synchronized(payload: Payload<'pull_request.synchronize'>): Reaction {
  const place = placeOf(payload);
  const left = sha((payload as { readonly before?: unknown }).before);
  const without = number(payload.pull_request?.number);
  const reaction = pullRequest(payload);
  return place && left && without && reaction.wishes ? { ...reaction, shared: { ...place, sha: left, without } } : reaction;
}

/** What was said is needed again, and the pull request is judged. */
export function reopened(payload: Payload<'pull_request.reopened'>): Reaction {
  const reaction = pullRequest(payload);
  const changes = (reaction.wishes ?? []).map(({ subject }): Change => ({ kind: 'reopened', subject }));
  return changes.length > 0 ? { ...reaction, changes } : reaction;
}

/** The commit's check showed the worst of all its pull requests: the ones left get a check of their own again. */
export function closed(payload: Payload<'pull_request.closed'>): Reaction {
  const place = placeOf(payload);
  const pull = payload.pull_request;
  const head = sha(pull?.head?.sha);
  const found = number(pull?.number);
  if (!place || !head || !found) return IRRELEVANT;
  const subject = { kind: 'pull-request', ...place, number: found } as const;
  // Merged first: what was certified is looked up in what is closed after it.
  const baseRef = pull?.merged === true ? text(pull.base?.ref, 1000) : null;
  const merged = baseRef === null ? null : { headSha: head, baseRef, mergeSha: sha(pull?.merge_commit_sha) };
  return {
    changes: [...(merged ? [{ kind: 'merged', subject, merged } as const] : []), { kind: 'closed', subject }],
    shared: { ...place, sha: head, without: found },
  };
}

/** The pull request as it stands in a merge queue. */
export function mergeGroup(payload: Payload<'merge_group.checks_requested'>): Reaction {
  const place = placeOf(payload);
  const headSha = sha(payload.merge_group?.head_sha);
  const found = queuedNumber(payload.merge_group?.head_ref);
  return place && headSha && found ? now({ kind: 'merge-group', ...place, number: found, headSha }) : IRRELEVANT;
}

/** The pull request in `refs/heads/gh-readonly-queue/BASE/pr-N-SHA`; BASE may hold slashes and any letters. */
export function queuedNumber(ref: unknown): number | null {
  const name = text(ref, 1000)?.replace(/^refs\/heads\//, '');
  if (!name?.startsWith('gh-readonly-queue/')) return null;
  const last = /^pr-([1-9]\d{0,14})-[0-9a-f]{40,64}$/.exec(name.slice(name.lastIndexOf('/') + 1));
  return last ? Number(last[1]) : null;
}

/** A button on a check run: kept with who pressed it, and looked at again. */
export function requestedAction(
  { check_run: run, ...payload }: Payload<'check_run.requested_action'>,
  context: Context,
): Reaction {
  const place = placeOf(payload);
  const head = sha(run?.head_sha);
  const id = text(payload.requested_action?.identifier, 40);
  const by = { accountId: number(payload.sender?.id), login: login(payload.sender?.login) };
  if (!isOwn(run?.app?.id, context) || !place || !head) return IRRELEVANT;
  const subject: Subject = { kind: 'head', ...place, sha: head };
  const said: Said[] =
    id && by.accountId && by.login ? [{ kind: 'action', subject, text: id, accountId: by.accountId, login: by.login }] : [];
  return { ...onCommit(payload, head, run?.check_suite?.head_branch), said };
}

/** A new comment by a person: what it commands or states is kept, and its subject looked at again, for it needs an answer. */
export function comment(payload: Payload<'issue_comment.created'>): Reaction {
  const place = placeOf(payload);
  const written = payload.comment;
  const by = { accountId: number(written?.user?.id), login: login(written?.user?.login) };
  const found = number(payload.issue?.number);
  // Nobody speaks for somebody else: the sender of the delivery has to be the comment's author.
  if (!place || !found || !by.accountId || !by.login || written?.user?.type === 'Bot' || payload.sender?.id !== by.accountId)
    return IRRELEVANT;
  const { accountId, login: name } = by;
  const isPull = Boolean(payload.issue?.pull_request);
  const subject: Subject = isPull ? { kind: 'pull-request', ...place, number: found } : { kind: 'repository', ...place };
  const [id, url, writtenAt] = [number(written?.id), text(written?.html_url, 1000), time(written?.created_at)];
  const when = writtenAt === null ? {} : { writtenAt };
  const about = { subject, accountId, login: name, ...when, ...(id ? { commentId: id } : {}), ...(url ? { url } : {}) };
  // What an App writes with somebody's token is not that person's word. Looking again does no harm.
  const isOwnWord = !written?.performed_via_github_app;
  const said = commands(written?.body)
    .filter((line) => isOwnWord || line === 'recheck')
    .map((line): Said => ({ kind: 'command', text: line, ...about }));
  if (isOwnWord && isPull && id)
    said.push(...statements(written?.body).map((one): Said => ({ kind: 'sentence', ...one, ...about })));
  return said.length > 0 ? { said, ...now(subject) } : IRRELEVANT;
}

/** GitHub's own limit for a comment. */
const BODY = 65_536;

/** The sentences of a comment that certify or sign, each with the whole comment as evidence. */
function statements(written: unknown): readonly { readonly text: string; readonly body: string }[] {
  const body = text(written, BODY);
  return body === null ? [] : sentencesIn(body).map((sentence) => ({ text: sentence.text, body }));
}

interface AboutCommit extends AboutRepository {
  readonly repository?: (AboutRepository['repository'] & { readonly default_branch?: unknown }) | null;
}

/** Everything that shows a check on a commit: its pull requests, its place in a merge queue, the repository itself. */
export function onCommit(payload: AboutCommit, head: unknown, branch: unknown): Reaction {
  const place = placeOf(payload);
  const headSha = sha(head);
  if (!place || !headSha) return IRRELEVANT;
  const queued = queuedNumber(branch);
  if (queued) return now({ kind: 'merge-group', ...place, number: queued, headSha });
  const pulls = now({ kind: 'head', ...place, sha: headSha });
  const isDefault = typeof branch === 'string' && branch === payload.repository?.default_branch;
  return isDefault ? { wishes: [...(pulls.wishes ?? []), ...(repository(payload).wishes ?? [])] } : pulls;
}

/** Whether a check run or suite is this App's own. */
export function isOwn(appId: unknown, context: Context): boolean {
  return context.appId === null || appId === context.appId;
}
