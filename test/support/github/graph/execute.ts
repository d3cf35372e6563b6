/** GraphQL executed on GitHub's published schema over the world, with answers and errors in GitHub's shape. */
import type { GraphQLError as Failure, GraphQLFieldResolver } from 'graphql';
import { sees } from '../access.ts';
import type { Account } from '../model.ts';
import { accountNode } from './accounts.ts';
import type { Context } from './context.ts';
import { notFound } from './context.ts';
import type { Cost } from './cost.ts';
import { checkDocument, costOf, executeSync, githubSchema, GraphQLError } from '../described.ts';
import type { GraphqlBody } from './documents.ts';
import { findRepository, repositoryNode } from './repositories.ts';

export interface GraphqlAnswer {
  data?: Record<string, unknown> | null;
  errors?: Record<string, unknown>[];
}

/** The points a request takes. */
export function graphqlCost(body: GraphqlBody): Cost {
  const { document } = checkDocument(body.query);
  return document === null ? { nodes: 0, points: 1, problems: [] } : costOf(document, body.variables ?? {});
}

/** A field that the double does not know is an error and a violation: never a silent null. */
const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, Context> = (source, args, context, info) => {
  const value = source[info.fieldName];
  if (value === undefined) {
    const gap = `${info.parentType.name}.${info.fieldName}`;
    context.gaps.push(`graphql: the double does not know ${gap}`);
    throw new GraphQLError(`The double does not know ${gap}.`);
  }
  return typeof value === 'function' ? (value as (given: unknown) => unknown)(args) : value;
};

function root(context: Context): Record<string, unknown> {
  const { world } = context;
  const account = (login: string, type?: Account['type']): unknown => {
    const found = world.accounts.get(login.toLowerCase());
    const isFound = found !== undefined && found.type !== 'Bot' && (type ?? found.type) === found.type;
    if (isFound) return accountNode(context, found);
    throw notFound(
      `Could not resolve to ${type === 'Organization' ? 'an Organization' : 'a User'} with the login of '${login}'.`,
    );
  };
  return {
    rateLimit: { __typename: 'RateLimit', ...context.rateLimit },
    repository: (args: { owner: string; name: string }) => findRepository(context, args),
    organization: ({ login }: { login: string }) => account(login, 'Organization'),
    user: ({ login }: { login: string }) => account(login, 'User'),
    repositoryOwner: ({ login }: { login: string }) => account(login),
    node: ({ id }: { id: string }) => nodeById(context, id),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => nodeOrError(context, id)),
    viewer: () => accountNode(context, context.identity.kind === 'person' ? context.identity.person : world.app.bot),
  };
}

/** Only repositories are found by their global id. */
function nodeById(context: Context, id: string): unknown {
  const [, number] = /^Repository:(\d+)$/.exec(Buffer.from(id, 'base64').toString()) ?? [];
  const one = number === undefined ? undefined : context.world.repositories.get(Number(number));
  if (one !== undefined && sees(context.world, context.identity, one)) return repositoryNode(context, one);
  throw notFound(`Could not resolve to a node with the global id of '${id}'`);
}

/** One id that is not found does not spoil the others. */
function nodeOrError(context: Context, id: string): unknown {
  try {
    return nodeById(context, id);
  } catch (error) {
    return error;
  }
}

/** Runs a document that was checked before. */
export function executeGraphql(context: Context, body: GraphqlBody): GraphqlAnswer {
  const { document, problems } = checkDocument(body.query);
  if (document === null || problems.length > 0) return { errors: problems.map((message) => ({ message })) };
  const result = executeSync({
    schema: githubSchema(),
    document,
    variableValues: body.variables ?? {},
    contextValue: context,
    rootValue: root(context),
    fieldResolver: fieldResolver as GraphQLFieldResolver<unknown, unknown>,
  });
  const errors = result.errors?.map(errorShape);
  return { ...(result.data === undefined ? {} : { data: result.data }), ...(errors === undefined ? {} : { errors }) };
}

function errorShape(error: Failure): Record<string, unknown> {
  const { type } = error.extensions;
  return { ...(type === undefined ? {} : { type }), path: error.path, locations: error.locations, message: error.message };
}

/** The same answer with one path lost, as GitHub sends when a part of a query fails. */
export function withLostPath(answer: GraphqlAnswer, path: readonly string[]): GraphqlAnswer {
  const copy = structuredClone(answer);
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], copy.data);
  if (typeof holder === 'object' && holder !== null) Object.assign(holder, { [path.at(-1) ?? '']: null });
  const message = 'Something went wrong while executing your query. Please include `0000:0000` when reporting this issue.';
  return { ...copy, errors: [...(copy.errors ?? []), { path, message }] };
}
