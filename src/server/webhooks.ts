/** Which delivery means looking at what again: a pure table. A new webhook is one row. */
import type { EmitterWebhookEventName } from '@octokit/webhooks';
import type { Subject } from '../facts/subject.ts';
import { commands } from './commands.ts';
import {
  list,
  login,
  number,
  placeOf,
  placeOfFullName,
  sha,
  text,
  type AboutRepository,
  type Payload,
  type Place,
} from './payload.ts';
import type { Change, Reaction, Said, Wish } from './reaction.ts';
import { mayTouchPolicy, touchesPolicy } from './push.ts';

interface Context {
  /** The App's own id: other Apps' check runs are none of our business. Null: not known. */
  readonly appId: number | null;
}

type Row<E extends EmitterWebhookEventName> = (payload: Payload<E>, context: Context) => Reaction;

const IRRELEVANT: Reaction = {};
/** More repositories than this at once are looked at as the whole account. */
const MANY = 100;

const ROWS = {
  'pull_request.opened': pullRequest,
  'pull_request.synchronize': pullRequest,
  'pull_request.reopened': pullRequest,
  'pull_request.ready_for_review': pullRequest,
  'pull_request.edited': (payload) => (payload.changes?.base ? pullRequest(payload) : IRRELEVANT),
  'pull_request.closed': closed,
  'merge_group.checks_requested': mergeGroup,
  'check_run.rerequested': ({ check_run: run, ...payload }, context) =>
    isOwn(run?.app?.id, context) ? onCommit(payload, run?.head_sha, run?.check_suite?.head_branch) : IRRELEVANT,
  'check_run.requested_action': requestedAction,
  'check_suite.rerequested': ({ check_suite: suite, ...payload }, context) =>
    isOwn(suite?.app?.id, context) ? onCommit(payload, suite?.head_sha, suite?.head_branch) : IRRELEVANT,
  'issue_comment.created': comment,
  push,
  'installation.created': installation,
  'installation.new_permissions_accepted': installation,
  'installation.unsuspend': installation,
  'installation.suspend': (payload) => ({ changes: installed(payload, true) }),
  'installation.deleted': removed,
  'installation_repositories.added': repositoriesAdded,
  'repository.created': repository,
  'repository.unarchived': repository,
  'repository.publicized': repository,
  'repository.edited': (payload) =>
    payload.changes?.default_branch || payload.changes?.description ? repository(payload) : IRRELEVANT,
  'repository.renamed': renamed,
  'repository.transferred': transferred,
} satisfies { [E in EmitterWebhookEventName]?: Row<E> };

/** Every event and action that means something, as Probot takes them. */
export const HANDLED = Object.keys(ROWS) as (keyof typeof ROWS)[];

/** Sent to every App, asked for or not: naming them in a manifest is an error. */
const ALWAYS_SENT = ['installation', 'installation_repositories'];

/** The events that `app.yml` has to subscribe to. */
export const EVENTS: readonly string[] = [...new Set(HANDLED.map((name) => name.split('.')[0] ?? ''))]
  .filter((event) => !ALWAYS_SENT.includes(event))
  .sort();

/** What follows from a delivery. Never throws: what cannot be understood is irrelevant. */
export function react(event: string, payload: unknown, context: Context): Reaction {
  if (typeof payload !== 'object' || payload === null) return IRRELEVANT;
  const action = text((payload as { action?: unknown }).action, 100);
  const name = action === null ? event : `${event}.${action}`;
  if (!Object.hasOwn(ROWS, name)) return IRRELEVANT;
  return (
    (ROWS as Readonly<Record<string, (payload: object, context: Context) => Reaction>>)[name]?.(payload, context) ?? IRRELEVANT
  );
}

/** The account that a delivery is about; null for deliveries without one. */
export function accountOf(payload: unknown): string | null {
  const about = (payload ?? {}) as AboutRepository &
    AboutInstallation & { readonly organization?: { readonly login?: unknown } | null };
  return login(about.repository?.owner?.login) ?? login(about.organization?.login) ?? ownerOf(about);
}

/** The installation that a delivery came through; null when it names none. */
export function installationOf(payload: unknown): number | null {
  return number((payload as AboutInstallation | null)?.installation?.id);
}

/** Whether a delivery can mean anything, by its name alone: spares reading the payload of one that cannot. */
export function isHandled(event: string, action: string | null): boolean {
  return Object.hasOwn(ROWS, action === null ? event : `${event}.${action}`);
}

interface AboutPullRequest extends AboutRepository {
  readonly pull_request?: { readonly number?: unknown; readonly state?: unknown } | null;
}

function pullRequest(payload: AboutPullRequest): Reaction {
  const place = placeOf(payload);
  const found = number(payload.pull_request?.number);
  // A pull request can be edited or synchronized after it was closed; then there is nothing to judge.
  if (!place || !found || payload.pull_request?.state === 'closed') return IRRELEVANT;
  return now({ kind: 'pull-request', ...place, number: found });
}

/** The commit's check showed the worst of all its pull requests: the ones left get a check of their own again. */
function closed(payload: Payload<'pull_request.closed'>): Reaction {
  const place = placeOf(payload);
  const head = sha(payload.pull_request?.head?.sha);
  const found = number(payload.pull_request?.number);
  if (!place || !head || !found) return IRRELEVANT;
  return {
    changes: [{ kind: 'closed', subject: { kind: 'pull-request', ...place, number: found } }],
    shared: { ...place, sha: head, without: found },
  };
}

function mergeGroup(payload: Payload<'merge_group.checks_requested'>): Reaction {
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

function requestedAction({ check_run: run, ...payload }: Payload<'check_run.requested_action'>, context: Context): Reaction {
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

function comment(payload: Payload<'issue_comment.created'>): Reaction {
  const place = placeOf(payload);
  const user = payload.comment?.user;
  const by = { accountId: number(user?.id), login: login(user?.login) };
  const lines = user?.type === 'Bot' ? [] : commands(payload.comment?.body);
  const found = number(payload.issue?.number);
  if (!place || !found || !by.accountId || !by.login || lines.length === 0) return IRRELEVANT;
  const subject: Subject = payload.issue?.pull_request
    ? { kind: 'pull-request', ...place, number: found }
    : { kind: 'repository', ...place };
  const { accountId, login: name } = by;
  return {
    said: lines.map((line) => ({ kind: 'command', subject, accountId, login: name, text: line.text })),
    wishes: lines.some((line) => line.isRecheck) ? [{ subject, priority: 0 }] : [],
  };
}

function push(payload: Payload<'push'>): Reaction {
  const place = placeOf(payload);
  const ref = text(payload.ref, 1000);
  const branch = text(payload.repository?.default_branch, 1000);
  if (!place || !ref?.startsWith('refs/heads/') || payload.deleted) return IRRELEVANT;
  if (ref !== `refs/heads/${branch ?? ''}`) return touchesPolicy(payload) ? pullRequests(place) : IRRELEVANT;
  const wishes: Wish[] = [{ subject: { kind: 'repository', ...place }, priority: 0 }];
  if (!mayTouchPolicy(payload)) return { wishes };
  if (place.repo.toLowerCase() === '.github') wishes.push({ subject: { kind: 'owner', owner: place.owner }, priority: 10 });
  return { wishes: [...wishes, ...(pullRequests(place).wishes ?? [])] };
}

interface AboutInstallation {
  readonly installation?: { readonly id?: unknown; readonly account?: unknown } | null;
}

function installation(payload: AboutInstallation): Reaction {
  const owner = ownerOf(payload);
  return owner
    ? { changes: installed(payload, false), wishes: [{ subject: { kind: 'owner', owner }, priority: 10 }] }
    : IRRELEVANT;
}

function installed(payload: AboutInstallation, isSuspended: boolean): readonly Change[] {
  const owner = ownerOf(payload);
  const id = number(payload.installation?.id);
  return owner && id ? [{ kind: 'installed', owner, id, isSuspended }] : [];
}

function removed(payload: AboutInstallation): Reaction {
  const owner = ownerOf(payload);
  const id = number(payload.installation?.id);
  return owner && id ? { changes: [{ kind: 'removed', owner, id }] } : IRRELEVANT;
}

function ownerOf(payload: AboutInstallation): string | null {
  return login((payload.installation?.account as { login?: unknown } | null | undefined)?.login);
}

function repositoriesAdded(payload: Payload<'installation_repositories.added'>): Reaction {
  const added = payload.repositories_added ?? [];
  const owner = ownerOf(payload);
  if (added.length > MANY) return owner ? { wishes: [{ subject: { kind: 'owner', owner }, priority: 10 }] } : IRRELEVANT;
  const places = list(added, MANY).flatMap((one) => placeOfFullName(one.full_name) ?? []);
  return {
    wishes: places.flatMap((place) => [
      { subject: { kind: 'repository', ...place }, priority: 10 } as const,
      { subject: { kind: 'pull-requests', ...place }, priority: 10 } as const,
    ]),
  };
}

function repository(payload: AboutRepository): Reaction {
  const place = placeOf(payload);
  return place ? now({ kind: 'repository', ...place }) : IRRELEVANT;
}

function renamed(payload: Payload<'repository.renamed'>): Reaction {
  const to = placeOf(payload);
  const from = to && placeOfFullName(`${to.owner}/${String(payload.changes?.repository?.name?.from)}`);
  return from ? { ...repository(payload), changes: [{ kind: 'renamed', from, to }] } : repository(payload);
}

function transferred(payload: Payload<'repository.transferred'>): Reaction {
  const to = placeOf(payload);
  const before = payload.changes?.owner?.from;
  const owner = login(before?.organization?.login) ?? login(before?.user?.login);
  if (!to || !owner) return repository(payload);
  return { ...repository(payload), changes: [{ kind: 'renamed', from: { owner, repo: to.repo }, to }] };
}

function pullRequests(place: Place): Reaction {
  return { wishes: [{ subject: { kind: 'pull-requests', ...place }, priority: 5 }] };
}

interface AboutCommit extends AboutRepository {
  readonly repository?: (AboutRepository['repository'] & { readonly default_branch?: unknown }) | null;
}

/** Everything that shows a check on a commit: its pull requests, its place in a merge queue, the repository itself. */
function onCommit(payload: AboutCommit, head: unknown, branch: unknown): Reaction {
  const place = placeOf(payload);
  const headSha = sha(head);
  if (!place || !headSha) return IRRELEVANT;
  const queued = queuedNumber(branch);
  if (queued) return now({ kind: 'merge-group', ...place, number: queued, headSha });
  const pulls = now({ kind: 'head', ...place, sha: headSha });
  const isDefault = typeof branch === 'string' && branch === payload.repository?.default_branch;
  return isDefault ? { wishes: [...(pulls.wishes ?? []), ...(repository(payload).wishes ?? [])] } : pulls;
}

function now(subject: Subject): Reaction {
  return { wishes: [{ subject, priority: 0 }] };
}

function isOwn(appId: unknown, context: Context): boolean {
  return context.appId === null || appId === context.appId;
}
