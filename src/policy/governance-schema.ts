/** What a policy file can say of its own governance: locks, stages, groups, pilots, pauses, limits and waivers. */
import { z } from 'zod';
import type { AnyRule } from '../rules/rule.ts';
import type { Lifecycle, NotCheckable, Pilot, Where } from './managed.ts';
import { VISIBILITIES } from './managed.ts';
import type { Certification } from './policy.ts';
import { sentence, shapeOf, type RuleText } from './rule-schema.ts';
import { day, line, repositoryGlob, slug } from './schema-words.ts';

/** A group as its file says it. */
export interface GroupText {
  readonly name: string;
  readonly where: Where;
  readonly certification?: Certification;
  readonly rules?: Readonly<Record<string, RuleText>>;
}

/** What a file says beside its rules. */
export interface GovernanceText {
  readonly locked?: readonly string[];
  readonly mayOnlyTighten?: readonly string[];
  readonly lifecycle?: Lifecycle;
  readonly groups?: readonly GroupText[];
  readonly pilots?: readonly (Omit<Pilot, 'title' | 'targets' | 'exitCriteria' | 'origin'> & Partial<Pilot>)[];
  readonly paused?: { readonly because: string; readonly until?: string };
  readonly maxNewFailures?: number;
  readonly maxWritesPerHour?: number;
  readonly waivers?: { readonly approvers?: readonly string[]; readonly maxDays?: number };
  readonly notCheckable?: readonly NotCheckable[];
}

const MAX_GROUPS = 2000;
const words = z.array(z.string().trim().min(1).max(100)).min(1).max(500);

const where = z
  .strictObject({
    names: z.array(repositoryGlob).min(1).max(2000).optional().describe('Names without the owner; * stands for any characters.'),
    topics: words.optional().describe('One of these topics.'),
    properties: z
      .record(z.string().min(1).max(75), words)
      .refine((one) => Object.keys(one).length > 0, 'It names no property.')
      .optional()
      .describe('Custom properties of GitHub: each has one of its values.'),
    visibility: z.array(z.enum(VISIBILITIES)).min(1).max(3).optional(),
    languages: words.optional().describe('The main language, as GitHub names it.'),
    stages: z.array(slug).min(1).max(50).optional().describe('Stages of the lifecycle; see "lifecycle".'),
  })
  .refine((one) => Object.keys(one).length > 0, {
    error: 'It means no repository.',
    params: { hint: 'Add names, topics, properties, visibility, languages or stages.' },
  })
  .describe('Which repositories. All keys that are given must match, each by one of its entries.');

const lifecycle = z
  .strictObject({
    property: z.string().trim().min(1).max(75).optional().describe('The custom property of GitHub that names the stage.'),
    stages: z
      .record(slug, z.array(repositoryGlob).max(2000))
      .optional()
      .describe('Repositories of a stage by name; decides before the property.'),
  })
  .describe("How a repository's stage in the lifecycle is told.");

const paused = z
  .strictObject({
    because: z.string().trim().min(1).max(1000).describe('Why, for everybody who reads a check.'),
    until: day.optional().describe('The last day of the pause: YYYY-MM-DD; until the key is removed when nothing is written.'),
  })
  .describe('Nothing fails, and nothing is written but check runs and answers to people.');

const waivers = z
  .strictObject({
    approvers: z
      .array(
        z
          .string()
          .regex(
            /^(?:team:[a-z0-9_](?:[a-z0-9_-]{0,98}[a-z0-9_])?|[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9_])?)$/,
            'Expected the login of a person, or team:SLUG of the organization.',
          ),
      )
      .max(200)
      .optional()
      .describe(
        'Who can approve a waiver: logins, or team:SLUG; whoever may write in the policy repository when nothing is written.',
      ),
    maxDays: z.int().min(1).max(3650).optional().describe('The longest that a waiver may last, in days.'),
  })
  .describe('Who may except from the policy, and for how long.');

/** The keys of governance, for the list of rules; `rules` is the schema of a file's rules. */
export function governanceShape(rules: readonly AnyRule[], rulesText: z.ZodType, certification: z.ZodType) {
  const names = z.array(z.enum(loosenable(rules))).max(200);
  return {
    locked: names
      .optional()
      .describe('What the layers after this one cannot change at all: a rule, RULE.enforce, RULE.OPTION, or certification.'),
    mayOnlyTighten: names
      .optional()
      .describe('What the layers after this one may only tighten: a rule, RULE.enforce, RULE.OPTION, or certification.'),
    lifecycle: lifecycle.optional(),
    groups: z
      .array(z.strictObject({ name: slug, where, certification, rules: rulesText.describe('What is asked of them, by rule.') }))
      .max(MAX_GROUPS)
      .optional()
      .describe('Repositories that are held to something else. Of several that match, the later one wins.'),
    pilots: z.array(pilot(rules)).max(100).optional().describe('Trials: some repositories, for a time, with targets.'),
    paused: paused.optional(),
    maxNewFailures: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe('How many repositories may newly fail by a change of the policy.'),
    maxWritesPerHour: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe('How many issues and comments Steward makes in an hour for the whole organization; 500 when nothing is written.'),
    waivers: waivers.optional(),
    notCheckable: z
      .array(z.strictObject({ ...sentence, why: z.string().trim().min(1).max(1000).describe('Why no rule can check it.') }))
      .max(500)
      .optional()
      .describe('Sentences of a written policy that no rule can check.'),
  };
}

/** Everything that `mayLoosen` can name: a rule, its `enforce`, or one of its options; and how contributions are certified. */
export function loosenable(rules: readonly AnyRule[]): readonly [string, ...string[]] {
  const names = rules.flatMap((rule) => [
    rule.id,
    `${rule.id}.enforce`,
    ...Object.keys(shapeOf(rule)).map((name) => `${rule.id}.${name}`),
  ]);
  return ['certification', ...names];
}

function pilot(rules: readonly AnyRule[]): z.ZodType {
  const target = z.strictObject({
    rule: z.enum(rules.map(({ id }) => id)),
    passing: z.number().min(0).max(100).describe('The share of repositories that pass at the end, in percent.'),
  });
  return z
    .strictObject({
      name: slug,
      title: line.optional(),
      owner: line.describe('Who answers for it: a login, a team or an address.'),
      where,
      start: day.describe('The first day: YYYY-MM-DD.'),
      end: day.describe('The last day: YYYY-MM-DD.'),
      targets: z.array(target).max(100).optional(),
      exitCriteria: z.array(z.string().trim().min(1).max(1000)).max(50).optional().describe('What must be so at the end.'),
    })
    .superRefine(({ start, end }, context) => {
      if (end >= start || ![start, end].every((one) => day.safeParse(one).success)) return;
      const hint = 'Write a last day that is not before the first.';
      context.addIssue({ code: 'custom', path: ['end'], message: `It is before the first day, ${start}.`, params: { hint } });
    });
}
