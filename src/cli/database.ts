/** What the commands that read the server's database share: their exit codes, and how they come to it. Loads no database by itself. */
import { examples } from './arguments.ts';
import type { Office } from './cla/desk.ts';
import type { Console } from './console.ts';

const DATABASE_EXIT_HELP = `Exit codes:
  0  done
  1  the database is damaged, or something is left for you to do
  2  bad usage; nothing was changed
  3  an unexpected fault

The database is where Steward remembers: DATABASE_URL, else the folder STEWARD_DATA. This command only reads it, and runs
beside the server.`;

/** Examples and exit codes, below the help of a command. */
export function databaseHelp(...lines: readonly string[]): string {
  return `\n${examples(...lines)}\n${DATABASE_EXIT_HELP}`;
}

/** The database that the environment names. Where there is none, `instead` is told, too: what can be done without one. */
export async function database(console: Console, instead?: string): Promise<Office> {
  const { officeAt } = await import('./cla/desk.ts');
  return officeAt(undefined, console.now, (dataFolder) => noDatabase(dataFolder, instead));
}

function noDatabase(dataFolder: string | undefined, instead: string | undefined): string {
  const where = dataFolder === undefined ? 'no data folder is set' : `it has not run with the data folder ${dataFolder}`;
  return [
    `Steward has no database here: ${where}.`,
    'Set STEWARD_DATA to the folder that it runs with, or DATABASE_URL to its PostgreSQL.',
    ...(instead === undefined ? [] : [instead]),
  ].join(' ');
}
