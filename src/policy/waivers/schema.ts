/** The schema of a waiver file: for parsing, and as JSON Schema for editors. */
import { z } from 'zod';
import type { Answer } from '../../facts/answer.ts';
import { readGlob } from '../../facts/license/glob.ts';
import { PACKAGE_PATTERN } from '../../rules/licensing/package-pattern.ts';
import { typeProblem } from '../../rules/licensing/package-type.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { listed } from '../problem.ts';
import { globOf } from '../where.ts';
import { REASON_CODES } from './waiver.ts';

/** A reason shorter than this gives none. */
export const SHORTEST_REASON = 10;
export const LONGEST_REASON = 1000;

/** Logins as GitHub gives them, with the underscore of managed users. */
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const PERSON = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?$/;
const LOGIN_WANTED = 'Expected a login, as in github.com/LOGIN.';

const login = z.string().regex(LOGIN, LOGIN_WANTED);

const made = new WeakMap<readonly AnyRule[], ReturnType<typeof schemaFor>>();

/** The schema of a waiver file; made once for a list of rules. */
export function waiverSchemaOf(rules: readonly AnyRule[]): ReturnType<typeof schemaFor> {
  const schema = made.get(rules) ?? schemaFor(rules);
  made.set(rules, schema);
  return schema;
}

/** JSON Schema of a waiver file, for editors. */
export function waiverSchema(rules: readonly AnyRule[]): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(waiverSchemaOf(rules), { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return { title: 'A waiver of Steward', ...schema };
}

function schemaFor(rules: readonly AnyRule[]) {
  return z.strictObject({
    rule: ruleId(rules.map(({ id }) => id)),
    repositories: z
      .array(pattern(globOf, 'cardano-*'))
      .min(1)
      .max(200)
      .describe('Names of repositories, without the owner; * stands for any characters and ? for one.'),
    paths: z
      .array(pattern((text) => readGlob(text, 'path'), 'vendor/**'))
      .min(1)
      .max(200)
      .optional()
      .describe('Paths from the root; * stands for any characters but /, and ** for whole folders. Without it every path.'),
    packages: z
      .array(z.string().regex(PACKAGE_PATTERN, PACKAGE_WANTED).superRefine(ofKnownType))
      .min(1)
      .max(200)
      .optional()
      .describe('Package URLs, such as pkg:npm/left-pad@1.*; without it every package.'),
    people: z
      .array(z.string().regex(PERSON, LOGIN_WANTED))
      .min(1)
      .max(200)
      .optional()
      .describe('Logins of the people whom the finding is about; without it everybody.'),
    reason: z
      .string()
      .max(LONGEST_REASON)
      .superRefine((text, context) => {
        if (Array.from(text.trim()).length >= SHORTEST_REASON) return;
        const message = `Expected a reason of at least ${SHORTEST_REASON} characters.`;
        context.addIssue({ code: 'custom', message, params: { hint: 'Say why the rule does not fit here.' } });
      })
      .describe('Why. It is shown wherever the waiver is used.'),
    code: z.enum(REASON_CODES).optional().describe("The kind of reason, in OpenSSF Scorecard's words."),
    approver: login.describe('The login of whoever approves it in a review: never of those whom it covers, or who asked for it.'),
    requestedBy: z.string().regex(PERSON, LOGIN_WANTED).optional().describe('The login of whoever asked for it.'),
    until: z.iso.date('Expected a day of the calendar, such as 2026-01-31.').describe('The last day, in UTC.'),
    discussion: z
      .url({ protocol: /^https$/, error: 'Expected a web address that starts with https://.' })
      .max(2000)
      .optional()
      .describe('Where it was asked for or talked about.'),
  });
}

/** Not an enumeration, so that a file without the key is told what is missing; editors see one all the same. */
function ruleId(ids: readonly string[]) {
  return z
    .string()
    .superRefine((text, context) => {
      if (ids.includes(text)) return;
      context.addIssue({ code: 'custom', message: `The rules are: ${listed(ids)}.`, params: { allowed: ids } });
    })
    .meta({ enum: ids, description: 'The rule, by its id.' });
}

const PACKAGE_WANTED = 'Expected a package URL, such as pkg:npm/left-pad, pkg:npm/@acme/* or pkg:cargo/ring@0.17.*.';

function ofKnownType(text: string, context: z.core.$RefinementCtx<string>): void {
  const problem = typeProblem(text);
  if (problem !== null) context.addIssue(problem);
}

/** A text that reads as a pattern. */
function pattern(read: (text: string) => Answer<unknown>, like: string) {
  return z.string().superRefine((text, context) => {
    const answer = read(text);
    if (!answer.known) context.addIssue(`Expected a pattern such as ${like}; ${answer.reason}.`);
  });
}
