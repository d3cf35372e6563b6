/** What a policy can say about agreements: which ones, who signs, and who is exempt. */
import { z } from 'zod';
import { sentenceIn, signingSentence } from '../../facts/sentences.ts';

const REPOSITORY_FILE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9._-]{1,100}:([^@\s\\]{1,255})(?:@[^\s~^:?*[\\]{1,255})?$/;

const agreement = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'Expected a short name of lower-case letters, digits and dashes.')
    .describe('Its short name, which never changes: signatures are kept under it.'),
  title: z
    .string()
    .max(200)
    .refine(isTitle, 'Expected one line of plain text that people can repeat in a sentence.')
    .describe('What people sign, as it stands in the sentence they write.'),
  version: z
    .string()
    .regex(/^\d{1,6}(?:\.\d{1,6}){0,2}$/, "Expected a version in quotes: '1', '1.2' or '1.2.3'.")
    .describe('When the first number changes, everybody signs again. Otherwise signatures carry over.'),
  kind: z
    .enum(['individual', 'corporate'])
    .default('individual')
    .describe('individual: people sign it for themselves. corporate: a company signs it for its people.'),
  text: z
    .string()
    .max(2000)
    .refine(isTextReference, 'Expected https://… or OWNER/REPO:PATH[@REF].')
    .describe('Where the text is: a web address of plain text, or a file in a repository.'),
  since: z.iso.date('Expected a day such as 2026-01-31.').describe('The day on which this version came into force.'),
  graceDays: z
    .int()
    .min(0)
    .max(365)
    .default(14)
    .describe(
      'Pull requests opened within so many days after `since` keep being covered by signatures of the former major version.',
    ),
});

const exemption = z
  .strictObject({
    account: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,100}(?:\[bot\])?$/, 'Expected the login of an account, as in github.com/NAME.')
      .describe('The login, for those who read the policy. The id decides.'),
    id: z.int().positive().describe('The numeric id of the account, which stays when it is renamed.'),
    kind: z.enum(['Bot', 'User']).default('Bot').describe('Only an account of this kind is exempt.'),
    reason: z.string().trim().min(1).max(300).describe('Why. It is shown wherever the exemption is used.'),
    until: z.iso.date('Expected a day such as 2026-01-31.').optional().describe('The last day of the exemption, in UTC.'),
  })
  .refine(({ account, kind }) => kind === 'Bot' || !account.endsWith('[bot]'), 'An account that ends in [bot] is of kind Bot.');

export const options = z.strictObject({
  agreements: z
    .array(agreement)
    .max(10)
    .superRefine(distinctIds)
    .default([])
    .describe(
      'The agreements: id, title, version, kind, text, since and graceDays. People are asked to sign the first individual one; each of the others counts as well.',
    )
    .meta({ tighten: 'fixed' }),
  signers: z
    .array(z.enum(['authors', 'opener', 'committers', 'co-authors']))
    .min(1)
    .max(4)
    .default(['authors', 'opener'])
    .describe(
      'Who signs: authors of commits, who opened the pull request, committers of the work of others, those named in Co-authored-by trailers.',
    )
    .meta({ tighten: 'union' }),
  exempt: z
    .array(exemption)
    .max(200)
    .default([])
    .describe(
      'Accounts that need not sign: account, id, kind, reason and until. Only id and kind decide; names and addresses in commits never do.',
    )
    .meta({ tighten: 'subset' }),
});

export type ClaOptions = z.output<typeof options>;
export type Agreement = z.output<typeof agreement>;
export type Exemption = z.output<typeof exemption>;

/** One line that comes back unchanged when somebody signs with it. */
function isTitle(title: string): boolean {
  if (title !== title.trim() || /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(title) || title !== title.normalize('NFC')) return false;
  const said = sentenceIn(signingSentence({ title, version: '1.0' }));
  return said?.kind === 'signature' && said.title === title && said.version === '1.0';
}

/** A web address without a login, or a file in a repository. */
function isTextReference(text: string): boolean {
  const url = /^https:\/\//.test(text) ? URL.parse(text) : null;
  if (url) return url.username === '' && url.password === '' && !/\s/.test(text);
  const [, path] = REPOSITORY_FILE.exec(text) ?? [];
  return path?.split('/').every((step) => step !== '' && step !== '.' && step !== '..') ?? false;
}

/** Tells of an id that an agreement further up has, at the id itself. */
function distinctIds(agreements: readonly { readonly id: string }[], told: z.core.$RefinementCtx): void {
  for (const [index, { id }] of agreements.entries()) {
    const first = agreements.findIndex((one) => one.id === id);
    if (first === index) continue;
    const message = `Agreement ${first + 1} of the list has this id; each needs an id of its own.`;
    told.addIssue({ code: 'custom', path: [index, 'id'], message });
  }
}
