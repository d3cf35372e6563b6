/** `npm run bench`: measures and compares; promises nothing, for every machine is another. */
import { cpus } from 'node:os';
import { EXIT, oneOf, print, program, progress, table, whole } from '../support/program.ts';
import { needPostgres } from '../soak/place.ts';
import { measureCheck, type Checked } from './clone.ts';
import { median, ratio, short } from './numbers.ts';
import { CONCURRENCY, measure, type Served } from './serving.ts';
import { SUBJECTS, type SubjectName } from './subject.ts';

const HELP = `
Measures Steward on this machine, each number beside a baseline from the same run.

Usage: npm run bench -- [options]

  --database NAME       sqlite, postgres or both (both)
  --runs N              fresh processes for each row; medians are printed (3)
  --events N            deliveries sent as fast as they are answered, 16 at a time (1000)
  --pushes N            pushes whose time to the check is measured, ten a second (60)
  --latency MS          time until GitHub answers an API call (50)
  --commits N           commits of the clone that is checked (5000)
  --files N             files of that clone (20000)
  --only PART           serving, check or all (all)
  --format text|json    how to print the result (text)
  --help

Baselines: "acknowledge" is a process that verifies the signature, answers and does nothing; "handler" does the same two API
calls as Steward within the request, remembers nothing and spaces nothing out. "git log" reads the commits that "check" judges.

Examples:
  $ npm run bench
  $ npm run bench -- --database sqlite --runs 1
  $ npm run -s bench -- --format json > bench.json

PostgreSQL is looked for at 127.0.0.1:5432, or where TEST_POSTGRES says.

Exit codes:
  0  measured
  2  bad usage
  3  the run could not be made
`;

const DEFAULTS = {
  database: 'both',
  runs: '3',
  events: '1000',
  pushes: '60',
  latency: '50',
  commits: '5000',
  files: '20000',
  only: 'all',
  format: 'text',
};

interface Row {
  readonly name: SubjectName;
  readonly runs: readonly Served[];
  readonly median: Readonly<Record<keyof Served, number>>;
}

const NAMES: Readonly<Record<SubjectName, string>> = {
  acknowledge: 'baseline: acknowledge',
  handler: 'baseline: handler',
  sqlite: 'Steward on SQLite',
  postgres: 'Steward on PostgreSQL',
};

await program(HELP, DEFAULTS, async (given) => {
  const database = oneOf('database', given.database, ['sqlite', 'postgres', 'both']);
  const only = oneOf('only', given.only, ['serving', 'check', 'all']);
  const format = oneOf('format', given.format, ['text', 'json']);
  const runs = whole('runs', given.runs, 1, 99);
  const serving = {
    events: whole('events', given.events, 1, 1_000_000),
    pushes: whole('pushes', given.pushes, 1, 10_000),
    latency: whole('latency', given.latency, 0, 5_000),
  };
  const clone = { commits: whole('commits', given.commits, 1, 1_000_000), files: whole('files', given.files, 1, 1_000_000) };
  if (database !== 'sqlite' && only !== 'check') await needPostgres();
  const names = SUBJECTS.filter(
    (name) => database === 'both' || name === database || name === 'acknowledge' || name === 'handler',
  );
  const rows = only === 'check' ? [] : await serve(names, runs, serving);
  const checked = only === 'serving' ? null : await checkClone(clone, Math.max(runs, 3));
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`;
  if (format === 'json') print(JSON.stringify({ machine, runs, ...serving, ...clone, serving: rows, check: checked }, null, 2));
  else print(report(rows, checked, { machine, runs, ...serving, ...clone }));
  return EXIT.fine;
});

/** Runs in turns, so that what else the machine does meets every row. */
async function serve(
  names: readonly SubjectName[],
  runs: number,
  options: { events: number; pushes: number; latency: number },
): Promise<readonly Row[]> {
  const served = new Map<SubjectName, Served[]>();
  for (let run = 1; run <= runs; run += 1) {
    for (const name of names) {
      const one = await measure(name, options);
      served.set(name, [...(served.get(name) ?? []), one]);
      progress(
        `run ${run}/${runs} ${NAMES[name]}: ${short(one.perSecond)} events/s, check after ${short(one.checkP50 ?? NaN)} ms`,
      );
    }
  }
  return [...served].map(([name, all]) => ({ name, runs: all, median: medians(all) }));
}

function medians(all: readonly Served[]): Row['median'] {
  const of = (key: keyof Served): number => median(all.map((one) => one[key] ?? NaN));
  return {
    perSecond: of('perSecond'),
    answerP50: of('answerP50'),
    answerP99: of('answerP99'),
    checkP50: of('checkP50'),
    checkP95: of('checkP95'),
    callsPerEvent: of('callsPerEvent'),
    idleMemory: of('idleMemory'),
    peakMemory: of('peakMemory'),
  };
}

async function checkClone({ commits, files }: { commits: number; files: number }, runs: number): Promise<Checked> {
  progress(`a clone of ${commits} commits and ${files} files is made and checked ${runs} times`);
  return measureCheck(commits, files, runs);
}

interface About {
  readonly machine: string;
  readonly runs: number;
  readonly events: number;
  readonly pushes: number;
  readonly latency: number;
  readonly commits: number;
  readonly files: number;
}

function report(rows: readonly Row[], checked: Checked | null, about: About): string {
  const parts = [`Measured on ${about.machine}. Medians of ${about.runs} runs; other machines give other numbers.`];
  if (rows.length > 0) parts.push(servingTable(rows, about));
  if (checked !== null) parts.push(checkTable(checked, about));
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

function checkTable({ check, git, node }: Checked, { commits, files }: About): string {
  const rows = [
    ['steward check', short(median(check)), ratio(median(check), median(git))],
    ['git log of the same commits', short(median(git)), '1×'],
    ['node, doing nothing', short(median(node)), ratio(median(node), median(git))],
  ];
  return table([`${commits} commits, ${files} files`, 'median (ms)', 'to git log'], rows);
}
