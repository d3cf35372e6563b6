/** The command `steward policy import`, its options and its help. */
import { InvalidArgumentError, type Command } from 'commander';
import { formatHelp, help, oneOf } from '../arguments.ts';
import type { Done } from '../arguments.ts';
import type { Console } from '../console.ts';
import type { Shelf } from '../policies.ts';
import { LAYERS, VALIDATE_FORMATS } from '../validate.ts';
import type { PolicyImportOptions } from './asked.ts';
import { TOOLS } from './tool.ts';

const FILES = `.allstar/*.yaml of Allstar, a ruleset of repolinter (.json, .yaml), .clomonitor.yml, .github/dco.yml of a DCO app,
or .github/dco-check.toml of actions-dco`;

/** Adds the command to `steward policy`. */
export function addImport(policy: Command, shelf: Shelf, console: Console, done: Done): void {
  policy
    .command('import')
    .description('Print the configuration of other tools as one policy that does the same, with a comment for each line.')
    .argument('<files...>', FILES)
    .option('--from <tool>', `whose files they are, where the names do not say: ${TOOLS.join(', ')}`, oneOf(TOOLS))
    .option('--layer <layer>', `whose policy it becomes: ${LAYERS.join(' or ')}`, oneOf(LAYERS), 'organization')
    .option('--repository <name>', 'what the repository of .clomonitor.yml is called; else after its folder', repositoryName)
    .option('--approver <login>', 'who approves the waivers', login)
    .option('--until <date>', 'the last day of the waivers; else in a year', date)
    .option('--to <folder>', 'write the policy and the waivers into this folder, over no file that is there')
    .option('--format <format>', formatHelp(VALIDATE_FORMATS), oneOf(VALIDATE_FORMATS), 'text')
    .addHelpText(
      'after',
      help(
        'steward policy import .github/dco.yml > steward.yml',
        'steward policy import .allstar/*.yaml repolinter.json > steward.yml',
        'steward policy import .clomonitor.yml --repository wallet --approver ada --to ../.github',
      ),
    )
    .action(async (files: string[], options: PolicyImportOptions) => {
      const { importPolicy } = await import('./import.ts');
      done(await importPolicy(files, options, shelf, console));
    });
}

function repositoryName(text: string): string {
  if (/^[A-Za-z0-9._-]{1,100}$/.test(text)) return text;
  throw new InvalidArgumentError('It is the name of a repository, without its owner.');
}

function login(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(text)) return text;
  throw new InvalidArgumentError('It is a login, as in github.com/LOGIN.');
}

function date(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It is a day of the calendar, such as 2026-01-31.');
}
