/** `npm run fuzz`: tries to break what has to hold for any input, far longer than `npm test` does. */
import { EXIT, oneOf, print, program, progress, whole } from '../support/program.ts';
import { newSeed } from '../support/random.ts';
import type { Check, Outcome } from './check.ts';
import { expressions } from './expressions.ts';
import { licenses } from './licenses.ts';
import { markdownHostile } from './markdown.ts';
import { packages } from './packages.ts';
import { payloadsDamaged } from './payloads.ts';
import { policiesDamaged } from './policies.ts';
import { trailersAsGit } from './trailers.ts';

const CHECKS: readonly Check[] = [
  trailersAsGit,
  policiesDamaged,
  payloadsDamaged,
  markdownHostile,
  ...licenses,
  ...expressions,
  packages,
];
const WIDTH = Math.max(...CHECKS.map(({ name }) => name.length));

const HELP = `
Tries to break what has to hold for any input. What breaks it is made as small as possible and printed.

${CHECKS.map(({ name, says }) => `  ${name.padEnd(WIDTH)}  ${says}`).join('\n')}

Usage: npm run fuzz -- [options]

  --runs N              inputs for each (10000)
  --only NAME           one of the above (all)
  --seed N              repeats a run (random, and printed)
  --format text|json    how to print the result (text)
  --help

Examples:
  $ npm run fuzz
  $ npm run fuzz -- --only policy --runs 100000
  $ npm run fuzz -- --only markdown --seed 7

Exit codes:
  0  everything held
  1  something broke; the smallest input found is printed
  2  bad usage
  3  the run could not be made
`;

await program(HELP, { runs: '10000', only: 'all', seed: '', format: 'text' }, (given) => {
  const names = ['all', ...CHECKS.map(({ name }) => name)];
  const only = oneOf('only', given.only, names);
  const format = oneOf('format', given.format, ['text', 'json']);
  const runs = whole('runs', given.runs, 1, 100_000_000);
  const seed = given.seed === '' ? newSeed() : whole('seed', given.seed, 0, 2_000_000_000);
  progress(`seed ${seed}`);
  const outcomes = CHECKS.filter(({ name }) => only === 'all' || name === only).map((check) => ({
    name: check.name,
    ...tried(check, runs, seed),
  }));
  print(format === 'json' ? JSON.stringify({ seed, checks: outcomes }, null, 2) : outcomes.map(line).join('\n'));
  return Promise.resolve(outcomes.some(({ broken }) => broken !== null) ? EXIT.violated : EXIT.fine);
});

function tried(check: Check, runs: number, seed: number): Outcome {
  progress(`${check.name}: ${check.says}`);
  return check.run({ runs, seed });
}

function line({ name, runs, broken }: Outcome & { readonly name: string }): string {
  if (broken === null) return `${name.padEnd(WIDTH)}  held for ${runs} inputs`;
  return `${name.padEnd(WIDTH)}  BROKEN after ${runs} inputs: ${broken.reason}\n${' '.repeat(WIDTH)}  smallest input: ${broken.counterexample}`;
}
