/** What every REST route is made of, and what they share: finding the repository, checking permission, paging. */
import { allows, forbidden, notFound, sees } from '../access.ts';
import type { Identity, Needs } from '../access.ts';
import type { Deliveries } from '../deliveries.ts';
import type { Repository } from '../model.ts';
import type { Budgets } from '../troubles.ts';
import type { World } from '../world/world.ts';

export interface Call {
  readonly world: World;
  readonly identity: Identity;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
  readonly deliveries: Deliveries;
  readonly budgets: Budgets;
  readonly caller: string;
  /** This request's own address without its query, for links to further pages. */
  readonly address: string;
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  /** Sent as it is instead of `body`. */
  readonly raw?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  /** Query parameters the double honors, besides `page` and `per_page`; any other is a violation, never ignored. */
  readonly query?: readonly string[];
  readonly handle: (call: Call) => Answer;
}

export type Routes = Readonly<Record<string, Route>>;

/** A route on a repository: 404 where it cannot be seen, 403 where permission lacks or it is archived. */
export function onRepository(
  needs: Needs,
  handle: (call: Call, one: Repository) => Answer,
  query: readonly string[] = [],
): Route {
  return { query, handle: (call) => handle(call, permitted(call, needs)) };
}

/** The repository a call names, with leave to do what needs these permissions. */
export function permitted(call: Call, needs: Needs): Repository {
  const { world, identity, params } = call;
  const one = world.find(params.owner ?? '', params.repo ?? '');
  if (one === undefined || !sees(world, identity, one)) throw notFound();
  if (!allows(world, identity, one, needs)) throw forbidden();
  const isWriting = needs.some((needed) => Object.values(needed).includes('write'));
  if (isWriting && one.isArchived) throw forbidden('Repository was archived so is read-only.');
  return one;
}

export const READ = {
  metadata: [{ metadata: 'read' }],
  contents: [{ contents: 'read' }],
  pulls: [{ pull_requests: 'read' }],
  issues: [{ issues: 'read' }],
  checks: [{ checks: 'read' }],
} as const satisfies Readonly<Record<string, Needs>>;

/** One page of a list, with `Link` to the others. */
export function paged<T>(
  call: Call,
  items: readonly T[],
  shape: (item: T) => unknown,
  wrap?: (page: unknown[]) => unknown,
): Answer {
  const size = Math.min(100, Number(call.query.get('per_page') ?? 30));
  const page = Number(call.query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const shown = items.slice((page - 1) * size, page * size).map(shape);
  const link = (number: number, rel: string): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    return `<${call.address}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    body: wrap === undefined ? shown : wrap(shown),
    ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } }),
  };
}

/** A commit by id (also shortened), branch or full ref; undefined when there is none. */
export function resolveRef(one: Repository, ref: string): string | undefined {
  const branch = one.branches.get(ref) ?? one.branches.get(ref.replace(/^(refs\/)?heads\//, ''));
  if (branch !== undefined) return branch;
  const pull = /^(?:refs\/)?pull\/(\d+)\/(head|merge)$/.exec(ref)?.[1];
  if (pull !== undefined) return one.pulls.get(Number(pull))?.head.sha;
  if (/^[0-9a-f]{40}$/.test(ref)) return knows(one, ref) ? ref : undefined;
  return /^[0-9a-f]{7,39}$/.test(ref) ? [...one.objects.commits.keys()].find((oid) => oid.startsWith(ref)) : undefined;
}

/** Whether a commit can be had from a repository: forks share objects, as on GitHub. */
export function knows(one: Repository, oid: string): boolean {
  return one.objects.commits.has(oid);
}
