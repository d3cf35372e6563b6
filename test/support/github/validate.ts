/**
 * Holds requests and answers against GitHub's own descriptions: REST against OpenAPI, GraphQL against the published schema.
 * The double checks every request with it; narrow tests use `assertRequest` beside nock, or `validating(octokit)`.
 */
import { checkGraphql } from './graph/documents.ts';
import { description, matchOperation, operationById } from './operations.ts';
import type { Match, Operation, Schema } from './operations.ts';
import { Schemas } from './schemas.ts';

export interface SentRequest {
  readonly method: string;
  /** Path and query, without `/api/v3`; or a full URL. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Undefined: no body was sent. */
  readonly body?: unknown;
}

const schemas = new Schemas({ ...description });
const closedBodies = new Map<string, Schema>();

/** Everything GitHub's description says against a request; empty when it is right. */
export function checkRequest(request: SentRequest): readonly string[] {
  const url = new URL(request.url, 'http://github.example');
  const path = url.pathname.replace(/^\/api\/v3(?=\/)/, '');
  if (/^\/(api\/)?graphql$/.test(path)) return checkGraphql(request.method, request.body);
  const match = matchOperation(request.method.toUpperCase(), path);
  if (match === undefined) return [`${request.method} ${path}: no operation that Steward may call (see prune.ts)`];
  const problems = [
    ...checkPath(match),
    ...checkQuery(match.operation, url.searchParams),
    ...checkBody(match.operation, request.body),
    ...(request.headers === undefined ? [] : checkHeaders(request.headers, request.body)),
  ];
  return problems.map((problem) => `${request.method} ${path} (${match.operation.operationId}): ${problem}`);
}

/** Throws unless GitHub's description allows the request. */
export function assertRequest(method: string, path: string, query: Readonly<Record<string, unknown>> = {}, body?: unknown): void {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const problems = checkRequest({ method, url: search === '' ? path : `${path}?${search}`, body });
  if (problems.length > 0) throw new Error(`GitHub's description does not allow this request:\n${problems.join('\n')}`);
}

/** What is needed of an Octokit to check what it sends. */
interface Hooked {
  readonly hook: { wrap(name: 'request', method: (request: Requester, options: Options) => unknown): void };
  readonly request: { readonly endpoint: { parse(options: Options): SentRequest & { method: string } } };
}
// Octokit's own types of these two differ between its versions.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Options = any;
type Requester = (options: Options) => unknown;

/** The same Octokit; from now on a request that GitHub's description does not allow throws before it is sent. */
export function validating<T extends Hooked>(octokit: T): T {
  octokit.hook.wrap('request', (request, options) => {
    const { method, url, body, headers } = octokit.request.endpoint.parse(options);
    const problems = checkRequest({ method, url, headers, body });
    if (problems.length > 0) throw new Error(`GitHub's description does not allow this request:\n${problems.join('\n')}`);
    return request(options);
  });
  return octokit;
}

/** What GitHub's description says against an answer. */
export function checkResponse(operation: Operation, status: number, body: unknown): readonly string[] {
  // Any operation may answer these, listed or not.
  if (status === 304 || status === 401 || status === 429 || status >= 500) return [];
  const schema = operation.responses[status] ?? operation.responses[`${String(status)[0] ?? ''}XX`];
  if (schema === undefined) return status >= 400 ? [] : [`${operation.operationId}: ${status} is not a documented status`];
  if (schema === null) return [];
  return schemas
    .check(schema)(body)
    .map((problem) => `${operation.operationId} answered ${status}: ${problem}`);
}

/** Fills in what GitHub's description requires of an answer and `body` leaves out. */
export function completeResponse(operationId: string, status: number, body: unknown): unknown {
  const schema = operationById(operationId).responses[status];
  return schema === undefined || schema === null ? body : schemas.complete(schema, body);
}

function checkPath({ operation, params }: Match): string[] {
  const expected = operation.parameters.filter((parameter) => parameter.in === 'path');
  return expected.flatMap(({ name, schema }) =>
    schemas
      .check(schema)(coerce(params[name] ?? '', schema))
      .map((problem) => `path ${name}: ${problem}`),
  );
}

/** GitHub describes that these answer with a `Link`, and not the parameter that it holds. */
const LINKED: ReadonlySet<string> = new Set(['dependency-graph/diff-range']);

function checkQuery(operation: Operation, query: URLSearchParams): string[] {
  const allowed = new Map(operation.parameters.filter(({ in: place }) => place === 'query').map((one) => [one.name, one]));
  const missing = [...allowed.values()].filter(({ name, required }) => required && !query.has(name));
  return [
    ...missing.map(({ name }) => `query ${name}: is required`),
    ...[...query].flatMap(([name, value]) => {
      const parameter = allowed.get(name);
      if (parameter === undefined && LINKED.has(operation.operationId) && name === 'page') return [];
      if (parameter === undefined) return [`query ${name}: no such parameter`];
      const limit = name === 'per_page' && Number(value) > 100 ? ['query per_page: at most 100'] : [];
      const problems = schemas.check(parameter.schema)(coerce(value, parameter.schema));
      return [...limit, ...problems.map((problem) => `query ${name}: ${problem}`)];
    }),
  ];
}

function checkBody(operation: Operation, sent: unknown): string[] {
  const value: unknown = typeof sent === 'string' ? parse(sent) : sent;
  if (operation.body === undefined) return isEmpty(value) ? [] : ['body: this operation takes none'];
  if (value === undefined) return operation.body.required ? ['body: is required'] : [];
  if (operation.body.schema === null) return [];
  const closed = closedBodies.get(operation.operationId) ?? schemas.close(operation.body.schema);
  closedBodies.set(operation.operationId, closed);
  return schemas
    .check(closed)(value)
    .map((problem) => `body ${problem}`);
}

function checkHeaders(headers: Readonly<Record<string, string | undefined>>, body: unknown): string[] {
  const type = headers['content-type'] ?? '';
  return [
    ...(headers['user-agent'] === undefined ? ['header user-agent: is required'] : []),
    ...(isEmpty(body) || type.startsWith('application/json') ? [] : [`header content-type: ${type || 'none'} is not JSON`]),
  ];
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === '' || (typeof body === 'object' && body !== null && Object.keys(body).length === 0);
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A path or query value in the type its schema names, where it can be read as one. */
function coerce(value: string, schema: Schema): unknown {
  const type = schemas.resolve(schema).type;
  if ((type === 'integer' || type === 'number') && /^-?\d+$/.test(value)) return Number(value);
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}
