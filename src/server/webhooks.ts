/** Which delivery means looking at what again: a pure table. A new webhook is one row. */
import type { EmitterWebhookEventName } from '@octokit/webhooks';
import { login, number, text, type AboutRepository, type Payload } from './payload.ts';
import { IRRELEVANT, type Context, type Reaction } from './reaction.ts';
import {
  closed,
  comment,
  isOwn,
  mergeGroup,
  onCommit,
  pullRequest,
  reopened,
  requestedAction,
  synchronized,
} from './rows-contributions.ts';
import {
  installation,
  installed,
  ownerOf,
  ownerRenamed,
  push,
  removed,
  renamed,
  gone,
  repositoriesAdded,
  repository,
  transferred,
  type AboutAccount,
  type AboutInstallation,
} from './rows-repositories.ts';

type Row<E extends EmitterWebhookEventName> = (payload: Payload<E>, context: Context) => Reaction;

const ROWS = {
  'pull_request.opened': pullRequest,
  'pull_request.synchronize': synchronized,
  'pull_request.reopened': reopened,
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
  'repository.privatized': repository,
  'repository.archived': gone,
  'repository.deleted': gone,
  'repository.edited': ({ changes, ...payload }) =>
    // What rules or groups go by.
    changes?.default_branch || changes?.description || changes?.topics ? repository(payload) : IRRELEVANT,
  'organization.renamed': ownerRenamed,
  'installation_target.renamed': ownerRenamed,
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
  const about = (payload ?? {}) as AboutRepository & AboutInstallation & AboutAccount;
  return (
    login(about.repository?.owner?.login) ?? login(about.organization?.login) ?? login(about.account?.login) ?? ownerOf(about)
  );
}

/** The installation that a delivery came through; null when it names none. */
export function installationOf(payload: unknown): number | null {
  return number((payload as AboutInstallation | null)?.installation?.id);
}

/** Whether a delivery can mean anything, by its name alone: spares reading the payload of one that cannot. */
export function isHandled(event: string, action: string | null): boolean {
  return Object.hasOwn(ROWS, action === null ? event : `${event}.${action}`);
}
