/** Rows of the webhook table about repositories and installations. */
import {
  list,
  login,
  number,
  placeOf,
  placeOfFullName,
  text,
  type AboutRepository,
  type Payload,
  type Place,
} from './payload.ts';
import { mayTouchAccount, mayTouchPolicy, touchesPolicy } from './push.ts';
import { IRRELEVANT, now, type Change, type Reaction, type Wish } from './reaction.ts';

/** More repositories than this at once are looked at as the whole account. */
const MANY = 100;

/** The repository, for its default branch; what its policy governs, where that may have changed. */
export function push(payload: Payload<'push'>): Reaction {
  const place = placeOf(payload);
  const ref = text(payload.ref, 1000);
  const branch = text(payload.repository?.default_branch, 1000);
  if (!place || !ref?.startsWith('refs/heads/') || payload.deleted) return IRRELEVANT;
  if (ref !== `refs/heads/${branch ?? ''}`) return touchesPolicy(payload) ? pullRequests(place) : IRRELEVANT;
  const wishes: Wish[] = [{ subject: { kind: 'repository', ...place }, priority: 0 }];
  if (isHome(place) && mayTouchAccount(payload)) wishes.push(everything(place.owner));
  if (!mayTouchPolicy(payload)) return { wishes };
  return { wishes: [...wishes, ...(pullRequests(place).wishes ?? [])] };
}

/** A payload that may name an installation. */
export interface AboutInstallation {
  readonly installation?: { readonly id?: unknown; readonly account?: unknown } | null;
}

/** The whole account, and which installation serves it from now on. */
export function installation(payload: AboutInstallation): Reaction {
  const owner = ownerOf(payload);
  return owner
    ? { changes: installed(payload, false), wishes: [{ subject: { kind: 'owner', owner }, priority: 10 }] }
    : IRRELEVANT;
}

/** What an installation teaches. */
export function installed(payload: AboutInstallation, isSuspended: boolean): readonly Change[] {
  const owner = ownerOf(payload);
  const id = number(payload.installation?.id);
  return owner && id ? [{ kind: 'installed', owner, id, isSuspended }] : [];
}

/** An account that is not served any more. */
export function removed(payload: AboutInstallation): Reaction {
  const owner = ownerOf(payload);
  const id = number(payload.installation?.id);
  return owner && id ? { changes: [{ kind: 'removed', owner, id }] } : IRRELEVANT;
}

/** The account of an installation; enterprises have none with a login. */
export function ownerOf(payload: AboutInstallation): string | null {
  return login((payload.installation?.account as { login?: unknown } | null | undefined)?.login);
}

/** Each repository with its pull requests, or the account when they are many. */
export function repositoriesAdded(payload: Payload<'installation_repositories.added'>): Reaction {
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

/** The repository itself. */
export function repository(payload: AboutRepository): Reaction {
  const place = placeOf(payload);
  return place ? now({ kind: 'repository', ...place }) : IRRELEVANT;
}

/** The repository is deleted or archived: nothing is judged there any more. */
export function gone(payload: AboutRepository): Reaction {
  const place = placeOf(payload);
  return place ? { changes: [{ kind: 'gone', place }] } : IRRELEVANT;
}

/** The repository under its new name, to which everything remembered moves. */
export function renamed(payload: Payload<'repository.renamed'>): Reaction {
  const to = placeOf(payload);
  const from = to && placeOfFullName(`${to.owner}/${String(payload.changes?.repository?.name?.from)}`);
  if (!from) return repository(payload);
  const wishes = [...(repository(payload).wishes ?? []), ...(isHome(from) || isHome(to) ? [everything(to.owner)] : [])];
  return { wishes, changes: [{ kind: 'renamed', from, to }] };
}

/** A repository that takes or leaves this name can change by what the whole account is judged. */
function isHome({ repo }: Place): boolean {
  return repo.toLowerCase() === '.github';
}

function everything(owner: string): Wish {
  return { subject: { kind: 'owner', owner }, priority: 10 };
}

/** The repository at its new owner, to which everything remembered moves. */
export function transferred(payload: Payload<'repository.transferred'>): Reaction {
  const to = placeOf(payload);
  const before = payload.changes?.owner?.from;
  const owner = login(before?.organization?.login) ?? login(before?.user?.login);
  if (!to || !owner) return repository(payload);
  return { ...repository(payload), changes: [{ kind: 'renamed', from: { owner, repo: to.repo }, to }] };
}

/** A payload that tells of an account's new name: organizations are told of twice. */
export interface AboutAccount extends AboutInstallation {
  readonly organization?: { readonly login?: unknown } | null;
  readonly account?: { readonly login?: unknown } | null;
  readonly changes?: { readonly login?: { readonly from?: unknown } | null } | null;
}

/** The whole account under its new name, to which everything remembered moves. */
export function ownerRenamed(payload: AboutAccount): Reaction {
  const to = login(payload.account?.login) ?? login(payload.organization?.login);
  const from = login(payload.changes?.login?.from);
  if (!to || !from) return IRRELEVANT;
  return {
    changes: [{ kind: 'owner-renamed', from, to, id: number(payload.installation?.id) }],
    wishes: [{ subject: { kind: 'owner', owner: to }, priority: 10 }],
  };
}

function pullRequests(place: Place): Reaction {
  return { wishes: [{ subject: { kind: 'pull-requests', ...place }, priority: 5 }] };
}
