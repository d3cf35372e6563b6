/** The form of a policy test file: a list of cases, each with what is given and what is expected of it. */
import { z } from 'zod';
import { LEVELS } from '../policy/policy.ts';
import { VISIBILITIES } from '../policy/managed.ts';
import type { AnyRule } from '../rules/rule.ts';

/** At most so many cases are in a file. */
export const MAX_CASES = 500;

/** What can be expected of a rule; `off`: it is not asked. */
export const EXPECTABLE = ['pass', 'fail', 'exempt', 'unknown', 'off'] as const;

const day = z.iso.date({ error: 'Expected a day such as 2026-12-31.' });
const word = z.string().min(1).max(200);

/** What a test says of the repository. What is left out, the repository has not: nothing about it is unknown. */
const repository = z.strictObject({
  name: word.default('example'),
  owner: word.default('example-org'),
  topics: z.array(word).max(100).default([]),
  properties: z.record(word, z.union([word, z.array(word).max(100)])).default({}),
  visibility: z.enum(VISIBILITIES).default('public'),
  language: word.nullable().default(null),
  createdAt: day.default('2008-01-01'),
});

const finding = z
  .strictObject({
    outcome: z.enum(EXPECTABLE).exclude(['off']).optional(),
    about: z.string().min(1).max(1000).optional(),
    says: z.string().min(1).max(2000).optional(),
  })
  .refine((keys) => Object.keys(keys).length > 0, 'Expected "outcome", "about" or "says".');

const expectation = z
  .strictObject({
    outcome: z.enum(EXPECTABLE).optional(),
    enforce: z.enum(LEVELS).optional(),
    findings: z.array(finding).min(1).max(100).optional(),
  })
  .refine((keys) => Object.keys(keys).length > 0, 'Expected "outcome", "enforce" or "findings".');
export type Expectation = z.output<typeof expectation>;

const common = {
  name: z.string().trim().min(1).max(200),
  repository: repository.optional(),
  at: day.optional(),
  firstContribution: z.boolean().optional(),
};

/** The forms of a case, and of a whole file, for a list of rules. */
export interface Forms {
  readonly file: z.ZodObject<{ tests: z.ZodArray<z.ZodRecord<z.ZodString, z.ZodUnknown>> }>;
  readonly ofRule: ReturnType<typeof ofRule>;
  readonly ofRecorded: ReturnType<typeof ofRecorded>;
}

const made = new WeakMap<readonly AnyRule[], Forms>();

/** Made once for a list of rules. */
export function formsOf(rules: readonly AnyRule[]): Forms {
  const known = made.get(rules);
  if (known) return known;
  const ids = rules.map(({ id }) => id);
  const cases = z.array(z.record(z.string(), z.unknown())).min(1).max(MAX_CASES);
  const forms: Forms = { file: z.strictObject({ tests: cases }), ofRule: ofRule(ids), ofRecorded: ofRecorded(ids) };
  made.set(rules, forms);
  return forms;
}

function ofRule(ids: readonly string[]) {
  return z.strictObject({
    ...common,
    rule: z.enum(ids as readonly [string, ...string[]]),
    facts: z.record(z.string(), z.unknown()).optional(),
    example: word.optional(),
    expect: expectation,
  });
}

function ofRecorded(ids: readonly string[]) {
  const expected = Object.fromEntries(ids.map((id) => [id, expectation.optional()]));
  return z.strictObject({
    ...common,
    recorded: word,
    expect: z.strictObject(expected).refine((keys) => Object.keys(keys).length > 0, 'Expected the id of a rule.'),
  });
}
