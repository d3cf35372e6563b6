/** `steward cla import`: signatures that another tool has kept become entries of the register. */
import { readFile, stat } from 'node:fs/promises';
import { EXIT, type Console } from '../console.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../repository.ts';
import type { Office } from './desk.ts';
import { agreementName, digestOf, versionOf } from './given.ts';
import { byGithub, byNothing, byTable, type Finder } from './import/accounts.ts';
import { FORMATS, type ImportFormat } from './import/formats.ts';
import { plan, type Plan, type Target } from './import/plan.ts';
import { reportFlaws, reportJson, reportText, type Report } from './import/report.ts';
import type { Parsed, Row } from './import/row.ts';
import { enterAll } from './import/write.ts';
import type { RegisterFormat } from './verify.ts';

export interface ImportOptions {
  readonly from: ImportFormat;
  readonly agreement?: string;
  readonly version?: string;
  readonly textSha256?: string;
  /** Only for lists of employees: whose they are. */
  readonly company?: string;
  /** Only rows of this agreement of the other tool: an address or title. */
  readonly only?: string;
  readonly accounts?: string;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
  readonly skipUnreadable?: boolean;
  readonly format: RegisterFormat;
}

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
  const outcome = await write(planned, target, options, office, progress);
  const { agreement, version, company } = target;
  const rowsRead = late.rows.length;
  const of = { file: path, from: options.from, agreement, version, company };
  const report: Report = { ...of, rows: rowsRead, ...outcome, told: planned.told, unreadable };
  await console.out(options.format === 'json' ? reportJson(report) : reportText(report));
  if (outcome.isUnread) console.note(unread(target));
  return planned.told.some(({ isLeft }) => isLeft) || unreadable.length > 0 ? EXIT.blocking : EXIT.fine;
}

async function write(
  { entries }: Plan,
  target: Target,
  options: ImportOptions,
  office: Office,
  progress: (line: string) => void,
) {
  if (options.dryRun) return { isDryRun: true, entered: entries.length, known: 0, again: 0, isUnread: false };
  const told = (done: number): void => {
    progress(`${done} of ${entries.length} entries`);
  };
  return office.writing(async (desk) => {
    const done = await enterAll(entries, desk, told);
    return { isDryRun: false, ...done, isUnread: (await desk.store.agreement(target.agreement, target.version)) === null };
  });
}

function unread({ agreement, version }: Target): string {
  return (
    `Steward has not read version ${version} of ${agreement} yet. What was imported counts as soon as a policy of ` +
    `${agreement.slice(0, agreement.lastIndexOf('/'))} names an agreement with the id "${agreement.slice(agreement.lastIndexOf('/') + 1)}".`
  );
}

/** What the rows become. Throws `UsageError` when something is missing for it. */
async function targetOf(options: ImportOptions, office: Office, console: Console): Promise<Target> {
  const now = console.now().toISOString();
  const format = options.from;
  if (format === 'easycla-employees') {
    const { company } = options;
    const wanted =
      'A list of employees belongs to a company: --company is the short name of one that `steward cla company list` shows.';
    if (company === undefined) throw new UsageError(wanted);
    const record = await office.reading((store) => store.company(company));
    if (record?.until !== null) throw new UsageError(`No agreement of a company called ${company} is in force. ${wanted}`);
    return { format, company, agreement: record.agreement, version: record.version, text: null, now };
  }
  if (options.company !== undefined) throw new UsageError('--company is for --from easycla-employees alone.');
  const { agreement, version } = options;
  if (agreement === undefined || version === undefined) {
    throw new UsageError('--agreement OWNER/ID and --version say what the rows have signed; both are needed.');
  }
  const text = digestOf(options.textSha256);
  return { format, company: null, agreement: agreementName(agreement), version: versionOf(version), text, now };
}

/** Rows of several agreements are not one: which of them is meant must be said. Throws `UsageError`. */
function only(rows: readonly Row[], wanted: string | undefined): readonly Row[] {
  const of = ({ says }: Row): string | null => (says.kind === 'signature' && says.of ? says.of.agreement : null);
  const counts = [...Map.groupBy(rows, of)].flatMap(([name, all]) => (name === null ? [] : [[name, all.length] as const]));
  const listed = counts.map(([name, count]) => `\n  ${name || '(none)'}: ${count} rows`).join('');
  if (wanted === undefined) {
    if (counts.length < 2) return rows;
    throw new UsageError(`The list holds signatures of several agreements. Import each by itself, with --only ADDRESS:${listed}`);
  }
  const chosen = rows.filter((row) => of(row) === wanted);
  if (chosen.length === 0)
    throw new UsageError(`No row is of the agreement ${wanted}. The list holds:${listed || ' none that it names'}`);
  return chosen;
}

/** A signature of tomorrow would outlive every revocation of today. */
function future(rows: readonly Row[], now: Date): Parsed {
  const latest = new Date(now.getTime() + 24 * 60 * 60 * 1000).toISOString();
  const isLate = ({ says }: Row): boolean =>
    ('at' in says && (says.at ?? '') > latest) || (says.kind === 'signature' && (says.revokedAt ?? '') > latest);
  const flaws = rows
    .filter(isLate)
    .map(({ line }) => ({ line, found: 'a time that has not come yet', wanted: 'a time in the past' }));
  return { rows: rows.filter((row) => !isLate(row)), flaws };
}

/** How logins become accounts, as the options say. */
export async function finderOf({ accounts, offline }: ImportOptions, console: Console): Promise<Finder> {
  if (accounts !== undefined && offline) throw new UsageError('--accounts asks nobody already; leave --offline out.');
  if (offline) return byNothing;
  if (accounts !== undefined) return byTable(await textAt(accounts));
  return byGithub((milliseconds) => {
    console.note(`GitHub's rate limit is used up; going on in ${Math.ceil(milliseconds / 60_000)} min.`);
  });
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
