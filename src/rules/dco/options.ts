/** What a policy can say about sign-offs. Words are written mildest first where a repository may only move to a later one. */
import { z } from 'zod';

const group = z
  .string()
  .regex(/^(?:members|collaborators|team:[a-z0-9][a-z0-9_-]{0,99})$/, 'Expected members, collaborators, or team:SLUG.');

export const options = z.strictObject({
  trailers: z
    .enum(['compat', 'git', 'strict'])
    .default('git')
    .describe(
      'Where a sign-off may stand. git: where git itself reads trailers. strict: in a last paragraph that holds nothing but trailers. compat: on any line, spelled as the DCO Apps want it.',
    )
    .meta({ tighten: 'later' }),
  tolerateSpacing: z
    .boolean()
    .default(true)
    .describe('Blanks around the name and the address of a sign-off do not matter. In compat they always do.')
    .meta({ tighten: 'only-false' }),
  committerMaySign: z
    .boolean()
    .default(true)
    .describe("The committer's sign-off counts as well as the author's.")
    .meta({ tighten: 'only-false' }),
  mailmap: z
    .boolean()
    .default(true)
    .describe('Names and addresses that `.mailmap` on the base branch gives to one person are that person.')
    .meta({ tighten: 'only-false' }),
  noreply: z
    .enum(['allow', 'forbid'])
    .default('allow')
    .describe("Whether a sign-off may name a no-reply address of GitHub's. forbid: it must be an address that takes mail.")
    .meta({ tighten: 'later' }),
  realName: z
    .enum(['off', 'warn', 'require'])
    .default('off')
    .describe(
      'require: the name of a sign-off has at least two words and is not the login of the account. warn: another one is told and nothing follows.',
    )
    .meta({ tighten: 'later' }),
  mergeCommits: z
    .enum(['skip', 'check'])
    .default('skip')
    .describe('Whether commits with two or more parents need a sign-off. A merge can carry changes of its own.')
    .meta({ tighten: 'later' }),
  reverts: z
    .enum(['skip-exact', 'check'])
    .default('check')
    .describe(
      'skip-exact: a revert needs no sign-off when it provably restores the files of an earlier commit of the contribution.',
    )
    .meta({ tighten: 'later' }),
  bots: z
    .enum(['verified', 'listed', 'none'])
    .default('verified')
    .describe(
      "Which bots need no sign-off: any whose commit a verified signature of GitHub's or of the bot proves; only those in botAccounts, proven likewise; or none.",
    )
    .meta({ tighten: 'later' }),
  botAccounts: z
    .array(z.int().positive())
    .max(100)
    .default([])
    .describe('Numeric account ids of the bots that `bots: listed` exempts.')
    .meta({ tighten: 'subset' }),
  agents: z
    .enum(['as-authors', 'human'])
    .default('human')
    .describe(
      "human: a commit that an AI agent authored needs the sign-off of a person who takes part in the contribution. as-authors: the agent's own sign-off counts.",
    )
    .meta({ tighten: 'later' }),
  coAuthors: z
    .enum(['ignore', 'warn', 'require'])
    .default('ignore')
    .describe('Whether those named in Co-authored-by trailers sign off too. warn: a missing one is told and nothing follows.')
    .meta({ tighten: 'later' }),
  exempt: z
    .array(group)
    .max(50)
    .default([])
    .describe('People who need no sign-off: members (of the organization), collaborators, team:SLUG.')
    .meta({ tighten: 'subset' }),
  exemptSigned: z
    .boolean()
    .default(true)
    .describe(
      "Exempt people need a verified signature of their own on the commit; GitHub's signature on a web edit is not theirs.",
    )
    .meta({ tighten: 'only-true' }),
  remediation: z
    .enum(['third-party', 'individual', 'off'])
    .default('individual')
    .describe(
      'Whether a later commit of the contribution can sign earlier ones off. individual: the person who has to sign does it. third-party: so may the representatives.',
    )
    .meta({ tighten: 'later' }),
  representatives: z
    .array(z.int().positive())
    .max(100)
    .default([])
    .describe(
      'Numeric account ids of those who may sign off on behalf of others by a commit of theirs, under `remediation: third-party`.',
    )
    .meta({ tighten: 'subset' }),
  byComment: z
    .enum(['all', 'docs', 'off'])
    .default('off')
    .describe(
      'Whether one exact sentence in a comment certifies the commits of its writer. docs: only where nothing but documentation changes.',
    )
    .meta({ tighten: 'later' }),
  certifiedBefore: z
    .boolean()
    .default(true)
    .describe(
      'Commits that were accepted when they were merged need no second certification: in the same repository, as in promotions, and in another of the account that judges by the same options.',
    )
    .meta({ tighten: 'only-false' }),
});

export type DcoOptions = z.output<typeof options>;
