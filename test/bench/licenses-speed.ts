/** Measures how long a detection takes: in a warm process, in a fresh one, and on texts made to be slow. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decode } from '../../src/facts/license/decode.ts';
import { LARGEST } from '../../src/facts/license/detection.ts';
import { formats, hostile } from '../support/license-hostile.ts';
import { detect, indexSize } from './licenses-fresh.ts';
import { ROOT } from './licenses-peers.ts';
import { median, percentile } from './numbers.ts';

/** Of one set of files, each the best of three passes after a first one, so that what else the machine does counts less. */
export interface Pace {
  readonly name: string;
  readonly files: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface Cold {
  readonly name: string;
  /** Milliseconds of each run, from starting Node to the first answer. */
  readonly runs: readonly number[];
}

export interface Slowest {
  readonly name: string;
  readonly ms: number;
}

export interface Speed {
  readonly paces: readonly Pace[];
  readonly cold: readonly Cold[];
  /** Bytes of the index as it is shipped. */
  readonly index: number;
  readonly hostile: readonly Slowest[];
}

export async function measureSpeed(texts: readonly string[], each: readonly string[], starts: number): Promise<Speed> {
  return {
    paces: [pace('every file', texts), pace('one of each content', each)],
    cold: await coldStarts(starts),
    index: indexSize(),
    hostile: slowest(),
  };
}

function pace(name: string, texts: readonly string[]): Pace {
  for (const text of texts) detect(text);
  const times = texts.map((text) => best(() => detect(text)));
  const total = times.reduce((sum, one) => sum + one, 0);
  const of = (share: number): number => percentile(times, share);
  return { name, files: texts.length, perSecond: (texts.length * 1000) / total, p50: of(0.5), p95: of(0.95), p99: of(0.99) };
}

function best(work: () => unknown): number {
  return Math.min(...[0, 1, 2].map(() => timed(work)));
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** The slowest first. */
function slowest(): readonly Slowest[] {
  const texts = hostile(LARGEST).map(({ name, text }) => ({ name, ms: best(() => detect(text)) }));
  const files = formats().map(({ name, bytes }) => ({
    name,
    ms: best(() => {
      const text = decode(bytes);
      return text.known ? detect(text.value) : null;
    }),
  }));
  return [...texts, ...files].sort((a, b) => b.ms - a.ms);
}

const MIT = 'node_modules/typescript/LICENSE.txt';

/** In turns: Node alone, then Node with one detection, from the sources and from what `npm run build` made. */
async function coldStarts(runs: number): Promise<readonly Cold[]> {
  const built = join(ROOT, 'dist/server/license-detector.js');
  const programs = new Map([
    ['node, doing nothing', '0'],
    ['from the sources', first(join(ROOT, 'src/server/license-detector.ts'))],
    ...(existsSync(built) ? [['as built', first(built)] as const] : []),
  ]);
  const times = new Map<string, number[]>([...programs.keys()].map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const [name, program] of programs) times.get(name)?.push(await start(program));
  }
  return [...times].map(([name, all]) => ({ name, runs: all }));
}

function first(module: string): string {
  const from = JSON.stringify(pathToFileURL(module).href);
  return `const { licenseDetector } = await import(${from});
    const { readFileSync } = await import('node:fs');
    if (licenseDetector()(readFileSync(${JSON.stringify(MIT)}, 'utf8')).matches.length === 0) process.exit(1);`;
}

async function start(program: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: ROOT, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`A fresh process ended with ${code ?? 'a signal'}.`);
  return performance.now() - started;
}

/** The median of one way to start. */
export function coldest({ cold }: Speed, name: string): number {
  return median(cold.find((one) => one.name === name)?.runs ?? []);
}
