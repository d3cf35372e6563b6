/** Small literal rules: one option of every kind of tightening, so that the policy room is tested without the real rules. */
import { z } from 'zod';
import { parse, type Document } from '../../src/policy/parse.ts';
import type { LayerKind, PolicyFile } from '../../src/policy/policy.ts';
import { problemText } from '../../src/policy/problem.ts';
import { defineRule, type AnyRule } from '../../src/rules/rule.ts';

const LICENSES = ['Apache-2.0', 'MIT', 'CC-BY-4.0', 'MPL-2.0'];

const FILES = [
  ...['readme', 'license', 'contributing', 'code-of-conduct', 'security', 'codeowners', 'changelog', 'notice', 'governance'],
  ...['support', 'maintainers', 'issue-template', 'pull-request-template', 'description'],
];

const told = { why: 'It matters.', fix: 'Mend it.', needs: () => ({}), check: () => [] };

/** Contribution rule with a switch, a number and a fixed text. */
export const dco = defineRule({
  ...told,
  id: 'dco',
  on: 'contribution',
  title: 'Every commit is signed off',
  options: z.strictObject({
    exemptBots: z.boolean().meta({ tighten: 'only-false' }).default(true).describe('Bots need no sign-off.'),
    needsSignature: z.boolean().default(false).meta({ tighten: 'only-true' }).describe('Commits are signed too.'),
    maxUnsigned: z.int().min(0).max(10).default(3).meta({ tighten: 'min' }).describe('So many may be unsigned.'),
    reviewers: z.int().min(0).max(9).default(1).meta({ tighten: 'max' }).describe('So many reviewers.'),
    team: z.string().min(1).max(20).default('office').describe('Whom to ask.'),
  }),
});

/** Repository rule with a list of what is allowed; empty: anything. */
export const licenseFile = defineRule({
  ...told,
  id: 'license-file',
  on: 'repository',
  title: 'A license file exists',
  options: z.strictObject({
    allow: z
      .array(
        z.string().check((context) => {
          if (LICENSES.includes(context.value)) return;
          context.issues.push({
            code: 'custom',
            input: context.value,
            message: 'It is not an SPDX license id.',
            params: { allowed: LICENSES },
          });
        }),
      )
      .default([])
      .meta({ tighten: 'intersection' })
      .describe('Allowed licenses.'),
  }),
});

/** Repository rule with a list of what is required. */
export const requiredFiles = defineRule({
  ...told,
  id: 'required-files',
  on: 'repository',
  title: 'Required files exist',
  options: z.strictObject({
    files: z.array(z.enum(FILES)).max(14).default(['readme']).meta({ tighten: 'union' }).describe('Required files.'),
  }),
});

export const RULES: readonly AnyRule[] = [dco, licenseFile, requiredFiles];

/** Contribution rule with words in an order, a list of exemptions, and lists of groups of keys. */
export const cla = defineRule({
  ...told,
  id: 'cla',
  on: 'contribution',
  title: 'Everybody has signed',
  options: z.strictObject({
    agreements: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z-]+$/, 'Expected small letters.'),
          version: z.string().regex(/^\d+(\.\d+){0,2}$/, 'Expected a version such as 2.0.'),
          text: z.string().min(1),
          kind: z.enum(['individual', 'corporate']).default('individual'),
        }),
      )
      .default([])
      .meta({ tighten: 'fixed' })
      .describe('What is signed.'),
    exempt: z
      .array(
        z.union([
          z.strictObject({ account: z.int().positive(), reason: z.string().min(1) }),
          z.strictObject({ team: z.string().min(1), reason: z.string().min(1), until: z.iso.date().optional() }),
        ]),
      )
      .default([])
      .meta({ tighten: 'subset' })
      .describe('Who need not sign.'),
    proofs: z
      .array(
        z.discriminatedUnion('by', [
          z.strictObject({ by: z.literal('comment'), line: z.string() }),
          z.strictObject({ by: z.literal('page'), url: z.string() }),
        ]),
      )
      .default([])
      .describe('How it is known.'),
    coAuthors: z.enum(['ignore', 'warn', 'require']).default('ignore').meta({ tighten: 'later' }).describe('Whether they sign.'),
    bots: z.array(z.int()).default([1, 2, 3]).meta({ tighten: 'subset' }).describe('Which bots need not.'),
  }),
});

/** Contribution rule that reads the options of `cla`, and has one of its own. */
export const claHistory = defineRule({
  ...told,
  id: 'cla-history',
  on: 'contribution',
  title: 'Everybody had signed',
  inherits: 'cla',
  options: cla.options
    .pick({ coAuthors: true, bots: true })
    .extend({ since: z.string().default('2026-01-01').meta({ tighten: 'fixed' }).describe('From when on.') }),
});

export const CERTIFYING: readonly AnyRule[] = [...RULES, cla, claHistory];

/** A policy file of a layer, as it would be read. */
export function aFile(layer: LayerKind, text: string, source = SOURCES[layer]): PolicyFile {
  return { layer, source, commit: 'c0ffee', oid: null, text };
}

/** A policy file that parses, as a document. */
export function aDocument(layer: LayerKind, text: string, source?: string, rules = RULES): Document {
  const { document, problems } = parse(aFile(layer, text, source), rules);
  if (!document) throw new Error(problems.map(problemText).join('\n'));
  return document;
}

const SOURCES: Readonly<Record<LayerKind, string>> = {
  'built-in': 'built-in',
  preset: 'preset',
  shared: 'other/.github:.github/steward.yml',
  organization: 'acme/.github:.github/steward.yml',
  group: 'acme/.github:.github/steward.yml',
  repository: 'acme/tool:.github/steward.yml',
};
