/**
 * Cuts GitHub's OpenAPI description down to the operations Steward may call, and writes openapi.json beside this file.
 *
 * The package is 385 MB, so it is never a dependency. To regenerate, install it into a folder outside the checkout:
 *
 *     mkdir ../openapi && cd ../openapi && npm init -y && npm install @octokit/openapi@23 && cd -
 *     node test/support/github/prune.ts ../openapi/node_modules/@octokit/openapi/generated/api.github.com.json
 *     npx prettier --config .config/prettier.json --write test/support/github/openapi.json
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

/** What Steward may call; an operation that is not listed here is a failure in every test. */
const OPERATIONS = [
  'apps/get-authenticated apps/list-installations apps/get-installation apps/create-installation-access-token',
  'apps/get-org-installation apps/get-user-installation apps/get-repo-installation apps/list-repos-accessible-to-installation',
  'apps/list-webhook-deliveries apps/get-webhook-delivery apps/redeliver-webhook-delivery apps/create-from-manifest',
  'checks/create checks/update checks/get checks/list-for-ref checks/list-annotations',
  'issues/list-for-repo issues/create issues/update issues/get',
  'issues/list-comments issues/create-comment issues/update-comment issues/get-comment issues/delete-comment',
  'reactions/create-for-issue-comment repos/custom-properties-for-repos-get-repository-values',
  'pulls/list pulls/get pulls/list-files pulls/list-commits',
  'repos/get repos/list-for-org repos/list-for-user repos/list-for-authenticated-user repos/get-content',
  'repos/list-commits repos/get-commit repos/compare-commits-with-basehead repos/list-pull-requests-associated-with-commit',
  'repos/get-collaborator-permission-level repos/get-branch git/get-blob git/get-tree git/get-commit git/get-ref',
  'dependency-graph/diff-range',
  'orgs/get orgs/get-membership-for-user users/get-by-username users/get-authenticated rate-limit/get meta/root',
].flatMap((line) => line.split(' '));

/** Says nothing about what is valid. */
const PROSE = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'deprecated',
  'discriminator',
  'title',
]);

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON Schema instead of OpenAPI 3.0: `nullable` becomes a type, prose goes. `named` says the keys are names, not keywords. */
function clean(value: Json, named = false): Json {
  if (Array.isArray(value)) return value.map((item) => clean(item));
  if (!isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (!named && (PROSE.has(key) || key.startsWith('x-') || key === 'nullable' || key === 'default')) continue;
    kept[key] = key === 'enum' ? item : clean(item, !named && (key === 'properties' || key === 'patternProperties'));
  }
  return !named && value.nullable === true ? orNull(kept) : kept;
}

function orNull(schema: JsonObject): JsonObject {
  if (typeof schema.type !== 'string' || 'allOf' in schema || 'oneOf' in schema || 'anyOf' in schema) {
    return { anyOf: [schema, { type: 'null' }] };
  }
  const values: JsonObject = Array.isArray(schema.enum) ? { enum: [...new Set([...schema.enum, null])] } : {};
  return { ...schema, ...values, type: [schema.type, 'null'] };
}

const description = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as JsonObject;

function resolve(value: Json | undefined): JsonObject {
  if (!isObject(value)) return {};
  if (typeof value.$ref !== 'string') return value;
  return resolve(
    value.$ref
      .slice(2)
      .split('/')
      .reduce<Json>((at, key) => (at as JsonObject)[key] ?? {}, description),
  );
}

function jsonSchema(body: JsonObject): Json | null {
  const content = isObject(body.content) ? body.content : {};
  const media = content['application/json'] ?? content['application/scim+json'];
  return isObject(media) && media.schema !== undefined ? clean(media.schema) : null;
}

function operation(source: JsonObject): JsonObject {
  const body = resolve(source.requestBody);
  const parameters = (source.parameters as Json[] | undefined) ?? [];
  return {
    operationId: source.operationId ?? '',
    parameters: parameters.map(resolve).map((parameter) => ({
      name: parameter.name ?? '',
      in: parameter.in ?? '',
      required: parameter.required === true,
      ...(parameter['x-multi-segment'] === true ? { multiSegment: true } : {}),
      schema: clean(parameter.schema ?? {}),
    })),
    ...(source.requestBody === undefined ? {} : { body: { required: body.required === true, schema: jsonSchema(body) } }),
    responses: Object.fromEntries(
      Object.entries(source.responses as JsonObject).map(([status, response]) => [status, jsonSchema(resolve(response))]),
    ),
  };
}

/** Names of all component schemas a value refers to, directly or through others. */
function references(value: Json, schemas: JsonObject, found = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    references(schemas[name] ?? null, schemas, found);
  }
  return found;
}

const wanted = new Set(OPERATIONS);
const paths: JsonObject = {};
for (const [path, methods] of Object.entries(description.paths as Record<string, JsonObject>)) {
  for (const [method, source] of Object.entries(methods)) {
    if (!isObject(source) || typeof source.operationId !== 'string' || !wanted.delete(source.operationId)) continue;
    paths[path] = { ...(paths[path] as JsonObject | undefined), [method]: operation(source) };
  }
}
if (wanted.size > 0) throw new Error(`GitHub's description has no operation ${[...wanted].join(', ')}.`);

const components = (description.components as Record<string, JsonObject>).schemas ?? {};
const schemas = Object.fromEntries(
  [...references(paths, components)].sort().map((name) => [name, clean(components[name] ?? {})]),
);
const version = isObject(description.info) ? (description.info.version ?? null) : null;
writeFileSync(new URL('openapi.json', import.meta.url), `${JSON.stringify({ version, paths, components: { schemas } })}\n`);
