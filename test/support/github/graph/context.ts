/** What every GraphQL node shares: who asks, errors as GitHub words them, and connections paged as GitHub pages them. */
import type { GraphQLError as Failure } from 'graphql';
import { GraphQLError } from '../described.ts';
import { allows } from '../access.ts';
import type { Identity, Needs } from '../access.ts';
import type { Repository } from '../model.ts';
import type { World } from '../world/world.ts';

export interface Context {
  readonly world: World;
  readonly identity: Identity;
  readonly rateLimit: Readonly<Record<string, unknown>>;
  /** What the double does not know; a violation in the test. */
  readonly gaps: string[];
}

/** An object of the schema: `__typename` and its fields, as values or as functions of their arguments. */
export type Node = Readonly<Record<string, unknown>>;

export function notFound(message: string): Failure {
  return new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });
}

/** Throws FORBIDDEN unless the asker has one of these sets of permissions on the repository. */
export function demand(context: Context, one: Repository, needs: Needs): void {
  if (allows(context.world, context.identity, one, needs)) return;
  throw new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
}

export interface Paging {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const cursorOf = (index: number): string => Buffer.from(`cursor:v2:${index}`).toString('base64');

function indexOf(cursor: string): number {
  const index = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (index !== undefined) return Number(index);
  throw new GraphQLError(`\`${cursor}\` does not appear to be a valid cursor.`, {
    extensions: { type: 'INVALID_CURSOR_ARGUMENTS' },
  });
}

/** A connection over a list; nodes are made only for the page that is asked for. */
export function connection<T>(name: string, args: Paging, items: readonly T[], node: (item: T) => unknown): Node {
  const [start, end] = bounds(name, args, items.length);
  const made = items.slice(start, end).map(node);
  return {
    __typename: `${name}Connection`,
    totalCount: items.length,
    nodes: made,
    edges: () => made.map((one, index) => ({ cursor: cursorOf(start + index), node: one })),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: made.length === 0 ? null : cursorOf(start),
      endCursor: made.length === 0 ? null : cursorOf(end - 1),
    },
  };
}

function bounds(name: string, { first, last, after, before }: Paging, length: number): [number, number] {
  const limit = first ?? last;
  if (limit === undefined || limit === null) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw new GraphQLError(message, { extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' } });
  }
  if (limit < 0 || limit > 100) {
    const message = `Requesting ${limit} records on the \`${name}\` connection exceeds the limit of 100 records.`;
    throw new GraphQLError(message, { extensions: { type: 'EXCESSIVE_PAGINATION' } });
  }
  const start = after === undefined || after === null ? 0 : indexOf(after) + 1;
  const end = before === undefined || before === null ? length : indexOf(before);
  if (first !== undefined && first !== null) return [start, Math.max(start, Math.min(end, start + first))];
  return [Math.max(start, end - limit), Math.max(start, end)];
}
