/** The commands on policy files, each with a line here; the work of each is in a file of its own. */
import type { Command } from 'commander';
import { formatHelp, help, oneOf } from './arguments.ts';
import type { Done } from './arguments.ts';
import type { Console } from './console.ts';
import type { Shelf } from './policies.ts';
import { addImport } from './import/command.ts';
import { addBacktest } from './policy/backtest.ts';
import { addExplain } from './policy/explain.ts';
import { addPilots } from './policy/pilots.ts';
import { addUndo } from './policy/undo.ts';
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
  addExplain(policy, shelf, console, done);
  addTest(policy, shelf, console, done);
  addPilots(policy, shelf, console, done);
  addBacktest(policy, shelf, console, done);
  addUndo(policy, console, done);
  addImport(policy, shelf, console, done);
}
