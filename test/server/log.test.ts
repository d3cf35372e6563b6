/** What must not be in a log is not in it. */
import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createLog, scrub, type Logger } from '../../src/server/log.ts';

function logged(work: (log: Logger) => void): string {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  work(createLog('trace', sink));
  return lines.join('');
}

test('an error as Probot hands it on is logged without the delivery it hangs on it', () => {
  const event = { id: 'd1', name: 'push', payload: { secretCode: 'private-code', pusher: { email: 'mona@example.org' } } };
  const inner = Object.assign(new Error('boom'), { event, status: 500 });
  const error = Object.assign(new AggregateError([inner], 'boom'), { event });
  const text = logged((log) => {
    log.error(error);
    log.error({ err: error }, 'again');
    log.child({ name: 'event', id: 'd1' }).error(error);
    log.info({ event }, 'a delivery');
  });
  expect(text).not.toContain('private-code');
  expect(text).not.toContain('mona@example.org');
  expect(text).toContain('boom');
  expect(text.trimEnd().split('\n')).toHaveLength(4);
});

test('an error as Octokit throws it is logged without the token of its request', () => {
  const request = { headers: { authorization: 'token ghs_abcdefghijklmnopqrstuvwxyz012345' }, body: 'private-code' };
  const error = Object.assign(new Error('Not Found'), { status: 404, request, response: { data: { message: 'private-code' } } });
  const text = logged((log) => {
    log.warn({ err: error });
  });
  expect(text).not.toMatch(/ghs_|private-code/);
  expect(JSON.parse(text)).toMatchObject({ level: 'warn', err: { type: 'Error', message: 'Not Found', status: 404 } });
});

test.each([
  ['ghs_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz'],
  ['Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.abcdef'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'],
  ['postgres://steward:hunter2@db/steward'],
  ['mona.lisa+x@example.org'],
])('%j is taken out of messages', (secret) => {
  const text = scrub(`before ${secret} after`);
  expect(text).toMatch(/^before .*\[redacted\].* after$/s);
  expect(text).not.toContain(secret.split(/[\s:]/).at(-1)?.slice(-12) ?? '');
});

test('a message of any length is cut, and what looks like a secret without an end takes no time', () => {
  expect(scrub('a'.repeat(1_000_000))).toHaveLength(1000);
  expect(scrub(`${'a.'.repeat(500)}@`).length).toBeLessThanOrEqual(1000);
});

test('a circle of causes ends', () => {
  const error = new Error('outer');
  error.cause = error;
  expect(
    logged((log) => {
      log.error({ err: error });
    }),
  ).toContain('outer');
});
