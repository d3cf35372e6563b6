/** Runs a command line: from arguments to an exit code, every fault told once and in words. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { problemText } from '../policy/problem.ts';
import { rules } from '../rules/index.ts';
import { PACKAGE_FOLDER } from '../server/config.ts';
import { readPresets } from '../server/presets.ts';
import { DamagedRegister } from './cla/damage.ts';
import { addCommands } from './commands.ts';
import { EXIT, EXIT_HELP, type Console } from './console.ts';
import { PolicyError, type Shelf } from './policies.ts';
import { UsageError } from './repository.ts';

/** Runs one command line and gives its exit code. Never throws. */
export async function run(argv: readonly string[], console: Console): Promise<number> {
  let code: number = EXIT.fine;
  try {
    const shelf: Shelf = { rules, presets: readPresets() };
    await program(shelf, console, (result) => (code = result)).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, console);
  }
}

function failed(error: unknown, console: Console): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  if (error instanceof PolicyError) {
    console.note([error.message, ...error.problems.map(problemText)].join('\n'));
    return EXIT.usage;
  }
  if (error instanceof UsageError) {
    console.note(error.message);
    return EXIT.usage;
  }
  if (error instanceof DamagedRegister) {
    console.note(error.message);
    return EXIT.blocking;
  }
  if ((error as { code?: unknown } | null)?.code === 'EADDRINUSE') {
    console.note(`Another program listens there already: ${(error as Error).message}. Set PORT to a free one.`);
    return EXIT.usage;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.note(`Steward met a fault that it did not expect. Please report it, with these lines:\n${told}`);
  return EXIT.fault;
}

function program(shelf: Shelf, console: Console, done: (code: number) => void): Command {
  const steward = new Command('steward')
    .description('Judges repositories and contributions by one policy: on GitHub, or here on a clone.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help for a command')
    // `--version` of a command is its own.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void console.out(text),
      writeErr: (text) => {
        console.note(text.trimEnd());
      },
    })
    .showHelpAfterError('(`--help` shows the options and examples)')
    .addHelpText('after', `\n${EXIT_HELP}`);
  addCommands(steward, shelf, console, done);
  return steward;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
