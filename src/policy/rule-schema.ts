/** What a policy file can say about one rule: how firmly, since when and for whom, and the rule's own options. */
import { z } from 'zod';
import type { AnyRule, Options } from '../rules/rule.ts';
import type { Grace, Step } from './managed.ts';
import { LEVELS, STRENGTHS, type Clause, type Level } from './policy.ts';
import { day, slug } from './schema-words.ts';
import { TIGHTENING } from './tightening.ts';

/** A rule's part of a policy file: options stand beside `enforce` and the other keys that every rule has. */
export type RuleText = {
  readonly enforce?: Level;
  readonly clause?: Clause;
  readonly unset?: readonly string[];
  readonly rollout?: readonly Step[];
  readonly grace?: Grace;
} & Readonly<Record<string, unknown>>;

/** Keys that every rule has and that `unset` can name beside its options. */
const UNSETTABLE = ['enforce', 'clause', 'rollout', 'grace'] as const;

/** Keys that every rule has. */
export const RULE_KEYS = [...UNSETTABLE, 'unset'] as const;

const enforce = z
  .enum(LEVELS)
  .describe('off: not asked. observe: told in the check only. warn: neutral check and a comment. block: failing check.');

/** A sentence of a written policy, and where it can be read. */
export const sentence = {
  says: z.string().min(1).max(1000).describe('The sentence, word for word.'),
  url: z
    .url({ protocol: /^https?$/, error: 'Expected a web address that starts with https://.' })
    .max(2000)
    .optional()
    .describe('Where it can be read.'),
};

const clause = z
  .strictObject({
    ...sentence,
    strength: z
      .enum(STRENGTHS)
      .optional()
      .describe('How strongly the sentence puts it, by RFC 2119. It is shown and sets nothing: how firmly is said by "enforce".'),
  })
  .describe('The sentence of a written policy that this rule carries out. It is shown with every finding.');

const step = z.strictObject({
  enforce,
  from: day.optional().describe('The first day, from its start in UTC: YYYY-MM-DD; from the beginning when nothing is written.'),
  cohorts: z
    .array(slug)
    .min(1)
    .max(50)
    .optional()
    .describe('Names of groups and pilots that the step is for; every repository when nothing is written.'),
  percent: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('The share of repositories that the step is for, always the same ones; 100 when nothing is written.'),
});

const rollout = z
  .array(step)
  .min(1)
  .max(50)
  .superRefine((steps, context) => {
    const days = steps.map(({ from = '' }) => from);
    days.forEach((from, index) => {
      const before = days[index - 1] ?? '';
      if (from >= before || ![from, before].every(isDay)) return;
      const message = `The step before it starts on ${before}; the last step that applies decides.`;
      const path = from === '' ? [index] : [index, 'from'];
      context.addIssue({ code: 'custom', path, message, params: { hint: 'Write the steps in the order of their days.' } });
    });
  })
  .describe('How the rule becomes firmer with time: the last step that applies decides; before the first, "enforce".');

/** Of what is no day, its own problem is told; it has no order. Nothing: from the beginning. */
function isDay(from: string): boolean {
  return from === '' || day.safeParse(from).success;
}

const grace = z
  .strictObject({
    newRepositories: z.int().min(1).max(3650).optional().describe('For so many days after a repository was created.'),
    firstContributions: z.boolean().optional().describe("For a person's first contribution to a repository."),
    level: z.enum(['observe', 'warn']).describe('How firmly the rule is held at most meanwhile.'),
  })
  .refine((one) => one.newRepositories !== undefined || one.firstContributions !== undefined, {
    error: 'It does not say who is spared.',
    params: { hint: 'Add "newRepositories: 30" or "firstContributions: true".' },
  })
  .describe('Who is spared for a while.');

/** The schema of a rule's part of a file. */
export function ruleSchema(rule: AnyRule): z.ZodType {
  const options = shapeOf(rule);
  const names = [...UNSETTABLE, ...Object.keys(options)] as const;
  const own = Object.entries(options).map(([name, option]) => [name, bare(option)] as const);
  const shape = {
    enforce: enforce.optional(),
    clause: clause.optional(),
    unset: z
      .array(z.enum(names))
      .max(names.length)
      .optional()
      .describe("Back to the rule's own default, whatever the layers before said: names of options, or of the keys beside them."),
    rollout: rollout.optional(),
    grace: grace.optional(),
    ...Object.fromEntries(own),
  };
  return z.strictObject(shape).superRefine(setAndUnset).describe(`${rule.title}.`);
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

function setAndUnset(text: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  const unset = Array.isArray(text['unset']) ? text['unset'].map(String) : [];
  unset.forEach((name, index) => {
    if (!Object.hasOwn(text, name) || text[name] === undefined) return;
    const message = `The same file sets "${name}" beside it.`;
    context.addIssue({ code: 'custom', path: ['unset', index], message, params: { hint: 'Keep one of the two.' } });
  });
}

/** An option that stays absent when no file sets it; editors see its description, its default and how it tightens. */
function bare(option: z.ZodType): z.ZodType {
  const layers = layersOf(option);
  const inner = layers.at(-1) ?? option;
  const described = Object.assign({}, ...layers.map((layer) => layer.meta() ?? {}).reverse()) as Record<string, unknown>;
  const kind = Object.entries(TIGHTENING).find(([name]) => name === described['tighten'])?.[1] ?? TIGHTENING.fixed;
  const says = typeof described['description'] === 'string' ? `${described['description']} ` : '';
  const description = `${says}Layers that may only tighten can ${kind}.`;
  const usual = option.safeParse(undefined);
  return inner.meta({ ...described, description, ...(usual.success ? { default: usual.data } : {}) }).optional();
}
