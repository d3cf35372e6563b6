/** GitHub's REST operations that Steward may call, as pruned from GitHub's OpenAPI description. */
import { readFileSync } from 'node:fs';

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly multiSegment?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  /** The path as GitHub documents it, with names in braces. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly schema: Schema | null };
  /** Null: the answer has no JSON body. */
  readonly responses: Readonly<Record<string, Schema | null>>;
}

export interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

interface Description {
  readonly version: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path'>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export const description = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')) as Description;

export const operations: readonly Operation[] = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
);

const byId = new Map(operations.map((operation) => [operation.operationId, operation]));

export function operationById(id: string): Operation {
  const operation = byId.get(id);
  if (operation === undefined) throw new Error(`openapi.json has no operation ${id}: add it to prune.ts and regenerate.`);
  return operation;
}

/** Literal segments win over parameters, so they are tried first. */
const bySpecificity = [...operations].sort((a, b) => literals(b.path) - literals(a.path));

function literals(path: string): number {
  return path.split('/').filter((part) => !part.startsWith('{')).length;
}

/** The operation a request means; undefined when GitHub's pruned description has none. */
export function matchOperation(method: string, pathname: string): Match | undefined {
  const segments = pathname.split('/').slice(1);
  for (const operation of bySpecificity) {
    if (operation.method !== method) continue;
    const params = matchPath(operation, segments);
    if (params !== undefined) return { operation, params };
  }
  return undefined;
}

function matchPath(operation: Operation, segments: readonly string[]): Readonly<Record<string, string>> | undefined {
  const pattern = operation.path.split('/').slice(1);
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const name = part.startsWith('{') ? part.slice(1, -1) : undefined;
    const isRest = operation.parameters.some((parameter) => parameter.name === name && parameter.multiSegment === true);
    const segment = isRest && index === pattern.length - 1 ? segments.slice(index).join('/') : segments[index];
    if (segment === undefined) return undefined;
    if (name === undefined && part !== segment) return undefined;
    if (name !== undefined) params[name] = decode(segment);
    if (isRest && index === pattern.length - 1) return params;
  }
  return pattern.length === segments.length ? params : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
