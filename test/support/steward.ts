/** Steward as operators run it: a process of its own, started by its command line, that can be killed at any moment. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KEPT_LINES = 400;
/** A process that has not come up by then never will. */
const START_LIMIT = 60_000;

export interface StewardEnv {
  readonly [name: string]: string;
}

/** A running Steward. */
export interface StewardProcess {
  /** Without a trailing slash. */
  readonly url: string;
  readonly webhooks: string;
  readonly pid: number;
  /** False as soon as the process has ended. */
  readonly isAlive: () => boolean;
  /** `kill -9`; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
  /** The last lines it wrote. */
  readonly lines: readonly string[];
}

/** Starts `steward serve` on a free port and waits until it says that it is running. */
export async function startSteward(env: StewardEnv): Promise<StewardProcess> {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'serve'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', REGISTRIES: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const lines: string[] = [];
  const url = await running(child, ended, lines);
  return {
    url,
    webhooks: `${url}/api/github/webhooks`,
    pid: child.pid ?? 0,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
    lines,
  };
}

/** Resolves with the address that the process tells; keeps what else it says. */
async function running(child: ChildProcess, ended: Promise<[number | null]>, lines: string[]): Promise<string> {
  const told = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      const found = /^Steward is running at (\S+)$/.exec(line)?.[1];
      if (found !== undefined) told.resolve(found);
    });
  }
  const timer = setTimeout(() => {
    told.reject(new Error(`Steward did not start within ${START_LIMIT / 1000} seconds:\n${lines.join('\n')}`));
  }, START_LIMIT);
  void ended.then(([code]) => {
    told.reject(new Error(`Steward ended with ${code ?? 'a signal'} before it was running:\n${lines.join('\n')}`));
  });
  try {
    return await told.promise;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The samples of a metric, by their labels as written: `{state="waiting"}`. */
export async function metric(steward: Pick<StewardProcess, 'url'>, name: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${steward.url}/metrics`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`Steward answered ${response.status} for its metrics.`);
  const samples = (await response.text())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return new Map(samples.map((line) => [/\{.*\}/.exec(line)?.[0] ?? '', Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

/** Jobs that wait or run. */
export async function openJobs(steward: Pick<StewardProcess, 'url'>): Promise<number> {
  const jobs = await metric(steward, 'jobs');
  return (jobs.get('{state="waiting"}') ?? 0) + (jobs.get('{state="running"}') ?? 0);
}
