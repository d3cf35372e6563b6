/** What the long programs (soak, bench, fuzz) have in common: options, help, progress, exit codes. */
import { parseArgs } from 'node:util';

export const EXIT = { fine: 0, violated: 1, usage: 2, fault: 3 } as const;

/** Bad usage: the message says what was found and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Results go to standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Progress goes to standard error, with the seconds since the start. */
export function progress(text: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(1).padStart(7)} s  ${text}\n`);
}

/** Runs a program: its result is the exit code, its faults are told. `--help` prints the help. */
export async function program<T extends Readonly<Record<string, string>>>(
  help: string,
  defaults: T,
  run: (given: Readonly<Record<keyof T, string>>) => Promise<number>,
): Promise<void> {
  try {
    const given = parse(defaults);
    if (given === null) print(help.trim());
    else process.exitCode = await run(given);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    process.stderr.write(isUsage ? `${error.message}\n--help shows what there is.\n` : `${stackOf(error)}\n`);
    process.exitCode = isUsage ? EXIT.usage : EXIT.fault;
  }
}

/** The options as texts; null: help is asked for. */
function parse<T extends Readonly<Record<string, string>>>(defaults: T): Readonly<Record<keyof T, string>> | null {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean' } }, strict: true, allowPositionals: false });
    return values.help === true ? null : { ...defaults, ...(values as Partial<Record<keyof T, string>>) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** A whole number within bounds. */
export function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d{1,15}$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`--${name} is a whole number from ${least} to ${most}; found "${text}".`);
}

/** One of a few words. */
export function oneOf<T extends string>(name: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} is one of: ${words.join(', ')}; found "${text}".`);
}

/** Rows as a table in Markdown, columns aligned: the first to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, index) =>
    Math.max(3, ...[name, ...rows.map((row) => row[index] ?? '')].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, index) => (index === 0 ? (cells[index] ?? '').padEnd(width) : (cells[index] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `|${widths.map((width, index) => (index === 0 ? `:${'-'.repeat(width)}-` : `-${'-'.repeat(width)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
