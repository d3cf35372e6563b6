/** Editors get a schema that fits what people write: every preset, every example of the documentation, every policy test. */
import { globSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { readYaml } from '../../src/policy/yaml.ts';
import { rules } from '../../src/rules/index.ts';
import { createHttpServer, listen, pathOf, refuse } from '../../src/server/front.ts';
import { FILES, fileSchema, schemaPages, type FileKind } from '../../src/server/schemas.ts';
import { aLog } from '../support/server.ts';

const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const CHECKS = new Map(FILES.map((kind) => [kind, ajv.compile(fileSchema(kind, rules))]));

/** What an editor would underline. */
function underlined(kind: FileKind, text: string): readonly string[] {
  const check = CHECKS.get(kind);
  if (!check) throw new Error(`There is no schema of ${kind}.`);
  check(readYaml(text).value);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

function kindOfExample(text: string): FileKind {
  if (/^tests:/m.test(text)) return 'policy-test';
  return /^rule:/m.test(text) ? 'waiver' : 'policy';
}

test.each(globSync('policies/*.yml').sort())('the preset %s fits', (file) => {
  expect(underlined('policy', readFileSync(file, 'utf8'))).toEqual([]);
});

test.each(globSync('policies/tests/*.test.yml').sort())('the policy tests %s fit', (file) => {
  expect(underlined('policy-test', readFileSync(file, 'utf8'))).toEqual([]);
});

test('every example of the documentation fits', () => {
  const pages = ['docs/policy.md', 'docs/licenses.md', 'docs/decisions/0008-policy-as-a-product.md'];
  const examples = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? ''),
  );
  expect(examples.length).toBeGreaterThan(10);
  expect(examples.map((text) => [underlined(kindOfExample(text), text), text]).filter(([found]) => found?.length)).toEqual([]);
});

test.each<readonly [FileKind, string, string]>([
  ['policy', 'rule: {}', ' must NOT have additional properties'],
  ['policy', 'rules: {dco: {enforce: on}}', '/rules/dco/enforce must be equal to one of the allowed values'],
  ['waiver', 'rule: dco', " must have required property 'until'"],
  [
    'policy-test',
    'tests: [{name: a, rule: dco, expect: {outcome: fails}}]',
    '/tests/0/expect/outcome must be equal to one of the allowed values',
  ],
])('a slip in a %s is underlined: %s', (kind, text, expected) => {
  expect(underlined(kind, text)).toContain(expected);
});

describe('over HTTP', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const site = schemaPages(rules);
    server = createHttpServer(aLog().log, async (request, response) => {
      if (!(await site(request, response, pathOf(request)))) refuse(response, 404, 'There is nothing here.');
    });
    url = await listen(server, { host: '127.0.0.1', port: 0 });
  });
  afterAll(() => {
    server.close();
  });

  test.each(FILES)('the schema of a %s is there for editors, those in browsers too, and is not sent twice', async (kind) => {
    const answer = await fetch(`${url}/schemas/${kind}.json`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/schema+json',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=3600',
    });
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(fileSchema(kind, rules))));
    const tag = answer.headers.get('etag') ?? '';
    const again = await fetch(`${url}/schemas/${kind}.json`, { headers: { 'if-none-match': tag } });
    expect({ status: again.status, text: await again.text() }).toEqual({ status: 304, text: '' });
  });

  test.each(['/schemas/verdict.json', '/schemas/', '/schemas/policy', '/schemas/__proto__.json', '/schemas/..%2fpolicy.json'])(
    '%s is nothing',
    async (path) => {
      expect((await fetch(url + path)).status).toBe(404);
    },
  );

  test('a schema can only be read', async () => {
    expect((await fetch(`${url}/schemas/policy.json`, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await fetch(`${url}/schemas/policy.json`, { method: 'HEAD' })).status).toBe(200);
  });
});
