/** `npm run bench`: measures and compares; promises nothing, for every machine is another. */
import { cpus } from 'node:os';
import { distinct, isSingle } from '../support/license-corpus.ts';
import { EXIT, oneOf, print, program, progress, whole } from '../support/program.ts';
import { needPostgres } from '../soak/place.ts';
import { measureCheck, type Checked } from './clone.ts';
import { measureDependencies } from './dependencies.ts';
import { measureLarge, type Large } from './large.ts';
import { licenseFiles, measureAnswers, measureEdits } from './licenses.ts';
import { measurePeers } from './licenses-peers.ts';
import { withoutTexts, type Licenses } from './licenses-report.ts';
import { measureSpeed } from './licenses-speed.ts';
import { median, short } from './numbers.ts';
import { measurePreviews } from './preview.ts';
import { NAMES, report, type Row } from './report.ts';
import { measure, type Served } from './serving.ts';
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
  --large N             commits of each large pull request (1000)
  --corpus DIR          a folder with more license files: of packages, or listed in a truth.tsv
  --only PART           serving, large, check, licenses, dependencies, preview or all (all)
  --format text|json    how to print the result (text)
  --help

Baselines: "acknowledge" is a process that verifies the signature, answers and does nothing; "handler" does the same two API
calls as Steward within the request, remembers nothing and spaces nothing out; "reading" reads every commit of a large pull
request, page by page, writes a check run and judges nothing. "git log" reads the commits that "check" judges. "Hash alone" names a
license by all of its words. Where licensee or licensecheck is installed, it reads the same license files. "JSON.parse" reads the
lock files that "dependencies" compares, and the facts that "preview" judges; "reading" reads those from the store and judges nothing.

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
  large: '1000',
  corpus: '',
  only: 'all',
  format: 'text',
};

await program(HELP, DEFAULTS, async (given) => {
  const database = oneOf('database', given.database, ['sqlite', 'postgres', 'both']);
  const only = oneOf('only', given.only, ['serving', 'large', 'check', 'licenses', 'dependencies', 'preview', 'all']);
  const format = oneOf('format', given.format, ['text', 'json']);
  const runs = whole('runs', given.runs, 1, 99);
  const serving = {
    events: whole('events', given.events, 1, 1_000_000),
    pushes: whole('pushes', given.pushes, 1, 10_000),
    latency: whole('latency', given.latency, 0, 5_000),
  };
  const clone = { commits: whole('commits', given.commits, 1, 1_000_000), files: whole('files', given.files, 1, 1_000_000) };
  const large = whole('large', given.large, 1, 10_000);
  const isAsked = (part: typeof only): boolean => only === 'all' || only === part;
  if (database !== 'sqlite' && isAsked('serving')) await needPostgres();
  const names = SUBJECTS.filter(
    (name) => database === 'both' || name === database || name === 'acknowledge' || name === 'handler',
  );
  const rows = isAsked('serving') ? await serve(names, runs, serving) : [];
  const judged = isAsked('large') ? await judgeLarge(large, serving.latency, Math.max(runs, 3)) : null;
  const checked = isAsked('check') ? await checkClone(clone, Math.max(runs, 3)) : null;
  const licenses = isAsked('licenses') ? await detectLicenses(given.corpus, Math.max(runs, 7)) : null;
  const dependencies = isAsked('dependencies') ? await measureDependencies(Math.max(runs, 15)) : null;
  const previews = isAsked('preview') ? await measurePreviews(runs) : null;
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`;
  const measured = { serving: rows, large: judged, check: checked, licenses, dependencies, previews };
  const about = { machine, runs, ...serving, ...clone, commitsEach: large };
  print(
    format === 'json'
      ? JSON.stringify({ ...about, ...measured, licenses: licenses && withoutTexts(licenses) }, null, 2)
      : report(measured, about),
  );
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

async function judgeLarge(commits: number, latency: number, runs: number): Promise<Large> {
  progress(`${runs} pull requests of ${commits} commits are judged`);
  return measureLarge({ commits, latency, runs });
}

async function detectLicenses(corpus: string, starts: number): Promise<Licenses> {
  const files = licenseFiles(corpus);
  const parts = measureAnswers(files);
  progress('edits');
  const edits = measureEdits();
  progress('speed');
  const each = distinct(files);
  const texts = (all: typeof each): readonly string[] => all.map(({ text }) => text);
  const speed = await measureSpeed(texts(files), texts(each), starts);
  progress('other detectors');
  return { parts, edits, speed, peers: measurePeers(each.filter(isSingle)) };
}
