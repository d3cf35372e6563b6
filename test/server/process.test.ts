/** Steward as a process: how it refuses to start, how it ends, and that it runs in a Probot host of somebody else's. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/server/jobs/open.ts';
import { aBareGithub, PRIVATE_KEY, SECRET, send, signed, until, type BareGithub } from '../support/server.ts';

let folder: string;
let github: BareGithub;
let child: ChildProcess | null = null;
let printed = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-process-'));
  github = await aBareGithub();
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  github.close();
  rmSync(folder, { recursive: true });
});

const PROGRAM =
  "import { run } from './src/server/main.ts'; process.exitCode = await run((line) => process.stderr.write(`${line}\\n`));";
const HOST = `
import { createServer } from 'node:http';
import { createNodeMiddleware, createProbot } from 'probot';
import steward from './src/server/app.ts';
const middleware = await createNodeMiddleware(steward, { probot: createProbot(), webhooksPath: '/hooks' });
const server = createServer((request, response) => void middleware(request, response));
server.listen(0, '127.0.0.1', () => process.stderr.write('Steward is running at http://127.0.0.1:' + server.address().port + '\\n'));
process.on('SIGTERM', () => process.exit(0));`;

/** Starts a program with an environment of its own. */
function start(program: string, env: Record<string, string> = {}): ChildProcess {
  printed = '';
  child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '--eval', program], {
    env: { PATH: process.env.PATH, STEWARD_DATA: folder, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return child;
}

const app = (): Record<string, string> => ({
  APP_ID: '5',
  PRIVATE_KEY,
  WEBHOOK_SECRET: SECRET,
  GHE_HOST: new URL(github.url).host,
  GHE_PROTOCOL: 'http',
});

async function address(): Promise<string> {
  await until(() => /running at http\S+/.test(printed) || child?.exitCode !== null);
  return /running at (http\S+)/.exec(printed)?.[1] ?? `no address: ${printed}`;
}

async function exitCode(process: ChildProcess): Promise<number | null> {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
  return process.exitCode;
}

const payload = JSON.stringify({
  action: 'opened',
  repository: { name: 'rocket', owner: { login: 'acme' } },
  pull_request: { number: 1, state: 'open' },
});

test('in production without credentials it refuses to start and says which are missing', async () => {
  expect(await exitCode(start(PROGRAM, { NODE_ENV: 'production' }))).toBe(2);
  for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET']) expect(printed).toContain(`- ${name} is not set`);
});

test('in production it refuses the secret that everybody knows', async () => {
  expect(
    await exitCode(start(PROGRAM, { NODE_ENV: 'production', APP_ID: '5', WEBHOOK_SECRET: 'development', PRIVATE_KEY })),
  ).toBe(2);
  expect(printed).toContain('which everybody knows');
});

test.each(['SIGTERM', 'SIGINT'] as const)('at %s it stops in order, and everything acknowledged is kept', async (signal) => {
  const process = start(PROGRAM, app());
  const url = `${await address()}/api/github/webhooks`;
  const headers = signed('pull_request', payload, { 'x-github-delivery': 'kept' });
  expect((await send(url, { method: 'POST', headers, body: payload })).status).toBe(200);
  process.kill(signal);
  expect(await exitCode(process)).toBe(0);
  expect(printed).toContain('"stopped"');
  const memory = await openStore({ dataFolder: folder });
  expect(await memory.hasDelivery('kept')).toBe(true);
  await memory.close();
});

test('without credentials it offers the set-up, and can be stopped there too', async () => {
  const process = start(PROGRAM);
  await until(() => printed.includes('/setup?token='));
  process.kill('SIGTERM');
  expect(await exitCode(process)).toBe(0);
});

test('it runs in any Probot host, on the environment of the host', async () => {
  start(HOST, app());
  const url = `${await address()}/hooks`;
  const headers = signed('pull_request', payload);
  expect(await send(url, { method: 'POST', headers, body: payload })).toMatchObject({ status: 200 });
  expect(printed).not.toContain('Error');
});
