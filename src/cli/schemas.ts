/** The JSON that goes into and comes out of the command line, as schemas: facts in, verdicts out. */
import { z } from 'zod';
import type { Answer } from '../facts/answer.ts';
import type { Judged } from '../facts/subject.ts';
import type { Words } from '../facts/words.ts';
import type { Paused, Reached } from '../policy/managed.ts';
import { CERTIFICATIONS, LEVELS, OVERRIDERS, STRENGTHS, type Origin, type PolicyFile, type Problem } from '../policy/policy.ts';
import { REASON_CODES, type Granted, type Waiver } from '../policy/waivers/waiver.ts';
import {
  CONCLUSIONS,
  type Circumstances,
  type JudgedFinding,
  type Override,
  type RuleVerdict,
  type Verdict,
} from '../verdict/verdict.ts';

const name = z.string().min(1).max(200);
const sha = z
  .string()
  .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/)
  .describe('A full commit id.');
const count = z.int().min(0);
const repository = { owner: name, repo: name };

const subject = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('repository'), ...repository }),
    z.strictObject({ kind: z.literal('pull-request'), ...repository, number: count.describe('0: the commits of a clone.') }),
    z.strictObject({ kind: z.literal('merge-group'), ...repository, number: count, headSha: sha }),
  ])
  .describe('What is judged.') satisfies z.ZodType<Judged>;

const circumstances = z
  .strictObject({
    title: z.string().nullable(),
    url: z.string().nullable(),
    author: z.string().nullable(),
    baseRef: z.string().nullable(),
    isDraft: z.boolean(),
    defaultBranch: z.string().nullable(),
    isClone: z.boolean().optional().describe('A clone was judged, which does not hold everything.'),
  })
  .describe('What readers need to know of the subject beside its name.') satisfies z.ZodType<Circumstances>;

const answer = z.discriminatedUnion('known', [
  z.strictObject({ known: z.literal(true), value: z.json() }),
  z.strictObject({ known: z.literal(false), reason: z.string().describe('Completes "… is not known: ".') }),
]) satisfies z.ZodType<Answer<unknown>>;

/** One line that `judge` reads and `check --format facts` writes. */
export const factsLine = z
  .strictObject({
    subject,
    sha,
    at: z.iso.datetime().optional().describe('The time to judge at; now when it is left out.'),
    circumstances: circumstances.partial().optional(),
    facts: z.record(z.string(), answer).describe('Answers by the key of their question; what is missing is unknown.'),
  })
  .meta({ title: 'Facts of a subject' });
export type FactsLine = z.output<typeof factsLine>;

const words = z
  .array(
    z.union([
      z.string(),
      z.strictObject({ code: z.string() }),
      z.strictObject({ quote: z.string() }),
      z.strictObject({ link: z.string(), label: z.string() }),
    ]),
  )
  .describe("A sentence. Plain strings are Steward's own words; everything else is foreign text.") satisfies z.ZodType<Words>;

const line = z.int().min(1);
const outcome = z.enum(['pass', 'fail', 'exempt', 'unknown']);
const override = z.strictObject({
  rule: name,
  by: z.strictObject({ login: name, accountId: count }),
  permission: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
  url: z.string().nullable(),
  covers: z.array(z.string()),
}) satisfies z.ZodType<Override>;
const layer = z.enum(['built-in', 'preset', 'shared', 'organization', 'group', 'repository']);
const origin = z.strictObject({
  layer,
  source: z.string(),
  line: line.nullable(),
  group: z.string().optional().describe('Of the organization.'),
}) satisfies z.ZodType<Origin>;
const waiver = z.strictObject({
  id: name,
  source: z.string(),
  rule: name,
  scope: z.strictObject({
    repositories: z.array(z.string()),
    paths: z.array(z.string()).optional(),
    packages: z.array(z.string()).optional(),
    people: z.array(z.string()).optional(),
  }),
  reason: z.string(),
  code: z.enum(REASON_CODES).nullable(),
  approver: z.string(),
  requestedBy: z.string().nullable(),
  until: z.string().describe('The last day, in UTC.'),
  discussion: z.string().nullable(),
}) satisfies z.ZodType<Waiver>;
const granted = waiver.extend({
  approvedBy: z.string(),
  url: z.string().describe('The merged pull request.'),
  ends: z.string().describe('The moment it ends.'),
}) satisfies z.ZodType<Granted>;
const level = z.enum(LEVELS);
const rollout = z.strictObject({
  step: z.int().min(0).nullable(),
  aim: level,
  next: z.strictObject({ enforce: level, from: z.string() }).nullable(),
  grace: z.strictObject({ reason: z.enum(['new-repository', 'first-contribution']), until: z.string().nullable() }).nullable(),
}) satisfies z.ZodType<Reached>;
const paused = z.strictObject({ because: z.string(), until: z.string().nullable(), origin }) satisfies z.ZodType<Paused>;
const file = z.strictObject({
  layer,
  source: z.string(),
  commit: z.string().nullable(),
  oid: z.string().nullable(),
}) satisfies z.ZodType<Omit<PolicyFile, 'text'>>;

const finding = z.strictObject({
  outcome,
  about: z.string().describe('Stable from one evaluation to the next.'),
  says: words,
  fix: words.optional(),
  commands: z.array(z.string()).optional(),
  location: z.strictObject({ path: z.string(), line: line.optional() }).optional(),
  create: z.string().optional(),
  evidence: z.string().optional(),
  reply: z.string().optional(),
  paste: z.string().optional(),
  page: z.string().optional(),
  commits: z.array(z.string()).optional(),
  accountId: count.optional(),
  isLasting: z.boolean().optional(),
  until: z.string().optional(),
  isExcepted: z.boolean().optional(),
  login: z.string().optional().describe('The account that it is about.'),
  packageUrl: z.string().optional().describe('The package that it is about.'),
  briefly: words.optional(),
  isOverridden: z.boolean().optional(),
  waivedBy: z.string().optional().describe('The id of the waiver that covers it.'),
  isExisting: z.boolean().describe('The base fails in the same way: shown, and never held against the contribution.'),
}) satisfies z.ZodType<JudgedFinding>;

const rule = z.strictObject({
  id: name,
  on: z.enum(['contribution', 'repository', 'default-branch']),
  title: z.string(),
  why: z.string(),
  fix: z.string(),
  headline: z.string().optional(),
  enforce: z.enum(LEVELS).exclude(['off']),
  clause: z.strictObject({ says: z.string(), url: z.string().optional(), strength: z.enum(STRENGTHS).optional() }).nullable(),
  origin: origin.nullable(),
  outcome: z.enum([...outcome.options, 'overridden', 'waived']),
  findings: z.array(finding),
  options: z.string().describe('Names the options it was judged by.'),
  overrides: z.array(override).optional(),
  waivers: z.array(granted).optional(),
  endedWaivers: z.array(waiver).optional().describe('Waivers that ended lately and covered what fails now.'),
  ownWaivers: z.array(granted).optional().describe("Waivers that would cover what fails if it were not their approver's own."),
  rollout: rollout.optional().describe('How far the roll-out of the rule has come.'),
}) satisfies z.ZodType<RuleVerdict>;

const problem = z.strictObject({
  source: z.string(),
  line,
  column: line,
  path: z.string(),
  severity: z.enum(['error', 'notice']),
  message: z.string(),
  hint: z.string().nullable(),
}) satisfies z.ZodType<Problem>;

/** What `check --format json` prints and `judge` writes, one a line. */
export const verdict = z
  .strictObject({
    version: z.literal(1),
    subject,
    sha: z.string().describe('The commit that was judged.'),
    at: z.iso.datetime(),
    policy: z.strictObject({
      checkName: z.string(),
      isDefault: z.boolean(),
      certification: z.enum(CERTIFICATIONS).nullable(),
      mayOverride: z.enum(OVERRIDERS),
      files: z.array(file),
      groups: z.array(z.string()).optional(),
      paused: paused.optional(),
    }),
    until: z.string().optional().describe('When the verdict changes by itself.'),
    circumstances,
    conclusion: z.enum(CONCLUSIONS),
    rules: z.array(rule),
    isIncomplete: z.boolean(),
    help: z.literal('override').optional(),
    refused: z.array(z.strictObject({ login: name, text: z.string(), reason: z.string() })).optional(),
    problems: z.array(problem),
  })
  .meta({ title: 'Verdict' }) satisfies z.ZodType<Verdict>;

/** A schema as JSON Schema, draft 2020-12. */
export function jsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', reused: 'ref' });
}
