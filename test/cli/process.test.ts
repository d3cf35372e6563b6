import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test } from '@jest/globals';
import { aRepository, ADA, removeFolders } from '../support/repository.ts';

afterAll(removeFolders);

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const steward = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, [MAIN, ...args], { input, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } });

function aClone(): string {
  const repository = aRepository();
  repository.write('README.md', 'Hello');
  repository.commit('Begin', { signedOffBy: ADA });
  return repository.path;
}

test('results go to standard output, notes to standard error, and the code says what is so', () => {
  const { status, stdout, stderr } = steward(['check', aClone(), '--format', 'json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('baseline') });
  expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
});

test('bad usage ends with 2 and prints nothing as a result', () => {
  const { status, stdout, stderr } = steward(['check', '--frmat', 'json']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Did you mean --format?');
});

test('a reader that goes away early is no fault', async () => {
  const child = spawn(process.execPath, [MAIN, 'schema', 'policy'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let noted = '';
  child.stderr.on('data', (chunk: Buffer) => (noted += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect({ code, noted }).toEqual({ code: 0, noted: '' });
});

test('an audit without a token says how to get one', () => {
  const { status, stdout, stderr } = steward(['audit', 'example-org']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('GITHUB_TOKEN is not set');
});
