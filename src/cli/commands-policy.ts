/** The commands on policy files, each with a line here; the work of each is in a file of its own. */
import type { Command } from 'commander';
import { formatHelp, help, oneOf } from './arguments.ts';
import type { Done } from './commands.ts';
import type { Console } from './console.ts';
import type { Shelf } from './policies.ts';
import type { PolicyImportOptions } from './import/import.ts';
import { addTest } from './policy/test.ts';
import { LAYERS, validate, VALIDATE_FORMATS, type ValidateOptions } from './validate.ts';

/** Adds the commands that work on policies. */
export function addPolicy(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  const policy = steward
    .command('policy')
    .description('Work on policy files.')
    .addHelpText(
      'after',
      help('steward policy validate .github/steward.yml', 'steward policy import .github/dco.yml > steward.yml'),
    );
  policy
    .command('validate')
    .description('Say everything that is wrong with policy files, with line and column.')
    .argument('<files...>', 'policy files')
    .option('--layer <layer>', `whose policy it is: ${LAYERS.join(' or ')}`, oneOf(LAYERS), 'organization')
    .option('--format <format>', formatHelp(VALIDATE_FORMATS), oneOf(VALIDATE_FORMATS), 'text')
    .addHelpText(
      'after',
      help('steward policy validate .github/steward.yml', 'steward policy validate policies/*.yml --format json'),
    )
    .action(async (files: string[], options: ValidateOptions) => {
      done(await validate(files, options, shelf, console));
    });
  addTest(policy, shelf, console, done);
  policy
    .command('import')
    .description('Print the configuration of another DCO tool as a policy that does the same, with a comment for each line.')
    .argument('<file>', '.github/dco.yml of a DCO app, or .github/dco-check.toml of actions-dco')
    .option('--from <tool>', `whose file it is, where its name does not say: ${IMPORT_FROM.join(', ')}`, oneOf(IMPORT_FROM))
    .option('--layer <layer>', `whose policy it becomes: ${LAYERS.join(' or ')}`, oneOf(LAYERS), 'organization')
    .option('--format <format>', formatHelp(VALIDATE_FORMATS), oneOf(VALIDATE_FORMATS), 'text')
    .addHelpText(
      'after',
      help('steward policy import .github/dco.yml > steward.yml', 'steward policy import .github/dco-check.toml --format json'),
    )
    .action(async (file: string, options: PolicyImportOptions) => {
      const { importPolicy } = await import('./import/import.ts');
      done(await importPolicy(file, options, shelf, console));
    });
}

const IMPORT_FROM = ['dco-app', 'actions-dco'] as const satisfies readonly PolicyImportOptions['from'][];
