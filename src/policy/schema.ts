/** The schema of a policy file, made from the list of rules: for parsing, and as JSON Schema for editors. */
import { z } from 'zod';
import type { AnyRule } from '../rules/rule.ts';
import { governanceShape, loosenable, type GovernanceText } from './governance-schema.ts';
import { CERTIFICATIONS, OVERRIDERS } from './policy.ts';
import type { Certification, LayerKind, Overrider } from './policy.ts';
import { readExtends } from './reference.ts';
import { ruleSchema, type RuleText } from './rule-schema.ts';
import { line } from './schema-words.ts';

/** A policy file that fits the schema. */
export interface PolicyText extends GovernanceText {
  readonly extends?: string;
  readonly description?: string;
  readonly checkName?: string;
  readonly mayLoosen?: readonly string[];
  readonly mayOverride?: Overrider;
  readonly readers?: readonly string[];
  readonly certification?: Certification;
  readonly rules?: Readonly<Record<string, RuleText>>;
}

/** Keys that only the organization's policy can set; a preset or a shared policy sets them on its behalf. */
export const ORGANIZATION_KEYS = [
  ...['checkName', 'mayLoosen', 'mayOverride', 'locked', 'mayOnlyTighten', 'lifecycle', 'groups', 'pilots', 'paused'],
  ...['maxNewFailures', 'maxWritesPerHour', 'waivers', 'notCheckable'],
] as const;

/** The name of the check run that shows problems of policy files; no other may have it. */
const RESERVED_NAME = 'Steward policy';

const certification = z
  .enum(CERTIFICATIONS)
  .optional()
  .describe(
    'How contributions are certified. dco, cla: by the rule of that name. both: by each of them. either: each commit by one of them. none: not at all. How firmly stands at the rules.',
  );

const made = new WeakMap<readonly AnyRule[], Map<boolean, z.ZodObject>>();

/** The schema of a policy file of a layer; made once for a list of rules. */
export function schemaOf(rules: readonly AnyRule[], layer: LayerKind): z.ZodObject {
  const isRepository = layer === 'repository';
  const known = made.get(rules) ?? new Map<boolean, z.ZodObject>();
  made.set(rules, known);
  const schema = known.get(isRepository) ?? (isRepository ? repositoryFile(rulesText(rules)) : organizationFile(rules));
  known.set(isRepository, schema);
  return schema;
}

/** JSON Schema of a policy file, for editors and `steward schema policy`. */
export function policySchema(rules: readonly AnyRule[]): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(schemaOf(rules, 'organization'), {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema, path }) => {
      delete jsonSchema['tighten'];
      // What groups say about rules is what the file says about them.
      if (path.join('/') !== 'properties/groups/items/properties/rules') return;
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      jsonSchema.$ref = '#/properties/rules';
    },
  });
  return { title: 'A policy of Steward', ...schema };
}

function organizationFile(rules: readonly AnyRule[]): z.ZodObject {
  const text = rulesText(rules);
  return repositoryFile(text).extend({
    checkName: line
      .max(100)
      .refine((name) => name.toLowerCase() !== RESERVED_NAME.toLowerCase(), 'Steward shows problems of policies under this name.')
      .optional()
      .describe('The name of the check run; "Steward" when nothing is written.'),
    mayLoosen: z
      .array(z.enum(loosenable(rules)))
      .max(200)
      .optional()
      .describe('What the policy of a repository may set freely: a rule, RULE.enforce, RULE.OPTION, or certification.'),
    mayOverride: z
      .enum(OVERRIDERS)
      .optional()
      .describe(
        'Whose word lets what a rule found on a pull request pass: that of people with this role on the repository or a higher one, and never for their own pull request; "maintain" when nothing is written.',
      ),
    ...governanceShape(rules, text, certification),
  });
}

function repositoryFile(rules: z.ZodType): z.ZodObject {
  return z.strictObject({
    extends: z
      .string()
      .refine((text) => readExtends(text) !== null, 'Expected the name of a preset, or OWNER/REPO[:PATH][@REF].')
      .optional()
      .describe('The policy to start from: the name of a preset, or OWNER/REPO[:PATH][@REF].'),
    description: z.string().max(2000).optional().describe('What this policy is for. Steward does not interpret it.'),
    readers: z
      .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'Expected the name of an account, as in github.com/NAME.'))
      .max(200)
      .optional()
      .describe('Other accounts that may extend this policy although its repository is private.'),
    certification,
    rules,
  });
}

function rulesText(rules: readonly AnyRule[]): z.ZodType {
  const shape = Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule).optional()]));
  return z.strictObject(shape).optional().describe('What is asked, by rule.');
}
