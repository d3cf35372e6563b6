/** `steward cla import`: signatures that another tool has kept become entries of the register. */
import { readFile, stat } from 'node:fs/promises';
import { EXIT, type Console } from '../console.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../repository.ts';
import { NoRegister, type Office } from './desk.ts';
import { byGithub, byNothing, byTable, type Finder } from './import/accounts.ts';
import { FORMATS } from './import/formats.ts';
import { future, only } from './import/choose.ts';
import { heldIn, NOTHING_HELD, sortedBy, type Sorted } from './import/held.ts';
import { plan, type Planned, type Target } from './import/plan.ts';
import { reportFlaws, reportJson, reportText, type Report } from './import/report.ts';
import { targetOf, type ImportOptions } from './import/target.ts';
import { enterPlan, notesOn, type Written } from './import/write.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** Imports a list. Nothing is written when a row cannot be read, unless that is wanted. Exit code 1 when rows are left. */
export async function importList(
  path: string,
  options: ImportOptions,
  office: Office,
  console: Console,
  finderFor: typeof finderOf = finderOf,
): Promise<number> {
  const target = await targetOf(options, office, console);
  const { rows, flaws } = FORMATS[options.from](await textAt(path));
  const wanted = only(rows, options.only);
  const late = future(wanted, console.now());
  const unreadable = [...flaws, ...late.flaws].toSorted((a, b) => a.line - b.line);
  if (unreadable.length > 0 && !options.skipUnreadable) {
    console.note(`${reportFlaws(unreadable)}Nothing was written. Correct these rows, or leave them out with --skip-unreadable.`);
    return EXIT.usage;
  }
  const finder = await finderFor(options, console);
  const progress = progressOn(console);
  const planned = await plan(late.rows, target, finder, (done) => {
    progress(`${done} of ${late.rows.length} rows: looking for accounts`);
  });
  const work = { planned: planned.entries, target, isWanted: options.anotherVersion ?? false };
  const {
    told: there,
    notes,
    ...outcome
  } = options.dryRun
    ? await foresee(work, office)
    : await enter(work, office, (done, total) => {
        progress(`${done} of ${total} entries`);
      });
  const told = [...planned.told, ...there].toSorted((a, b) => a.line - b.line);
  const { agreement, version, company } = target;
  const rowsRead = late.rows.length;
  const of = { file: path, from: options.from, agreement, version, company };
  const report: Report = { ...of, rows: rowsRead, isDryRun: options.dryRun ?? false, ...outcome, told, unreadable };
  await console.out(options.format === 'json' ? reportJson(report) : reportText(report));
  for (const note of notes) console.note(note);
  return told.some(({ isLeft }) => isLeft) || unreadable.length > 0 ? EXIT.blocking : EXIT.fine;
}

interface Work {
  readonly planned: readonly Planned[];
  readonly target: Target;
  readonly isWanted: boolean;
}

type Done = Written & Pick<Sorted, 'told'> & { readonly notes: readonly string[] };

function enter(
  { planned, target, isWanted }: Work,
  office: Office,
  progress: (done: number, total: number) => void,
): Promise<Done> {
  return office.writing(async (desk) => {
    const held = await heldIn(desk.store);
    const sorted = sortedBy(planned, held, isWanted);
    const written = await enterPlan(sorted, desk, (done) => {
      progress(done, sorted.fresh.length);
    });
    return { ...written, told: sorted.told, notes: await notesOn(desk.store, held, target) };
  });
}

/** What entering would do. A register that is not there yet holds nothing. */
async function foresee({ planned, isWanted }: Work, office: Office): Promise<Done> {
  const held = await office
    .reading((store) => heldIn(store))
    .catch((error: unknown) => {
      if (error instanceof NoRegister) return NOTHING_HELD;
      throw error;
    });
  const { fresh, known, told } = sortedBy(planned, held, isWanted);
  return { entered: fresh.length, known: known.length, again: { pullRequests: 0, accounts: 0 }, told, notes: [] };
}

const INSTEAD = 'Or give --accounts with a table of logins and ids, or --offline for lists that have ids.';

/** How logins become accounts, as the options say. */
export async function finderOf({ accounts, offline }: ImportOptions, console: Console): Promise<Finder> {
  if (accounts !== undefined && offline) throw new UsageError('--accounts asks nobody already; leave --offline out.');
  if (offline) return byNothing;
  if (accounts !== undefined) return byTable(await textAt(accounts));
  const onWait = (milliseconds: number): void => {
    console.note(`GitHub's rate limit is used up; going on in ${Math.ceil(milliseconds / 60_000)} min.`);
  };
  return byGithub(onWait, undefined, [INSTEAD]);
}

async function textAt(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new UsageError(`${path} has ${Math.ceil(size / 1024 / 1024)} MiB; a list has at most 64 MiB.`);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof UsageError) throw error;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
      ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not text in UTF-8; save it as UTF-8',
    };
    throw new UsageError(`${path} cannot be read: ${reasons[code ?? ''] ?? message}.`, { cause: error });
  }
}
