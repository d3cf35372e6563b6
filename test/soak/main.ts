/** `npm run soak`: kills Steward while deliveries come in, again and again, and proves that nothing is lost or doubled. */
import { EXIT, oneOf, print, program, progress, table, whole } from '../support/program.ts';
import { newSeed } from '../support/random.ts';
import { DATABASES, needPostgres, type DatabaseName } from './place.ts';
import { playRound, type RoundOptions, type RoundResult } from './round.ts';

const HELP = `
Kills Steward (kill -9) at random moments while deliveries come in, starts it again, and looks at what is left:
every open head has exactly one completed, right check; nothing that was acknowledged is lost, nothing is doubled,
and failed deliveries are recovered. SQLite runs one process, PostgreSQL two.

Usage: npm run soak -- [options]

  --database NAME       sqlite, postgres or both (both)
  --rounds N            rounds for each database (20)
  --deliveries N        deliveries a round that Steward looks at; GitHub sends others besides (200)
  --installations N     organizations they are spread over (20)
  --kills N             kills while they come in; one more of every process follows at their end (2)
  --storm SECONDS       time over which they come in (8)
  --latency MS          time until GitHub answers an API call (25)
  --troubles N          writes a round that take effect while their answer is lost (3)
  --parallel N          rounds played at the same time (2)
  --limit MINUTES       no round begins later than this (40)
  --seed N              repeats a run; rounds take the seeds that follow (random, and printed)
  --format text|json    how to print the result (text)
  --help

Examples:
  $ npm run soak
  $ npm run soak -- --database sqlite --rounds 1 --seed 7
  $ npm run -s soak -- --rounds 5 --format json > soak.json

PostgreSQL is looked for at 127.0.0.1:5432, or where TEST_POSTGRES says; every round makes a database of its own.

Exit codes:
  0  all expectations held
  1  at least one was violated; each is printed
  2  bad usage
  3  the run could not be made, or not to its end within --limit
`;

const DEFAULTS = {
  database: 'both',
  rounds: '20',
  deliveries: '200',
  installations: '20',
  kills: '2',
  storm: '8',
  latency: '25',
  troubles: '3',
  parallel: '2',
  limit: '40',
  seed: '',
  format: 'text',
};

const EXPECTATIONS = `Held in every round:
- every open head has exactly one completed check run, with the right conclusion
- no commit has two check runs of one name, no pull request two comments, no repository two issues
- comments and issues say what is so
- every delivery that was acknowledged is recorded; every one that failed was recovered at start
- every command in a comment is kept exactly once
- the kept verdict is about the head; no job was given up; GitHub would have understood every request`;

await program(HELP, DEFAULTS, async (given) => {
  const database = oneOf('database', given.database, [...DATABASES, 'both']);
  const format = oneOf('format', given.format, ['text', 'json']);
  const rounds = whole('rounds', given.rounds, 1, 10_000);
  const seed = given.seed === '' ? newSeed() : whole('seed', given.seed, 0, 4_000_000_000);
  const common = {
    deliveries: whole('deliveries', given.deliveries, 1, 100_000),
    installations: whole('installations', given.installations, 1, 1_000),
    kills: whole('kills', given.kills, 0, 7),
    storm: whole('storm', given.storm, 1, 3_600) * 1000,
    latency: whole('latency', given.latency, 0, 5_000),
    troubles: whole('troubles', given.troubles, 0, 1_000),
  };
  const parallel = whole('parallel', given.parallel, 1, 16);
  const databases = database === 'both' ? DATABASES : [database];
  if (databases.includes('postgres')) await needPostgres();
  progress(`seed ${seed}: ${rounds} rounds on ${databases.join(' and ')}, ${common.deliveries} deliveries each`);
  // Alternating, so that rounds side by side do not wait for the same thing.
  const plans = Array.from({ length: rounds }, (_, index) =>
    databases.map((one): RoundOptions => ({ ...common, database: one, seed: (seed + index) % 2 ** 32 })),
  ).flat();
  const limit = whole('limit', given.limit, 1, 10_000) * 60_000;
  const results = await playAll(plans, parallel, limit);
  print(format === 'json' ? JSON.stringify({ seed, ...common, rounds: results }, null, 2) : report(results, seed));
  if (results.some(({ violations }) => violations.length > 0)) return EXIT.violated;
  if (results.length === plans.length) return EXIT.fine;
  progress(`only ${results.length} of ${plans.length} rounds were begun within ${given.limit} minutes`);
  return EXIT.fault;
});

async function playAll(plans: readonly RoundOptions[], parallel: number, limit: number): Promise<readonly RoundResult[]> {
  const results: RoundResult[] = [];
  const left = plans.values();
  const player = async (): Promise<void> => {
    for (const plan of left) {
      if (performance.now() > limit) return;
      const result = await playRound(plan);
      results.push(result);
      tell(result, results.length, plans.length);
    }
  };
  await Promise.all(Array.from({ length: parallel }, player));
  return results;
}

function tell(result: RoundResult, done: number, all: number): void {
  const { database, seed, deliveries, kills, seconds, violations, warnings } = result;
  const outcome = violations.length === 0 ? 'held' : `${violations.length} VIOLATED`;
  progress(
    `${done}/${all} ${database} seed ${seed}: ${outcome}; ${deliveries.sent} deliveries, ${deliveries.failed} of them failed, ` +
      `${kills} kills, ${seconds.storm} + ${seconds.settle} s`,
  );
  if (violations.length === 0) return;
  for (const violation of violations) progress(`  ${violation}`);
  for (const warning of warnings.slice(-40)) progress(`  log: ${warning.slice(0, 500)}`);
}

function report(results: readonly RoundResult[], seed: number): string {
  const rows = DATABASES.map((database) =>
    rowOf(
      database,
      results.filter((one) => one.database === database),
    ),
  ).filter((row) => row !== null);
  const head = ['database', 'rounds', 'kills', 'deliveries', 'failed, recovered', 'sent twice', 'open heads', 'check runs'];
  const more = ['comments', 'issues', 'commands', 'API calls', 'longest round (s)', 'violations'];
  const violations = results.flatMap((one) => one.violations.map((text) => `- ${one.database}, seed ${one.seed}: ${text}`));
  const verdict = violations.length === 0 ? EXPECTATIONS : `Violated:\n${violations.join('\n')}`;
  return `${table([...head, ...more], rows)}\n\nSeed ${seed}. ${verdict}`;
}

function rowOf(database: DatabaseName, results: readonly RoundResult[]): readonly string[] | null {
  if (results.length === 0) return null;
  const sum = (of: (one: RoundResult) => number): string => String(results.reduce((total, one) => total + of(one), 0));
  return [
    database,
    String(results.length),
    sum(({ kills }) => kills),
    sum(({ deliveries }) => deliveries.sent),
    sum(({ deliveries }) => deliveries.failed),
    sum(({ deliveries }) => deliveries.doubled),
    sum(({ openHeads }) => openHeads),
    sum(({ checkRuns }) => checkRuns),
    sum(({ comments }) => comments),
    sum(({ issues }) => issues),
    sum(({ commands }) => commands),
    sum(({ calls }) => calls),
    String(Math.max(...results.map(({ seconds }) => seconds.total))),
    sum(({ violations }) => violations.length),
  ];
}
