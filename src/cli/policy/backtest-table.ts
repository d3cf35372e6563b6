/** How a look back is printed: for people, for programs, and for spreadsheets. */
import { visible } from '../../facts/words.ts';
import { csvCell } from '../audit-table.ts';
import type { Fate, LookBack, LookedPull, RuleCount } from './looked-back.ts';

/** Pull requests listed for people; the other formats have all of them. */
const LISTED = 50;

export function backtestJson(back: LookBack): string {
  return `${JSON.stringify(back, null, 2)}\n`;
}

const HEAD = [
  'repository',
  'pull_request',
  'commit',
  'merged_at',
  'author',
  'fate',
  'stopped_by',
  'warned_by',
  'noted_by',
  'unknown',
];

/** One line a pull request. */
export function backtestCsv({ pulls }: LookBack): string {
  const lines = pulls.map((pull) => [
    ...[pull.repository, pull.number === null ? '' : String(pull.number), pull.sha, pull.at, pull.author, pull.fate],
    ...(['block', 'warn', 'observe'] as const).map((level) => failing(pull, level).join(' ')),
    untold(pull).join(' '),
  ]);
  return [HEAD, ...lines].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

export function backtestText(back: LookBack): string {
  const blocks = [
    [summary(back)],
    listed(back, 'stopped', 'Would have been stopped:', (pull) => failing(pull, 'block')),
    listed(back, 'unknown', 'Cannot be told:', untold),
    back.branch !== null && back.unknown > 0 ? CLONES : [],
    back.rules.length > 0 ? ['By rule:', ...columns(back.rules.map(ruleLine))] : [],
    back.authors.length > 0 ? ['By author:', ...columns(back.authors.map(authorLine))] : [],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

const CLONES = [
  'A clone knows no accounts and no signatures: not whether an author is a bot, and not who signed an agreement.',
  'What the server stored does: `steward policy backtest --owner OWNER`.',
];

function summary({ place, branch, since, merged, stopped, unknown, direct }: LookBack): string {
  const where = `${visible(place)}${branch === null ? '' : `, ${visible(branch)}`} since ${since.slice(0, 10)}`;
  const what = merged === 1 ? '1 pull request was merged' : `${merged} pull requests were merged`;
  const open = unknown === 0 ? '' : `, and of ${unknown} it cannot be told`;
  const pushed =
    direct === null || direct === 0
      ? ''
      : ` ${direct} ${direct === 1 ? 'commit was' : 'commits were'} pushed directly and not judged.`;
  return `${where}: ${what}; ${stopped === 0 ? 'none' : stopped} would have been stopped${open}.${pushed}`;
}

function listed(
  { pulls }: LookBack,
  fate: Fate,
  title: string,
  rules: (pull: LookedPull) => readonly string[],
): readonly string[] {
  const all = pulls.filter((pull) => pull.fate === fate);
  if (all.length === 0) return [];
  const isOne = new Set(pulls.map(({ repository }) => repository)).size === 1;
  const rows = all
    .slice(0, LISTED)
    .map((pull) => [
      `${isOne ? '' : visible(pull.repository)}${pull.number === null ? `${isOne ? '' : '@'}${pull.sha.slice(0, 7)}` : `#${pull.number}`}`,
      pull.at.slice(0, 10),
      visible(pull.author),
      rules(pull).join(', '),
    ]);
  const rest = all.length > LISTED ? [`  …and ${all.length - LISTED} more: --format csv lists all.`] : [];
  return [title, ...columns(rows), ...rest];
}

function ruleLine({ id, stops, warns, notes, unknown }: RuleCount): readonly string[] {
  const counts = [
    ...(stops > 0 ? [`stops ${stops}`] : []),
    ...(warns > 0 ? [`would warn about ${warns}`] : []),
    ...(notes > 0 ? [`is only observed and fails on ${notes}`] : []),
    ...(unknown > 0 ? [`cannot be told of ${unknown}`] : []),
  ];
  return [id, counts.join(', ')];
}

function authorLine({ name, merged, stopped }: LookBack['authors'][number]): readonly string[] {
  return [visible(name), `${stopped} of ${merged}`];
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_cell, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}

function failing({ rules }: LookedPull, level: string): readonly string[] {
  return rules.filter(({ enforce, outcome }) => enforce === level && outcome === 'fail').map(({ id }) => id);
}

function untold({ rules }: LookedPull): readonly string[] {
  return rules.filter(({ outcome }) => outcome === 'unknown').map(({ id }) => id);
}
