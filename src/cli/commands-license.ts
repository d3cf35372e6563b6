/** The commands on licenses: `steward license …`. */
import type { Command } from 'commander';
import { KINDS, USAGES } from '../rules/licensing/terms.ts';
import { examples, formatHelp, oneOf } from './arguments.ts';
import { TEXT_OR_JSON } from './cla/help.ts';
import type { Console } from './console.ts';
import { LICENSE_RULES, type ExplainOptions } from './license-explain.ts';
import type { LicenseOptions } from './license.ts';
import type { Shelf } from './policies.ts';

type Done = (code: number) => void;

const READ_CODES = `
Exit codes:
  0  every named file holds a license that is known; in folders, none was altered
  1  a license was altered, or what a named file holds is not known
  2  bad usage
  3  an unexpected fault`;

const EXPLAIN_CODES = `
Exit codes:
  0  the expression is allowed
  1  it is denied, to be reviewed, or not known
  2  bad usage, no SPDX expression, or a bad policy
  3  an unexpected fault`;

const READ_HELP = `
A folder is read with everything below it but .git and node_modules. Symbolic links are read where they stay inside.

With --format json each line is one file:
  path        as it was found
  expression  SPDX expression of everything found; null: none, or it is not known
  confidence  0 to 1: the share of the license's words that stand there
  modified    null, or every edit of an altered license: removed, added, before, after, span
  matches     each license found: expression, ids, kind (text, header, tag, name), span (start, end, line), confidence, modified
  reason      why the expression is null; null where nothing speaks of a license
Offsets count UTF-16 code units of the readable text; lines count from 1.
`;

/** Adds `license` and its command. */
export function addLicense(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  const license = steward
    .command('license')
    .description('Say which licenses files hold, and which words of an altered license were changed.')
    .argument('<paths...>', 'files and folders')
    .option('--all', 'list files that say nothing about a license, too (text)', false)
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText(
      'after',
      `${READ_HELP}\n${examples(
        'steward license LICENSE',
        'steward license . --format json > licenses.jsonl',
        'steward license explain "MIT OR GPL-3.0-only" --policy .github/steward.yml',
      )}${READ_CODES}`,
    )
    .action(async (paths: string[], options: LicenseOptions) => {
      const { license: read } = await import('./license.ts');
      done(await read(paths, options, console));
    });
  addExplain(license, shelf, console, done);
}

function addExplain(license: Command, shelf: Shelf, console: Console, done: Done): void {
  license
    .command('explain')
    .description('Say where an SPDX expression stands by a policy, and which entry decides.')
    .argument('<expression>', 'an SPDX expression')
    .requiredOption('--policy <file>', 'the policy to ask')
    .option('--rule <rule>', `whose terms: ${LICENSE_RULES.join(' or ')}`, oneOf(LICENSE_RULES), 'dependency-licenses')
    .option('--usage <usage>', `how a dependency is used: ${USAGES.join(', ')}`, oneOf(USAGES), 'linked')
    .option('--kind <kind>', `what a repository is for, where the policy does not say: ${KINDS.join(', ')}`, oneOf(KINDS))
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText(
      'after',
      `\n${examples(
        'steward license explain "MIT OR GPL-3.0-only" --policy .github/steward.yml',
        'steward license explain MPL-2.0 --policy policies/intersect.yml --usage development --format json',
      )}${EXPLAIN_CODES}`,
    )
    .action(async (expression: string, options: ExplainOptions) => {
      const { explain } = await import('./license-explain.ts');
      done(await explain(expression, options, shelf, console));
    });
}
