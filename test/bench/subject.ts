/** What is measured, as a running process: Steward on one of its databases, or a baseline. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mintToken } from '../support/github/access.ts';
import type { GitHub } from '../support/github/server.ts';
import { openJobs, startSteward } from '../support/steward.ts';
import { makePlace } from '../soak/place.ts';

export const SUBJECTS = ['acknowledge', 'handler', 'sqlite', 'postgres'] as const;
export type SubjectName = (typeof SUBJECTS)[number];

export interface Running {
  readonly webhooks: string;
  /** Jobs that wait or run; always 0 for a baseline. */
  readonly open: () => Promise<number>;
  /** Memory in megabytes. */
  readonly memory: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export async function startSubject(name: SubjectName, github: GitHub): Promise<Running> {
  return name === 'sqlite' || name === 'postgres' ? steward(name, github) : baseline(name, github);
}

async function steward(database: 'sqlite' | 'postgres', github: GitHub): Promise<Running> {
  const place = await makePlace(database);
  const process = await startSteward({ ...github.env, ...place.env, LOG_LEVEL: 'warn' });
  const stop = async (): Promise<void> => {
    await process.stop();
    await place.remove();
  };
  return { webhooks: process.webhooks, open: () => openJobs(process), memory: () => memoryOf(process.pid), stop };
}

async function baseline(does: 'acknowledge' | 'handler', github: GitHub): Promise<Running> {
  const { world, url } = github;
  const asked = { permissions: { checks: 'write', contents: 'read', metadata: 'read', pull_requests: 'read' } } as const;
  const tokens = Object.fromEntries(
    [...world.installations.values()].map((one) => [one.account.login, mintToken(world, one, asked).value]),
  );
  const order = JSON.stringify({ does, secret: world.app.webhookSecret, github: url, tokens });
  const script = fileURLToPath(new URL('baseline.ts', import.meta.url));
  const child = spawn(process.execPath, [script, order], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const found = /^Baseline is running at (\S+)$/.exec(line)?.[1];
    if (found === undefined) continue;
    const stop = async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    };
    return { webhooks: found, open: () => Promise.resolve(0), memory: () => memoryOf(child.pid ?? 0), stop };
  }
  throw new Error('The baseline did not start.');
}

async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.trim()) / 1024;
}
