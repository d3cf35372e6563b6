/** What the commands on the register share: their exit codes, and how they come to it. Loads no database by itself. */
import { examples } from '../arguments.ts';
import type { Console } from '../console.ts';
import type { Office } from './desk.ts';

export const TEXT_OR_JSON = ['text', 'json'] as const;

export const OFFICE_EXIT_HELP = `Exit codes:
  0  done, or the chain holds
  1  the chain does not hold, the register is damaged, or something is left for you to do
  2  bad usage; nothing was changed
  3  an unexpected fault

The register is where Steward remembers: DATABASE_URL, else the folder STEWARD_DATA. On SQLite, commands that
write need the server to be stopped; commands that only read run beside it.`;

/** Examples and exit codes, below the help of a command. */
export function officeHelp(...lines: readonly string[]): string {
  return `\n${examples(...lines)}\n${OFFICE_EXIT_HELP}`;
}

/** The register that the environment names. */
export async function office(console: Console): Promise<Office> {
  const { officeAt } = await import('./desk.ts');
  return officeAt(undefined, console.now);
}
