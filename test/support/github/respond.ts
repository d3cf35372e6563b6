/** From a request to its answer: validated, logged, authorized, charged, executed. */
import { createHash } from 'node:crypto';
import { HttpError, identify, invalid } from './access.ts';
import type { Identity } from './access.ts';
import type { Deliveries } from './deliveries.ts';
import { executeGraphql, graphqlCost, withLostPath } from './graph/execute.ts';
import type { GraphqlAnswer } from './graph/execute.ts';
import type { GraphqlBody } from './graph/documents.ts';
import type { Entry, RequestLog } from './log.ts';
import { fullName } from './shapes.ts';
import type { Match } from './operations.ts';
import { routes } from './rest/routes.ts';
import type { Answer } from './rest/route.ts';
import type { Limits } from './limits.ts';
import { authorize, exchange, oauthOperation } from './oauth.ts';
import type { SignIn } from './oauth.ts';
import { json, limited, tooFast, troubled } from './replies.ts';
import type { Outgoing, Reply } from './replies.ts';
import type { Budgets, Trouble, Troubles } from './troubles.ts';
import { checkRequest, checkResponse, completeResponse, matchOperation } from './described.ts';
import type { World } from './world/world.ts';

/** The parts of the double that answering needs. */
export interface Parts {
  readonly world: World;
  readonly log: RequestLog;
  readonly deliveries: Deliveries;
  readonly budgets: Budgets;
  readonly troubles: Troubles;
  readonly violations: string[];
  readonly limits: Limits;
  readonly signIn: SignIn;
}

export interface Incoming {
  readonly method: string;
  /** Scheme and host, with `/api/v3` where the caller used it. */
  readonly base: string;
  /** Path and query after the base. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

interface Asked {
  readonly parts: Parts;
  readonly incoming: Incoming;
  readonly match: Match | undefined;
  readonly identity: Identity;
  readonly caller: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers one request. */
export function respond(parts: Parts, given: Incoming): Reply {
  const incoming = { ...given, url: byName(parts.world, given.url) };
  const isGraphql = /^\/graphql(\?|$)/.test(incoming.url);
  const { pathname } = new URL(incoming.url, incoming.base);
  const match = isGraphql ? undefined : matchOperation(incoming.method, pathname);
  const oauth = oauthOperation(incoming.method, pathname);
  const entry = record(parts, incoming, isGraphql ? 'graphql' : (match?.operation.operationId ?? oauth ?? 'unknown'), match);
  if (oauth !== null) return signingIn(parts, incoming, entry);
  try {
    const identity = identify(parts.world, incoming.headers.authorization);
    const asked = { parts, incoming, match, identity, caller: callerOf(identity), body: readBody(incoming.text) };
    Object.assign(entry, whoOf(identity), { body: asked.body });
    const reply = answer(asked, entry.operationId);
    entry.status = reply === null || reply === 'never' ? 0 : reply.status;
    return reply;
  } catch (error) {
    const reply = failed(parts, entry, error, match);
    entry.status = reply.status;
    return reply;
  }
}

/** Who asks, as limits are counted: `installation 7`, `user 5`, `app`, `nobody`. */
export function callerWith({ world }: Pick<Parts, 'world'>, authorization: string | undefined): string {
  try {
    return callerOf(identify(world, authorization));
  } catch {
    return 'nobody';
  }
}

function signingIn(parts: Parts, incoming: Incoming, entry: Entry): Reply {
  const trouble = parts.troubles.take(entry.operationId, null);
  const reply =
    trouble !== undefined
      ? troubled(parts.budgets, 'nobody', trouble, entry.operationId)
      : entry.operationId === 'oauth/authorize'
        ? authorize(parts, new URL(incoming.url, incoming.base))
        : exchange(parts, formOf(incoming));
  entry.status = reply === null || reply === 'never' ? 0 : reply.status;
  return reply;
}

function formOf({ text }: Incoming): Readonly<Record<string, unknown>> {
  return text.startsWith('{') ? readBody(text) : Object.fromEntries(new URLSearchParams(text));
}

/** `/repositories/1/…`, where GitHub redirects to after a rename, means the repository with that id. */
function byName(world: World, url: string): string {
  const [, id, rest = ''] = /^\/repositories\/(\d+)(.*)$/s.exec(url) ?? [];
  const one = id === undefined ? undefined : world.repositories.get(Number(id));
  return one === undefined ? url : `/repos/${fullName(one)}${rest}`;
}

function record({ log }: Parts, { method, url }: Incoming, operationId: string, match: Match | undefined): Entry {
  const route = match?.operation.path ?? url.split('?')[0] ?? '';
  const entry: Entry = { method, route, url, operationId, installation: null, permissions: null, body: undefined, status: 0 };
  log.entries.push(entry);
  return entry;
}

function whoOf(identity: Identity): Pick<Entry, 'installation' | 'permissions'> {
  if (identity.kind !== 'installation') return { installation: null, permissions: null };
  return { installation: identity.installation.id, permissions: identity.token.permissions };
}

function callerOf(identity: Identity): string {
  if (identity.kind === 'installation') return `installation ${identity.installation.id}`;
  return identity.kind === 'person' ? `user ${identity.person.id}` : identity.kind;
}

function readBody(text: string): Readonly<Record<string, unknown>> {
  if (text === '') return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new HttpError(400, 'Problems parsing JSON');
  }
}

function answer(asked: Asked, operationId: string): Reply {
  const { parts, incoming, identity } = asked;
  const trouble = parts.troubles.take(operationId, identity.kind === 'installation' ? identity.installation.id : null);
  if (trouble !== undefined && trouble.isAfter !== true && trouble.kind !== 'partial')
    return troubled(parts.budgets, asked.caller, trouble, operationId);
  const broken = parts.limits.count(asked.caller, { method: incoming.method, operation: operationId });
  if (broken !== null && parts.limits.isEnforced) {
    return tooFast(parts.budgets.headers(asked.caller, operationId === 'graphql' ? 'graphql' : 'core'), 60);
  }
  const problems = checkRequest({ ...incoming, body: incoming.text === '' ? undefined : asked.body });
  parts.violations.push(...problems);
  // GitHub ignores what it does not know; the double refuses, so that no test passes by it.
  if (problems.length > 0 && operationId !== 'graphql') throw invalid(`Invalid request.\n\n${problems.join('\n')}`);
  const reply = operationId === 'graphql' ? answerGraphql(asked, trouble) : answerRest(asked);
  return trouble?.isAfter === true ? troubled(parts.budgets, asked.caller, trouble, operationId) : reply;
}

function answerRest(asked: Asked): Outgoing {
  const { parts, incoming, match } = asked;
  if (match === undefined) throw new HttpError(404, 'Not Found');
  const { operation, params } = match;
  const route = routes[operation.operationId];
  if (route === undefined) throw new Error(`The double has no route for ${operation.operationId}.`);
  if (!parts.budgets.spend(asked.caller, 'core', 1)) return limited(parts.budgets, asked.caller, 'core');
  const address = new URL(`${incoming.base}${incoming.url}`);
  const known = ['page', 'per_page', ...(route.query ?? [])];
  const unknown = [...address.searchParams.keys()].filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`The double does not honor ${unknown.join(', ')} of ${operation.operationId}.`);
  const moved = movedTo(asked, params);
  if (moved !== null) return moved;
  const { world, deliveries, budgets } = parts;
  const made = route.handle({
    ...{ world, deliveries, budgets, params, identity: asked.identity, caller: asked.caller, body: asked.body },
    query: address.searchParams,
    accept: incoming.headers.accept ?? '',
    address: `${address.origin}${address.pathname}`,
  });
  return restReply(asked, operation.operationId, made);
}

/** GitHub sends callers on to a renamed repository by its id. */
function movedTo(
  { parts, incoming, caller }: Asked,
  { owner = '', repo = '' }: Readonly<Record<string, string>>,
): Outgoing | null {
  const former = parts.world.formerNames.get(`${owner}/${repo}`.toLowerCase());
  const one = parts.world.find(owner, repo);
  if (former === undefined || one?.id !== former || one.name.toLowerCase() === repo.toLowerCase()) return null;
  const rest = incoming.url.split('/').slice(4).join('/');
  const location = `${incoming.base}/repositories/${former}${rest === '' ? '' : `/${rest}`}`;
  const status = incoming.method === 'GET' ? 301 : 307;
  return json(status, { message: 'Moved Permanently', url: location }, { ...parts.budgets.headers(caller, 'core'), location });
}

function restReply(asked: Asked, operationId: string, made: Answer): Outgoing {
  const { parts, incoming, match, caller } = asked;
  const status = made.status ?? 200;
  const headers = { ...parts.budgets.headers(caller, 'core'), ...made.headers };
  if (made.raw !== undefined)
    return { status, headers: { ...headers, 'content-type': 'application/octet-stream' }, body: made.raw };
  const body = completeResponse(operationId, status, made.body);
  if (match !== undefined) parts.violations.push(...checkResponse(match.operation, status, body));
  const reply = json(status, body, headers);
  if (incoming.method !== 'GET') return reply;
  const etag = `W/"${createHash('sha256').update(reply.body).digest('hex')}"`;
  // Unchanged answers are free.
  if (incoming.headers['if-none-match'] !== etag) return { ...reply, headers: { ...reply.headers, etag } };
  parts.budgets.spend(caller, 'core', -1);
  return { status: 304, headers: { ...parts.budgets.headers(caller, 'core'), etag }, body: '' };
}

function answerGraphql(asked: Asked, trouble: Trouble | undefined): Outgoing {
  const { parts, identity, caller } = asked;
  if (identity.kind === 'nobody' || identity.kind === 'app')
    throw new HttpError(401, 'This endpoint requires you to be authenticated.');
  const body = asked.body as unknown as GraphqlBody;
  const cost = graphqlCost(body);
  if (!parts.budgets.spend(caller, 'graphql', cost.points)) return limited(parts.budgets, caller, 'graphql');
  const { limit, remaining, used, reset } = parts.budgets.state(caller, 'graphql');
  const resetAt = new Date(reset * 1000).toISOString();
  const rateLimit = { cost: cost.points, nodeCount: cost.nodes, limit, remaining, used, resetAt };
  const gaps: string[] = [];
  const result = executeGraphql({ world: parts.world, identity, rateLimit, gaps }, body);
  parts.violations.push(...gaps);
  const shown: GraphqlAnswer = trouble?.kind === 'partial' ? withLostPath(result, trouble.path) : result;
  return json(200, shown, parts.budgets.headers(caller, 'graphql'));
}

function failed({ violations }: Parts, entry: Entry, error: unknown, match: Match | undefined): Outgoing {
  if (error instanceof HttpError) {
    const body = { message: error.message, ...error.details, status: String(error.status) };
    if (match !== undefined) violations.push(...checkResponse(match.operation, error.status, body));
    return json(error.status, body, {});
  }
  violations.push(`${entry.method} ${entry.url}: the double failed: ${String(error)}`);
  return json(500, { message: `The double failed: ${String(error)}` }, {});
}
