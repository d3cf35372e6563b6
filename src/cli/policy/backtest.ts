/** `steward policy backtest`: which merged pull requests, and whose, a policy would have stopped. */
import { Option, type Command } from 'commander';
import type { Occasion } from '../../policy/managed.ts';
import { examples, formatHelp, oneOf, type Done } from '../arguments.ts';
import { EXIT, type Console } from '../console.ts';
import { database } from '../database.ts';
import type { Shelf } from '../policies.ts';
import { UsageError } from '../repository.ts';
import { backtestCsv, backtestJson, backtestText } from './backtest-table.ts';
import { BACKTEST_FORMATS, type BacktestOptions, type Looking } from './looking.ts';
import type { LookBack } from './looked-back.ts';
import { day, since } from './since.ts';
import { TRAITS_HELP, withTrait } from './traits.ts';

const WITHOUT = 'Without a database, look back in a clone: give its path in place of --owner.';

const HELP = `
${examples(
  'steward policy backtest',
  'steward policy backtest ~/code/wallet --policy next.yml --since 1y',
  'steward policy backtest mirror.git --policy next.yml --name example-org/wallet --trait topic=documentation',
  'STEWARD_DATA=/var/lib/steward steward policy backtest --owner example-org --policy next.yml --format csv > stopped.csv',
)}
Exit codes:
  0  nothing would have been stopped
  1  something would have been stopped
  2  bad usage, or a bad policy
  3  an unexpected fault

In a clone, a merge on the default branch is a pull request, and so is a commit whose subject ends in (#NUMBER). Other
commits were pushed directly, or rebased, which looks the same: they are counted and not judged. Nothing is changed.`;

/** Adds the command. */
export function addBacktest(policy: Command, shelf: Shelf, console: Console, done: Done): void {
  policy
    .command('backtest')
    .description('Say which merged pull requests, and whose, a policy would have stopped.')
    .argument('[path]', 'a clone, a folder inside one, or a bare repository')
    .addOption(
      new Option('--since <when>', 'how far to look back: 90d, 12w, 6m, 1y, or a day such as 2026-01-31')
        .argParser(since)
        .default(since('90d'), '90d'),
    )
    .option('--policy <file>', 'judge by this policy alone, instead of the one in the clone')
    .option('--defaults <path>', "a clone of the organization's .github repository: its policy and default files")
    .option('--name <owner/repo>', "what the repository is called on GitHub, where the clone's origin does not say")
    .option('--trait <key=value>', TRAITS_HELP, withTrait)
    .option('--owner <owner>', 'judge what the server stored of this account, instead of a clone')
    .option('--at <day>', 'judge as if it were this day, for roll-outs: YYYY-MM-DD', day)
    .option('--format <format>', formatHelp(BACKTEST_FORMATS), oneOf(BACKTEST_FORMATS), 'text')
    .addHelpText('after', HELP)
    .action(async (path: string | undefined, options: BacktestOptions) => {
      done(await backtest(path, options, shelf, console));
    });
}

/** Looks back and prints what was found; the code says whether anything would have been stopped. */
export async function backtest(
  path: string | undefined,
  options: BacktestOptions,
  shelf: Shelf,
  console: Console,
): Promise<number> {
  const { owner, format } = options;
  const now = console.now();
  const from = options.since(now);
  if (from > now) throw new UsageError(`--since ${from.toISOString().slice(0, 10)} is a day to come. Give one that is past.`);
  if (owner !== undefined && path !== undefined) {
    throw new UsageError(`Give either a clone (${path}) or --owner ${owner}, not both.`);
  }
  if (owner !== undefined && (options.name !== undefined || options.trait !== undefined)) {
    throw new UsageError('--name and --trait tell of a clone. With --owner, repositories are judged by what is stored of them.');
  }
  const occasion: Occasion = { now: options.at ?? now, traits: null, isFirst: null };
  const looking: Looking = { since: from.toISOString(), shelf, console, occasion };
  const back = owner === undefined ? await inClone(path ?? '.', options, looking) : await inStore(owner, options, looking);
  await console.out(PRINT[format](back));
  return back.stopped > 0 ? EXIT.blocking : EXIT.fine;
}

const PRINT = { text: backtestText, json: backtestJson, csv: backtestCsv } as const;

async function inClone(path: string, options: BacktestOptions, looking: Looking): Promise<LookBack> {
  const { backtestClone } = await import('./backtest-clone.ts');
  return backtestClone(path, options, looking);
}

async function inStore(owner: string, options: BacktestOptions, looking: Looking): Promise<LookBack> {
  const { backtestStored } = await import('./backtest-stored.ts');
  return backtestStored(owner, options, looking, await database(looking.console, WITHOUT));
}
