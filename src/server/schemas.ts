/** The JSON Schemas of the files that people write, and the pages at which editors find them. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { policySchema } from '../policy/schema.ts';
import { waiverSchema } from '../policy/waivers/schema.ts';
import type { AnyRule } from '../rules/rule.ts';
import { EXPECTABLE, formsOf, MAX_CASES } from '../verdict/policy-test-schema.ts';
import { refuse, send, type Site } from './front.ts';

/** The files that have a schema. */
export const FILES = ['policy', 'waiver', 'policy-test'] as const;
export type FileKind = (typeof FILES)[number];

/** JSON Schema, draft 7, of a kind of file. */
export function fileSchema(kind: FileKind, rules: readonly AnyRule[]): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'policy':
      return policySchema(rules);
    case 'waiver':
      return waiverSchema(rules);
    case 'policy-test':
      return policyTestSchema(rules);
  }
}

/** A schema as the text of a file. */
export function schemaText(kind: FileKind, rules: readonly AnyRule[]): string {
  return `${JSON.stringify(fileSchema(kind, rules), null, 2)}\n`;
}

const PATH = /^\/schemas\/([a-z-]{1,20})\.json$/;
const HOUR = 3600;

/** Answers `/schemas/policy.json`, `/schemas/waiver.json` and `/schemas/policy-test.json`, to editors in browsers, too. */
export function schemaPages(rules: readonly AnyRule[]): Site {
  const made = new Map<FileKind, { readonly text: string; readonly tag: string }>();
  return (request, response, path) => {
    const kind = FILES.find((one) => one === PATH.exec(path)?.[1]);
    if (kind === undefined) return Promise.resolve(false);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, 'This page can only be read.', { allow: 'GET, HEAD' });
      return Promise.resolve(true);
    }
    const { text, tag } = made.get(kind) ?? tagged(schemaText(kind, rules));
    made.set(kind, { text, tag });
    const isKnown = request.headers['if-none-match'] === tag;
    send(response, isKnown ? 304 : 200, 'application/schema+json', isKnown ? '' : text, {
      'cache-control': `public, max-age=${HOUR}`,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      etag: tag,
    });
    return Promise.resolve(true);
  };
}

function tagged(text: string): { readonly text: string; readonly tag: string } {
  return { text, tag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"` };
}

/** Policy tests are read case by case, so that each is told its own problems; an editor sees one form. */
function policyTestSchema(rules: readonly AnyRule[]): Readonly<Record<string, unknown>> {
  const { ofRule, ofRecorded } = formsOf(rules);
  const one = z.union([z.enum(EXPECTABLE), ofRule.shape.expect]);
  const expect = z.strictObject(Object.fromEntries(rules.map(({ id }) => [id, one.optional()])));
  const cases = z
    .array(z.union([ofRule, z.strictObject({ ...ofRecorded.shape, expect })]))
    .min(1)
    .max(MAX_CASES);
  const file = z.strictObject({ tests: cases.describe('The cases, each with what is given and what is expected of it.') });
  const schema = z.toJSONSchema(file, { target: 'draft-7', io: 'input', unrepresentable: 'any', reused: 'ref' });
  return { title: 'Policy tests of Steward', ...schema };
}
