/** Measures what dependencies cost: two lock files read and compared, and long license expressions judged. */
import { known, unknown } from '../../src/facts/answer.ts';
import { interview } from '../../src/facts/gather.ts';
import { licensedPackages } from '../../src/facts/packages/licensed.ts';
import { parseExpression } from '../../src/facts/spdx/expression.ts';
import { evaluate } from '../../src/rules/licensing/evaluate.ts';
import { aSource, anEntry } from '../support/builders.ts';
import { table } from '../support/program.ts';
import { median, ratio, short } from './numbers.ts';

export interface Dependencies {
  readonly name: string;
  readonly wanted: string;
  /** Milliseconds of each run, after some that count for nothing. */
  readonly runs: readonly number[];
  /** The same for `JSON.parse` of the same text; of an expression, of its words as an array. */
  readonly baseline: readonly number[];
  /** Questions that left the process. */
  readonly calls: number;
  /** What came out, in a few words. */
  readonly found: string;
}

const WARMING = 5;
const ENTRIES = 1500;
/** What the contribution adds, and of which it raises the version. */
const [ADDED, RAISED] = [20, 15];

export async function measureDependencies(runs: number): Promise<readonly Dependencies[]> {
  return [
    await lockFiles(runs),
    await expression(
      'an expression of 10 kB',
      '≤ 10 ms',
      wordsOf(10_000, (text) => text.length),
      runs,
    ),
    await expression(
      'an expression of 20,000 operands',
      'fine',
      wordsOf(20_000, (_, count) => count),
      runs,
    ),
  ];
}

/** As `npm install` writes one. */
function lock(entries: number, raised: number): string {
  const packages = Array.from({ length: entries }, (_, index) => {
    const [name, version] = [`package-${index}`, `${index < raised ? 2 : 1}.${index % 7}.0`];
    return [
      `node_modules/${name}`,
      {
        version,
        resolved: `https://registry.npmjs.org/${name}/-/${name}-${version}.tgz`,
        integrity: `sha512-${Buffer.from(name.padEnd(64, '.')).toString('base64')}`,
        license: ['MIT', 'ISC', 'Apache-2.0', '(MIT OR CC0-1.0)'][index % 4],
        ...(index % 3 === 0 ? { dev: true } : {}),
        dependencies: { [`package-${(index + 1) % entries}`]: '^1.0.0', [`package-${(index + 7) % entries}`]: '^1.0.0' },
        engines: { node: '>=18' },
      },
    ] as const;
  });
  const dependencies = Object.fromEntries(packages.slice(0, 60).map(([path]) => [path.slice('node_modules/'.length), '*']));
  const root = { name: 'widget', version: '1.0.0', dependencies };
  const whole = { name: 'widget', version: '1.0.0', lockfileVersion: 3, requires: true };
  return JSON.stringify({ ...whole, packages: { '': root, ...Object.fromEntries(packages) } }, null, 2);
}

async function lockFiles(runs: number): Promise<Dependencies> {
  const texts = { base: lock(ENTRIES - ADDED, 0), head: lock(ENTRIES, RAISED), defaults: '' };
  const entries = { base: [anEntry('package-lock.json', 'base')], head: [anEntry('package-lock.json', 'head')], defaults: [] };
  let [found, calls] = [0, 0];
  const work = async (): Promise<void> => {
    let outside = 0;
    const source = aSource({
      base: {},
      changes: [{ path: 'package-lock.json', status: 'modified' }],
      instead: {
        directory: (tree) => Promise.resolve(known(entries[tree])),
        text: (tree) => Promise.resolve(known(texts[tree])),
        // Without leave to ask, only the store is looked into.
        packageLicenses: (packages, mayAsk) => {
          if (mayAsk) outside += 1;
          return Promise.resolve(packages.map(() => unknown('nothing is kept')));
        },
      },
    });
    const answer = await interview(source)(licensedPackages('public', false));
    found = answer.known ? answer.value.packages.length : 0;
    calls = outside + source.asked.filter((method) => method === 'graphed' || method === 'files').length;
  };
  const [times, baseline] = await inTurns(runs, work, () => [JSON.parse(texts.base), JSON.parse(texts.head)]);
  const name = `both sides of a lock file of ${ENTRIES} entries (${short(texts.head.length / 1e6)} MB each)`;
  return { name, wanted: '≤ 100 ms', runs: times, baseline, calls, found: `${found} packages` };
}

const IDS = ['MIT', 'GPL-3.0-or-later', 'Apache-2.0 WITH LLVM-exception', 'mpl-2.0', 'LicenseRef-Acme'];

/** Alternating operators and parentheses, up to a measure of the text and the count of its operands. */
function wordsOf(most: number, measure: (text: string, count: number) => number): string {
  let text = 'MIT';
  for (let count = 1; measure(text, count) < most; count += 1) {
    const id = IDS[count % IDS.length] ?? 'MIT';
    text += count % 3 === 0 ? ` AND (${id} OR ISC)` : ` ${count % 2 === 0 ? 'AND' : 'OR'} ${id}`;
  }
  return text;
}

async function expression(name: string, wanted: string, text: string, runs: number): Promise<Dependencies> {
  const terms = { allow: ['category:permissive'], review: [], deny: [], categories: {}, exactExceptions: false };
  const words = JSON.stringify(text.split(' '));
  let standing = '';
  const [times, baseline] = await inTurns(
    runs,
    () => {
      const parsed = parseExpression(text);
      standing = parsed.known ? evaluate(parsed.value, terms).standing : parsed.reason;
    },
    () => JSON.parse(words) as unknown,
  );
  return { name, wanted, runs: times, baseline, calls: 0, found: standing };
}

/** Both in turns, so that what else the machine does meets both. */
async function inTurns(
  runs: number,
  work: () => unknown,
  other: () => unknown,
): Promise<readonly [readonly number[], readonly number[]]> {
  const [times, baseline]: [number[], number[]] = [[], []];
  for (let run = -WARMING; run < runs; run += 1) {
    const [one, two] = [await timed(work), await timed(other)];
    if (run < 0) continue;
    times.push(one);
    baseline.push(two);
  }
  return [times, baseline];
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** What was measured of dependencies, as a table. */
export function dependenciesTable(all: readonly Dependencies[]): string {
  const rows = all.map(({ name, wanted, runs, baseline, calls, found }) => [
    name,
    short(median(runs)),
    short(Math.min(...runs)),
    wanted,
    ratio(median(runs), median(baseline)),
    String(calls),
    found,
  ]);
  return `${table(['dependencies', 'median (ms)', 'fastest (ms)', 'wanted', 'to JSON.parse', 'outside calls', 'found'], rows)}

JSON.parse: of the same lock files; of an expression, of its words as an array.`;
}
