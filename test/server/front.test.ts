/** What the network can do to Steward: deliveries good and bad, over real HTTP, into a real database. */
import { createRequire } from 'node:module';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serve, type Running } from '../../src/server/main.ts';
import { aBareGithub, aConfig, aLog, send, signed, until, type Answered, type BareGithub } from '../support/server.ts';

interface Recorded {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}

const recorded = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json') as readonly Recorded[];
const MARK = 'text-that-must-not-be-logged';

/** A pull request of an account, opened; its title and its sender are marked. */
function opened(owner = 'acme'): string {
  const example = recorded.find(({ name }) => name === 'pull_request')?.examples[0];
  const payload = structuredClone(example) as Record<string, Record<string, unknown>>;
  Object.assign(payload.repository!, { name: 'rocket', full_name: `${owner}/rocket`, owner: { login: owner } });
  Object.assign(payload.pull_request!, { title: MARK });
  Object.assign(payload.sender!, { login: MARK });
  return JSON.stringify({ ...payload, action: 'opened', installation: { id: 99, node_id: 'x' } });
}

let github: BareGithub;
let running: Running;
const journal = aLog();
const config = aConfig({ allowedOwners: ['acme'] });

beforeAll(async () => {
  github = await aBareGithub();
  running = (await serve({ ...config, hosts: { ...config.hosts, api: github.url } }, { log: journal.log, isPaced: false }))!;
  await until(() => github.requests.includes('GET /app/hook/deliveries'));
});
afterAll(async () => {
  await running.stop();
  github.close();
  rmSync(config.dataFolder, { recursive: true });
});

function deliver(event: string, body: string, changes: Record<string, string | undefined> = {}): Promise<Answered> {
  return send(`${running.url}/api/github/webhooks`, { method: 'POST', headers: signed(event, body, changes), body });
}

describe('a delivery', () => {
  test('is recorded before it is answered, together with its job', async () => {
    const id = 'delivery-one';
    expect((await deliver('pull_request', opened(), { 'x-github-delivery': id })).status).toBe(200);
    expect(await running.services.memory.hasDelivery(id)).toBe(true);
    expect(await running.services.memory.installation('acme')).toEqual({ owner: 'acme', id: 99, isSuspended: false });
  });

  test('that comes twice is answered twice and recorded once', async () => {
    const again = { 'x-github-delivery': 'delivery-two' };
    const answers = [await deliver('pull_request', opened(), again), await deliver('pull_request', opened(), again)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test.each(['star', 'ping', 'not_an_event', 'constructor'])('of the event %s is answered and forgotten', async (event) => {
    const id = `irrelevant-${event}`;
    expect((await deliver(event, opened(), { 'x-github-delivery': id })).status).toBe(200);
    expect(await running.services.memory.hasDelivery(id)).toBe(false);
  });

  test('of an account that is not served causes no record, no job and no call', async () => {
    await until(isIdle);
    expect((await deliver('pull_request', opened('stranger'), { 'x-github-delivery': 'foreign' })).status).toBe(200);
    expect(await running.services.memory.hasDelivery('foreign')).toBe(false);
    expect(await running.services.memory.installation('stranger')).toBeNull();
    expect(await isIdle()).toBe(true);
    expect(github.requests.filter((request) => request.includes('stranger'))).toEqual([]);
  });

  test('of an account that is written in another case is the same account', async () => {
    await deliver('pull_request', opened('ACME'), { 'x-github-delivery': 'upper' });
    expect(await running.services.memory.hasDelivery('upper')).toBe(true);
  });
});

describe('a bad delivery', () => {
  test.each([
    ['with a wrong signature', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }, 400],
    ['with a signature of another kind', { 'x-hub-signature-256': 'sha1=abc' }, 400],
    ['without a signature', { 'x-hub-signature-256': undefined }, 400],
    ['without an id', { 'x-github-delivery': undefined }, 400],
    ['with an id that is none', { 'x-github-delivery': 'a b/c' }, 400],
    ['without an event', { 'x-github-event': undefined }, 400],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('%s is refused', async (_what, changes, status) => {
    expect((await deliver('pull_request', opened(), changes)).status).toBe(status);
  });

  test.each([
    ['cut off', '{"action": "opened"'],
    ['null', 'null'],
    ['a number', '5'],
    ['a text', '"text"'],
    ['a list', '[]'],
    ['empty', ''],
    ['nested without end', '{"a":'.repeat(100_000)],
  ])('whose body is %s is refused', async (_what, body) => {
    expect((await deliver('pull_request', body)).status).toBe(400);
  });

  test('whose text was changed on its way is refused', async () => {
    const body = opened();
    const headers = signed('pull_request', body);
    const changed = body.replace('opened', 'closed');
    expect((await send(`${running.url}/api/github/webhooks`, { method: 'POST', headers, body: changed })).status).toBe(400);
  });

  test.each(['GET', 'PUT', 'DELETE'])('sent by %s is refused', async (method) => {
    expect((await send(`${running.url}/api/github/webhooks`, { method, headers: signed('push', '{}') })).status).toBe(405);
  });

  test('that announces more than 25 MB is refused before it is read', async () => {
    const headers = { ...signed('push', '{}'), 'content-length': 25 * 1024 * 1024 + 1 };
    const answer = await send(`${running.url}/api/github/webhooks`, { method: 'POST', headers, body: '{}' });
    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
  });

  test('that announces nothing and goes on past 25 MB is refused while it is read', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    const body = function* (): Iterable<Buffer> {
      for (let sent = 0; sent < 27; sent += 1) yield chunk;
    };
    const answer = await send(`${running.url}/api/github/webhooks`, { method: 'POST', headers: signed('push', '{}'), body });
    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
  });

  test('of almost 25 MB is taken', async () => {
    const body = JSON.stringify({ padding: 'x'.repeat(24 * 1024 * 1024) });
    expect((await deliver('star', body)).status).toBe(200);
  });
});

test('a pull request on a branch with slashes and letters of any script is taken', async () => {
  const payload = JSON.parse(opened()) as { pull_request: { head: object; base: object } };
  Object.assign(payload.pull_request.head, { ref: 'feature/ünï/数据/"quoted"' });
  Object.assign(payload.pull_request.base, { ref: 'release/1.x' });
  expect((await deliver('pull_request', JSON.stringify(payload), { 'x-github-delivery': 'unicode' })).status).toBe(200);
  expect(await running.services.memory.hasDelivery('unicode')).toBe(true);
});

describe('the pages', () => {
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> =>
    send(`${running.url}${path}`, { method, headers });

  test('say whether the process lives and can work', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
    expect(JSON.parse((await get('/readyz')).text)).toEqual({ ready: true, reasons: [] });
  });

  test('show the status without scripts, frames or foreign content', async () => {
    const { status, headers, text } = await get('/');
    expect(status).toBe(200);
    expect(text).toContain('Running and ready');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; img-src data:; form-action 'self'; frame-ancestors 'none'/,
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  test('give metrics to the machine itself, but not through a proxy', async () => {
    const metrics = await get('/metrics');
    expect(metrics.status).toBe(200);
    for (const name of [
      'webhooks_total',
      'jobs',
      'job_seconds',
      'oldest_ready_job_seconds',
      'github_requests_total',
      'github_rate_remaining',
    ]) {
      expect(metrics.text).toContain(`# TYPE ${name} `);
    }
    expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
  });

  test('end there', async () => {
    for (const path of ['/x', '/api/github', '/probot', '/__proto__', '//', '/%00', '/../etc/passwd'])
      expect((await get(path)).status).toBe(404);
    expect((await get('/', {}, 'POST')).status).toBe(405);
  });
});

test('metrics behind a token need the token, from the machine itself too', async () => {
  const guarded = (await serve(aConfig({ metricsToken: 'open sesame', hosts: { ...config.hosts, api: github.url } }), {
    log: journal.log,
  }))!;
  const get = (authorization: string): Promise<Answered> => send(`${guarded.url}/metrics`, { headers: { authorization } });
  expect((await get('')).status).toBe(403);
  expect((await get('Bearer open')).status).toBe(403);
  expect((await get('Bearer open sesame')).status).toBe(200);
  await guarded.stop();
});

test('a delivery that cannot be recorded is answered with 500 and no details, and readiness says why', async () => {
  const own = aLog();
  const broken = (await serve(aConfig({ hosts: { ...config.hosts, api: github.url } }), { log: own.log }))!;
  await broken.services.reconciler.stop();
  await broken.services.memory.close();
  const body = opened();
  const answer = await send(`${broken.url}/api/github/webhooks`, { method: 'POST', headers: signed('pull_request', body), body });
  expect(answer).toMatchObject({ status: 500, text: expect.stringContaining('Steward could not record this delivery') });
  expect((await send(`${broken.url}/readyz`)).status).toBe(503);
  expect(own.text()).toContain('a delivery could not be recorded');
  expect(own.text()).not.toContain(MARK);
  await broken.stop().catch(() => undefined);
});

test('whatever was delivered, the log holds no payload, no secret and no person', async () => {
  await until(() => journal.text().includes('"outcome"'));
  expect(journal.text()).not.toContain(MARK);
  expect(journal.text()).not.toContain('BEGIN');
  expect(journal.text()).not.toMatch(/codertocat/i);
});

async function isIdle(): Promise<boolean> {
  const { waiting, running: busy, dead } = await running.services.memory.jobs.counts();
  return waiting + busy + dead === 0;
}
