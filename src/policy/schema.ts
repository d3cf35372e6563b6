/** The schema of a policy file, made from the list of rules: for parsing, and as JSON Schema for editors. */
import { z } from 'zod';
import type { AnyRule, Options } from '../rules/rule.ts';
import { CERTIFICATIONS, LEVELS, OVERRIDERS } from './policy.ts';
import type { Certification, Clause, LayerKind, Level, Overrider } from './policy.ts';
import { readExtends } from './reference.ts';

/** A rule's part of a policy file: options stand beside `enforce` and `clause`. */
export type RuleText = { readonly enforce?: Level; readonly clause?: Clause } & Readonly<Record<string, unknown>>;

/** A policy file that fits the schema. */
export interface PolicyText {
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
export const ORGANIZATION_KEYS = ['checkName', 'mayLoosen', 'mayOverride'] as const;

/** The name of the check run that shows problems of policy files; no other may have it. */
const RESERVED_NAME = 'Steward policy';

const clause = z
  .strictObject({
    says: z.string().min(1).max(1000).describe('The sentence, word for word.'),
    url: z
      .url({ protocol: /^https?$/, error: 'Expected a web address that starts with https://.' })
      .max(2000)
      .optional()
      .describe('Where it can be read.'),
  })
  .describe('The sentence of a written policy that this rule carries out. It is shown with every finding.');

const enforce = z
  .enum(LEVELS)
  .describe('off: not asked. observe: told in the check only. warn: neutral check and a comment. block: failing check.');

const made = new WeakMap<readonly AnyRule[], Map<boolean, z.ZodObject>>();

/** The schema of a policy file of a layer; made once for a list of rules. */
export function schemaOf(rules: readonly AnyRule[], layer: LayerKind): z.ZodObject {
  const isRepository = layer === 'repository';
  const known = made.get(rules) ?? new Map<boolean, z.ZodObject>();
  made.set(rules, known);
  const schema = known.get(isRepository) ?? (isRepository ? repositoryFile(rules) : organizationFile(rules));
  known.set(isRepository, schema);
  return schema;
}

/** JSON Schema of a policy file, for editors and `steward schema policy`. */
export function policySchema(rules: readonly AnyRule[]): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(schemaOf(rules, 'organization'), {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      delete jsonSchema['tighten'];
    },
  });
  return { title: 'A policy of Steward', ...schema };
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

/** The options of a rule by name. */
export function shapeOf(rule: AnyRule): Readonly<Record<string, z.ZodType>> {
  return (rule.options as Options).shape;
}

/** An option's schema without its default, and the schemas that were around it, outermost first. */
export function layersOf(option: z.ZodType): readonly [...z.ZodType[], z.ZodType] {
  const wrapped = option instanceof z.ZodDefault || option instanceof z.ZodPrefault || option instanceof z.ZodOptional;
  return wrapped ? [option, ...layersOf(option.unwrap() as z.ZodType)] : [option];
}

function organizationFile(rules: readonly AnyRule[]): z.ZodObject {
  return repositoryFile(rules).extend({
    checkName: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u, 'Expected one line of plain text.')
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
  });
}

function repositoryFile(rules: readonly AnyRule[]): z.ZodObject {
  const rulesShape = Object.fromEntries(rules.map((rule) => [rule.id, ruleText(rule).optional()]));
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
    certification: z
      .enum(CERTIFICATIONS)
      .optional()
      .describe(
        'How contributions are certified. dco, cla: by the rule of that name. both: by each of them. either: each commit by one of them. none: not at all. How firmly stands at the rules.',
      ),
    rules: z.strictObject(rulesShape).optional().describe('What is asked, by rule.'),
  });
}

function ruleText(rule: AnyRule): z.ZodObject {
  const options = Object.entries(shapeOf(rule)).map(([name, option]) => [name, unset(option)] as const);
  const shape = { enforce: enforce.optional(), clause: clause.optional(), ...Object.fromEntries(options) };
  return z.strictObject(shape).describe(`${rule.title}.`);
}

/** An option that stays absent when no file sets it; editors still see its description and its default. */
function unset(option: z.ZodType): z.ZodType {
  const layers = layersOf(option);
  const bare = layers.at(-1) ?? option;
  const described = Object.assign({}, ...layers.map((layer) => layer.meta() ?? {}).reverse()) as Record<string, unknown>;
  const usual = option.safeParse(undefined);
  return bare.meta(usual.success ? { ...described, default: usual.data } : described).optional();
}
