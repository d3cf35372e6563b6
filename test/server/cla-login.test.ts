/** Signing in with GitHub: who may come in, who may not, and what nobody learns. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aClaStage, anAgreement, aVisitor, formOf, NOON, type ClaStage, type Visitor } from '../support/cla.ts';
import { signInWith } from '../../src/server/cla/github.ts';
import { aBareGithub } from '../support/server.ts';

const PAGE = '/cla/acme/icla';

let stage: ClaStage;
let visitor: Visitor;

beforeEach(async () => {
  stage = await aClaStage();
  visitor = aVisitor(stage.url);
  await stage.services.memory.keepAgreement(anAgreement());
});
afterEach(async () => {
  expect(await stage.close()).toEqual([]);
});

/** What GitHub was asked, by the names of its operations. */
const asked = (): readonly string[] => stage.github.log.entries.map(({ operationId }) => operationId);
/** Everything that must stay secret of what was said with GitHub. */
const secrets = (): readonly string[] => [
  ...stage.github.world.tokens.keys(),
  stage.github.world.app.clientSecret,
  'octocat@example.com',
];

/** Begins a sign-in, and lets GitHub send the visitor back: where to. */
async function sentBack(): Promise<URL> {
  const begun = await visitor.get(`/cla/login?to=${PAGE}`);
  const granted = await visitor.get(begun.headers.location ?? '');
  return new URL(granted.headers.location ?? '');
}

describe('signing in', () => {
  test('asks GitHub for no scope, with a state and a proof of its own each time', async () => {
    const urls = [await visitor.get(`/cla/login?to=${PAGE}`), await visitor.get(`/cla/login?to=${PAGE}`)].map(
      ({ headers }) => new URL(headers.location ?? ''),
    );
    const [first, second] = urls.map(({ searchParams }) => Object.fromEntries(searchParams));
    expect(first).toEqual({
      client_id: stage.github.world.app.clientId,
      redirect_uri: `${stage.url}/cla/callback`,
      state: expect.stringMatching(/^[\w-]{32}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(second?.state).not.toBe(first?.state);
    expect(second?.code_challenge).not.toBe(first?.code_challenge);
  });

  test('leads back to the page, which then knows the account', async () => {
    const answer = await visitor.signIn(PAGE);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Signed in as <strong>@octocat</strong>');
    expect([...visitor.cookies.keys()]).toEqual(['steward-session']);
  });

  test('asks GitHub twice, and keeps and logs nothing of what it gets', async () => {
    await visitor.signIn(PAGE);
    expect(asked()).toEqual(['oauth/authorize', 'oauth/access-token', 'users/get-authenticated']);
    const session = Buffer.from([...visitor.cookies.values()].join().split('.')[0] ?? '', 'base64url').toString();
    expect(Object.keys(JSON.parse(session))).toEqual(['id', 'login', 'seed', 'until']);
    for (const secret of secrets()) {
      expect(stage.log()).not.toContain(secret);
      expect(session).not.toContain(secret);
    }
  });

  test('sets cookies that scripts cannot read, that other sites cannot send, and that end', async () => {
    const back = await sentBack();
    const [login, session] = (await visitor.get(back.href)).headers['set-cookie'] ?? [];
    expect(login).toBe('steward-login=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax');
    expect(session).toMatch(/^steward-session=[^;]+; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/);
  });

  test('ends after an hour', async () => {
    await visitor.signIn(PAGE);
    stage.now = new Date(Date.parse(NOON) + 3_599_000);
    expect((await visitor.get(PAGE)).text).toContain('Signed in');
    stage.now = new Date(Date.parse(NOON) + 3_600_000);
    expect((await visitor.get(PAGE)).text).toContain('Continue with GitHub');
  });

  test('ends when one signs out, by a form of the page only', async () => {
    const page = await visitor.signIn(PAGE);
    const [, token = ''] = /name="form" value="([^"]+)"/.exec(page.text) ?? [];
    expect((await visitor.post('/cla/logout', { form: 'x', to: PAGE })).status).toBe(403);
    expect((await visitor.get('/cla/logout')).status).toBe(405);
    expect(visitor.cookies.size).toBe(1);
    const answer = await visitor.post('/cla/logout', { form: token, to: PAGE });
    expect(answer).toMatchObject({ status: 303, headers: { location: PAGE } });
    expect(visitor.cookies.size).toBe(0);
  });

  test('can be ended on a page that leads nowhere, too', async () => {
    await visitor.signIn(PAGE);
    const page = await visitor.get('/cla/callback');
    const [, form = ''] = /name="form" value="([^"]+)"/.exec(page.text) ?? [];
    const answer = await visitor.post('/cla/logout', { form, to: '/cla/callback' });
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('You are signed out') });
    expect(visitor.cookies.size).toBe(0);
  });
});

test('an answer that is far too large, or names nobody, is no answer', async () => {
  for (const body of [
    { id: 1, login: 'a', padding: 'x'.repeat(200_000) },
    { id: '1', login: 'a' },
  ]) {
    const github = await aBareGithub({
      'POST /login/oauth/access_token': { status: 200, body: { access_token: 't', scope: '', token_type: 'bearer' } },
      'GET /user': { status: 200, body },
    });
    const hosts = { api: github.url, web: github.url };
    const signIn = signInWith({ id: 'i', secret: 's' }, hosts, 'http://127.0.0.1/cla/callback');
    await expect(signIn.identify('code', { state: 's', verifier: 'v', to: PAGE })).rejects.toThrow();
    github.close();
  }
});

describe('coming back from GitHub', () => {
  test('with another state, or in another browser, opens nothing and asks GitHub nothing', async () => {
    const back = await sentBack();
    const state = back.searchParams.get('state') ?? '';
    for (const wrong of ['', `${state}x`, state.slice(1), 'A'.repeat(32)]) {
      const url = new URL(back);
      url.searchParams.set('state', wrong);
      const other = aVisitor(stage.url);
      other.cookies.set('steward-login', visitor.cookies.get('steward-login') ?? '');
      expect((await other.get(url.href)).status).toBe(403);
      expect(other.cookies.has('steward-session')).toBe(false);
    }
    expect((await aVisitor(stage.url).get(back.href)).status).toBe(403);
    expect(asked()).toEqual(['oauth/authorize']);
  });

  test('with a code that was used says so', async () => {
    const back = await sentBack();
    const kept = visitor.cookies.get('steward-login') ?? '';
    expect((await visitor.get(back.href)).status).toBe(303);
    const thief = aVisitor(stage.url);
    thief.cookies.set('steward-login', kept);
    const again = await thief.get(back.href);
    expect(again.status).toBe(403);
    expect(again.text).toContain('This sign-in is used up');
    expect(thief.cookies.has('steward-session')).toBe(false);
  });

  test('with a code of somebody else opens nothing, for the proof is missing', async () => {
    const theirs = await sentBack();
    const other = aVisitor(stage.url);
    const begun = await other.get(`/cla/login?to=${PAGE}`);
    const own = new URL(begun.headers.location ?? '').searchParams.get('state') ?? '';
    const answer = await other.get(`/cla/callback?code=${theirs.searchParams.get('code') ?? ''}&state=${own}`);
    expect(answer.status).toBe(403);
    expect(other.cookies.has('steward-session')).toBe(false);
  });

  test('after ten minutes is too late', async () => {
    const back = await sentBack();
    stage.now = new Date(Date.parse(NOON) + 600_000);
    expect((await visitor.get(back.href)).status).toBe(403);
  });

  test('having said no is fine', async () => {
    stage.github.signIn.isDenied = true;
    const answer = await visitor.signIn(PAGE);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('You chose not to sign in, and nothing was kept.');
    expect(answer.text).toContain(`href="${PAGE}"`);
  });

  test.each([
    ['GitHub gives no token', { kind: 'status', status: 503, on: 'oauth/access-token' }],
    ['GitHub does not say who it is', { kind: 'status', status: 502, on: 'users/get-authenticated' }],
    ['the connection breaks', { kind: 'reset', on: 'users/get-authenticated' }],
  ] as const)('while %s asks to try again', async (_what, trouble) => {
    stage.github.trouble(trouble);
    const answer = await visitor.signIn(PAGE);
    expect(answer.status).toBe(502);
    expect(answer.text).toContain('Please try again in a few minutes');
    for (const secret of secrets()) expect(stage.log()).not.toContain(secret);
  });

  test('while the client secret is a wrong one says no more than that, and the log names the reason', async () => {
    const { credentials } = stage.services.config;
    const misled = await aClaStage({ credentials: { ...credentials, clientSecret: 'an old secret' } });
    const answer = await aVisitor(misled.url).signIn(PAGE);
    expect(answer.status).toBe(502);
    expect(misled.log()).toContain('incorrect_client_credentials');
    for (const text of [answer.text, misled.log()]) expect(text).not.toContain('an old secret');
    await misled.close();
  });

  test('with an error of any kind shows no more than its name', async () => {
    const begun = await visitor.get(`/cla/login?to=${PAGE}`);
    const state = new URL(begun.headers.location ?? '').searchParams.get('state') ?? '';
    const answer = await visitor.get(`/cla/callback?error=${encodeURIComponent('<b>x</b>')}&state=${state}`);
    expect(answer.text).toContain('<code>unknown_error</code>');
  });
});

test.each([
  'https://evil.example/',
  '//evil.example/a/b',
  '/\\evil.example/a',
  '/cla/../..//evil.example',
  '/cla/./a',
  '/cla/acme/icla?x=1',
  '/cla/acme/icla#x',
  '/cla/logout',
  '/',
  '',
])('a sign-in never leads on to %j', async (to) => {
  const answer = await visitor.get(`/cla/login?${new URLSearchParams({ to }).toString()}`);
  expect(answer.status).toBe(400);
  expect(answer.headers.location).toBeUndefined();
});

test('a cookie that this server did not seal signs nobody in', async () => {
  await visitor.signIn(PAGE);
  const sealed = visitor.cookies.get('steward-session') ?? '';
  const [text = '', signature = ''] = sealed.split('.');
  const forged = Buffer.from(Buffer.from(text, 'base64url').toString().replace(String(stage.octocat.id), '1')).toString(
    'base64url',
  );
  const begun = aVisitor(stage.url);
  await begun.get(`/cla/login?to=${PAGE}`);
  const ofLogin = begun.cookies.get('steward-login') ?? '';
  for (const value of [`${forged}.${signature}`, text, `${text}.`, '.', `${sealed}x`, ofLogin, 'null', '%00']) {
    visitor.cookies.set('steward-session', value);
    expect((await visitor.get(PAGE)).text).toContain('Continue with GitHub');
  }
  visitor.cookies.set('steward-session', sealed);
  expect((await visitor.get(PAGE)).text).toContain('Signed in');
});

test('over TLS the cookies are for this host alone', async () => {
  const secure = await aClaStage({ publicUrl: 'https://steward.example.org/base/'.replace(/\/$/, '') });
  await secure.services.memory.keepAgreement(anAgreement());
  const { headers } = await aVisitor(secure.url).get(`/cla/login?to=${PAGE}`);
  expect(headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-steward-login=[^;]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/),
  ]);
  expect(new URL(headers.location ?? '').searchParams.get('redirect_uri')).toBe('https://steward.example.org/base/cla/callback');
  expect((await aVisitor(secure.url).get(PAGE)).text).toContain(
    'href="https://steward.example.org/base/cla/login?to=%2Fcla%2Facme%2Ficla"',
  );
  await secure.close();
});

test('without a client and a public address the page can be read, and says what is missing', async () => {
  const bare = await aClaStage({
    publicUrl: null,
    credentials: { ...stage.services.config.credentials, clientId: null, clientSecret: null },
  });
  await bare.services.memory.keepAgreement(anAgreement());
  const reader = aVisitor(bare.url);
  const page = await reader.get(PAGE);
  expect(page.status).toBe(200);
  expect(page.text).toContain('set GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, PUBLIC_URL');
  expect(page.text).toContain('I have read and agree to the Widget CLA, version 1.0.');
  expect(page.text).not.toContain('Continue with GitHub');
  expect((await reader.get(`/cla/login?to=${PAGE}`)).status).toBe(503);
  expect((await reader.post(PAGE, formOf(page, 'sign'))).status).toBe(403);
  await bare.close();
});
