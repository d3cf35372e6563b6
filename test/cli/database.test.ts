/** Commands on the server's database say where it is looked for, and what they can do without it. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { run } from '../../src/cli/program.ts';
import { aConsole } from '../support/console.ts';
import { aFolder, removeFolders } from '../support/repository.ts';

const COMMANDS = [
  ['policy', 'explain', 'acme/rocket'],
  ['policy', 'pilots', 'acme'],
  ['policy', 'undo', 'acme'],
  ['policy', 'backtest', '--owner', 'acme', '--format', 'json'],
  ['verdicts', 'acme/rocket'],
  ['waivers', 'acme'],
] as const;

afterAll(removeFolders);

describe('where Steward has not run', () => {
  const before = { data: process.env['STEWARD_DATA'], url: process.env['DATABASE_URL'] };
  const folder = join(aFolder(), 'none');
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };

  beforeEach(() => {
    set('STEWARD_DATA', folder);
    set('DATABASE_URL', undefined);
  });

  afterEach(() => {
    set('STEWARD_DATA', before.data);
    set('DATABASE_URL', before.url);
  });

  const said = async (words: readonly string[]): Promise<readonly [number, string]> => {
    const console = aConsole();
    return [await run(words, console), console.noted()];
  };

  test.each(COMMANDS.map((words) => [words.join(' '), words] as const))(
    '`steward %s` says so, and how to name the database',
    async (_, words) => {
      const [code, noted] = await said(words);
      expect(code).toBe(2);
      expect(noted).toContain(
        `Steward has no database here: it has not run with the data folder ${folder}. ` +
          'Set STEWARD_DATA to the folder that it runs with, or DATABASE_URL to its PostgreSQL.',
      );
      expect(noted).not.toContain('register');
    },
  );

  test('explain offers files, and backtest a clone', async () => {
    expect((await said(COMMANDS[0]))[1]).toContain('--policy FILE and --repository FILE');
    expect((await said(COMMANDS[3]))[1]).toContain('look back in a clone');
  });

  test('commands on the register still say that there is no register', async () => {
    expect(await said(['cla', 'verify'])).toEqual([2, expect.stringContaining(`There is no register in ${folder}`)]);
  });
});

describe('the help on exit codes', () => {
  const helpOf = async (...words: readonly string[]): Promise<string> => {
    const console = aConsole();
    await run([...words, '--help'], console);
    return console.printed();
  };

  test.each(['policy explain', 'policy pilots', 'policy undo', 'verdicts', 'waivers'])(
    'of `steward %s` speaks of no chain',
    async (words) => {
      const help = await helpOf(...words.split(' '));
      expect(help).toMatch(/^ {2}0 {2}done$/m);
      expect(help).not.toContain('chain');
    },
  );

  test('of `steward cla verify` does', async () => {
    expect(await helpOf('cla', 'verify')).toContain('  0  done, or the chain holds');
  });
});
