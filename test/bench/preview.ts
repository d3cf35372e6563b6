/** Measures what a change of the policy costs to preview, in processes of their own, on a real store. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { progress, table } from '../support/program.ts';
import { median, ratio, short } from './numbers.ts';
import type { PreviewRun } from './preview-run.ts';

/** The runs for a number of repositories. */
export interface Previewed {
  readonly repositories: number;
  /** What is wanted, in words. */
  readonly wanted: string;
  readonly runs: readonly PreviewRun[];
}

const SIZES = [
  { repositories: 100, wanted: '≤ 0.3 s' },
  { repositories: 10_000, wanted: '≤ 10 s, ≤ 400 MB' },
] as const;
const SCRIPT = fileURLToPath(new URL('preview-run.ts', import.meta.url));

/** Previews a policy that asks for everything, for organizations of several sizes: each in so many fresh processes. */
export async function measurePreviews(runs: number): Promise<readonly Previewed[]> {
  const all: Previewed[] = [];
  for (const size of SIZES) all.push({ ...size, runs: await measureOne(size.repositories, runs) });
  return all;
}

async function measureOne(repositories: number, runs: number): Promise<readonly PreviewRun[]> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  try {
    progress(`facts of ${repositories} repositories are stored`);
    await step('fill', folder, String(repositories));
    const told: PreviewRun[] = [];
    for (let run = 1; run <= runs; run += 1) {
      progress(`preview ${run}/${runs} of ${repositories} repositories`);
      told.push(JSON.parse(await step('run', folder)) as PreviewRun);
    }
    return told;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function step(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['--max-semi-space-size=16', SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`The step ${args[0] ?? ''} of measuring previews ended with ${code ?? 'a signal'}.`);
  return printed;
}

/** What was measured of previews, as a table. */
export function previewsTable(all: readonly Previewed[]): string {
  const rows = all.map(({ repositories, wanted, runs }) => {
    const of = (key: keyof PreviewRun): number => median(runs.map((run) => run[key]));
    const most = (key: keyof PreviewRun): number => Math.max(...runs.map((run) => run[key]));
    return [
      `${repositories} repositories, ${of('pullRequests')} pull requests`,
      short(of('preview') / 1_000),
      short(of('processor') / 1_000),
      wanted,
      ratio(of('preview'), of('reading')),
      ratio(of('preview'), of('parsing')),
      short(most('memory')),
      `${most('requests')}, ${most('writes')}`,
      `${of('newFailures')} fail, ${of('unknown')} unknown`,
    ];
  });
  const head = ['preview', 'median (s)', 'processor (s)', 'wanted', 'to reading', 'to JSON.parse', 'peak (MB)'];
  return `${table([...head, 'requests, writes', 'found'], rows)}

Every rule is required, where before it was off or observed; ${short((all.at(-1)?.runs[0]?.bytes ?? NaN) / 1e6)} MB of facts in SQLite in the last row.
Reading: the same pages from the store, nothing judged. JSON.parse: of the same facts. Processor: all threads; other work does not count.`;
}
