/** `npm run soak`: kills Steward while deliveries come in, again and again, and proves that nothing is lost or doubled. */
import { EXIT, oneOf, print, program, progress, whole } from '../support/program.ts';
import { newSeed } from '../support/random.ts';
import { DATABASES, needPostgres } from './place.ts';
import { signaturesTable, signingTable, stormTable } from './report.ts';
import { playRound, type RoundResult } from './round.ts';
import { playAll, seeded } from './rounds.ts';
import { playSignatures, type SignaturesResult } from './signatures.ts';
import { playSigning } from './signing.ts';

const HELP = `
Kills Steward (kill -9) at random moments while deliveries come in, starts it again, and looks at what is left:
every open head has exactly one completed, right check; nothing that was acknowledged is lost, nothing is doubled,
and failed deliveries are recovered. SQLite runs one process, PostgreSQL two.

Scenes: "storm" is what people do all day; in "signatures" people sign an agreement, in comments and on the page, and
Steward is often killed the very moment after it took a signature: everybody is in the register exactly once.
In "signing", which has to be asked for, nobody is killed: one person signs who has hundreds of open pull requests, and
what is sent is counted against GitHub's secondary limits. Waiting for its turn takes no time there.

Usage: npm run soak -- [options]

  --scene NAME          storm, signatures, all of these, or signing (all)
  --database NAME       sqlite, postgres or both (both)
  --rounds N            rounds of a scene for each database (20)
  --deliveries N        deliveries a round that Steward looks at; GitHub sends others besides (200)
  --installations N     organizations they are spread over (20)
  --kills N             kills while they come in; one more of every process follows at their end (2)
  --people N            people who sign in a round of signatures (8)
  --pulls N             open pull requests in signing (500)
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
  $ npm run soak -- --scene signatures --rounds 10 --parallel 4
  $ npm run soak -- --scene signing
  $ npm run -s soak -- --rounds 5 --format json > soak.json

PostgreSQL is looked for at 127.0.0.1:5432, or where TEST_POSTGRES says; every round makes a database of its own.

Exit codes:
  0  all expectations held
  1  at least one was violated; each is printed
  2  bad usage
  3  the run could not be made, or not to its end within --limit
`;

const DEFAULTS = {
  scene: 'all',
  database: 'both',
  rounds: '20',
  deliveries: '200',
  installations: '20',
  kills: '2',
  people: '8',
  pulls: '500',
  storm: '8',
  latency: '25',
  troubles: '3',
  parallel: '2',
  limit: '40',
  seed: '',
  format: 'text',
};

await program(HELP, DEFAULTS, async (given) => {
  const scene = oneOf('scene', given.scene, ['storm', 'signatures', 'all', 'signing']);
  const database = oneOf('database', given.database, [...DATABASES, 'both']);
  const format = oneOf('format', given.format, ['text', 'json']);
  if (scene === 'signing') return sign(whole('pulls', given.pulls, 1, 2_000), format);
  const seed = given.seed === '' ? newSeed() : whole('seed', given.seed, 0, 4_000_000_000);
  const databases = database === 'both' ? DATABASES : [database];
  const common = { storm: whole('storm', given.storm, 1, 3_600) * 1000, latency: whole('latency', given.latency, 0, 5_000) };
  const often = { rounds: whole('rounds', given.rounds, 1, 10_000), seed, databases };
  const stormy = {
    ...common,
    deliveries: whole('deliveries', given.deliveries, 1, 100_000),
    installations: whole('installations', given.installations, 1, 1_000),
    kills: whole('kills', given.kills, 0, 7),
    troubles: whole('troubles', given.troubles, 0, 1_000),
  };
  const signing = { ...common, people: whole('people', given.people, 1, 100) };
  const playing = { parallel: whole('parallel', given.parallel, 1, 16), limit: whole('limit', given.limit, 1, 10_000) * 60_000 };
  if (databases.includes('postgres')) await needPostgres();
  progress(`seed ${seed}: ${often.rounds} rounds of ${scene} on ${databases.join(' and ')}`);
  const storms = scene === 'signatures' ? [] : seeded(stormy, often);
  const signatures = scene === 'storm' ? [] : seeded(signing, often);
  const stormed = await playAll({ plans: storms, play: playRound, tell: ofStorm }, playing);
  const signed = await playAll({ plans: signatures, play: playSignatures, tell: ofSignatures }, playing);
  const tables = [...(stormed.length > 0 ? [stormTable(stormed)] : []), ...(signed.length > 0 ? [signaturesTable(signed)] : [])];
  const data = { seed, ...stormy, ...signing, rounds: stormed, signatures: signed };
  print(format === 'json' ? JSON.stringify(data, null, 2) : [...tables, `Seed ${seed}.`].join('\n\n'));
  const results = [...stormed, ...signed];
  if (results.some(({ violations }) => violations.length > 0)) return EXIT.violated;
  const planned = storms.length + signatures.length;
  if (results.length === planned) return EXIT.fine;
  progress(`only ${results.length} of ${planned} rounds were begun within ${given.limit} minutes`);
  return EXIT.fault;
});

async function sign(pulls: number, format: 'text' | 'json'): Promise<number> {
  progress(`${pulls} pull requests wait for a signature`);
  const result = await playSigning(pulls);
  print(format === 'json' ? JSON.stringify(result, null, 2) : signingTable(result));
  return result.violations.length > 0 ? EXIT.violated : EXIT.fine;
}

function ofStorm({ deliveries, kills, seconds }: RoundResult): string {
  return `${deliveries.sent} deliveries, ${deliveries.failed} of them failed, ${kills} kills, ${seconds.storm} + ${seconds.settle} s`;
}

function ofSignatures({ signatures, repeated, kills, seconds }: SignaturesResult): string {
  const { comments, page } = signatures;
  return `${comments} signed by comment, ${page} by page, ${repeated} unanswered at first, ${kills} kills, ${seconds} s`;
}
