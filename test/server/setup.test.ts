/** Registering the App: one person, one token, one use, and nothing overwritten. */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { credentialsPath } from '../../src/server/credentials.ts';
import { readAppDescription, registrationUrl } from '../../src/server/manifest.ts';
import { register } from '../../src/server/register.ts';
import { addressProblem } from '../../src/server/setup.ts';
import { EVENTS } from '../../src/server/webhooks.ts';
import { aBareGithub, aConfig, aLog, send, type Answered, type BareGithub } from '../support/server.ts';

const pem = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const CONVERTED = {
  id: 77,
  slug: 'steward-acme',
  name: 'Steward <acme>',
  html_url: 'https://github.com/apps/steward-acme',
  client_id: 'Iv1.abc',
  client_secret: 'client-secret',
  webhook_secret: 'webhook-secret',
  pem,
};

let github: BareGithub;
let config: ReturnType<typeof aConfig>;
let end: AbortController;
let journal: ReturnType<typeof aLog>;
let registered: ReturnType<typeof register>;
/** The page as it was printed on the console. */
let page: URL;

beforeEach(async () => {
  github = await aBareGithub({ 'POST /app-manifests/good-code/conversions': { status: 201, body: CONVERTED } });
  config = aConfig({ hosts: { api: github.url, web: 'https://github.com' } });
  end = new AbortController();
  journal = aLog();
  const { promise: said, resolve: hear } = Promise.withResolvers<string>();
  registered = register(config, { log: journal.log, say: hear, signal: end.signal });
  page = new URL(/http\S+/.exec(await said)![0]);
});
afterEach(async () => {
  end.abort();
  await registered;
  github.close();
  rmSync(config.dataFolder, { recursive: true });
});

const at = (path: string): string => new URL(path, page).href;
const get = (path: string): Promise<Answered> => send(at(path));
const token = (): string => page.searchParams.get('token')!;

function submit(form: Record<string, string>): Promise<Answered> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const fields = { token: token(), organization: 'acme', url: 'https://steward.example.org/', ...form };
  return send(at('/setup'), { method: 'POST', headers, body: new URLSearchParams(fields).toString() });
}

/** What the page would send to GitHub. */
function handedOver({ text }: Answered): { action: URL; manifest: Record<string, unknown> } {
  const plain = (html: string): string => html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  const action = plain(/<form method="post" action="([^"]+)"/.exec(text)![1]!);
  const manifest = plain(/name="manifest" value="([^"]+)"/.exec(text)![1]!);
  return { action: new URL(action), manifest: JSON.parse(manifest) as Record<string, unknown> };
}

describe('the set-up page', () => {
  test('opens with the token only', async () => {
    expect((await get(`/setup?token=${token()}`)).status).toBe(200);
    for (const path of ['/', '/setup', '/setup?token=', `/setup?token=${token()}x`, `/setup?token=${token().slice(1)}`]) {
      expect((await get(path)).status).toBe(403);
    }
    expect((await submit({ token: 'guess' })).status).toBe(403);
  });

  test('hands GitHub a manifest of app.yml with the addresses of this server', async () => {
    const { action, manifest } = handedOver(await submit({}));
    expect(action.origin + action.pathname).toBe('https://github.com/organizations/acme/settings/apps/new');
    expect(manifest).toMatchObject({
      name: 'Steward acme',
      public: false,
      hook_attributes: { url: 'https://steward.example.org/api/github/webhooks', active: true },
      redirect_url: at('/setup/done').replace('127.0.0.1', 'localhost'),
      callback_urls: ['https://steward.example.org/cla/callback'],
      default_events: [...EVENTS],
    });
    expect((manifest.default_permissions as Record<string, string>).contents).toBe('read');
  });

  test("registers for the visitor's own account where no organization is named", async () => {
    expect(handedOver(await submit({ organization: '' })).action.pathname).toBe('/settings/apps/new');
  });

  test('lets its form go to GitHub and nowhere else', async () => {
    const { headers } = await submit({});
    expect(headers['content-security-policy']).toContain("form-action 'self' https://github.com;");
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  test.each([
    [{ organization: '"><script>alert(1)</script>' }, 'named as in its address'],
    [{ organization: 'a/b' }, 'named as in its address'],
    [{ url: 'http://localhost:3000' }, 'GitHub cannot reach'],
    [{ url: 'javascript:alert(1)' }, 'starts with https'],
    [{ url: '' }, 'starts with https'],
  ])('asks again for %j, and escapes it', async (form, why) => {
    const answer = await submit(form);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(why);
    expect(answer.text).not.toContain('<script>');
  });

  test('refuses a form of any other size or kind of request', async () => {
    expect((await submit({ organization: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await send(at('/api/github/webhooks'), { method: 'POST', body: '{}' })).status).toBe(503);
    expect((await send(at('/probot/import'), { method: 'POST', body: '{}' })).status).toBe(503);
  });
});

describe('coming back from GitHub', () => {
  const state = async (): Promise<string> => handedOver(await submit({})).action.searchParams.get('state')!;

  test('keeps the credentials, says how to go on, and closes the set-up for good', async () => {
    const back = `/setup/done?code=good-code&state=${await state()}`;
    const answer = await get(back);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('https://github.com/apps/steward-acme/installations/new');
    expect(answer.text).toContain('Steward &lt;acme&gt; is registered');
    expect(answer.text).not.toContain('webhook-secret');
    expect(await registered).toMatchObject({
      appId: 77,
      webhookSecret: 'webhook-secret',
      url: 'https://github.com/apps/steward-acme',
    });
    expect(JSON.parse(readFileSync(credentialsPath(config.dataFolder), 'utf8'))).toMatchObject({ appId: 77 });
    expect(statSync(credentialsPath(config.dataFolder)).mode & 0o777).toBe(0o600);
    await expect(get('/healthz')).rejects.toThrow();
    expect(journal.text()).not.toMatch(/secret|BEGIN/i);
  });

  test('with a state that was not given out asks GitHub nothing', async () => {
    for (const wrong of ['', 'x', `${await state()}x`, 'a.b']) {
      expect((await get(`/setup/done?code=good-code&state=${wrong}`)).status).toBe(403);
    }
    expect(github.requests).toEqual([]);
  });

  test('works once a state, whatever came of it', async () => {
    const used = await state();
    expect((await get(`/setup/done?code=bad-code&state=${used}`)).status).toBe(502);
    expect((await get(`/setup/done?code=good-code&state=${used}`)).status).toBe(403);
    expect((await get(`/setup/done?code=good-code&state=${await state()}`)).status).toBe(200);
  });

  test('never overwrites credentials that are there already', async () => {
    writeFileSync(credentialsPath(config.dataFolder), 'mine');
    expect((await get(`/setup/done?code=good-code&state=${await state()}`)).status).toBe(502);
    expect(readFileSync(credentialsPath(config.dataFolder), 'utf8')).toBe('mine');
  });

  test('with a code that is a path asks GitHub nothing', async () => {
    expect((await get(`/setup/done?code=${encodeURIComponent('../../user')}&state=${await state()}`)).status).toBe(403);
    expect(github.requests).toEqual([]);
  });
});

test('a set-up that is ended registers nothing', async () => {
  end.abort();
  expect(await registered).toBeNull();
});

test.each([
  ['https://steward.example.org', true, true],
  ['https://steward.example.org/base', true, true],
  ['http://10.1.2.3:3000', true, false],
  ['http://10.1.2.3:3000', false, true],
  ['https://user:pass@steward.example.org', true, false],
  ['https://steward.example.org/?x=1', true, false],
  ['ftp://steward.example.org', true, false],
])('the address %s, on github.com %j, can be reached: %j', (address, isGitHubCom, isFine) => {
  expect(addressProblem(address, isGitHubCom) === null).toBe(isFine);
});

test('an Enterprise Server registers the App on itself', () => {
  expect(registrationUrl('https://github.example.com', 'acme', 's t')).toBe(
    'https://github.example.com/organizations/acme/settings/apps/new?state=s%20t',
  );
});

test('app.yml subscribes to the events of the webhook table', () => {
  expect([...readAppDescription().default_events].sort()).toEqual(EVENTS);
});
