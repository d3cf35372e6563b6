/** What was measured, as tables in Markdown. */
import { table } from '../support/program.ts';
import type { Checked } from './clone.ts';
import type { Large } from './large.ts';
import { dependenciesTable, type Dependencies } from './dependencies.ts';
import { licensesReport, type Licenses } from './licenses-report.ts';
import { median, ratio, short } from './numbers.ts';
import { previewsTable, type Previewed } from './preview.ts';
import { CONCURRENCY, type Served } from './serving.ts';
import type { SubjectName } from './subject.ts';

/** What was measured of one subject, each time in a fresh process. */
export interface Row {
  readonly name: SubjectName;
  readonly runs: readonly Served[];
  readonly median: Readonly<Record<keyof Served, number>>;
}

/** What the subjects are called. */
export const NAMES: Readonly<Record<SubjectName, string>> = {
  acknowledge: 'baseline: acknowledge',
  handler: 'baseline: handler',
  sqlite: 'Steward on SQLite',
  postgres: 'Steward on PostgreSQL',
};

/** Null and empty: it was not asked for. */
export interface Measured {
  readonly serving: readonly Row[];
  readonly large: Large | null;
  readonly check: Checked | null;
  readonly licenses: Licenses | null;
  readonly dependencies: readonly Dependencies[] | null;
  readonly previews: readonly Previewed[] | null;
}

/** What was asked for. */
export interface About {
  readonly machine: string;
  readonly runs: number;
  readonly events: number;
  readonly pushes: number;
  readonly latency: number;
  readonly commits: number;
  readonly files: number;
  readonly commitsEach: number;
}

/** Everything that was measured, as tables. */
export function report({ serving, large, check, licenses, dependencies, previews }: Measured, about: About): string {
  const parts = [`Measured on ${about.machine}. Medians of ${about.runs} runs; other machines give other numbers.`];
  if (serving.length > 0) parts.push(servingTable(serving, about));
  if (large !== null) parts.push(largeTable(large, about));
  if (check !== null) parts.push(checkTable(check, about));
  if (licenses !== null) parts.push(licensesReport(licenses));
  if (dependencies !== null) parts.push(dependenciesTable(dependencies));
  if (previews !== null) parts.push(previewsTable(previews));
  return parts.join('\n\n');
}

function servingTable(rows: readonly Row[], { events, pushes, latency }: About): string {
  const of = (name: SubjectName): number => rows.find((row) => row.name === name)?.median.perSecond ?? NaN;
  const handler = rows.find((row) => row.name === 'handler')?.median.checkP50 ?? NaN;
  const head = [
    '',
    'events/s',
    'to acknowledge',
    'to SQLite',
    'answer p50 (ms)',
    'answer p99 (ms)',
    'check p50 (ms)',
    'check p95 (ms)',
  ];
  const cells = rows.map(({ name, median: m }) => [
    NAMES[name],
    short(m.perSecond),
    ratio(m.perSecond, of('acknowledge')),
    ratio(m.perSecond, of('sqlite')),
    ...[m.answerP50, m.answerP99, m.checkP50, m.checkP95].map(short),
    ratio(m.checkP50, handler),
    ...[m.callsPerEvent, m.idleMemory, m.peakMemory].map(short),
  ]);
  return `${table([...head, 'p50 to handler', 'calls/event', 'memory idle (MB)', 'memory peak (MB)'], cells)}

events/s, answer: ${events} deliveries over ${CONCURRENCY} connections, until they are answered with 2xx; jobs run meanwhile.
check: ${pushes} pushes, ten a second, from sending the delivery until GitHub has the completed check; ${latency} ms of API latency a call.
calls/event: all requests to GitHub but for minting tokens.`;
}

function largeTable({ check, read, calls }: Large, { commitsEach, latency }: About): string {
  const rows = [
    ['Steward on SQLite', short(median(check)), ratio(median(check), median(read)), short(median(calls))],
    ['baseline: reading', short(median(read)), '1×', short(Math.ceil(commitsEach / 100) + 1)],
  ];
  return `${table([`${commitsEach} commits, DCO and CLA`, 'to the check (ms)', 'to reading', 'calls'], rows)}

From sending the delivery of a new pull request until GitHub has its completed check; ${latency} ms of API latency a call.`;
}

function checkTable({ check, git, node }: Checked, { commits, files }: About): string {
  const rows = [
    ['steward check', short(median(check)), ratio(median(check), median(git))],
    ['git log of the same commits', short(median(git)), '1×'],
    ['node, doing nothing', short(median(node)), ratio(median(node), median(git))],
  ];
  return table([`${commits} commits, ${files} files`, 'median (ms)', 'to git log'], rows);
}
