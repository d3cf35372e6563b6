/** GraphQL documents held against GitHub's published schema: syntax, fields, variables, paging and cost. */
import { readFileSync } from 'node:fs';
import { buildClientSchema, getOperationAST, parse, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema, IntrospectionQuery, OperationDefinitionNode } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { costOf } from './cost.ts';

const published = new URL('../../../../node_modules/@octokit/graphql-schema/schema.json', import.meta.url);
let built: GraphQLSchema | undefined;

/** GitHub's published schema; built on first use, because it is 5 MB. */
export function githubSchema(): GraphQLSchema {
  built ??= buildClientSchema(JSON.parse(readFileSync(published, 'utf8')) as IntrospectionQuery, { assumeValid: true });
  return built;
}

export interface Checked {
  readonly document: DocumentNode | null;
  readonly problems: readonly string[];
}

const checked = new Map<string, Checked>();

/** A document parsed and validated; once for each text. */
export function checkDocument(text: string): Checked {
  const seen = checked.get(text);
  if (seen !== undefined) return seen;
  const result = readDocument(text);
  checked.set(text, result);
  return result;
}

function readDocument(text: string): Checked {
  try {
    const document = parse(text);
    return { document, problems: validate(githubSchema(), document).map((error) => error.message) };
  } catch (error) {
    return { document: null, problems: [String(error)] };
  }
}

/** A GraphQL request as it is sent. */
export interface GraphqlBody {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Everything the schema says against a GraphQL request; empty when it is right. */
export function checkGraphql(method: string, sent: unknown): readonly string[] {
  if (method.toUpperCase() !== 'POST') return [`${method} /graphql: only POST is answered`];
  const body = (typeof sent === 'string' ? JSON.parse(sent) : sent) as Partial<GraphqlBody> | null;
  if (typeof body?.query !== 'string') return ['POST /graphql: the body has no query'];
  const { document, problems } = checkDocument(body.query);
  if (document === null || problems.length > 0) return problems.map((problem) => `graphql: ${problem}`);
  const unknown = Object.keys(body).filter((key) => !['query', 'variables', 'operationName'].includes(key));
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) return ['graphql: the document needs exactly one operation'];
  return [
    ...unknown.map((key) => `graphql: the body has an unknown field ${key}`),
    ...checkVariables(operation, body.variables ?? {}),
    ...costOf(document, body.variables ?? {}).problems.map((problem) => `graphql: ${problem}`),
  ];
}

function checkVariables(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): string[] {
  const definitions = operation.variableDefinitions ?? [];
  const declared = new Set(definitions.map((definition) => definition.variable.name.value));
  const extra = Object.keys(variables).filter((name) => !declared.has(name));
  const { errors = [] } = getVariableValues(githubSchema(), definitions, variables);
  return [
    ...extra.map((name) => `graphql: the document declares no variable $${name}`),
    ...errors.map((error) => `graphql: ${error.message}`),
  ];
}
