/** Reads webhook payloads without trusting them: every part may be missing, odd or far too long. */
import type { EmitterWebhookEvent, EmitterWebhookEventName } from '@octokit/webhooks';

/** A type of which nothing is certain: every property may be missing or null. */
export type Loose<T> = T extends readonly (infer U)[]
  ? readonly Loose<U>[]
  : T extends object
    ? { readonly [K in keyof T]?: Loose<T[K]> | null }
    : T;

/** The payload of an event (`pull_request.opened`), as GitHub describes it and as we trust it. */
export type Payload<E extends EmitterWebhookEventName> = Loose<EmitterWebhookEvent<E>['payload']>;

export interface Place {
  readonly owner: string;
  readonly repo: string;
}

/** A payload that may name a repository. */
export interface AboutRepository {
  readonly repository?: { readonly name?: unknown; readonly owner?: { readonly login?: unknown } | null } | null;
}

/** The repository that a payload is about; null when it names none that could exist. */
export function placeOf(payload: AboutRepository): Place | null {
  const owner = login(payload.repository?.owner?.login);
  const repo = repositoryName(payload.repository?.name);
  return owner && repo ? { owner, repo } : null;
}

/** `OWNER/REPO` taken apart; null when it is not that. */
export function placeOfFullName(fullName: unknown): Place | null {
  const [owner, repo, ...rest] = text(fullName, 300)?.split('/') ?? [];
  const place = { owner: login(owner), repo: repositoryName(repo) };
  return place.owner && place.repo && rest.length === 0 ? { owner: place.owner, repo: place.repo } : null;
}

/** An account name; enterprise-managed ones have an underscore, apps end in `[bot]`. */
export function login(value: unknown): string | null {
  const name = text(value, 100);
  return name !== null && /^[A-Za-z0-9][A-Za-z0-9_-]*(?:\[bot\])?$/.test(name) ? name : null;
}

export function repositoryName(value: unknown): string | null {
  const name = text(value, 100);
  return name !== null && /^[A-Za-z0-9_.-]+$/.test(name) && name !== '.' && name !== '..' ? name : null;
}

/** A git object id, SHA-1 or SHA-256; null for the all-zero one that stands for "none". */
export function sha(value: unknown): string | null {
  const oid = text(value, 64)?.toLowerCase() ?? '';
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(oid) && !/^0+$/.test(oid) ? oid : null;
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** A time as GitHub writes it, in UTC. */
export function time(value: unknown): string | null {
  const found = text(value, 40);
  return found !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(found) && !Number.isNaN(Date.parse(found))
    ? found
    : null;
}

/** A string of at most `limit` characters; longer ones are not the thing they should be. */
export function text(value: unknown, limit: number): string | null {
  return typeof value === 'string' && value.length <= limit ? value : null;
}

/** The first `limit` elements of what should be a list; those that are nothing are left out. */
export function list<T>(value: readonly T[] | null | undefined, limit: number): readonly NonNullable<T>[] {
  return Array.isArray(value)
    ? (value as readonly T[]).slice(0, limit).filter((element) => element !== null && element !== undefined)
    : [];
}
